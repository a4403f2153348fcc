import { randomUUID } from 'node:crypto';
import { accessOf } from '../domain/access.ts';
import { isReturned, isSameRecord } from '../domain/anonymous-record.ts';
import type { Complaint } from '../domain/complaint.ts';
import type { Notice } from '../domain/notices.ts';
import type { Organisation } from '../domain/organisation.ts';
import type { ComplaintDocument, OwedNotice, PostedCard, RecordLink } from './store.ts';

/** Most cards of one complaint that are kept up to date: the latest. */
const mostPosted = 50;

/** Notices as they are owed, from now on; `source` is the command or the moment that brought them about. */
export function owe(notices: readonly Notice[], source: string, now: Date): OwedNotice[] {
  return notices.map((notice, index) => ({
    id: `${source}.${index}`,
    notice,
    dueAt: now.toISOString(),
    attempts: 0,
    since: now.toISOString(),
  }));
}

/** How long a claimed entry is left to its sender, in milliseconds. */
const claimTime = 40_000;
/** How much of that must be left where sending begins: more than opening a chat, sending and reading the store may take. */
const leastLeft = 35_000;

/** An entry as it is claimed: nobody else sends it meanwhile, and it comes back by itself where its sender died. */
export const claimed = <T extends OwedNotice | PostedCard>(entry: T, now: Date): T => ({
  ...entry,
  attempts: entry.attempts + 1,
  dueAt: later(now, claimTime),
});

/** A notice as it was claimed by the write that owes it: whoever has it that way still holds that claim. */
export type Claim = Pick<OwedNotice, 'id' | 'dueAt'>;

/** What was claimed for the sender of this process, by the complaint. */
export type Taken = Map<string, readonly Claim[]>;

/** Whether an entry still stands as it was claimed. */
export const isAmong = (claims: readonly Claim[], entry: OwedNotice | PostedCard) =>
  !('place' in entry) && claims.some(({ id, dueAt }) => id === entry.id && dueAt === entry.dueAt);

/** Whether a claim lasts long enough for sending to begin. */
export const hasTimeLeft = ({ dueAt }: OwedNotice | PostedCard, now: Date) =>
  dueAt !== undefined && dueAt >= later(now, leastLeft);

/** R11: the record that a complaint opens when it is logged, under a random id. */
export function newRecord(now: Date): RecordLink {
  return { id: randomUUID(), dueAt: now.toISOString(), attempts: 0 };
}

/** Has the anonymous record brought up to date where the complaint now says something else of it. */
export function withRecordDue(before: ComplaintDocument, changed: Complaint, now: Date): RecordLink {
  if (!before.record) return newRecord(now);
  return isSameRecord(before.complaint, changed)
    ? before.record
    : { ...before.record, dueAt: now.toISOString(), attempts: 0 };
}

/** A document whose record was made to say what `said` says: no longer due, unless it came to say something else since. */
export function asWritten(document: ComplaintDocument, said: ComplaintDocument): ComplaintDocument {
  const { record, complaint } = document;
  const isWritten = record?.dueAt === said.record?.dueAt && isSameRecord(complaint, said.complaint);
  return record && isWritten ? { ...document, record: { id: record.id, attempts: 0 } } : document;
}

/** What a card about a complaint shows to whom it was sent; a card that shows something else has passed. */
export function shownTo({ to }: Notice, complaint: Complaint, organisation: Organisation): string {
  const { stage, state, handler } = complaint;
  const access = 'id' in to ? accessOf(complaint, to.id, organisation) : 'status';
  const escalation = complaint.state === 'pending' ? complaint.escalation.id : '';
  const talked = complaint.timeline.filter(({ kind }) => kind === 'conversationRecorded').length;
  // Who may not see the content must not see by a change of their card that its record's summary was returned (R11).
  const returned = access === 'full' && isReturned(complaint) ? 'returned' : '';
  return [stage, state, handler.id, escalation, access, talked, returned].join('/');
}

/** Has the posted cards whose complaint has moved on brought up to date. */
export function refreshed(
  { posted, ...document }: ComplaintDocument,
  organisation: Organisation,
  now: Date,
): ComplaintDocument {
  const { complaint } = document;
  const cards = posted.slice(-mostPosted).map((card): PostedCard => {
    if (card.shown === shownTo(card.notice, complaint, organisation)) return card;
    // One that waits to be tried again keeps its place, and its count.
    return card.dueAt === undefined ? { ...card, dueAt: now.toISOString(), attempts: 0 } : card;
  });
  return { ...document, posted: cards };
}

/** The entries of a document that are to be sent, those that are due or among the claims: notices first, then cards. */
export function entriesToSend(
  { outbox, posted }: ComplaintDocument,
  now: string,
  claims: readonly Claim[],
): (OwedNotice | PostedCard)[] {
  return [...outbox, ...posted].filter(
    (entry) => (entry.dueAt !== undefined && entry.dueAt <= now) || isAmong(claims, entry),
  );
}

/** Replaces an entry, notice or card, by its id; or takes it out. */
export function withEntry(
  document: ComplaintDocument,
  id: string,
  entry: OwedNotice | PostedCard | undefined,
): ComplaintDocument {
  const put = <T extends { id: string }>(list: T[]) =>
    list.flatMap((each) => (each.id !== id ? each : entry ? (entry as unknown as T) : []));
  return { ...document, outbox: put(document.outbox), posted: put(document.posted) };
}

/** A moment so many milliseconds after another. */
export const later = (now: Date, milliseconds: number) =>
  new Date(now.getTime() + milliseconds).toISOString();

/** Longest wait before an entry that failed is tried again, in milliseconds. */
const longestWait = 60 * 60_000;

/** How long to wait before trying again what failed so often, in milliseconds. */
export const waitAfter = (attempts: number, random: () => number) =>
  Math.min(1000 * 2 ** attempts, longestWait) * (0.5 + random() / 2);
