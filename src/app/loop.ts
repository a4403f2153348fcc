import { Cron } from 'croner';
import type { Log } from '../log.ts';

/** Work that is done again and again, one round at a time. */
export interface Loop {
  /** Has a round begin as soon as the one under way has ended. */
  wake(): void;
  /** Wakes it, and waits until nothing is under way. */
  run(): Promise<void>;
  /** Begins no further round, has the one under way end early, and waits for that. */
  stop(): Promise<void>;
}

/**
 * Starts rounds at an interval (milliseconds) or a cron pattern, and whenever woken. A round that fails is logged, and
 * the next one tries again.
 */
export function startLoop(
  round: (stopping: AbortSignal) => Promise<unknown>,
  when: number | string,
  log: Log,
): Loop {
  let running: Promise<void> | undefined;
  let again = false;
  const stopping = new AbortController();

  const rounds = async () => {
    do {
      again = false;
      await round(stopping.signal).catch((fault) => log.error('round failed', {}, fault));
    } while (again && !stopping.signal.aborted);
    running = undefined;
  };
  const wake = () => {
    if (stopping.signal.aborted) return;
    again = true;
    running ??= rounds();
  };
  const timer = typeof when === 'number' ? setInterval(wake, when) : undefined;
  const cron = typeof when === 'string' ? new Cron(when, { timezone: 'Europe/Amsterdam' }, wake) : undefined;
  return {
    wake,
    run: async () => {
      wake();
      await running;
    },
    stop: async () => {
      stopping.abort();
      clearInterval(timer);
      cron?.stop();
      await running;
    },
  };
}
