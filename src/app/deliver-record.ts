import { within } from '../within.ts';
import type { Surroundings } from './handle-command.ts';
import { later, waitAfter } from './outbox.ts';
import type { ComplaintDocument, RecordLink } from './store.ts';
import { saveRecordOf, writeRecord } from './write-record.ts';

/** How long a notice that was sent waits for the record, before it is written down that it was, in milliseconds. */
const patience = 1000;

/** What writing records needs, beside what notices do. */
interface Delivering extends Pick<Surroundings, 'store' | 'clock'> {
  report: (event: { outcome: 'failed'; failure: unknown }) => void;
  postponed: (wait: number) => void;
  random: () => number;
}

/** R11: writes the anonymous record that a complaint owes. One that fails is reported, and tried again later. */
export async function deliverRecord(id: string, delivery: Delivering): Promise<void> {
  try {
    await writeRecord(id, delivery);
  } catch (failure) {
    delivery.report({ outcome: 'failed', failure });
    await postpone(id, delivery);
  }
}

/**
 * R11: saves the record that a complaint owes while a notice of it is sent, so that one write tells of both; gives the
 * document that the record says. What fails or takes long is left to `deliverRecord`.
 */
export const saveMeanwhile = (id: string, record: RecordLink, { store }: Pick<Surroundings, 'store'>) =>
  within(patience, saveRecordOf(id, record, store), 'the record takes long').catch(
    () => undefined,
  ) satisfies Promise<ComplaintDocument | undefined>;

/** At growing intervals, for as long as it takes: a record is owed until it is written. */
async function postpone(id: string, { store, clock, postponed, random }: Delivering): Promise<void> {
  const stored = await store.load(id);
  if (!stored?.record?.dueAt) return;
  const { version, ...document } = stored;
  const attempts = stored.record.attempts + 1;
  const wait = waitAfter(attempts, random);
  const record = { ...stored.record, attempts, dueAt: later(clock(), wait) };
  if ((await store.commit({ ...document, record }, version)) === 'committed') postponed(wait);
}
