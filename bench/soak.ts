// Has the bot work for a long time at a fixed rate, as Teams allows at most, and tells whether anything grows.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createSeal } from '../src/store/seal.ts';
import { openSqliteStore } from '../src/store/sqlite-store.ts';
import { departmentId, departments, largeOrganisation } from './large-organisation.ts';
import { createMixture, everybody, faultWords, type Kind, type Mixed } from './soak/mixture.ts';
import { createObserver, createStopwatch, type Look } from './soak/observe.ts';
import { grows, trendOf } from './soak/trend.ts';
import { heapFlags, send, startBot, startConnector } from './turns/bots.ts';
import { benchKeys, says } from './turns/world.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    /** Requests a second: they come when they are due, whether or not the ones before were answered. */
    rate: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    json: { type: 'string' },
  },
});
const [minutes, rate] = [Number(values.minutes), Number(values.rate)];
/** How often it is looked at, in seconds; at each of so many looks, after collecting what is no longer in use. */
const interval = 10;
const looksPerGc = 6;
/** What is left out while caches fill, in minutes: complaints are remembered for ten, and memory follows. */
const warmUp = Math.min(20, (minutes * 2) / 3);
/** What is shorter than this, in minutes, tells nothing of an hour. */
const leastSeen = 5;
/** How much each may grow in an hour, and in what it is told. */
const allowed = {
  'heap after collecting (MB)': { most: 10, of: (look: Look) => look.heapUsed / 1e6, afterGc: true },
  'memory outside the heap (MB)': { most: 10, of: (look: Look) => look.external / 1e6, afterGc: true },
  'memory of the process (MB)': { most: 30, of: (look: Look) => look.rss / 1e6, afterGc: false },
  'open handles': { most: 10, of: (look: Look) => look.handles, afterGc: false },
  'delay of the event loop, mean (ms)': { most: 2, of: (look: Look) => look.delay.mean, afterGc: false },
};

/** What was not as it should be, and how often. */
const wrong = new Map<string, number>();
const note = (what: string) => wrong.set(what, (wrong.get(what) ?? 0) + 1);
let delivered = 0;

const folder = mkdtempSync(join(tmpdir(), 'soak-'));
const database = join(folder, 'soak.db');
const connector = await startConnector((body) => {
  if (body.includes('"attachments"')) delivered++;
  const fault = faultWords.find((words) => body.includes(words));
  if (fault) note(`said: ${fault}`);
});
await prepare(database, connector.serviceUrl);
const bot = await startBot('our-bot.ts', [database, 'limited'], connector.serviceUrl, [
  ...heapFlags,
  '--expose-gc',
]);
const stopwatch = createStopwatch();
const observer = createObserver(bot, database, stopwatch);
const looks: Look[] = [];
const done = new Map<Kind, number>();
try {
  // Whom the bot has never met it can neither name nor tell anything.
  for (const by of everybody) await send(bot, { by, activity: says('help') });
  await observer.look(0, true);
  await soak();
} finally {
  observer.close();
  bot.process.kill();
  connector.close();
}
report();
rmSync(folder, { recursive: true });
if (wrong.size > 0 || Object.values(trends()).some(({ verdict }) => verdict === 'grows'))
  process.exitCode = 1;

async function prepare(file: string, serviceUrl: string): Promise<void> {
  const store = openSqliteStore(file, createSeal(benchKeys));
  const channels = Array.from({ length: departments }, (_each, department) => {
    const conversation = { id: `19:${department}@thread.tacv2`, conversationType: 'channel', isGroup: true };
    const reference = { channelId: 'msteams', serviceUrl, bot: { id: '28:bot' }, conversation };
    return [departmentId(department), { name: `Klachten ${department}`, reference }];
  });
  await store.saveOrganisation(largeOrganisation({ channels: Object.fromEntries(channels) }));
  await store.close();
}

