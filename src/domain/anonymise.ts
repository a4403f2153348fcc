import { findAddresses } from './anonymise/addresses.ts';
import { findCapitalisedNames } from './anonymise/capitals.ts';
import { findDates } from './anonymise/dates.ts';
import { type Finding, withoutOverlap } from './anonymise/finding.ts';
import { findInitials } from './anonymise/initials.ts';
import { type KnownNames, knownNames, type Named, peopleIn } from './anonymise/known-names.ts';
import { findMentioned, mentionedIn } from './anonymise/mentioned.ts';
import { findKnownNames } from './anonymise/names.ts';
import { findBsns, findIbans } from './anonymise/numbers.ts';
import { findEmails, findWebAddresses } from './anonymise/online.ts';
import { findPhones, ownNumbersOf } from './anonymise/phones.ts';
import { findPlates } from './anonymise/plates.ts';
import { findReferences } from './anonymise/references.ts';
import { findUnknownNames } from './anonymise/unknown-names.ts';
import { placedWords } from './anonymise/words.ts';
import type { Complaint } from './complaint.ts';
import type { Person } from './people.ts';

/** What is known of people, and must not stand in a text. */
export interface Known {
  names: KnownNames;
  /** Telephone numbers in E.164. */
  numbers: readonly string[];
  /** Words that may be names, since they stand with a capital in what was typed of the complaint. */
  mentioned?: ReadonlySet<string>;
}

const asNamed = ({ name }: Person): Named => ({ name, isComplainant: false });

/** The names of people of the organisation, whatever a text is about. */
export function knownStaff(staff: readonly Person[]): Known {
  return { names: knownNames(staff.map(asNamed)), numbers: [] };
}

/** The names and telephone numbers that a complaint knows, and the names of staff. */
export function knownIn(complaint: Complaint, staff: readonly Person[] = []): Known {
  const people = [...peopleIn(complaint), ...staff.map(asNamed)];
  return { names: knownNames(people), numbers: ownNumbersOf(complaint), mentioned: mentionedIn(complaint) };
}

/** Gathers what staff and many complaints know, one after the other, each person and number once. */
export function gatherKnown(staff: readonly Person[] = []): {
  add(complaint: Complaint): void;
  known(): Known;
} {
  const people = new Map<string, Named>();
  const numbers = new Set<string>();
  const add = (person: Named) => people.set(`${person.isComplainant} ${person.name}`, person);
  staff.map(asNamed).forEach(add);
  return {
    add: (complaint) => {
      peopleIn(complaint).forEach(add);
      for (const number of ownNumbersOf(complaint)) numbers.add(number);
    },
    known: () => ({ names: knownNames([...people.values()]), numbers: [...numbers] }),
  };
}

/**
 * R11: finds personal data in a Dutch text: the names and numbers that are known, and whatever else looks like them.
 * The findings are in the order of the text and never overlap.
 */
export function findPersonalData(text: string, known: Known): Finding[] {
  let findings: Finding[] = [];
  let left = text;
  for (let round = 0; round < mostRounds; round++) {
    const more = findingsIn(left, known);
    findings = withoutOverlap([...findings, ...more]);
    if (!more.some((finding) => isGlued(text, finding))) break;
    left = applySuggestions(
      text,
      findings.map((finding) => ({ ...finding, suggestion: blank.repeat(finding.end - finding.start) })),
    );
  }
  return findings;
}

/** How often a text is read again for what was hidden by being glued to a finding: '…4300.12-03-1948'. */
const mostRounds = 4;
/** Stands for each character of what was found. */
const blank = '□';

const isGlued = (text: string, { start, end }: Finding) =>
  /[^\s(]$/u.test(text.slice(Math.max(0, start - 1), start)) ||
  /^(?:[^\s.,;:!?)]|[.,;:!?)]+[^\s.,;:!?)])/u.test(text.slice(end, end + 4));

function findingsIn(text: string, { names, numbers, mentioned = new Set() }: Known): Finding[] {
  const reading = { text, words: placedWords(text) };
  return withoutOverlap([
    ...findKnownNames(reading, names),
    ...findInitials(text, names),
    ...findUnknownNames(reading),
    ...findCapitalisedNames(reading),
    ...findMentioned(reading, mentioned),
    ...findPhones(text, numbers),
    ...findEmails(text),
    ...findIbans(text),
    ...findBsns(text),
    ...findAddresses(text),
    ...findDates(text),
    ...findPlates(text),
    ...findWebAddresses(text),
    ...findReferences(text),
  ]);
}

/** The text with each finding replaced by its suggestion; the findings are those of this text. */
export function applySuggestions(text: string, findings: readonly Finding[]): string {
  let end = 0;
  const pieces = findings.map((finding) => {
    const piece = text.slice(end, finding.start) + finding.suggestion;
    end = finding.end;
    return piece;
  });
  return pieces.join('') + text.slice(end);
}

/** R11: the text with every finding replaced, and what only then shows too: replacing one may bare another beside it. */
export function takeOverSuggestions(text: string, known: Known): string {
  let left = text;
  for (let round = 0; round < mostRounds; round++) {
    const findings = findPersonalData(left, known);
    if (!findings.some(({ certain }) => certain || round === 0)) break;
    left = applySuggestions(left, findings);
  }
  return left;
}

/**
 * R11: the findings because of which a text does not go into the record: those that are certain, and doubtful ones
 * whose words the writer did not overrule.
 */
export function objectionsTo(text: string, known: Known, overruled: readonly string[]): Finding[] {
  return findPersonalData(text, known).filter(
    ({ certain, start, end }) => certain || !overruled.includes(text.slice(start, end)),
  );
}
