import { remind } from '../domain/deadlines.ts';
import type { Person } from '../domain/people.ts';
import { currentContext, handleCommand, type Surroundings } from './handle-command.ts';
import { owe, refreshed } from './outbox.ts';

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
      if (await keepUpOne(id, around)) changed++;
    }
    after = page.next;
  } while (after !== undefined);
  const ended = clock().toISOString();
  await store.lease('upkeep', holder, ended, ended);
  return changed;
}

async function keepUpOne(id: string, around: Surroundings): Promise<boolean> {
  const { store } = around;
  const context = await currentContext(around);
  const stored = await store.load(id);
  if (!stored) return false;
  const { version, ...document } = stored;
  const vacated = await handleCommand(
    id,
    { kind: 'vacate', id: `vacate-${document.complaint.timeline.length}`, content: {} },
    itself,
    around,
  );
  if (vacated.accepted) return !vacated.repeated;
  const reminder = remind(document.complaint, context);
  const { complaint, notices } = reminder ?? { complaint: document.complaint, notices: [] };
  const source = `remind-${complaint.timeline.length}-${complaint.reminded?.times ?? 0}`;
  const outbox = [...document.outbox, ...owe(notices, source, context.now)];
  const next = refreshed({ ...document, complaint, outbox }, context.organisation, context.now);
  const isSame = !reminder && next.posted.every((card, index) => card === document.posted[index]);
  // Who wrote meanwhile made progress: there is nothing to remind of.
  if (isSame || (await store.commit(next, version)) === 'conflict') return false;
  around.noticesOwed();
  return true;
}
