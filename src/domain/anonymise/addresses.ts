import { type Finding, findingOf } from './finding.ts';

const postcode =
  /(?<![\p{L}\d.,/-])(?<digits>[1-9]\d{3})(?<gap>[ \u00a0]?)(?<letters>[A-Za-z]{2})(?![\p{L}\d])/gu;
/** A street with its number in front of a postcode, as far back as 60 characters. */
const streetBefore =
  /(?<![\p{L}\d])(?:(?!(?:Zie|Op|In|Bij|Aan|Naar|Uit|Het|De|Adres) )\p{Lu}[\p{L}.'’-]{0,30} (?:(?:\p{Lu}[\p{L}.'’-]{0,30}|van|de|den|der|het|['’]t) ){0,3})?\p{L}[\p{L}.'’-]{2,40} \d{1,5}(?: ?-? ?(?:[A-Za-z]|\d{1,4}|bis|hs|huis))?(?:,? |, ?(?:in )?)$/u;
const numberBehind =
  /^(?:-\d{1,5}|,? (?:nr\.?|nummer|huisnummer) ?\d{1,5}|,? \d{1,5}(?=[.,;:)\s]*$|[.,;:)]))(?: ?[a-z](?!\p{L}))?/iu;
/** What stands behind four digits and is no part of a postcode: measures, and words behind a year. */
const measures = new Set('km kg cm mm mg ml cl dl cc mb gb kb kw st pk px'.split(' '));
const smallWords = new Set('de is en of in op te na al er we ze je ik om ga zo nu ze hij bij'.split(' '));

const streetAlone =
  /(?<![\p{L}-])\p{Lu}[\p{L}'’-]{1,40}(?:laan|straat|straatje|weg|plein|kade|gracht|singel|dreef|hof|pad|steeg|dijk|plantsoen|park|oord|wal|hage|veld|burg) (?:nr\.? |nummer )?\d{1,4}(?: ?[a-z](?!\p{L})|-\d{1,3})?(?![\p{L}\d]|[.,:/-]\d)/gu;

/** Finds postcodes with the address around them, and, as doubtful, a street with its number. */
export function findAddresses(text: string): Finding[] {
  const postcodes = [...text.matchAll(postcode)].flatMap(({ 0: found, index, groups = {} }) => {
    const { digits = '', gap = '', letters = '' } = groups;
    const behind = text.slice(Math.max(0, index - 60), index);
    const street = streetBefore.exec(behind)?.[0] ?? '';
    const called = /postcode[ :is]{0,5}$/iu.test(behind);
    const certain = isPostcode(digits, gap, letters, street !== '' || called);
    if (certain === undefined) return [];
    const end = index + found.length;
    const number = numberBehind.exec(text.slice(end, end + 30))?.[0] ?? '';
    return findingOf('postcode', index - street.length, end + number.length, certain);
  });
  const streets = [...text.matchAll(streetAlone)].map(({ 0: found, index }) =>
    findingOf('postcode', index, index + found.length, false),
  );
  return [...postcodes, ...streets];
}

/** Whether digits and letters are a postcode, for certain or not, or nothing where they are none. */
function isPostcode(digits: string, gap: string, letters: string, placed: boolean): boolean | undefined {
  const small = letters.toLowerCase();
  if (/^s[ads]$/.test(small)) return undefined;
  const isWord = smallWords.has(small);
  if (letters === letters.toUpperCase()) {
    return !measures.has(small) && !(isWord && gap !== '' && /^(?:19|20)/.test(digits));
  }
  if (isWord || measures.has(small)) return undefined;
  if (placed || gap === '') return true;
  return letters === small ? undefined : false;
}
