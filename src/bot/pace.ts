import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Busy, Unreachable } from '../app/messenger.ts';

/** What Teams takes in one conversation, with room to spare: sends within a number of seconds. */
const limits = [
  { points: 6, duration: 1 },
  { points: 7, duration: 2 },
  { points: 55, duration: 30 },
  { points: 1700, duration: 3600 },
];

/** How long to wait where the channel asks for patience without saying how much, and at most, in milliseconds. */
const unsaidWait = 2000;
const longestWait = 60 * 60_000;

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
  if (statusCode === 429) return new Busy(waitTold((name) => response?.headers?.get?.(name)));
  // The conversation is gone, or closed to the bot.
  return statusCode === 403 || statusCode === 404
    ? new Unreachable(`the channel answered ${statusCode}`, { cause: fault })
    : fault;
}

/** How long an answer says to wait: so many seconds, or until a moment by the clock of who answered. */
function waitTold(header: (name: string) => string | undefined): number {
  const told = header('retry-after') ?? '';
  const answered = Date.parse(header('date') ?? '');
  const wait = /^\d+$/.test(told)
    ? Number(told) * 1000
    : Date.parse(told) - (Number.isNaN(answered) ? Date.now() : answered);
  return wait > 0 ? Math.min(wait, longestWait) : unsaidWait;
}
