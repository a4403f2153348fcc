import { randomUUID } from 'node:crypto';
import { administratorsOf } from '../domain/organisation.ts';
import { currentOrganisation, type Surroundings } from './handle-command.ts';
import { type Reminder, Unreachable } from './messenger.ts';
import { later } from './outbox.ts';
import type { Report } from './send-notice.ts';

/** How often at most it is tried to tell the administrators, and how long one instance may take over it, in milliseconds. */
const pause = 30_000;
const claim = 60_000;

export interface LookoutParts extends Pick<Surroundings, 'store' | 'clock'> {
  reminder: Pick<Reminder, 'tellLateness'>;
  /** How long a notice may wait, in minutes. */
  lateAfter: number;
  report: (fault: unknown) => void;
}

/** Watches whether notices get out. */
export interface Lookout {
  /** Told of each attempt to deliver. */
  hear: Report;
  /** Looks whether notices wait too long, and has the administrators told once in each outage. */
  look(): Promise<void>;
  /** Whether notices wait too long, and nothing gets out. */
  isStuck(): boolean;
}

/**
 * Notices are stuck where one is owed for longer than it may be, and meanwhile the channel took nothing else either:
 * where a single person can't be reached, others still are, or at the latest the administrators, who are told then.
 * What they were told of no longer counts. Several instances tell them once, by a lease that holds as long as the next
 * notice takes to be late.
 */
export function createLookout({ store, clock, reminder, lateAfter, report }: LookoutParts): Lookout {
  const patience = lateAfter * 60_000;
  const holder = randomUUID();
  const lease = (task: 'tell-lateness' | 'told-lateness', wait: number) =>
    store.lease(task, holder, clock().toISOString(), later(clock(), wait));

  /** When the channel last took something, or refused it for good: either way it answered. */
  let answered = '';
  /** Of what was owed until then the administrators know. */
  let told = '';
  /** Since when what they must still be told of is owed. */
  let untold: string | undefined;
  let nextTry = 0;
  let stuck = false;

  const reach = async (since: string, goesOn: boolean): Promise<boolean> => {
    const organisation = await currentOrganisation(store);
    const reached = await Promise.all(
      administratorsOf(organisation).map((person) =>
        reminder.tellLateness(person, { since, goesOn, lateAfter }).then(
          () => true,
          (fault: unknown) => {
            report(fault);
            return fault instanceof Unreachable;
          },
        ),
      ),
    );
    return reached.includes(true);
  };

  /** Gives until when what is owed was told of, by this instance or another; nothing where nobody could be reached. */
  const tell = async (since: string, goesOn: boolean): Promise<string | undefined> => {
    // Another one is at it: what comes of that shows when it has ended.
    if (!(await lease('tell-lateness', claim))) return undefined;
    try {
      const begun = clock();
      if (!(await lease('told-lateness', patience + claim))) return later(begun, -patience);
      if (await reach(since, goesOn)) return clock().toISOString();
      await lease('told-lateness', 0);
      return undefined;
    } finally {
      await lease('tell-lateness', 0);
    }
  };

  return {
    hear: ({ outcome, failure }) => {
      if (['posted', 'sent', 'updated'].includes(outcome) || failure instanceof Unreachable)
        answered = clock().toISOString();
    },
    look: async () => {
      const limit = later(clock(), -patience);
      const since = await store.waitingSince(told);
      const isLate = since !== undefined && since <= limit && answered <= limit;
      if (isLate) untold ??= since;
      if (untold !== undefined && clock().getTime() >= nextTry) {
        nextTry = clock().getTime() + pause;
        const until = await tell(untold, isLate);
        if (until !== undefined) {
          told = until;
          untold = undefined;
        }
      }
      stuck = isLate && untold !== undefined;
    },
    isStuck: () => stuck,
  };
}
