import { accessOf } from '../domain/access.ts';
import type { Complaint } from '../domain/complaint.ts';
import { administratorNoticeKinds, type Notice, notify } from '../domain/notices.ts';
import { administratorsOf, channelOf, type Organisation } from '../domain/organisation.ts';
import { type Person, union } from '../domain/people.ts';
import { isStillTrue } from '../domain/relevance.ts';
import { askedOf, routeTo } from '../domain/routing.ts';
import { within } from '../within.ts';
import { forgetChannel } from './administration.ts';
import { currentOrganisation, type Surroundings } from './handle-command.ts';
import { Busy, type Messenger, type Place, Unreachable } from './messenger.ts';
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
  shownTo,
  type Taken,
  waitAfter,
  withEntry,
} from './outbox.ts';
import type { ComplaintDocument, OwedNotice, PostedCard, Versioned } from './store.ts';

/** How often it is tried before it counts as undeliverable: for some seven hours. */
const mostAttempts = 20;
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

/** Told of each attempt, for the log; `updated` of a card that was posted before, `failure` where it did not arrive. */
export type Report = (event: {
  outcome: Outcome['kind'] | 'updated' | 'failed';
  reference?: string;
  notice?: Notice['kind'];
  attempts?: number;
  failure?: unknown;
}) => void;

export interface Delivery extends Pick<Surroundings, 'store' | 'clock'> {
  messenger: Messenger;
  /** What was claimed for this sender as it was written. */
  taken: Taken;
  report: Report;
  /** Documents that could not be read, and until when they are passed over, so that they keep no others waiting. */
  unreadable: Map<string, string>;
  /** Told that something is to be sent after a wait, in milliseconds. */
  postponed: (wait: number) => void;
  /** Between 0 and 1; spreads repeats, so that they don't come all at once. */
  random: () => number;
}

/** What became of an entry. */
type Outcome =
  | { kind: 'posted'; place: Place; shown: string; notices?: Notice[] }
  | { kind: 'sent' }
  /** It need not be sent any more. */
  | { kind: 'dropped' }
  /** Others are told instead. */
  | { kind: 'passed-on'; notices: Notice[]; informed?: Person[] }
  | { kind: 'again'; wait: number; attempts: number };

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

/** Sends a claimed entry, and reports what became of it. */
async function send(
  entry: OwedNotice | PostedCard,
  complaint: Complaint,
  organisation: Organisation,
  delivery: Delivery,
): Promise<Outcome> {
  const { report } = delivery;
  const event = { reference: complaint.reference, notice: entry.notice.kind, attempts: entry.attempts };
  try {
    const outcome = await attempt(entry, complaint, organisation, delivery);
    report({ ...event, outcome: 'place' in entry && outcome.kind === 'posted' ? 'updated' : outcome.kind });
    return outcome;
  } catch (failure) {
    report({ ...event, outcome: 'failed', failure });
    return afterFailure(failure, entry, complaint, organisation, delivery);
  }
}

/** Attempts one entry; access is decided again now: who lost sight since it was made hears nothing (R13). */
async function attempt(
  entry: OwedNotice | PostedCard,
  complaint: Complaint,
  organisation: Organisation,
  delivery: Delivery,
): Promise<Outcome> {
  const { notice } = entry;
  const { messenger } = delivery;
  const message = { notice, complaint, organisation };
  const shown = shownTo(notice, complaint, organisation);
  if ('place' in entry) {
    await messenger.update(entry.place, message);
    return { kind: 'posted', place: entry.place, shown };
  }
  const { to } = notice;
  if (!('id' in to)) return attemptChannel(notice, complaint, organisation, delivery);
  if (isForAdministrators(notice)) {
    await messenger.toPerson(to, message);
    return { kind: 'sent' };
  }
  const mayKnow = accessOf(complaint, to.id, organisation) !== 'none';
  if (!mayKnow || !isStillTrue(notice.kind, to.id, complaint, organisation)) return { kind: 'dropped' };
  return { kind: 'posted', place: await messenger.toPerson(to, message), shown };
}

/** The channel of the role, else its people in their own chats; the director hears in both. */
async function attemptChannel(
  notice: Notice,
  complaint: Complaint,
  organisation: Organisation,
  delivery: Delivery,
): Promise<Outcome> {
  const { to } = notice;
  if ('id' in to) throw new TypeError('a notice to a person has no channel');
  const asked = askedOf(complaint, organisation);
  const isHere = complaint.stage === to.stage && complaint.intake.department === to.department;
  if (asked.length === 0 || !isHere) return { kind: 'dropped' };
  const people = notify(notice.kind, asked);
  // Once for each time that it is asked for, not for each reminder.
  const missing =
    notice.kind === 'escalation-requested' ? notify('channel-missing', administratorsOf(organisation)) : [];
  const channel = channelOf(organisation, to.department, to.stage);
  if (!channel) {
    return { kind: 'passed-on', notices: [...people, ...missing] };
  }
  try {
    const place = await delivery.messenger.toChannel(channel, { notice, complaint, organisation });
    const shown = shownTo(notice, complaint, organisation);
    return { kind: 'posted', place, shown, ...(to.stage === 'director' && { notices: people }) };
  } catch (failure) {
    if (!(failure instanceof Unreachable)) throw failure;
    // The bot was taken out of the channel, or it is gone: from now on its people are told themselves.
    await forgetChannel(channel, delivery);
    return { kind: 'passed-on', notices: [...people, ...missing] };
  }
}

function afterFailure(
  failure: unknown,
  entry: OwedNotice | PostedCard,
  complaint: Complaint,
  organisation: Organisation,
  { random }: Delivery,
): Outcome {
  if (failure instanceof Busy) return { kind: 'again', wait: failure.wait, attempts: entry.attempts - 1 };
  if (!(failure instanceof Unreachable) && entry.attempts < mostAttempts) {
    return { kind: 'again', wait: waitAfter(entry.attempts, random), attempts: entry.attempts };
  }
  if ('place' in entry || isForAdministrators(entry.notice)) return { kind: 'dropped' };
  const { to } = entry.notice;
  if (!('id' in to)) {
    const asked = askedOf(complaint, organisation);
    const missing = notify('channel-missing', administratorsOf(organisation));
    return { kind: 'passed-on', notices: [...notify(entry.notice.kind, asked), ...missing] };
  }
  // An approver who can't be reached must not keep a complaint waiting unseen: the director hears of it.
  const isLost = entry.notice.kind === 'escalation-requested' && complaint.stage === 'manager';
  const above = isLost ? routeTo(organisation, complaint, 'director').approvers : [];
  return {
    kind: 'passed-on',
    notices: [...notify('undeliverable', administratorsOf(organisation)), ...notify('waiting-below', above)],
    informed: above,
  };
}

const isForAdministrators = ({ kind }: Notice) =>
  (administratorNoticeKinds as readonly string[]).includes(kind);

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
