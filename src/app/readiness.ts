import type { Log } from '../log.ts';
import type { Lookout } from './lookout.ts';
import type { Store } from './store.ts';

/** How long an answer holds, in milliseconds: anybody may ask, as often as they like. */
const validity = 1000;

/** Tells whether the bot can do its work: the store answers, and notices get out. */
export function createReadiness(
  store: Pick<Store, 'check'>,
  lookout: Pick<Lookout, 'isStuck'>,
  log: Log,
  clock: () => number = () => performance.now(),
): () => Promise<boolean> {
  const ask = async () => {
    try {
      await store.check();
    } catch (fault) {
      log.warn('not ready', { status: 503 }, fault);
      return false;
    }
    if (lookout.isStuck()) log.warn('not ready: notices wait too long', { status: 503 });
    return !lookout.isStuck();
  };
  let asked: { answer: Promise<boolean>; at: number } | undefined;
  return () => {
    if (!asked || clock() - asked.at >= validity) asked = { answer: ask(), at: clock() };
    return asked.answer;
  };
}
