// `npm run bench`: the bot beside a bare echo on the same botbuilder and restify, in one run; `-- --json FILE` keeps it.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Usage } from './child.ts';
import { fill, type Turn, workloads } from './world.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    /** Turns of each kind in a round. */
    turns: { type: 'string', default: '600' },
    rounds: { type: 'string', default: '5' },
  },
});
const [turns, rounds] = [Number(values.turns), Number(values.rounds)];
const atOnce = 16;

/** A Bot Connector that takes everything, and knows everybody. */
const connector = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    response.setHeader('content-type', 'application/json');
    response.end('{"id":"1"}');
  });
});
await new Promise<void>((resolve) => connector.listen(0, '127.0.0.1', resolve));
const serviceUrl = `http://127.0.0.1:${(connector.address() as AddressInfo).port}/`;

interface Bot {
  process: ChildProcess;
  url: string;
  /** How long it took until it listened, and until its first answer, in milliseconds. */
  started: { listening: number; answered: number };
}

async function startBot(script: string, ...args: string[]): Promise<Bot> {
  const begun = performance.now();
  const process = fork(new URL(script, import.meta.url), args, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [{ port }] = (await once(process, 'message')) as [{ port: number }];
  const listening = performance.now() - begun;
  const bot = { process, url: `http://127.0.0.1:${port}/api/messages`, started: { listening, answered: 0 } };
  await send(bot, workload('help')(0));
  bot.started.answered = performance.now() - begun;
  return bot;
}

async function usageOf({ process }: Bot): Promise<Usage> {
  process.send('usage');
  const [usage] = (await once(process, 'message')) as [Usage];
  return usage;
}

async function send({ url }: Bot, { by, activity }: Turn): Promise<void> {
  const body = JSON.stringify({
    ...{ id: '1', channelId: 'msteams', serviceUrl, locale: 'nl-NL' },
    conversation: { id: `a:${by.id}`, conversationType: 'personal', tenantId: 't' },
    from: { id: `29:${by.id}`, name: by.name, aadObjectId: by.id },
    recipient: { id: '28:bot' },
    channelData: { tenant: { id: 't' } },
    ...activity,
  });
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body });
  await response.arrayBuffer();
  if (response.status !== 200) throw new Error(`answered with ${response.status}`);
}

interface Measured {
  /** Of the processor for each turn, in microseconds: what follows a turn, such as notices sent, is in it. */
  cpu: number;
  perSecond: number;
}

/** Sends so many turns, some at once, each with a number that never comes back. */
async function measure(
  bot: Bot,
  turnOf: (n: number) => Turn,
  from: number,
  count: number,
): Promise<Measured> {
  const before = await usageOf(bot);
  const begun = performance.now();
  let next = from;
  const work = async () => {
    while (next < from + count) await send(bot, turnOf(next++));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const seconds = (performance.now() - begun) / 1000;
  const after = await usageOf(bot);
  return { cpu: (after.cpu - before.cpu) / count, perSecond: count / seconds };
}

const median = (all: readonly number[]) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;

const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const database = join(folder, 'bench.db');
const every = workloads(await fill(database, turns * (rounds + 1)));
function workload(name: string): (n: number) => Turn {
  const found = every[name];
  if (!found) throw new Error(`no workload ${name}`);
  return found;
}

const [echo, ours] = [await startBot('echo-bot.ts'), await startBot('our-bot.ts', database)];
const atRest = { echo: (await usageOf(echo)).rss, ours: (await usageOf(ours)).rss };
const rows: Record<string, Record<string, number>> = {};
try {
  for (const [name, turnOf] of Object.entries(every)) {
    const found: Record<'echo' | 'ours', Measured[]> = { echo: [], ours: [] };
    // The first round warms up. One beside the other, so that what else the machine does hits both.
    for (let round = 0; round <= rounds; round++) {
      const measured = {
        echo: await measure(echo, turnOf, round * turns, turns),
        ours: await measure(ours, turnOf, round * turns, turns),
      };
      if (round > 0) for (const bot of ['echo', 'ours'] as const) found[bot].push(measured[bot]);
    }
    const of = (bot: 'echo' | 'ours', what: keyof Measured) => median(found[bot].map((each) => each[what]));
    rows[name] = {
      'echo (µs CPU)': Math.round(of('echo', 'cpu')),
      'ours (µs CPU)': Math.round(of('ours', 'cpu')),
      'times the echo': Number((of('ours', 'cpu') / of('echo', 'cpu')).toFixed(2)),
      'echo (turns/s)': Math.round(of('echo', 'perSecond')),
      'ours (turns/s)': Math.round(of('ours', 'perSecond')),
      'of the echo’s turns': Number((of('ours', 'perSecond') / of('echo', 'perSecond')).toFixed(2)),
    };
  }
} finally {
  for (const { process } of [echo, ours]) process.kill();
  connector.close();
  connector.closeAllConnections();
}
const start = Object.fromEntries(
  Object.entries({ echo, ours }).map(([name, { started }]) => [
    name,
    {
      'listening (ms)': Math.round(started.listening),
      'first answer (ms)': Math.round(started.answered),
      'memory then (MB)': Math.round(atRest[name as keyof typeof atRest] / 1e6),
    },
  ]),
);
const machine = { node: process.version, processor: cpus()[0]?.model, cores: cpus().length };
console.log(
  `${machine.processor}, ${machine.cores} cores, Node ${machine.node}; ${atOnce} at once, median of ${rounds} rounds of ${turns}`,
);
console.table(rows);
console.table(start);
if (values.json) writeFileSync(values.json, `${JSON.stringify({ machine, turns: rows, start }, null, 2)}\n`);
rmSync(folder, { recursive: true });
