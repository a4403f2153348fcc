// `npm run bench:oracle`: whether the time of an answer tells that a complaint of others exists (R13); `-- --pairs 3000`.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createLog } from '../../src/log.ts';
import { start } from '../../src/main.ts';
import { createSeal } from '../../src/store/seal.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import { createTickets } from '../../src/store/tickets.ts';
import { benchKeys } from '../turns/world.ts';
import { compare } from './apart.ts';
import { type Question, questionsAbout, relays } from './questions.ts';
import { fill, typed } from './world.ts';

const { values } = parseArgs({
  options: { pairs: { type: 'string', default: '3000' }, relays: { type: 'string', default: '600' } },
});
const asker = { id: '00000000-0000-4000-8000-0000000000e9', name: 'Vrager' };
const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const file = join(folder, 'bench.db');
const seal = createSeal(benchKeys);
const filling = openSqliteStore(file, seal);
const { hidden, missing, own } = await fill(filling, 300, asker);
await filling.close();

const connector = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    response.setHeader('content-type', 'application/json');
    response.end('{"id":"1"}');
  });
});
await new Promise<void>((resolve) => connector.listen(0, '127.0.0.1', resolve));
const serviceUrl = `http://127.0.0.1:${(connector.address() as AddressInfo).port}/`;
const bot = await start(
  {
    ...{ port: 0, host: '127.0.0.1', auth: { kind: 'none' }, store: { kind: 'sqlite', file } },
    keys: { kind: 'given', keys: JSON.stringify(benchKeys) },
    files: { place: { kind: 'folder', folder: join(folder, 'files') } },
    ...{ organisationFile: undefined, noticesLateAfter: 15, logLevel: 'silent' },
  },
  createLog('silent'),
  undefined,
  async () => true,
);
const url = `http://127.0.0.1:${bot.port}`;

/** Asks, and gives how long the answer took, in milliseconds. */
async function timeOf(question: Question, by: string): Promise<number> {
  const isFile = 'file' in question;
  const path = isFile ? `/files?ticket=${question.file}` : '/api/messages';
  const init = isFile ? {} : request(question.activity, by);
  const begun = performance.now();
  const response = await fetch(`${url}${path}`, init);
  await response.arrayBuffer();
  const took = performance.now() - begun;
  if (![200, 404].includes(response.status)) throw new Error(`answered with ${response.status}`);
  return took;
}

const request = (activity: object, by: string) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    ...{ id: '1', channelId: 'msteams', serviceUrl, locale: 'nl-NL', recipient: { id: '28:bot' } },
    conversation: { id: `a:${by}`, conversationType: 'personal', tenantId: 't' },
    from: { id: `29:${by}`, name: 'Vrager', aadObjectId: by },
    channelData: { tenant: { id: 't' } },
    ...activity,
  }),
});

const rows: Record<string, object> = {};
function tell(name: string, times: Times): void {
  const found = compare(times.hidden, times.missing, Math.random);
  rows[name] = {
    pairs: times.hidden.length,
    'hidden (µs)': found.medians[0],
    'not there (µs)': found.medians[1],
    'difference (µs)': found.difference,
    'between (µs)': found.bounds.join(' … '),
    'hidden is longer': found.longer.toFixed(3),
    z: found.z.toFixed(1),
    'told apart': Math.abs(found.z) > 3.3 ? 'YES' : 'no',
  };
}
interface Times {
  hidden: number[];
  missing: number[];
}

/** One pair: both, in an order of chance. */
async function pair(
  ask: (about: (typeof hidden)[number], n: number) => Question | Promise<Question>,
  n: number,
  by: string,
  times: Times,
): Promise<void> {
  const [one, other] = [hidden[n % hidden.length], missing[n % missing.length]];
  if (!one || !other) throw new Error('nothing to ask about');
  const questions = [
    { question: await ask(one, n), into: times.hidden },
    { question: await ask(other, n), into: times.missing },
  ];
  if (Math.random() < 0.5) questions.reverse();
  for (const { question, into } of questions) into.push(await timeOf(question, by));
}

for (const [name, ask] of Object.entries(
  questionsAbout({ complaint: own, typed, asker: asker.id }, createTickets(seal)),
)) {
  const times: Times = { hidden: [], missing: [] };
  // The first ones warm up.
  for (let n = 0; n < 200; n++) await pair(ask, n, asker.id, { hidden: [], missing: [] });
  for (let n = 0; n < Number(values.pairs); n++) await pair(ask, n, asker.id, times);
  tell(name, times);
}
for (const [index, [name, ask]] of Object.entries(relays).entries()) {
  const times: Times = { hidden: [], missing: [] };
  // Everybody relays a few, several people at once.
  const people = Array.from(
    { length: 30 },
    (_none, n) => `00000000-0000-4000-8000-0000000${index}${String(n).padStart(4, '0')}`,
  );
  const each = Math.min(14, Math.ceil(Number(values.relays) / people.length));
  await Promise.all(
    people.map(async (by, person) => {
      await timeOf({ activity: { type: 'message', text: 'help' } }, by);
      for (let n = 0; n < each; n++) await pair(ask, person * each + n, by, times);
    }),
  );
  tell(name, times);
}
console.log(
  `${cpus()[0]?.model}, ${cpus().length} cores, Node ${process.version}; over HTTP on loopback, SQLite`,
);
console.table(rows);
await bot.stop();
connector.close();
connector.closeAllConnections();
rmSync(folder, { recursive: true });
