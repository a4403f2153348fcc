import { accessOf } from '../domain/access.ts';
import type { Complaint } from '../domain/complaint.ts';
import type { Notice } from '../domain/notices.ts';
import { currentContext, type Surroundings } from './handle-command.ts';
import type { OwedNotice } from './store.ts';

/** Sends one notice, or throws where it did not arrive or may not have. */
export type SendNotice = (notice: Notice, complaint: Complaint) => Promise<void>;

/** How long a claimed notice is left to its sender, in milliseconds; longer than a send may take. */
const claim = 30_000;
/** Longest wait before a notice that failed is tried again, in milliseconds. */
const longestWait = 60 * 60_000;
/** Documents taken up in one round. */
const batch = 50;

/** Told of each attempt, for the log; `failure` where it did not arrive. */
export type Report = (event: {
  reference: string;
  notice: Notice['kind'];
  attempts: number;
  failure?: unknown;
}) => void;

/** Empties the outbox until it is told to stop: sends every notice that is due, and says how many were sent. */
export async function deliverNotices(
  around: Pick<Surroundings, 'store' | 'clock'>,
  send: SendNotice,
  report: Report,
  stopping?: AbortSignal,
): Promise<number> {
  let sent = 0;
  for (const id of await around.store.due(around.clock().toISOString(), batch)) {
    const owed = (await around.store.load(id))?.outbox ?? [];
    for (const { id: noticeId } of owed) {
      if (stopping?.aborted) return sent;
      if (await deliver(id, noticeId, around, send, report)) sent++;
    }
  }
  return sent;
}

async function deliver(
  id: string,
  noticeId: string,
  around: Pick<Surroundings, 'store' | 'clock'>,
  send: SendNotice,
  report: Report,
): Promise<boolean> {
  const { store, clock } = around;
  const stored = await store.load(id);
  const owed = stored?.outbox.find((entry) => entry.id === noticeId);
  if (!stored || !owed || owed.dueAt > clock().toISOString()) return false;
  const { complaint, version } = stored;
  const attempts = owed.attempts + 1;
  const claimed: OwedNotice = { ...owed, attempts, dueAt: later(clock(), claim) };
  if ((await store.commit({ complaint, outbox: replaced(stored.outbox, claimed) }, version)) === 'conflict') {
    return false;
  }
  const { notice } = owed;
  const event = { reference: complaint.reference, notice: notice.kind, attempts };
  const { organisation } = await currentContext(around);
  // Access is decided again when a notice is sent: who lost sight since it was made hears nothing (R13).
  const mayKnow = accessOf(complaint, notice.to.id, organisation) !== 'none';
  try {
    if (mayKnow) await send(notice, complaint);
  } catch (failure) {
    report({ ...event, failure });
    const wait = Math.min(1000 * 2 ** attempts, longestWait);
    await settle(id, noticeId, around, { ...claimed, dueAt: later(clock(), wait) });
    return false;
  }
  report(event);
  await settle(id, noticeId, around);
  return mayKnow;
}

/** Writes what became of a claimed notice, whatever else happened to the complaint meanwhile. */
async function settle(
  id: string,
  noticeId: string,
  { store }: Pick<Surroundings, 'store'>,
  again?: OwedNotice,
): Promise<void> {
  for (;;) {
    const stored = await store.load(id);
    if (!stored) return;
    const { complaint, version } = stored;
    const outbox = again
      ? replaced(stored.outbox, again)
      : stored.outbox.filter((entry) => entry.id !== noticeId);
    if ((await store.commit({ complaint, outbox }, version)) === 'committed') return;
  }
}

const later = (now: Date, milliseconds: number) => new Date(now.getTime() + milliseconds).toISOString();

const replaced = (outbox: readonly OwedNotice[], changed: OwedNotice) =>
  outbox.map((entry) => (entry.id === changed.id ? changed : entry));
