import { RateLimiterMemory } from 'rate-limiter-flexible';

/** What one person may ask: a burst of clicks, and what somebody can do in a long while; far above any hand's work. */
const limits = [
  { points: 120, duration: 10 },
  { points: 900, duration: 600 },
];

/** Tells whether a person may ask one thing more; each instance counts for itself. */
export function createLimit(): (personId: string) => Promise<boolean> {
  const limiters = limits.map(
    (limit, index) => new RateLimiterMemory({ ...limit, keyPrefix: `person-${index}` }),
  );
  return async (personId) => {
    const taken = await Promise.allSettled(limiters.map((limiter) => limiter.consume(personId)));
    return taken.every(({ status }) => status === 'fulfilled');
  };
}
