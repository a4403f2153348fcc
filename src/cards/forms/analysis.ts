import type { AnonymousRecord } from '../../domain/anonymous-record.ts';
import { improvementStates } from '../../domain/vocabulary.ts';
import { choice, day, text } from './field.ts';
import type { Fields } from './form.ts';

/** The forms of the analysis, by verb: their fields, and the titles of choices that depend on the record. */
export const analysisForms = {
  'add-recommendation': { fields: () => ({ recommendationText: text('paragraph', 1000) }) },
  'add-improvement': { fields: () => ({ improvementText: text('paragraph', 1000) }) },
  'change-improvement': {
    fields: (record: AnonymousRecord | undefined) => ({
      improvement: choice((record?.improvements ?? []).map((_each, index) => String(index))),
      improvementState: choice(improvementStates),
    }),
  },
  'return-summary': { fields: () => ({ returnSummaryReason: text('paragraph', 500) }) },
  'set-evaluation': { fields: () => ({ evaluationOn: day() }) },
} as const satisfies Record<string, { fields(record: AnonymousRecord | undefined): Fields }>;
export type AnalysisForm = keyof typeof analysisForms;

/** Longest piece of an improvement in a choice, in characters. */
const longestChoice = 80;

/** The improvements of a record, to choose from. */
export function improvementTitles(record: AnonymousRecord | undefined): Record<string, string> {
  const titles = (record?.improvements ?? []).map(({ text: each }) =>
    each.length > longestChoice ? `${each.slice(0, longestChoice)}…` : each,
  );
  return Object.fromEntries(titles.map((title, index) => [String(index), title]));
}
