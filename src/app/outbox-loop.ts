import type { Log } from '../log.ts';

/** How often the outbox is looked at without being woken, in milliseconds. */
const interval = 5000;

/** Empties the outbox again and again, one round at a time. */
export interface OutboxLoop {
  /** Has a round begin as soon as the one under way has ended. */
  wake(): void;
  /** Begins no further round, has the one under way end after the notice it is sending, and waits for that. */
  stop(): Promise<void>;
}

/** Starts the rounds; a round that fails is logged, and the next one tries again. */
export function startOutboxLoop(round: (stopping: AbortSignal) => Promise<unknown>, log: Log): OutboxLoop {
  let running: Promise<void> | undefined;
  let again = false;
  const stopping = new AbortController();

  const run = async () => {
    do {
      again = false;
      await round(stopping.signal).catch((fault) => log.error('outbox round failed', {}, fault));
    } while (again && !stopping.signal.aborted);
    running = undefined;
  };
  const wake = () => {
    if (stopping.signal.aborted) return;
    again = true;
    running ??= run();
  };
  const timer = setInterval(wake, interval);
  setImmediate(wake);
  return {
    wake,
    stop: async () => {
      stopping.abort();
      clearInterval(timer);
      await running;
    },
  };
}
