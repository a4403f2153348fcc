import { describe, expect, it } from 'vitest';
import { createTurns } from '../../src/bot/turns.ts';

/** Work that goes on until it is told to end, and tells how much goes on at once. */
function work() {
  const ends: (() => void)[] = [];
  let [now, most] = [0, 0];
  return {
    run: async () => {
      now++;
      most = Math.max(most, now);
      await new Promise<void>((resolve) => ends.push(resolve));
      now--;
    },
    /** Ends what goes on, until nothing does. */
    endAll: async () => {
      for (let idle = 0; idle < 5; idle++) {
        if (ends.length > 0) idle = 0;
        for (const end of ends.splice(0)) end();
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    most: () => most,
  };
}

describe('turns', () => {
  it('lets a few work at once, and one person behind themselves', async () => {
    const inTurn = createTurns({ atOnce: 2, mostOfOne: 3 });
    const { run, endAll, most } = work();
    const own = [1, 2, 3].map(() => inTurn('one', run));
    await new Promise((resolve) => setImmediate(resolve));
    expect(most()).toBe(1);
    const others = ['two', 'three', 'four'].map((id) => inTurn(id, run));
    await endAll();
    await Promise.all([...own, ...others]);
    expect(most()).toBe(2);
  });

  it('is busy for somebody with too many that wait, for nobody else, and not for long', async () => {
    const inTurn = createTurns({ atOnce: 2, mostOfOne: 2 });
    const { run, endAll } = work();
    const own = [1, 2].map(() => inTurn('one', run));
    expect(await inTurn('one', run)).toBe('busy');
    const other = inTurn('two', async () => 'done');
    await endAll();
    expect(await other).toBe('done');
    await Promise.all(own);
    expect(await inTurn('one', async () => 'done')).toBe('done');
  });

  it('goes on after work that failed', async () => {
    const inTurn = createTurns({ atOnce: 1, mostOfOne: 1 });
    await expect(inTurn('one', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await inTurn('one', async () => 'done')).toBe('done');
  });
});
