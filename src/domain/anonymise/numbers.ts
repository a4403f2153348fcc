import { countrySpecs, isValidIBAN } from 'ibantools';
import { type Finding, findingOf } from './finding.ts';

const ibanStart = /(?<![\p{L}\d])(?<country>[A-Za-z]{2}) ?\d{2}(?=[ .-]?[A-Za-z\d])/gu;

/** Finds account numbers of any country; a Dutch one that is mistyped is doubtful. */
export function findIbans(text: string): Finding[] {
  return [...text.matchAll(ibanStart)].flatMap(({ index, groups }) => {
    const length = countrySpecs[groups?.['country']?.toUpperCase() ?? '']?.chars;
    if (!length) return [];
    const { read, end } = lettersAndDigits(text, index, length);
    if (read.length < length || /[\p{L}\d]/u.test(text.charAt(end))) return [];
    if (isValidIBAN(read)) return findingOf('iban', index, end, true);
    return /^NL\d{2}[A-Z]{4}\d{10}$/.test(read) ? findingOf('iban', index, end, false) : [];
  });
}

/** Reads so many letters and digits from a place on, with at most one mark between two of them. */
function lettersAndDigits(text: string, start: number, length: number): { read: string; end: number } {
  let read = '';
  let end = start;
  for (let at = start; at < text.length && read.length < length; at++) {
    const character = text.charAt(at);
    if (/[A-Za-z\d]/.test(character)) {
      read += character.toUpperCase();
      end = at + 1;
    } else if (at > end || !/[\s.-]/.test(character)) break;
  }
  return { read, end };
}

const nineDigits =
  /(?<![\p{L}\d])(?<!\d[.,/-])(?<!€ ?)(?:\d{9}|\d{3}([ .-])\d{3}\1\d{3}|\d{4}([ .-])\d{2}\2\d{3})(?![\p{L}\d]|[.,/-]\d)/gu;
const bsnBefore =
  /(?:^|[^\p{L}[])(?:bsn|burgerservicenummer|sofinummer|sofi-nummer)(?!\p{L})[^\d.;!?]{0,15}$/iu;

/** Finds citizen service numbers: nine digits that pass the 'elfproef', or that are called so. */
export function findBsns(text: string): Finding[] {
  return [...text.matchAll(nineDigits)].flatMap(({ 0: number, index }) => {
    const called = bsnBefore.test(text.slice(Math.max(0, index - 40), index));
    if (!called && !passesElfproef(number.replace(/\D/g, ''))) return [];
    return findingOf('bsn', index, index + number.length, true);
  });
}

/** The 'elfproef' of a citizen service number: weights 9 to 2 and -1 make a multiple of eleven. */
function passesElfproef(digits: string): boolean {
  const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * (at === 8 ? -1 : 9 - at), 0);
  return sum % 11 === 0 && Number(digits) > 0;
}

const reference =
  /(?<![\p{L}\d])K(?: ?[-–] ?\d{4} ?[-–] ?\d+| ?(?:19|20)\d{2} ?[-–]? ?\d{1,7})(?![\p{L}\d])/giu;
const ofPerson =
  /(?<![\p{L}[])(?:cliënt|client|klant|dossier|polis|zaak|patiënt|deelnemers|registratie|klacht)(?:nummer|nr)(?:\.|:)?\s{0,2}(?:is |was )?(\d[\d.-]{2,18}\d)(?!\p{L})/giu;

/** Finds references of complaints, and, as doubtful, numbers by which a person stands in another administration. */
export function findReferences(text: string): Finding[] {
  const own = [...text.matchAll(reference)].map(({ 0: found, index }) =>
    findingOf('reference', index, index + found.length, true),
  );
  const others = [...text.matchAll(ofPerson)].map(({ 0: all, 1: number = '', index }) =>
    findingOf('reference', index + all.length - number.length, index + all.length, false),
  );
  return [...own, ...others];
}

/** The Dutch series of number plates ('sidecodes') by their groups: L for letters, D for digits. */
const sidecodes = new Set(
  [
    'L2-D2-D2 D2-D2-L2 D2-L2-D2 L2-D2-L2 L2-L2-D2 D2-L2-L2 D2-L3-D1 D1-L3-D2 L2-D3-L1 L1-D3-L2 L3-D2-L1',
    'L1-D2-L3 D1-L2-D3 D3-L2-D1',
  ]
    .join(' ')
    .split(' '),
);
const plate =
  /(?<![\p{L}\d-])([a-z]{1,3}|\d{1,3})-([a-z]{1,3}|\d{1,3})-([a-z]{1,3}|\d{1,3})(?![\p{L}\d]|-[\p{L}\d])/giu;
const calledPlate =
  /(?<![\p{L}[])(?:kenteken|kentekenplaat|nummerbord)(?!\p{L})[^\d\n.;]{0,12}(?<![\p{L}\d])([a-z\d]{6})(?![\p{L}\d])/giu;

/** Finds what looks like a Dutch number plate; where the text calls it one there is no doubt. */
export function findPlates(text: string): Finding[] {
  const written = [...text.matchAll(plate)].flatMap(
    ({ 0: found, 1: a = '', 2: b = '', 3: c = '', index }) => {
      const code = [a, b, c].map((group) => `${/\d/.test(group) ? 'D' : 'L'}${group.length}`).join('-');
      if (!sidecodes.has(code)) return [];
      const called = /kenteken(?:plaat)?[^\d\n.;\]]{0,12}$/iu.test(
        text.slice(Math.max(0, index - 30), index),
      );
      return findingOf('licence-plate', index, index + found.length, called);
    },
  );
  const bare = [...text.matchAll(calledPlate)].flatMap(({ 0: all, 1: found = '', index }) =>
    /\d/.test(found) && /[a-z]/i.test(found)
      ? findingOf('licence-plate', index + all.length - found.length, index + all.length, true)
      : [],
  );
  return [...written, ...bare];
}
