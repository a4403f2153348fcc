import type { AnonymousRecord } from '../../domain/anonymous-record.ts';
import { improvementStates } from '../../domain/vocabulary.ts';
import { choice, day, text } from './field.ts';
import type { Fields } from './form.ts';

/** The forms of the analysis, by verb: their fields, which may depend on the record. */
export const analysisForms = {
  'add-recommendation': { fields: () => ({ recommendationText: text('paragraph', 1000) }) },
  'add-improvement': { fields: () => ({ improvementText: text('paragraph', 1000) }) },
  'change-improvement': {
    fields: (record: AnonymousRecord | undefined) => ({
      improvement: choice((record?.improvements ?? []).map((each) => each.text)),
      improvementState: choice(improvementStates),
    }),
  },
  'remove-addition': {
    fields: (record: AnonymousRecord | undefined) => ({ addition: choice(additionsOf(record)) }),
  },
  'return-summary': { fields: () => ({ returnSummaryReason: text('paragraph', 500) }) },
  'set-evaluation': { fields: () => ({ evaluationOn: day() }) },
} as const satisfies Record<string, { fields(record: AnonymousRecord | undefined): Fields }>;
export type AnalysisForm = keyof typeof analysisForms;

/** What was added to a record by who analyses it. */
export function additionsOf(record: AnonymousRecord | undefined): string[] {
  const recommended = (record?.recommendations ?? []).filter(({ from }) => from === 'coordinator');
  return [...new Set([...recommended, ...(record?.improvements ?? [])].map((each) => each.text))];
}

/** Longest piece of a text in a choice, in characters. */
const longestChoice = 80;

/** The words of the choices that are texts of the record. */
export function additionTitles(record: AnonymousRecord | undefined): Record<string, Record<string, string>> {
  const titles = additionsOf(record).map((each): [string, string] => [
    each,
    each.length > longestChoice ? `${each.slice(0, longestChoice)}…` : each,
  ]);
  return { improvement: Object.fromEntries(titles), addition: Object.fromEntries(titles) };
}
