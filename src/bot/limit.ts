import { RateLimiterMemory } from 'rate-limiter-flexible';

interface Limit {
  points: number;
  /** In seconds. */
  duration: number;
}

/** What one person may ask: a burst of clicks, and what somebody can do in a long while; far above any hand's work. */
const asking: Limit[] = [
  { points: 120, duration: 10 },
  { points: 900, duration: 600 },
];

/** Notes that one person may relay in a day: each is a message to whoever handles the complaint, if there is one. */
export const relaying: Limit[] = [{ points: 30, duration: 24 * 60 * 60 }];

/** Tells whether a person may ask one thing more; each instance counts for itself. */
export function createLimit(limits = asking): (personId: string) => Promise<boolean> {
  const limiters = limits.map(
    (limit, index) => new RateLimiterMemory({ ...limit, keyPrefix: `person-${index}` }),
  );
  return async (personId) => {
    const taken = await Promise.allSettled(limiters.map((limiter) => limiter.consume(personId)));
    return taken.every(({ status }) => status === 'fulfilled');
  };
}
