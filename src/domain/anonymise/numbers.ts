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
const calledBsn =
  /(?<![\p{L}[])(?:bsn|b\.s\.n\.?|burgerservicenummer|sofi-?nummer|burgerservice-?nr)(?!\p{L})[^\d.;!?]{0,15}(?<number>\d(?:[ .\-/\n]?\d){8}|\d{8})(?![\p{L}\d])/giu;

/** Finds citizen service numbers: nine digits that pass the 'elfproef', or digits in any grouping that are called so. */
export function findBsns(text: string): Finding[] {
  const called = [...text.matchAll(calledBsn)].map(({ 0: all, index, groups = {} }) => {
    const end = index + all.length;
    return findingOf('bsn', end - (groups['number'] ?? '').length, end, true);
  });
  const passing = [...text.matchAll(nineDigits)]
    .filter(({ 0: number }) => passesElfproef(number.replace(/\D/g, '')))
    .map(({ 0: number, index }) => findingOf('bsn', index, index + number.length, true));
  return [...called, ...passing];
}

/** The 'elfproef' of a citizen service number: weights 9 to 2 and -1 make a multiple of eleven. */
function passesElfproef(digits: string): boolean {
  const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * (at === 8 ? -1 : 9 - at), 0);
  return sum % 11 === 0 && Number(digits) > 0;
}
