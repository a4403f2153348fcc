// An anonymous record in words (R11).
import type { AnonymousRecord } from '../domain/anonymous-record.ts';
import type { Organisation } from '../domain/organisation.ts';
import { divisionLabel } from './division-labels.ts';
import type { Texts } from './texts.ts';

/** Longest piece of a summary in a list, in characters. */
const longestExcerpt = 240;

/** What tells one record from another on a button; the yearly report is stopped by the same. */
export const shortId = ({ id }: AnonymousRecord) => id.slice(0, 8);

/** When a record is of, where, and how its complaint ended. */
export function headingOf(record: AnonymousRecord, organisation: Organisation, texts: Texts): string {
  const { year, month, department, outcome } = record;
  const end = outcome ? texts(`outcome.${outcome}`) : texts('analysis.open-state');
  return `${texts.month(year, month)}, ${divisionLabel('department', department, organisation, texts)}: ${end}`;
}

/** The beginning of its summary. */
export function excerptOf({ summary, state }: AnonymousRecord, texts: Texts): string {
  const text = summary ?? texts(`analysis.${state === 'returned' ? 'returned' : 'no-summary'}`);
  return text.length > longestExcerpt ? `${text.slice(0, longestExcerpt)}…` : text;
}

/** What its complaint was, in a few facts. */
export function factsOf(record: AnonymousRecord, organisation: Organisation, texts: Texts) {
  const { workingDays, conversations } = record;
  const label = (division: 'nature' | 'wayIn' | 'relation' | 'stage') =>
    divisionLabel(division, record[division], organisation, texts);
  const total = ({ employee, manager, director }: typeof conversations) => employee + manager + director;
  return [
    ...(['nature', 'wayIn', 'relation', 'stage'] as const).map((division) => ({
      title: texts(`analysis.${division}`),
      value: label(division),
    })),
    { title: texts('analysis.conversations'), value: texts.number(total(conversations)) },
    ...(workingDays
      ? [
          {
            title: texts('analysis.duration'),
            value: texts('analysis.working-days', { count: total(workingDays) }),
          },
        ]
      : []),
  ];
}
