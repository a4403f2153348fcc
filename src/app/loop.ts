import { AsyncResource } from 'node:async_hooks';
import { Cron } from 'croner';
import type { Log } from '../log.ts';
import { within } from '../within.ts';

/** Work that is done again and again, one round at a time. */
export interface Loop {
  /** Has a round begin as soon as the one under way has ended. */
  wake(): void;
  /** Wakes it after a time, in milliseconds; the earliest that was asked for. */
  wakeIn(wait: number): void;
  /** Wakes it, and waits until nothing is under way. */
  run(): Promise<void>;
  /** Begins no further round, has the one under way end early, and waits for that. */
  stop(): Promise<void>;
}

/** Rounds of one loop that may be under way at once, where one need not wait for another. */
const mostAtOnce = 4;

/**
 * Starts rounds at an interval (milliseconds) or a cron pattern, and whenever woken. A round that fails is logged, and
 * the next one tries again. The next one waits for the end of one under way, or, with `patience`, no longer than so many
 * milliseconds: for rounds that may wait for somebody, and do no harm beside each other.
 */
export function startLoop(
  round: (stopping: AbortSignal) => Promise<unknown>,
  when: number | string,
  log: Log,
  patience?: number,
): Loop {
  const underWay = new Set<Promise<unknown>>();
  let running: Promise<void> | undefined;
  let again = false;
  const stopping = new AbortController();

  const begin = () => {
    const begun = round(stopping.signal)
      .catch((fault) => log.error('round failed', {}, fault))
      .finally(() => underWay.delete(begun));
    underWay.add(begun);
    return begun;
  };
  // A round belongs to nobody's turn, whoever woke it.
  const rounds = AsyncResource.bind(async () => {
    do {
      again = false;
      const begun = begin();
      if (patience === undefined) await begun;
      else await within(patience, begun, 'a round takes long').catch(() => undefined);
      if (underWay.size >= mostAtOnce) await Promise.race(underWay);
    } while (again && !stopping.signal.aborted);
    running = undefined;
  });
  const ended = async () => {
    await running;
    await Promise.all(underWay);
  };
  const wake = () => {
    if (stopping.signal.aborted) return;
    again = true;
    running ??= rounds();
  };
  let alarm: { at: number; timer: NodeJS.Timeout } | undefined;
  const wakeIn = (wait: number) => {
    const at = performance.now() + wait;
    if (stopping.signal.aborted || (alarm && alarm.at <= at)) return;
    clearTimeout(alarm?.timer);
    const ring = () => {
      alarm = undefined;
      wake();
    };
    alarm = { at, timer: setTimeout(ring, wait) };
  };
  const timer = typeof when === 'number' ? setInterval(wake, when) : undefined;
  const cron = typeof when === 'string' ? new Cron(when, { timezone: 'Europe/Amsterdam' }, wake) : undefined;
  return {
    wake,
    wakeIn,
    run: async () => {
      wake();
      await ended();
    },
    stop: async () => {
      stopping.abort();
      clearInterval(timer);
      clearTimeout(alarm?.timer);
      cron?.stop();
      await ended();
    },
  };
}
