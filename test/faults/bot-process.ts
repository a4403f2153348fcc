// A bot that is started, killed and started again on the same data.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { now } from '../fixtures.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What a claimed notice waits for (`outbox.ts`), and a little more, in milliseconds. */
const longerThanAClaim = 41_000;

/** A bot with these settings; at each start its clock has gone on by more than a claim lasts, so that nobody waits for that. */
export function botProcess(environment: Record<string, string>) {
  const { PATH = '' } = process.env;
  const began = performance.now();
  let starts = 0;
  let child: ChildProcess | undefined;
  let output = '';
  const isUp = () => child !== undefined && child.exitCode === null && child.signalCode === null;
  return {
    isUp,
    /** Everything that it has written, on both streams. */
    output: () => output,
    /** Resolves when it listens, or is killed before that; rejects where it ends by itself. */
    async start(): Promise<void> {
      const elapsed = performance.now() - began;
      const clock = new Date(now.getTime() + elapsed + starts++ * longerThanAClaim);
      const started = fork(new URL('bot.ts', import.meta.url), [clock.toISOString()], {
        cwd: root,
        env: { PATH, ...environment },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      });
      child = started;
      for (const stream of [started.stdout, started.stderr])
        stream?.on('data', (chunk) => {
          output += chunk;
        });
      await new Promise<void>((resolve, reject) => {
        started.once('message', () => resolve());
        started.once('exit', (code, signal) =>
          signal === 'SIGKILL'
            ? resolve()
            : reject(new Error(`the bot ended with ${code}: ${output.slice(-2000)}`)),
        );
      });
    },
    /** Rejects where it had ended by itself. */
    async kill(): Promise<void> {
      if (!child || !isUp()) throw new Error(`the bot had ended: ${output.slice(-2000)}`);
      const ended = once(child, 'close');
      child.kill('SIGKILL');
      await ended;
    },
  };
}
