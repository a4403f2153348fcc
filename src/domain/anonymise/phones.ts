import { findPhoneNumbersInText, type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { type Complaint, intakesOf } from '../complaint.ts';
import { withoutDates } from './dates.ts';
import { type Finding, findingOf } from './finding.ts';

/** Digits with at most three marks between them, of which one may be the end of a line. */
const digitRun = /\+?\(?\d(?:[ \t\n\u00a0().\-–/_]{0,3}\d)*/gu;
const announced =
  /(?<![\p{L}[])(?:tel|telefoon|telefoonnummer|mobiel|mobiele nummer|mob|gsm|bereikbaar op|bellen op|gebeld met|vaste lijn)(?:\.|:)?\s{0,3}(?:is |nr\.? |nummer )?(\d(?:[ -]?\d){5,8})(?!\d)/giu;
/** Longest number with its country. */
const mostDigits = 15;
/** Least digits of the complaint's own number that give it away. */
const leastKnownDigits = 6;

/** Finds phone numbers: as they should be written, loosely written, the complaint's own in part, and after 'tel.'. */
export function findPhones(text: string, ownNumbers: readonly string[]): Finding[] {
  const readable = withoutDates(text);
  const runs = [...readable.matchAll(digitRun)].filter(({ 0: run }) => run.length >= leastKnownDigits);
  if (runs.length === 0) return [];
  const wellWritten = findPhoneNumbersInText(readable, 'NL')
    .filter(({ startsAt }) => /^\(?(?:\+|0|\(0)/.test(readable.slice(startsAt, startsAt + 3)))
    .filter(({ number }) => isPersonal(number))
    .map(({ startsAt, endsAt }) =>
      findingOf('phone', startsAt + opened(readable.slice(startsAt, endsAt)), endsAt, true),
    );
  const loose = runs.flatMap(({ 0: run, index }) => looseIn(run, index, ownNumbers));
  const short = [...readable.matchAll(announced)].map(({ 0: all, 1: number = '', index }) =>
    findingOf('phone', index + all.length - number.length, index + all.length, false),
  );
  return [...wellWritten, ...loose, ...short];
}

/** Whether a number is somebody's own, and not one that a service has for everybody, as 0800 and 0900 are. */
const isPersonal = (number: PhoneNumber) =>
  !['TOLL_FREE', 'PREMIUM_RATE', 'SHARED_COST', 'UAN'].includes(number.getType() ?? '');

/** How many characters in front are a bracket that something else closes. */
const opened = (number: string) =>
  number.startsWith('(') && number.split('(').length > number.split(')').length ? 1 : 0;

/** The phone numbers of every intake of a complaint. */
export function ownNumbersOf(complaint: Complaint): string[] {
  return intakesOf(complaint).flatMap(({ phone }) => phone ?? []);
}

/** The numbers within a run of digits, each made of whole groups of it. */
function looseIn(run: string, at: number, ownNumbers: readonly string[]): Finding[] {
  const groups = [...run.matchAll(/\d+/g)];
  const findings: Finding[] = [];
  for (let first = 0; first < groups.length; first++) {
    let digits = '';
    for (let last = first; last < groups.length && digits.length <= mostDigits; last++) {
      digits += groups[last]?.[0];
      const from = groups[first]?.index ?? 0;
      const plus = run.slice(Math.max(0, from - 2), from).includes('+');
      const certain = isPhone(digits, plus, ownNumbers);
      if (certain === undefined) continue;
      const end = (groups[last]?.index ?? 0) + (groups[last]?.[0].length ?? 0);
      findings.push(findingOf('phone', at + (plus ? 0 : from), at + end, certain));
      first = last;
      break;
    }
  }
  return findings;
}

/** Whether digits are a Dutch number, for certain or not, or nothing where they are none. */
function isPhone(digits: string, plus: boolean, ownNumbers: readonly string[]): boolean | undefined {
  if (digits.length >= leastKnownDigits && ownNumbers.some((own) => own.endsWith(digits))) return true;
  const national = plus ? /^310?([1-9]\d{8})$/.exec(digits) : /^(?:00310?|0)([1-9]\d{8})$/.exec(digits);
  const number = national ? parsePhoneNumberFromString(`+31${national[1]}`) : undefined;
  return number && isPersonal(number) ? number.isValid() : undefined;
}
