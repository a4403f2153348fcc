// What is seen of a bot while it works: from its process, from its database, and from who asks.
import { existsSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { ask, type Bot } from '../turns/bots.ts';
import type { Sample } from '../turns/child.ts';

/** One look; times in milliseconds, sizes in bytes. */
export interface Look extends Sample {
  /** Since the start, in minutes. */
  at: number;
  /** Whether what was no longer in use had just been collected. */
  afterGc: boolean;
  /** Of the database and its log of writes, and how many complaints have something that is to be sent. */
  database: number;
  outbox: number;
  complaints: number;
  /** Turns answered since the last look, how long they took from when they were due, and those still unanswered. */
  answered: number;
  unanswered: number;
  latency: { p50: number; p99: number; max: number };
}

/** Keeps how long turns took between two looks. */
export function createStopwatch() {
  let times: number[] = [];
  let unanswered = 0;
  return {
    begin: () => void unanswered++,
    /** With how long it took, where that tells something. */
    end: (milliseconds?: number) => {
      unanswered--;
      if (milliseconds !== undefined) times.push(milliseconds);
    },
    /** Gives what came together, and begins anew. */
    read: (): Pick<Look, 'answered' | 'unanswered' | 'latency'> => {
      const sorted = times.sort((a, b) => a - b);
      const at = (share: number) =>
        sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
      times = [];
      return {
        ...{ answered: sorted.length, unanswered },
        latency: { p50: at(0.5), p99: at(0.99), max: at(1) },
      };
    },
  };
}

/** Looks at a bot and its database; `close` when done. */
export function createObserver(bot: Bot, file: string, stopwatch: ReturnType<typeof createStopwatch>) {
  const db = new DatabaseSync(file, { readOnly: true });
  const outbox = db.prepare('SELECT count(*) AS count FROM complaint WHERE due_at IS NOT NULL');
  const number = db.prepare('SELECT coalesce(sum(number), 0) AS count FROM counter');
  const sizeOf = (name: string) => (existsSync(name) ? statSync(name).size : 0);
  return {
    look: async (at: number, afterGc: boolean): Promise<Look> => {
      const asked = stopwatch.read();
      const sample = await ask<Sample>(bot, afterGc ? 'sample-after-gc' : 'sample');
      return {
        ...{ at, afterGc, ...sample, ...asked },
        database: sizeOf(file) + sizeOf(`${file}-wal`),
        outbox: Number(outbox.get()?.['count']),
        complaints: Number(number.get()?.['count']),
      };
    },
    close: () => db.close(),
  };
}
