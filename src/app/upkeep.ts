import { remind } from '../domain/deadlines.ts';
import type { Person } from '../domain/people.ts';
import { currentContext, handleCommand, type Surroundings } from './handle-command.ts';
import { newRecord, owe, refreshed } from './outbox.ts';

/** The bot itself, where it acts and not a person. */
const itself: Person = { id: 'klachtenbot', name: 'Klachtenbot' };

/** How long one instance keeps the round to itself, in milliseconds; renewed at each page. */
const turn = 5 * 60_000;
const pageSize = 100;

/**
 * Goes through the complaints that are open or pending: asks anew where whoever had to act no longer can, and reminds
 * where nothing happens. One instance at a time; gives how many complaints were changed, or nothing where another
 * instance is at it.
 */
export async function keepUp(
  holder: string,
  around: Surroundings,
  report: (fault: unknown) => void = () => undefined,
  stopping?: AbortSignal,
): Promise<number | undefined> {
  const { store, clock } = around;
  let changed = 0;
  let after: string | undefined;
  do {
    const now = clock();
    const until = new Date(now.getTime() + turn).toISOString();
    if (!(await store.lease('upkeep', holder, now.toISOString(), until))) return undefined;
    const page = await store.active({ limit: pageSize, ...(after && { after }) });
    for (const id of page.items) {
      if (stopping?.aborted) return changed;
      // One document that can't be read must not keep the others waiting.
      const isChanged = await keepUpOne(id, around).catch((fault) => report(fault));
      if (isChanged) changed++;
    }
    after = page.next;
  } while (after !== undefined);
  const ended = clock().toISOString();
  await store.lease('upkeep', holder, ended, ended);
  return changed;
}

/** How often a reminder is decided anew because somebody else wrote first; there is another round in an hour. */
const mostAttempts = 5;

async function keepUpOne(id: string, around: Surroundings): Promise<boolean> {
  const { store } = around;
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const context = await currentContext(around);
    const stored = await store.load(id);
    if (!stored) return false;
    const { version, ...document } = stored;
    const vacate = {
      kind: 'vacate',
      id: `vacate-${document.complaint.timeline.length}`,
      content: {},
    } as const;
    const vacated = await handleCommand(id, vacate, itself, around);
    if (vacated.accepted) return !vacated.repeated;
    const reminder = remind(document.complaint, context);
    const { complaint, notices } = reminder ?? { complaint: document.complaint, notices: [] };
    const source = `remind-${complaint.timeline.length}-${complaint.reminded?.times ?? 0}`;
    const outbox = [...document.outbox, ...owe(notices, source, context.now)];
    // A complaint of before there were records opens one now (R11).
    const record = document.record ?? newRecord(context.now);
    const next = refreshed({ ...document, complaint, outbox, record }, context.organisation, context.now);
    if (!reminder && document.record && next.posted.every((card, index) => card === document.posted[index]))
      return false;
    if ((await store.commit(next, version)) === 'committed') {
      around.noticesOwed();
      return true;
    }
  }
  return false;
}
