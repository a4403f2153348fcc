import {
  type AnonymousRecord,
  anonymousRecordSchema,
  recordOf,
  workingDaysIn,
} from '../domain/anonymous-record.ts';
import { workingDaysSince } from '../domain/deadlines.ts';
import { Fault } from '../fault.ts';
import type { Surroundings } from './handle-command.ts';
import { asWritten } from './outbox.ts';
import type { ComplaintDocument, Store, Versioned } from './store.ts';

/** How often a record is written anew because somebody else wrote first. */
const mostAttempts = 20;

type Records = Pick<Store, 'loadRecord' | 'saveRecord'>;

/**
 * R11: brings a complaint's anonymous record up to date, where that is due. Once it came back, the record says what the
 * complaint says, and no longer is due. Throws where the store fails, or after too many conflicts.
 */
export async function writeRecord(
  complaintId: string,
  { store }: Pick<Surroundings, 'store'>,
): Promise<void> {
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const { record } = (await store.load(complaintId)) ?? {};
    const said = record?.dueAt ? await saveRecordOf(complaintId, record.id, store) : undefined;
    if (!said) return;
    const { version, ...document } = said;
    if ((await store.commit(asWritten(document, said), version)) === 'committed') return;
  }
  throw new Fault(`gave up after ${mostAttempts} version conflicts`);
}

/**
 * Has the record with this id say what its complaint says, where that is due, and gives the document that it now says;
 * that one still counts it as due (`asWritten`). Throws where the store fails, or after too many conflicts.
 */
export async function saveRecordOf(
  complaintId: string,
  id: string,
  store: Store,
): Promise<Versioned<ComplaintDocument> | undefined> {
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    // The record first: a complaint that is read after it is at least as new, or saving is a conflict.
    const before = await store.loadRecord(id);
    const stored = await store.load(complaintId);
    if (!stored?.record?.dueAt) return undefined;
    const made = recordOf(id, stored.complaint, before?.record, workingDaysSince);
    // In the order of the schema, as a record is read.
    const record = anonymousRecordSchema.parse(made);
    const isSame = JSON.stringify(record) === JSON.stringify(before?.record);
    if (isSame || (await store.saveRecord(record, before?.version)) === 'committed') return stored;
  }
  throw new Fault(`gave up after ${mostAttempts} version conflicts`);
}

/**
 * Changes a record, deciding again on the fresh one where somebody else wrote first; one that stays as it is, is not
 * written. Gives it, or nothing where there is none.
 */
export async function changeRecord(
  id: string,
  change: (record: AnonymousRecord) => AnonymousRecord,
  store: Records,
): Promise<AnonymousRecord | undefined> {
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const loaded = await store.loadRecord(id);
    if (!loaded) return undefined;
    const record = change(loaded.record);
    if (record === loaded.record) return record;
    if ((await store.saveRecord(record, loaded.version)) === 'committed') return record;
  }
  throw new Fault(`gave up after ${mostAttempts} version conflicts`);
}

/**
 * R14: leaves the record of a complaint as it is to stay, before the personal data are destroyed: what is still owed is
 * written, one that was still being handled is closed as discontinued, and a summary that was returned stays out.
 */
export async function leaveRecord(
  complaintId: string,
  { store, clock }: Pick<Surroundings, 'store' | 'clock'>,
): Promise<void> {
  await writeRecord(complaintId, { store });
  const { record, complaint } = (await store.load(complaintId)) ?? {};
  if (!record || !complaint) return;
  const workingDays = workingDaysIn(complaint, workingDaysSince, clock());
  await changeRecord(
    record.id,
    (left) => {
      if (left.state === 'complete') return left;
      const ended = left.outcome ?? 'discontinued';
      return { ...left, state: 'complete', outcome: ended, workingDays: left.workingDays ?? workingDays };
    },
    store,
  );
}
