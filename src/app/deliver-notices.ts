import type { Organisation } from '../domain/organisation.ts';
import { union } from '../domain/people.ts';
import { within } from '../within.ts';
import { currentOrganisation } from './handle-command.ts';
import {
  asWritten,
  type Claim,
  claimed,
  entriesToSend,
  hasTimeLeft,
  isAmong,
  later,
  owe,
  refreshed,
  type Taken,
  withEntry,
} from './outbox.ts';
import { type Outcome, type Sending, send } from './send-notice.ts';
import type { ComplaintDocument, OwedNotice, PostedCard, Versioned } from './store.ts';

/**
 * Documents taken up in one round, and how many of them at once: where a send takes a third of a second, so many come
 * close to the 50 a second that Teams takes from an app. What goes on at once also waits for the disk at once.
 */
const batch = 50;
const lanes = 16;

/** For how long a document that could not be read is passed over, in milliseconds. */
const unreadableFor = 30_000;
/** How long what was sent waits for the record to be saved, before it is written down without, in milliseconds. */
const patience = 1000;

export interface Delivery extends Sending {
  /** What was claimed for this sender as it was written. */
  taken: Taken;
  /** Documents that could not be read, and until when they are passed over, so that they keep no others waiting. */
  unreadable: Map<string, string>;
  /** Told that something is to be sent after a wait, in milliseconds. */
  postponed: (wait: number) => void;
}

/** Empties the outbox until it is told to stop, and says how many notices and cards were sent. */
export async function deliverNotices(delivery: Delivery, stopping?: AbortSignal): Promise<number> {
  const { store, clock, report, taken, unreadable } = delivery;
  const begun = clock().toISOString();
  for (const [id, until] of unreadable) if (until <= begun) unreadable.delete(id);
  const due = await store.due(begun, batch + unreadable.size);
  const found = due.filter((id) => !unreadable.has(id));
  const all = [...new Set([...found, ...taken.keys()])].slice(0, batch);
  const waiting = all.values();
  let sent = 0;
  /** What else is done with: records, and documents that are passed over from now on. */
  let others = 0;
  const lane = async () => {
    for (const id of waiting) {
      if (stopping?.aborted) return;
      // A document that can't be read or sent must not keep the others waiting.
      await deliverDocument(id).catch((failure) => report({ outcome: 'failed', failure }));
    }
  };
  const deliverDocument = async (id: string) => {
    const claims = taken.get(id) ?? [];
    taken.delete(id);
    const document = await store.load(id).catch((failure) => {
      unreadable.set(id, later(clock(), unreadableFor));
      others++;
      throw failure;
    });
    if (!document) return;
    const now = clock().toISOString();
    const entries = entriesToSend(document, now, claims);
    const owesRecord = document.record?.dueAt !== undefined && document.record.dueAt <= now;
    const saving = owesRecord && entries.length > 0 ? saveMeanwhile(document, delivery) : undefined;
    const said = saving && within(patience, saving, 'the record takes long').catch(() => undefined);
    // What was read has passed as soon as something was sent.
    let read: typeof document | undefined = document;
    for (const { id: entryId } of entries) {
      if (stopping?.aborted) break;
      read ??= await store.load(id);
      if (read && (await deliver(read, entryId, { claims, said }, delivery))) sent++;
      read = undefined;
    }
    // Two at once could leave the older one standing.
    await saving;
    if (owesRecord) {
      const { deliverRecord } = await import('./deliver-record.ts');
      await deliverRecord(id, delivery);
      others++;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  if (all.length === batch && sent + others > 0) delivery.postponed(0);
  return sent;
}

/**
 * R11: saves the record that a document owes while its notices are sent, so that one write can tell of both. Gives the
 * document that the record now says; what fails is left to `deliverRecord`, which tells of it.
 */
async function saveMeanwhile(
  { complaint, record }: ComplaintDocument,
  { store }: Delivery,
): Promise<ComplaintDocument | undefined> {
  try {
    // Counting working days takes long to load; nothing before the first record needs it.
    const { saveRecordOf } = await import('./write-record.ts');
    return record && (await saveRecordOf(complaint.id, record.id, store));
  } catch {
    return undefined;
  }
}

/**
 * Sends one entry: one that was claimed by the write that owes it at once, any other once it is claimed by a conditional
 * write. What becomes of it is written together with what its record says by then. Gives whether it was sent.
 */
async function deliver(
  { version, ...document }: Versioned<ComplaintDocument>,
  entryId: string,
  { claims, said }: { claims: readonly Claim[]; said: Promise<ComplaintDocument | undefined> | undefined },
  delivery: Delivery,
): Promise<boolean> {
  const { store, clock } = delivery;
  const { id } = document.complaint;
  const organisation = await currentOrganisation(store);
  const found = entriesToSend(document, clock().toISOString(), claims).find((each) => each.id === entryId);
  if (!found) return false;
  const isMine = isAmong(claims, found) && hasTimeLeft(found, clock());
  const entry = isMine ? found : claimed(found, clock());
  if (!isMine && (await store.commit(withEntry(document, entryId, entry), version)) === 'conflict')
    return false;

  const outcome = await send(entry, document.complaint, organisation, delivery);
  await settle(id, entry, { outcome, said: await said }, organisation, delivery);
  if (outcome.kind === 'again') delivery.postponed(outcome.wait);
  if (outcome.kind === 'passed-on') delivery.postponed(0);
  return outcome.kind === 'posted' || outcome.kind === 'sent';
}

/**
 * Writes what became of a claimed entry, whatever else happened to the complaint meanwhile; and that its record is
 * written, where that says what a document `said`.
 */
async function settle(
  id: string,
  entry: OwedNotice | PostedCard,
  { outcome, said }: { outcome: Outcome; said: ComplaintDocument | undefined },
  organisation: Organisation,
  { store, clock }: Delivery,
): Promise<void> {
  for (;;) {
    const stored = await store.load(id);
    if (!stored) return;
    const { version, ...document } = stored;
    const settled = refreshed(apply(document, entry, outcome, clock()), organisation, clock());
    const written = said ? asWritten(settled, said) : settled;
    if ((await store.commit(written, version)) === 'committed') return;
  }
}

function apply(
  document: ComplaintDocument,
  entry: OwedNotice | PostedCard,
  outcome: Outcome,
  now: Date,
): ComplaintDocument {
  const { id, notice } = entry;
  if (outcome.kind === 'again') {
    return withEntry(document, id, { ...entry, dueAt: later(now, outcome.wait), attempts: outcome.attempts });
  }
  const without = withEntry(document, id, undefined);
  if (outcome.kind === 'posted') {
    const { place, shown, notices = [] } = outcome;
    return {
      ...without,
      posted: [...without.posted, { id, notice, place, shown, attempts: 0 }],
      outbox: [...without.outbox, ...owe(notices, id, now)],
    };
  }
  if (outcome.kind !== 'passed-on') return without;
  const informed = union(without.complaint.informed, outcome.informed ?? []);
  return {
    ...without,
    complaint: { ...without.complaint, informed },
    outbox: [...without.outbox, ...owe(outcome.notices, id, now)],
  };
}
