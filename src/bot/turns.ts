import pLimit, { type LimitFunction } from 'p-limit';

/**
 * Gives people turns at work that holds a whole file in memory: a few at a time, and one person behind themselves. Gives
 * `busy`, and does nothing, where somebody has too many that wait.
 */
export function createTurns({ atOnce, mostOfOne }: { atOnce: number; mostOfOne: number }) {
  const everybody = pLimit(atOnce);
  const own = new Map<string, LimitFunction>();
  return async <T>(personId: string, work: () => Promise<T>): Promise<T | 'busy'> => {
    const mine = own.get(personId) ?? pLimit(1);
    if (mine.activeCount + mine.pendingCount >= mostOfOne) return 'busy';
    own.set(personId, mine);
    try {
      return await mine(() => everybody(work));
    } finally {
      if (mine.activeCount + mine.pendingCount === 0) own.delete(personId);
    }
  };
}
