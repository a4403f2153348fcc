import { accessOf } from '../domain/access.ts';
import type { Complaint } from '../domain/complaint.ts';
import { administratorNoticeKinds, type Notice, notify } from '../domain/notices.ts';
import { administratorsOf, channelOf, type Organisation } from '../domain/organisation.ts';
import type { Person } from '../domain/people.ts';
import { isStillTrue } from '../domain/relevance.ts';
import { askedOf, routeTo } from '../domain/routing.ts';
import { forgetChannel } from './administration.ts';
import type { Surroundings } from './handle-command.ts';
import { Busy, type Messenger, type Place, Unreachable } from './messenger.ts';
import { shownTo, waitAfter } from './outbox.ts';
import type { OwedNotice, PostedCard } from './store.ts';

/** How often it is tried before it counts as undeliverable: for some seven hours. */
const mostAttempts = 20;
/** Told of each attempt, for the log; `updated` of a card that was posted before, `failure` where it did not arrive. */
export type Report = (event: {
  outcome: Outcome['kind'] | 'updated' | 'failed';
  reference?: string;
  notice?: Notice['kind'];
  attempts?: number;
  failure?: unknown;
}) => void;

/** What sending needs. */
export interface Sending extends Pick<Surroundings, 'store' | 'clock'> {
  messenger: Messenger;
  report: Report;
  /** Between 0 and 1; spreads repeats, so that they don't come all at once. */
  random: () => number;
}

/** What became of an entry. */
export type Outcome =
  | { kind: 'posted'; place: Place; shown: string; notices?: Notice[] }
  | { kind: 'sent' }
  /** It need not be sent any more. */
  | { kind: 'dropped' }
  /** Others are told instead. */
  | { kind: 'passed-on'; notices: Notice[]; informed?: Person[] }
  | { kind: 'again'; wait: number; attempts: number };

/** Sends a claimed entry, and reports what became of it. */
export async function send(
  entry: OwedNotice | PostedCard,
  complaint: Complaint,
  organisation: Organisation,
  sending: Sending,
): Promise<Outcome> {
  const { report } = sending;
  const event = { reference: complaint.reference, notice: entry.notice.kind, attempts: entry.attempts };
  try {
    const outcome = await attempt(entry, complaint, organisation, sending);
    report({ ...event, outcome: 'place' in entry && outcome.kind === 'posted' ? 'updated' : outcome.kind });
    return outcome;
  } catch (failure) {
    report({ ...event, outcome: 'failed', failure });
    return afterFailure(failure, entry, complaint, organisation, sending);
  }
}

/** Attempts one entry; access is decided again now: who lost sight since it was made hears nothing (R13). */
async function attempt(
  entry: OwedNotice | PostedCard,
  complaint: Complaint,
  organisation: Organisation,
  sending: Sending,
): Promise<Outcome> {
  const { notice } = entry;
  const { messenger } = sending;
  const message = { notice, complaint, organisation };
  const shown = shownTo(notice, complaint, organisation);
  if ('place' in entry) {
    await messenger.update(entry.place, message);
    return { kind: 'posted', place: entry.place, shown };
  }
  const { to } = notice;
  if (!('id' in to)) return attemptChannel(notice, complaint, organisation, sending);
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
  sending: Sending,
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
    const place = await sending.messenger.toChannel(channel, { notice, complaint, organisation });
    const shown = shownTo(notice, complaint, organisation);
    return { kind: 'posted', place, shown, ...(to.stage === 'director' && { notices: people }) };
  } catch (failure) {
    if (!(failure instanceof Unreachable)) throw failure;
    // The bot was taken out of the channel, or it is gone: from now on its people are told themselves.
    await forgetChannel(channel, sending);
    return { kind: 'passed-on', notices: [...people, ...missing] };
  }
}

function afterFailure(
  failure: unknown,
  entry: OwedNotice | PostedCard,
  complaint: Complaint,
  organisation: Organisation,
  { random }: Sending,
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
