// `npm run bench`: the bot beside a bare echo on the same botbuilder and restify, in one run; `-- --json FILE` keeps it, `--profile DIR` tells where it goes.
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ask, type Bot, heapFlags, send, startBot, startConnector } from './bots.ts';
import { bundled } from './bundle.ts';
import type { Usage } from './child.ts';
import { fill, type Turn, workloads } from './world.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    /** Turns of each kind in a round. */
    turns: { type: 'string', default: '600' },
    rounds: { type: 'string', default: '5' },
    /** Of which workload alone. */
    only: { type: 'string' },
    /** A folder for a profile of each bot's processor time. */
    profile: { type: 'string' },
  },
});
const [turns, rounds] = [Number(values.turns), Number(values.rounds)];
const atOnce = 16;
const starts = 9;

let sent = 0;
const { serviceUrl, close } = await startConnector(() => {
  sent++;
});

const profiling = values.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${values.profile}`];

const usageOf = (bot: Bot) => ask<Usage>(bot, 'usage');

interface Measured {
  /** Of the processor for each turn, in microseconds: what follows a turn, such as notices sent, is in it. */
  cpu: number;
  perSecond: number;
  /** Messages for each turn: its answer in a chat, and notices. */
  sent: number;
}

/** Waits until all that follows the turns is done: notices sent, cards brought up to date, records written. */
async function nothingOwed(): Promise<void> {
  while (owed.get()) await pause(50);
}

/** Sends so many turns, some at once, each with a number that never comes back; of an echo, `sends` is asked. */
async function measure(
  bot: Bot,
  turnOf: (n: number) => Turn,
  from: number,
  count: number,
  sends = 0,
): Promise<Measured> {
  const sentBefore = sent;
  const before = await usageOf(bot);
  const begun = performance.now();
  let next = from;
  const work = async () => {
    while (next < from + count) await send(bot, turnOf(next++), sends);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const seconds = (performance.now() - begun) / 1000;
  await nothingOwed();
  const after = await usageOf(bot);
  return {
    cpu: (after.cpu - before.cpu) / count,
    perSecond: count / seconds,
    sent: (sent - sentBefore) / count,
  };
}

const median = (all: readonly number[]) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;

const ratio = (ours: number, echo: number) => Number((ours / echo).toFixed(2));

/** What is measured side by side. */
const measurements = ['echo', 'ours', 'echoThatSends'] as const;
type Measurement = (typeof measurements)[number];

const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const database = join(folder, 'bench.db');
const every = workloads(await fill(database, turns * (rounds + 1), serviceUrl));
const opened = new DatabaseSync(database, { readOnly: true });
const owed = opened.prepare('SELECT 1 FROM complaint WHERE due_at IS NOT NULL LIMIT 1');
function workload(name: string): (n: number) => Turn {
  const found = every[name];
  if (!found) throw new Error(`no workload ${name}`);
  return found;
}

/** What is started: the echo as anybody runs it, the bot as its image does, and both the other way. */
const scripts = {
  echo: 'echo-bot.ts',
  'echo, bundled': await bundled('echo-bot.ts', join(folder, 'echo')),
  'bot, from its source': 'our-bot.ts',
  bot: await bundled('our-bot.ts', join(folder, 'bot')),
};
type Started = Record<'listening' | 'answered' | 'memory', number>;

/** Starts a bot, and asks it something: how long it took until it listened and answered, in milliseconds. */
async function startMeasured(script: string, flags: string[] = []): Promise<{ bot: Bot; started: Started }> {
  const isOurs = [scripts.bot, scripts['bot, from its source']].includes(script);
  const begun = performance.now();
  const bot = await startBot(script, [database], serviceUrl, [...(isOurs ? heapFlags : []), ...flags]);
  const listening = performance.now() - begun;
  await send(bot, workload('help')(0));
  const answered = performance.now() - begun;
  return { bot, started: { listening, answered, memory: (await usageOf(bot)).rss } };
}

async function end({ process }: Bot): Promise<void> {
  process.disconnect();
  await once(process, 'exit');
}

const startsOf = Object.entries(scripts).map(([name, script]) => ({ name, script, all: [] as Started[] }));
for (let count = 0; count < starts; count++) {
  for (const { script, all } of startsOf) {
    const { bot, started } = await startMeasured(script);
    all.push(started);
    await end(bot);
  }
}
const { bot: echo } = await startMeasured(scripts.echo, profiling);
// A profile names files, so there it is the source that runs.
const script = values.profile === undefined ? scripts.bot : scripts['bot, from its source'];
const { bot: ours } = await startMeasured(script, profiling);
const rows: Record<string, Record<string, number>> = {};
try {
  for (const [name, turnOf] of Object.entries(every)) {
    if (values.only !== undefined && name !== values.only) continue;
    const found: Record<Measurement, Measured[]> = { echo: [], ours: [], echoThatSends: [] };
    // How many messages the bot sends beside its answer.
    let sends = 0;
    // The first round warms up. One beside the other, so that what else the machine does hits both.
    for (let round = 0; round <= rounds; round++) {
      const from = round * turns;
      const measured = {
        echo: await measure(echo, turnOf, from, turns),
        ours: await measure(ours, turnOf, from, turns),
        echoThatSends: await measure(echo, turnOf, from, turns, sends),
      };
      sends = Math.round(measured.ours.sent - measured.echo.sent);
      if (round > 0) for (const each of measurements) found[each].push(measured[each]);
    }
    const of = (which: Measurement, what: keyof Measured) => median(found[which].map((each) => each[what]));
    rows[name] = {
      'echo (µs CPU)': Math.round(of('echo', 'cpu')),
      'ours (µs CPU)': Math.round(of('ours', 'cpu')),
      'times the echo': ratio(of('ours', 'cpu'), of('echo', 'cpu')),
      'echo (turns/s)': Math.round(of('echo', 'perSecond')),
      'ours (turns/s)': Math.round(of('ours', 'perSecond')),
      'of the echo’s turns': ratio(of('ours', 'perSecond'), of('echo', 'perSecond')),
      'messages beside the answer': sends,
      'times an echo that sends as many': ratio(of('ours', 'cpu'), of('echoThatSends', 'cpu')),
      'of its turns': ratio(of('ours', 'perSecond'), of('echoThatSends', 'perSecond')),
    };
  }
} finally {
  for (const bot of [echo, ours]) await end(bot);
  close();
}
const start = Object.fromEntries(
  startsOf.map(({ name, all }) => {
    const of = (what: keyof Started) => median(all.map((each) => each[what]));
    return [
      name,
      {
        'listening (ms)': Math.round(of('listening')),
        'first answer (ms)': Math.round(of('answered')),
        'memory then (MB)': Math.round(of('memory') / 1e6),
      },
    ];
  }),
);
const machine = { node: process.version, processor: cpus()[0]?.model, cores: cpus().length };
console.log(
  `${machine.processor}, ${machine.cores} cores, Node ${machine.node}; ${atOnce} at once, median of ${rounds} rounds of ${turns}`,
);
console.table(rows);
console.table(start);
if (values.json) writeFileSync(values.json, `${JSON.stringify({ machine, turns: rows, start }, null, 2)}\n`);
opened.close();
rmSync(folder, { recursive: true });
