import { accessOf } from '../domain/access.ts';
import type { Complaint } from '../domain/complaint.ts';
import { administratorNoticeKinds, type Notice, notify } from '../domain/notices.ts';
import { administratorsOf, channelOf, type Organisation } from '../domain/organisation.ts';
import { type Person, union } from '../domain/people.ts';
import { isStillTrue } from '../domain/relevance.ts';
import { askedOf, routeTo } from '../domain/routing.ts';
import { forgetChannel } from './administration.ts';
import { currentOrganisation, type Surroundings } from './handle-command.ts';
import { Busy, type Messenger, type Place, Unreachable } from './messenger.ts';
import {
  asWritten,
  claimed,
  dueEntries,
  hasTimeLeft,
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
const unreadableFor = 60_000;

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
  for (const [id, until] of unreadable) if (until <= clock().toISOString()) unreadable.delete(id);
  const found = await store.due(clock().toISOString(), batch + unreadable.size);
  const due = [...new Set([...found, ...taken.keys()])].filter((id) => !unreadable.has(id)).slice(0, batch);
  const waiting = due.values();
  let sent = 0;
  let records = 0;
  const lane = async () => {
    for (const id of waiting) {
      // A document that can't be read or sent must not keep the others waiting.
      await deliverDocument(id).catch((failure) => report({ outcome: 'failed', failure }));
    }
  };
  const deliverDocument = async (id: string) => {
    const mine = taken.get(id) ?? [];
    taken.delete(id);
    const document = await store.load(id).catch((failure) => {
      unreadable.set(id, later(clock(), unreadableFor));
      throw failure;
    });
    const now = clock().toISOString();
    // What was read has passed as soon as something was sent.
    let read = document;
    for (const entry of document ? dueEntries(document, now, mine) : []) {
      if (stopping?.aborted) return;
      read ??= await store.load(id);
      if (read && (await deliver(read, entry.id, mine, delivery))) sent++;
      read = undefined;
    }
    // One that owed nobody a notice, or could not be saved meanwhile.
    if (document && owesRecord(document, now)) {
      const { deliverRecord } = await loadRecords();
      await deliverRecord(id, delivery);
      records++;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  if (taken.size > 0 || (due.length === batch && sent + records > 0)) delivery.postponed(0);
  return sent;
}

/** Counting working days takes long to load; nothing before the first record needs it. */
const loadRecords = () => import('./deliver-record.ts');

const owesRecord = ({ record }: ComplaintDocument, now: string) =>
  record?.dueAt !== undefined && record.dueAt <= now;

/**
 * Sends one entry, claiming it first by a conditional write unless it is `mine` since it was written, and saves the record meanwhile where that is due (R11), so
 * that one write tells of both. Gives whether it was sent.
 */
async function deliver(
  { version, ...document }: Versioned<ComplaintDocument>,
  entryId: string,
  mine: readonly string[],
  delivery: Delivery,
): Promise<boolean> {
  const { store, clock } = delivery;
  const { id } = document.complaint;
  const now = clock().toISOString();
  let entry = dueEntries(document, now, mine).find((each) => each.id === entryId);
  if (!entry) return false;
  const isMine = mine.includes(entryId) && entry.attempts === 1;
  if (!isMine && String(entry.dueAt) > now) return false;
  if (!isMine || !hasTimeLeft(entry, clock())) {
    entry = claimed(entry, clock());
    if ((await store.commit(withEntry(document, entryId, entry), version)) === 'conflict') return false;
  }

  const organisation = await currentOrganisation(store);
  const sending = send(entry, document.complaint, organisation, delivery);
  const { record } = document;
  const recording =
    record && owesRecord(document, now)
      ? loadRecords().then(({ saveMeanwhile }) => saveMeanwhile(id, record, delivery))
      : undefined;
  const [outcome, recorded] = await Promise.all([sending, recording]);
  await settle(id, entry, { outcome, recorded }, organisation, delivery);
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
 * Writes what became of a claimed entry, whatever else happened to the complaint meanwhile; and of its record, where
 * that was made to say what a document says (`recorded`).
 */
async function settle(
  id: string,
  entry: OwedNotice | PostedCard,
  { outcome, recorded }: { outcome: Outcome; recorded: ComplaintDocument | undefined },
  organisation: Organisation,
  { store, clock }: Delivery,
): Promise<void> {
  for (;;) {
    const stored = await store.load(id);
    if (!stored) return;
    const { version, ...document } = stored;
    const settled = refreshed(apply(document, entry, outcome, clock()), organisation, clock());
    const written = recorded ? asWritten(settled, recorded) : settled;
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
