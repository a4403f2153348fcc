import { Fault } from './fault.ts';

/** Waits for something, but no longer than so many milliseconds: after that it rejects with a `Fault` of these words. */
export function within<T>(milliseconds: number, waitedFor: Promise<T>, words: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Fault(words)), milliseconds);
  });
  return Promise.race([waitedFor, late]).finally(() => clearTimeout(timer));
}
