// Measures how cost grows with the complaints in the store: each size in a process of its own, turn by turn.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { databaseOf, fill } from './growth/fill.ts';
import type { Taken, Told } from './growth/operations.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    sizes: { type: 'string', default: '1000,100000,1000000' },
    rounds: { type: 'string', default: '20' },
    /** Calls of each kind in a round. */
    calls: { type: 'string', default: '20' },
    /** Where the databases are kept, and found again; otherwise they are made anew, and removed. */
    folder: { type: 'string' },
  },
});
const sizes = values.sizes.split(',').map(Number);
const [rounds, calls] = [Number(values.rounds), Number(values.calls)];
/** How often a process is started for the first call that it makes. */
const starts = 5;

const folder = values.folder ?? mkdtempSync(join(tmpdir(), 'bench-'));
const askedFile = join(folder, 'asked.json');
if (!existsSync(askedFile)) {
  mkdirSync(folder, { recursive: true });
  const asked = await fill(folder, sizes, (done) => {
    if (done % 50_000 === 0) console.error(`${done} complaints`);
  });
  writeFileSync(askedFile, JSON.stringify(asked));
}

async function told(child: ChildProcess): Promise<Told> {
  const [answer] = (await once(child, 'message')) as [Told];
  return answer;
}

/** Starts a process on a database of some size; gives what it can do. */
async function startOn(size: number): Promise<{ child: ChildProcess; names: string[] }> {
  const child = fork(new URL('growth/operations.ts', import.meta.url), [databaseOf(folder, size), askedFile]);
  const answer = await told(child);
  return { child, names: 'names' in answer ? answer.names : [] };
}

async function take(child: ChildProcess, name: string, count: number): Promise<Taken> {
  child.send({ name, count });
  const answer = await told(child);
  return 'times' in answer ? answer : { times: [], cpu: 0 };
}

async function end(child: ChildProcess): Promise<void> {
  child.disconnect();
  await once(child, 'exit');
}

const at = (share: number, times: readonly number[]) =>
  [...times].sort((a, b) => a - b)[Math.floor(share * times.length)] ?? 0;
const rounded = (milliseconds: number) => Number(milliseconds.toPrecision(3));

/** All times by operation and size. */
type Times = Record<string, Map<number, number[]>>;
const add = (to: Times, name: string, size: number, times: readonly number[]) => {
  to[name] ??= new Map();
  to[name].set(size, [...(to[name].get(size) ?? []), ...times]);
};

/** The first call of each kind in a fresh process, whose cache of the database is empty. */
async function firstCalls(): Promise<Times> {
  const found: Times = {};
  for (let start = 0; start < starts; start++) {
    for (const size of sizes) {
      const { child, names } = await startOn(size);
      for (const name of names) add(found, name, size, (await take(child, name, 1)).times);
      await end(child);
    }
  }
  return found;
}

/** Many calls of each kind; one size beside the other, so that what else the machine does hits all. */
async function manyCalls(): Promise<{ times: Times; cpu: Times }> {
  const found: { times: Times; cpu: Times } = { times: {}, cpu: {} };
  const started = await Promise.all(sizes.map(async (size) => ({ size, ...(await startOn(size)) })));
  // The first round warms up.
  for (let round = 0; round <= rounds; round++) {
    for (const name of started[0]?.names ?? []) {
      for (const { size, child } of started) {
        const { times, cpu } = await take(child, name, calls);
        if (round === 0) continue;
        add(found.times, name, size, times);
        add(found.cpu, name, size, [cpu]);
      }
    }
  }
  for (const { child } of started) await end(child);
  return found;
}

/** A row for each operation: the share of times at each size, and the last one over the first. */
function tableOf(found: Times, share: number): Record<string, Record<string, number>> {
  const rows = Object.entries(found).map(([name, times]) => {
    const figures = sizes.map((size) => at(share, times.get(size) ?? []));
    const growth = (figures.at(-1) ?? 0) / (figures[0] ?? 0);
    const columns = sizes.map((size, index) => [size.toLocaleString('en'), rounded(figures[index] ?? 0)]);
    return [name, { ...Object.fromEntries(columns), 'last / first': Number(growth.toFixed(2)) }];
  });
  return Object.fromEntries(rows);
}

const [first, { times, cpu }] = [await firstCalls(), await manyCalls()];
const tables: Record<string, ReturnType<typeof tableOf>> = {
  [`of the processor for a call, median of ${rounds} rounds`]: tableOf(cpu, 0.5),
  [`until the answer, median of ${rounds * calls}`]: tableOf(times, 0.5),
  [`until the answer, p95 of ${rounds * calls}`]: tableOf(times, 0.95),
  [`until the answer of the first call in a process, median of ${starts}`]: tableOf(first, 0.5),
};
const machine = { node: process.version, processor: cpus()[0]?.model, cores: cpus().length };
const megabytes = sizes.map((size) => Math.round(statSync(databaseOf(folder, size)).size / 1e6));
console.log(
  `${machine.processor}, ${machine.cores} cores, Node ${machine.node}; databases of ${megabytes.join(', ')} MB`,
);
for (const [title, table] of Object.entries(tables)) {
  console.log(`Milliseconds ${title}, by the number of complaints in the store:`);
  console.table(table);
}
if (values.json) {
  writeFileSync(values.json, `${JSON.stringify({ machine, sizes, megabytes, tables }, null, 2)}\n`);
}
if (!values.folder) rmSync(folder, { recursive: true });
