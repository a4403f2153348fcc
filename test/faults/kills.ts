// Processes that are killed at random moments, the same ones for the same seed.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** How many kills in all: `FAULTS`, or what is usual. */
export const faultsOr = (usual: number) => Number(process.env['FAULTS'] ?? usual);
export const faults = faultsOr(100);
export const seed = Number(process.env['SEED'] ?? 42);

/** Numbers between 0 and 1, the same ones for the same seed (mulberry32). */
export function randomFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What is run, and with which settings. */
export interface Job {
  args: string[];
  environment: Record<string, string>;
}

interface Ended {
  code: number | null;
  wasKilled: boolean;
  err: string;
}

/** Runs a process to its end, or until it is killed after so many milliseconds. */
export function run({ args, environment }: Job, killAfter?: number): Promise<Ended> {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { PATH, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let err = '';
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  const timer =
    killAfter === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), Math.max(1, killAfter));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, wasKilled: signal === 'SIGKILL', err });
    });
  });
}

/** A story that is told again and again until its share of kills has fallen. */
export interface Story {
  /** Makes everything anew, and says what to run. */
  begin(): Promise<Job>;
  /** Looks after a kill: what may never be so, however far it came. Tells how far, from 0 to 1. */
  halfway(): Promise<number>;
  /** Looks at the end: nothing lost, nothing left behind. */
  end(): Promise<void>;
}

/** Kills a story's process at random moments, a few times in a row, then lets it end; until `kills` have fallen. */
export async function killAtRandom(
  story: Story,
  kills: number,
  random: () => number,
): Promise<{ fallen: number; partway: number; rounds: number }> {
  const timed = await story.begin();
  const started = performance.now();
  await endWell(timed);
  const whole = performance.now() - started;
  await story.end();
  let [fallen, partway, rounds] = [0, 0, 0];
  // The first third of the time goes to starting. Half of the moments are sought where the work itself was seen to be.
  let [early, late] = [0.3 * whole, whole];
  while (fallen < kills) {
    const job = await story.begin();
    const inARow = 1 + Math.floor(random() * 4);
    for (let count = 0; count < inARow && fallen < kills; count++) {
      const [from, to] = random() < 0.5 ? [early, late] : [0.3 * whole, whole];
      const moment = from + (to - from) * random();
      const { wasKilled } = await run(job, moment);
      if (!wasKilled) break;
      fallen++;
      const done = await story.halfway();
      if (done > 0 && done < 1) partway++;
      if (count === 0 && done === 0) early = Math.min(Math.max(early, moment), 0.95 * late);
      if (count === 0 && done === 1) late = Math.max(Math.min(late, moment), 1.05 * early);
    }
    await endWell(job);
    await story.end();
    rounds++;
  }
  return { fallen, partway, rounds };
}

async function endWell(job: Job): Promise<void> {
  const { code, err } = await run(job);
  if (code !== 0) throw new Error(`${job.args.join(' ')} ended with ${code}: ${err}`);
}
