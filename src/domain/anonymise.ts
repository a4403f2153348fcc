import { findAddresses } from './anonymise/addresses.ts';
import { findDates } from './anonymise/dates.ts';
import { type Finding, withoutOverlap } from './anonymise/finding.ts';
import { knownNames, type Named, peopleIn } from './anonymise/known-names.ts';
import { findKnownNames } from './anonymise/names.ts';
import { findBsns, findIbans, findPlates, findReferences } from './anonymise/numbers.ts';
import { findEmails, findWebAddresses } from './anonymise/online.ts';
import { findPhones, ownNumbersOf } from './anonymise/phones.ts';
import { findUnknownNames } from './anonymise/unknown-names.ts';
import type { Complaint } from './complaint.ts';

/** What is known of people, and must not stand in a text. */
export interface Known {
  names: ReturnType<typeof knownNames>;
  /** Telephone numbers in E.164. */
  numbers: readonly string[];
}

/** Of nobody anything is known: only what looks like personal data is found. */
export const nothingKnown: Known = { names: new Map(), numbers: [] };

/** The names and telephone numbers that a complaint knows. */
export function knownIn(complaint: Complaint): Known {
  return { names: knownNames(peopleIn(complaint)), numbers: ownNumbersOf(complaint) };
}

/** Gathers what many complaints know, one after the other, each person and number once. */
export function gatherKnown(): { add(complaint: Complaint): void; known(): Known } {
  const people = new Map<string, Named>();
  const numbers = new Set<string>();
  return {
    add: (complaint) => {
      for (const person of peopleIn(complaint)) people.set(`${person.isComplainant} ${person.name}`, person);
      for (const number of ownNumbersOf(complaint)) numbers.add(number);
    },
    known: () => ({ names: knownNames([...people.values()]), numbers: [...numbers] }),
  };
}

/**
 * R11: finds personal data in a Dutch text: the names and numbers that are known, and whatever else looks like them.
 * The findings are in the order of the text and never overlap.
 */
export function findPersonalData(text: string, { names, numbers }: Known): Finding[] {
  let findings: Finding[] = [];
  let left = text;
  for (let round = 0; round < mostRounds; round++) {
    const more = findingsIn(left, names, numbers);
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

function findingsIn(
  text: string,
  names: ReturnType<typeof knownNames>,
  numbers: readonly string[],
): Finding[] {
  return withoutOverlap([
    ...findKnownNames(text, names),
    ...findUnknownNames(text),
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

/**
 * R11: the findings because of which a text does not go into the record: those that are certain, and doubtful ones
 * whose words the writer did not overrule.
 */
export function objectionsTo(text: string, known: Known, overruled: readonly string[]): Finding[] {
  return findPersonalData(text, known).filter(
    ({ certain, start, end }) => certain || !overruled.includes(text.slice(start, end)),
  );
}