async function soak(): Promise<void> {
  const next = createMixture(Number(values.seed));
  const begun = performance.now();
  const minutesSince = () => (performance.now() - begun) / 60_000;
  const count = Math.round(minutes * 60 * rate);
  let looked = 0;
  const underWay = new Set<Promise<void>>();
  const begin = (work: Promise<void>) => {
    underWay.add(work);
    work.finally(() => underWay.delete(work));
  };
  for (let n = 0; n < count; n++) {
    const due = begun + (n * 1000) / rate;
    const wait = due - performance.now();
    if (wait > 0) await pause(wait);
    begin(give(next(), due));
    if (minutesSince() * 60 >= (looked + 1) * interval) {
      looked++;
      const look = observer.look(minutesSince(), looked % looksPerGc === 0);
      begin(look.then((seen) => void looks.push(seen)));
    }
  }
  await Promise.all(underWay);
  looks.push(await observer.look(minutesSince(), true));
}

/** Sends a turn; how long it took counts from when it was due. */
async function give({ kind, turn, answered }: Mixed, due: number): Promise<void> {
  stopwatch.begin();
  try {
    const fault = answered(await send(bot, turn));
    if (fault) note(`${kind}: ${fault}`);
  } catch (fault) {
    note(`${kind}: ${fault instanceof Error ? fault.message : fault}`);
  }
  done.set(kind, (done.get(kind) ?? 0) + 1);
  // A note takes its time on purpose, so that nobody learns whether it found a complaint.
  stopwatch.end(kind === 'note relayed' ? undefined : performance.now() - due);
}

/** How each went up in an hour, once the caches were filled. */
function trends() {
  const warm = looks.filter(({ at }) => at >= warmUp);
  const rows = Object.entries(allowed).map(([name, { most, of, afterGc }]) => {
    const seen = warm
      .filter((look) => !afterGc || look.afterGc)
      .map((look) => ({ at: look.at, value: of(look) }));
    const trend = trendOf(seen);
    const [perHour, within] = [trend.perHour, trend.within].map((figure) => Number(figure.toFixed(2)));
    const verdict =
      minutes - warmUp < leastSeen ? 'too short to tell' : grows(trend, most) ? 'grows' : 'does not grow';
    return [name, { 'per hour': perHour, within, 'at most': most, verdict }];
  });
  return Object.fromEntries(rows) as Record<string, { verdict: string }>;
}

function report(): void {
  const machine = { node: process.version, processor: cpus()[0]?.model, cores: cpus().length };
  const [one, two] = [(n: number) => Number(n.toFixed(1)), (n: number) => Number(n.toFixed(2))];
  const shown = looks.filter(({ afterGc }) => afterGc);
  // Some ten rows, however long it took.
  const step = Math.ceil(shown.length / 10);
  const rows = shown.filter((_look, index) => index % step === 0 || index === shown.length - 1);
  const table = rows.map((look) => ({
    minute: Math.round(look.at),
    'memory (MB)': Math.round(look.rss / 1e6),
    'heap (MB)': one(look.heapUsed / 1e6),
    'taken for it (MB)': Math.round(look.heapTotal / 1e6),
    'outside (MB)': one(look.external / 1e6),
    handles: look.handles,
    'delay mean (ms)': two(look.delay.mean),
    'delay p99 (ms)': one(look.delay.p99),
    'answer p50 (ms)': one(look.latency.p50),
    'answer p99 (ms)': one(look.latency.p99),
    'answer max (ms)': Math.round(look.latency.max),
    complaints: look.complaints,
    'database (MB)': Math.round(look.database / 1e6),
    outbox: look.outbox,
  }));
  const turns = Object.fromEntries([...done].sort());
  const faults = Object.fromEntries(wrong);
  console.log(
    `${machine.processor}, ${machine.cores} cores, Node ${machine.node}; ${minutes} minutes of ${rate} a second`,
  );
  console.table(table);
  console.table(trends());
  console.log('turns:', turns, 'cards sent:', delivered, 'not as it should be:', faults);
  const all = { machine, minutes, rate, warmUp, table, trends: trends(), turns, delivered, faults, looks };
  if (values.json) writeFileSync(values.json, `${JSON.stringify(all, null, 2)}\n`);
}
