// The buttons that people press: held back while the bot is away, and pressed again where it died before it answered.
import { BotError } from '../../demo/client.ts';

/** What a press rejects with once everybody has gone home. */
export const goneHome = new Error('everybody has gone home');

export type Presses = ReturnType<typeof createPresses>;

export function createPresses() {
  let gate = newGate();
  let isOpen = false;
  /** Those that have no answer yet, and those of them that are on their way. */
  const waiting = new Set<Promise<unknown>>();
  const underway = new Set<Promise<unknown>>();

  async function untilAnswered<T>(act: () => Promise<T>): Promise<T> {
    for (;;) {
      while (!isOpen) await gate.promise;
      const asked = act();
      underway.add(asked);
      try {
        return await asked;
      } catch (fault) {
        // A bot that is not killed answers.
        if (isOpen || !(fault instanceof BotError) || fault.status !== 0) throw fault;
      } finally {
        underway.delete(asked);
      }
    }
  }

  return {
    press<T>(act: () => Promise<T>): Promise<T> {
      const answered = untilAnswered(act);
      waiting.add(answered);
      return answered.finally(() => waiting.delete(answered));
    },
    open(): void {
      isOpen = true;
      gate.resolve();
    },
    /** Holds back what is not on its way yet. */
    hold(): void {
      if (isOpen) gate = newGate();
      isOpen = false;
    },
    underway: () => underway.size,
    /** Waits until nothing is on its way. */
    quiet: () => Promise.allSettled(underway),
    /** Waits until everything that was pressed until now has its answer. */
    answered: () => Promise.all(waiting),
    end: () => gate.reject(goneHome),
  };
}

/** One that nobody need be waiting at when it closes for good. */
function newGate() {
  const gate = Promise.withResolvers<void>();
  gate.promise.catch(() => undefined);
  return gate;
}
