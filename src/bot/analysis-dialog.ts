import { z } from 'zod';
import { clearWords, mayAnalyse, suspectsIn } from '../app/analysis.ts';
import { currentOrganisation } from '../app/handle-command.ts';
import { figuresOf, listRecords } from '../app/year-records.ts';
import { analysisView, recordsView, recordView, suspectsView } from '../cards/analysis-view.ts';
import type { AnonymousRecord } from '../domain/anonymous-record.ts';
import { yearOf } from '../domain/calendar.ts';
import { natures } from '../domain/vocabulary.ts';
import { said } from './complaint-dialog.ts';
import { type DialogAnswer, dialogVerb } from './dialog.ts';
import type { Asker, Parts } from './parts.ts';

/** Records on one page of a list. */
const pageSize = 5;

/** A year that complaints can be of. */
export const year = z.int().min(1900).max(2999);

/** Shows the figures of a year, to who analyses them (R11, R12). */
export const openAnalysis = dialogVerb(z.object({ year }), async (data, asker, parts) =>
  analysed(asker, parts, () => showYear(data.year, asker, parts)),
);

/** Shows a page of the anonymous records of a year and a nature. */
export const openRecords = dialogVerb(
  z.object({ year, nature: z.enum(natures), after: z.string().max(200).optional() }),
  async ({ after, ...of }, asker, parts) =>
    analysed(asker, parts, async () => {
      const { store } = parts;
      const page = await listRecords(of, { limit: pageSize, ...(after && { after }) }, store);
      const organisation = await currentOrganisation(store);
      const view = recordsView(of, { ...page, isFirst: !after }, organisation, asker.texts);
      return { title: asker.texts('analysis.title'), view };
    }),
);

/** Shows one anonymous record. */
export const openRecord = dialogVerb(z.object({ record: z.uuid() }), async ({ record }, asker, parts) =>
  analysed(asker, parts, () => showRecord(record, asker, parts)),
);

/** Shows what in a record stopped the report (R12). */
export const checkRecord = dialogVerb(z.object({ record: z.uuid() }), async ({ record }, asker, parts) =>
  analysed(asker, parts, async () => {
    const { texts, actor } = asker;
    const suspects = await suspectsIn(record, actor, parts);
    if (!suspects) return said(texts('analysis.no-record'), texts);
    return {
      title: texts('analysis.check-title'),
      view: suspectsView(suspects.record, suspects.marks, texts),
    };
  }),
);

/** Keeps that words in a record are nobody's (R12). */
export const clearRecord = dialogVerb(
  z.object({ record: z.uuid(), words: z.array(z.string().min(1).max(500)).min(1).max(50) }),
  async (data, asker, parts) =>
    analysed(asker, parts, async () => {
      const outcome = await clearWords(data, asker.actor, parts);
      parts.log.info('record analysed', { command: 'clear-record', outcome, count: data.words.length });
      return showRecord(data.record, asker, parts, asker.texts('analysis.cleared'));
    }),
);

/** Only for who analyses the records today; everybody else hears so. */
export async function analysed(
  { actor, texts }: Asker,
  { store }: Parts,
  answer: () => Promise<DialogAnswer>,
): Promise<DialogAnswer> {
  return (await mayAnalyse(actor, { store })) ? answer() : said(texts('analysis.not-for-you'), texts);
}

/** Shows the figures of a year. */
export async function showYear(
  of: number,
  { texts }: Asker,
  { store, clock }: Parts,
  flash = '',
): Promise<DialogAnswer> {
  const organisation = await currentOrganisation(store);
  const figures = await figuresOf(of, organisation.departments, store);
  return {
    title: texts('analysis.title'),
    view: analysisView(figures, { organisation, thisYear: yearOf(clock()) }, texts, flash),
  };
}

/** Shows a record as it stands. */
export async function showRecord(
  id: string,
  { texts }: Asker,
  parts: Parts,
  flash = '',
): Promise<DialogAnswer> {
  const record = await recordOf(id, parts);
  if (!record) return said(texts('analysis.no-record'), texts);
  const organisation = await currentOrganisation(parts.store);
  return { title: texts('analysis.title'), view: recordView(record, organisation, texts, flash) };
}

/** The record that may be shown, or nothing where there is none. */
export async function recordOf(id: string, { store }: Parts): Promise<AnonymousRecord | undefined> {
  const record = id === '' ? undefined : (await store.loadRecord(id))?.record;
  // One that is still being handled is counted only: by its stage it could be tied to a reference.
  return record?.state === 'open' ? undefined : record;
}
