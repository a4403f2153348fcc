import { afterEach, describe, expect, it } from 'vitest';
import { type Loop, startLoop } from '../../src/app/loop.ts';
import { createLog } from '../../src/log.ts';

const log = createLog('silent');
let loop: Loop | undefined;
afterEach(() => loop?.stop());

/** Rounds that end when they are told to, and how many are under way. */
function heldRounds() {
  const held: (() => void)[] = [];
  const begun: (() => void)[] = [];
  const counts = { underWay: 0, most: 0, begun: 0 };
  return {
    counts,
    round: async () => {
      counts.begun++;
      counts.most = Math.max(counts.most, ++counts.underWay);
      begun.splice(0).forEach((tell) => void tell());
      await new Promise<void>((resolve) => held.push(resolve));
      counts.underWay--;
    },
    next: () => new Promise<void>((resolve) => begun.push(resolve)),
    release: () => held.splice(0).forEach((end) => void end()),
  };
}

describe('a loop', () => {
  it('has one round at a time, and one more for however often it was woken meanwhile', async () => {
    const { round, counts, release, next } = heldRounds();
    loop = startLoop(round, 3_600_000, log);
    for (let count = 0; count < 5; count++) loop.wake();
    const second = next();
    release();
    await second;
    const stopped = loop.stop();
    release();
    await stopped;
    expect(counts).toEqual({ underWay: 0, most: 1, begun: 2 });
  });

  it('with patience goes on beside a round that takes long, a few at most; stopping waits for all', async () => {
    const { round, counts, release, next } = heldRounds();
    loop = startLoop(round, 3_600_000, log, 1);
    for (let count = 0; count < 4; count++) {
      const begun = next();
      loop.wake();
      await begun;
    }
    loop.wake();
    expect(counts).toMatchObject({ underWay: 4, begun: 4 });
    const fifth = next();
    release();
    await fifth;
    const stopped = loop.stop();
    release();
    await stopped;
    expect(counts).toMatchObject({ underWay: 0, most: 4, begun: 5 });
  });
});
