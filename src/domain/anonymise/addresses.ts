import { type Finding, findingOf } from './finding.ts';

const postcode =
  /(?<![\p{L}\d.,/-])(?<digits>[1-9]\d{3})(?<gap>[ \u00a0]?)(?<letters>[A-Za-z]{2})(?![\p{L}\d])/gu;
/** A street with its number in front of a postcode, as far back as 60 characters. */
const streetBefore =
  /(?<![\p{L}\d])(?:(?!(?:Zie|Op|In|Bij|Aan|Naar|Uit|Het|De|Adres) )\p{Lu}[\p{L}.'’-]{0,30} (?:(?:\p{Lu}[\p{L}.'’-]{0,30}|van|de|den|der|het|['’]t) ){0,3})?\p{L}[\p{L}.'’-]{2,40} \d{1,5}(?: ?-? ?(?:[A-Za-z]|\d{1,4}|bis|hs|huis))?(?:,? |, ?(?:in )?)$/u;
/** What may stand behind the number of a house: '12a', '12-2', '12 bis'. */
const addition = '(?: ?-?(?:bis|hs|huis|hoog|rood|zw|rd|I{1,3}|[A-Za-z](?!\\p{L}))| ?- ?\\d{1,4})?';
/** What a number counts, where it is no house. */
const counted =
  '(?! (?:keer|x|euro|uur|dagen|weken|maanden|jaar|km|m|minuten|mensen|cliënten|januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)(?!\\p{L}))';
const numberBehind = new RegExp(
  `^(?:-\\d{1,5}|(?:,|\\/| en)? ?(?:nr\\.?|nummer|huisnummer) ?\\d{1,5}|,? \\d{1,5}(?!\\d|[.,:/]\\d)${counted})${addition}`,
  'iu',
);
/** The town behind a postcode: 'Goes', 'Den Haag', 'Bergen op Zoom', "'s-Gravenhage". */
const townBehind =
  /^,? (?:in |te )?(?:['’]s-)?\p{Lu}[\p{L}'’-]+(?: (?:(?:aan|op|bij|over) )?(?:(?:de|den|het) )?\p{Lu}[\p{L}-]+)?/u;
/** What stands behind four digits and is no part of a postcode: measures, and words behind a year. */
const measures = new Set('km kg cm mm mg ml cl dl cc mb gb kb kw st pk px'.split(' '));
const smallWords = new Set('de is en of in op te na al er we ze je ik om ga zo nu ze hij bij'.split(' '));

const kinds =
  'laan|straat|straatje|weg|plein|kade|gracht|singel|dreef|hof|pad|steeg|dijk|plantsoen|park|oord|wal|hage|veld|burg|baan|markt|brink|ring|boulevard|erf|vaart|vest|zoom|gaarde|meent|akker|boog|stede';
const houseNumber = `(?:,? (?:nr\\.? |nummer |huisnummer )?)\\d{1,5}${addition}(?![\\p{L}\\d]|[.,:/-]\\d)${counted}`;
/** Words and 'tussenvoegsels' in front of a street's own: 'Oude Kerkweg', 'Van der Kanariestraat'. */
const streetAlone = new RegExp(
  `(?<![\\p{L}-])(?:(?:Van|Von|Ten|Ter|Oude?|Nieuwe?|Lange|Korte|Grote|Kleine|Burgemeester|Prinse?s?|Koningin|Dr\\.|Prof\\.|Sint) (?:(?:de|den|der|het|['’]t) )?)?(?:\\p{Lu}|['’]t )[\\p{L}'’-]{1,40}(?:${kinds})${houseNumber}`,
  'gu',
);
/** Anything with a capital or the word of a street, and a number behind it. */
const anyStreet = new RegExp(
  `^(?:['’]t |de |het |den )?(?:\\p{Lu}[\\p{L}.'’-]{1,40}(?: [\\p{L}'’-]{1,30}){0,3}?|\\p{L}{1,40}(?:${kinds}))${houseNumber}`,
  'u',
);
/** Where somebody lives, up to the street. */
const living =
  /(?<![\p{L}[])(?:woon(?:t|de|plaats|adres)|wonen|wonend(?:e)?|won|(?:huis|post|bezoek)?adres(?:gegevens)?|huisbezoek|bezorgd|ingeschreven|verhuis(?:d|t|de)|staat op)(?!\p{L})(?:\.? ?:|\.)?(?: (?:is|was|nu|sinds kort|momenteel|tijdelijk|zelf|haar|zijn))?(?: (?:op|aan|in|naar|te|bij))?(?: (?:de|het|nummer))? ?/giu;
const postBox = /(?<![\p{L}-])[Pp]ostbus \d{1,6}(?![\p{L}\d])/gu;
/** A preposition of place in front of a street leaves no doubt that it is an address. */
const placed = /(?:^|[^\p{L}])(?:op|bij|naar|aan|in|te|van|vanaf|tot|langs|vanuit)(?: de| het)? $/iu;

/** Finds postcodes with the address around them, and streets with a number; without a word of place those are doubtful. */
export function findAddresses(text: string): Finding[] {
  const streets = [...text.matchAll(streetAlone)].map(({ 0: found, index }) =>
    findingOf(
      'postcode',
      index,
      index + found.length,
      placed.test(text.slice(Math.max(0, index - 20), index)),
    ),
  );
  const homes = [...text.matchAll(living)].flatMap(({ 0: words, index }) => {
    const start = index + words.length;
    const street = anyStreet.exec(text.slice(start, start + 120))?.[0];
    return street ? findingOf('postcode', start, start + street.length, true) : [];
  });
  const boxes = [...text.matchAll(postBox)].map(({ 0: found, index }) =>
    findingOf('postcode', index, index + found.length, false),
  );
  return [...findPostcodes(text), ...streets, ...homes, ...boxes];
}

function findPostcodes(text: string): Finding[] {
  return [...text.matchAll(postcode)].flatMap(({ 0: found, index, groups = {} }) => {
    const { digits = '', gap = '', letters = '' } = groups;
    const behind = text.slice(Math.max(0, index - 60), index);
    const street = streetBefore.exec(behind)?.[0] ?? '';
    const called = /postcode[ :is]{0,5}$/iu.test(behind);
    const certain = isPostcode(digits, gap, letters, street !== '' || called);
    if (certain === undefined) return [];
    const end = index + found.length;
    const number = numberBehind.exec(text.slice(end, end + 30))?.[0] ?? '';
    const place = townBehind.exec(text.slice(end + number.length, end + number.length + 60))?.[0] ?? '';
    return findingOf('postcode', index - street.length, end + number.length + place.length, certain);
  });
}

/** Whether digits and letters are a postcode, for certain or not, or nothing where they are none. */
function isPostcode(digits: string, gap: string, letters: string, isPlaced: boolean): boolean | undefined {
  const small = letters.toLowerCase();
  if (/^s[ads]$/.test(small)) return undefined;
  const isWord = smallWords.has(small);
  if (letters === letters.toUpperCase()) {
    return !measures.has(small) && !(isWord && gap !== '' && /^(?:19|20)/.test(digits));
  }
  if (isWord || measures.has(small)) return undefined;
  if (isPlaced || gap === '') return true;
  return letters === small ? undefined : false;
}
