import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Busy, Unreachable } from '../app/messenger.ts';

/** What Teams takes in one conversation, with room to spare: sends within a number of seconds. */
const limits = [
  { points: 6, duration: 1 },
  { points: 7, duration: 2 },
  { points: 55, duration: 30 },
  { points: 1700, duration: 3600 },
];

/** How long to wait where the channel asks for patience without saying how much, in milliseconds. */
const unsaidWait = 2000;

/** Keeps the sends in a conversation below what Teams takes: throws `Busy` where one more would be too many. */
export function createPace(): (conversationId: string) => Promise<void> {
  const limiters = limits.map(
    (limit, index) => new RateLimiterMemory({ ...limit, keyPrefix: String(index) }),
  );
  let queue: Promise<void> = Promise.resolve();
  const take = async (conversationId: string) => {
    // Asked first, taken then: what is refused must not count, or a hurry would never end.
    const waits = await Promise.all(
      limiters.map(async (limiter) => {
        const taken = await limiter.get(conversationId);
        return taken && taken.consumedPoints >= limiter.points ? taken.msBeforeNext : 0;
      }),
    );
    const wait = Math.max(...waits);
    if (wait > 0) throw new Busy(wait);
    await Promise.all(limiters.map((limiter) => limiter.penalty(conversationId)));
  };
  // One after the other, so that two don't take the last place.
  return (conversationId) => {
    const taken = queue.then(() => take(conversationId));
    queue = taken.catch(() => undefined);
    return taken;
  };
}

interface Answer {
  statusCode?: number;
  response?: { headers?: { get?(name: string): string | undefined } };
}

/** A fault of the channel's client in the words of the outbox: busy, out of reach, or unclear as it was. */
export function asChannelFault(fault: unknown): unknown {
  const { statusCode, response } = (fault ?? {}) as Answer;
  if (statusCode === 429) {
    const seconds = Number(response?.headers?.get?.('retry-after'));
    return new Busy(seconds > 0 ? seconds * 1000 : unsaidWait);
  }
  // The conversation is gone, or closed to the bot.
  return statusCode === 403 || statusCode === 404
    ? new Unreachable(`the channel answered ${statusCode}`, { cause: fault })
    : fault;
}
