import type { Surroundings } from './handle-command.ts';
import { later, waitAfter } from './outbox.ts';
import { writeRecord } from './write-record.ts';

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
