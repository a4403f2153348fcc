// Hostile input over HTTP: `FUZZ` activities, 10,000 unless told otherwise; `SEED` for others.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newRecord } from '../../src/app/outbox.ts';
import type { Store } from '../../src/app/store.ts';
import { accessOf } from '../../src/domain/access.ts';
import { intakesOf } from '../../src/domain/complaint.ts';
import { createLog } from '../../src/log.ts';
import { type Running, start } from '../../src/main.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import { everybody, now, organisation, seal, testKeys } from '../fixtures.ts';
import { allComplaints } from '../gallery/complaints.ts';
import { specimensIn } from '../gallery/specimens.ts';
import { type Act, actsOf, bent } from './hostile.ts';
import { randomFrom, seed } from './kills.ts';

const times = Number(process.env['FUZZ'] ?? 10_000);
/** How many are sent at once. */
const atOnce = 16;

let folder: string;
let bot: Running;
let store: Store;
let connector: Server;
let serviceUrl: string;
let acts: Act[];
/** What each complaint has that no other has, by its id. */
const canaries = new Map<string, string>();
const lines: string[] = [];
const posted: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'klachten-'));
  acts = actsOf((await specimensIn('nl')).specimens);
  store = openSqliteStore(join(folder, 'test.db'), seal);
  await store.saveOrganisation(organisation);
  for (const [, lived] of allComplaints()) {
    const canary = `kanarie${canaries.size}geheim`;
    canaries.set(lived.id, canary);
    const reference = `K-2026-${String(await store.nextNumber(2026)).padStart(4, '0')}`;
    const complaint = { ...lived, reference, intake: { ...lived.intake, description: `Er is ${canary}.` } };
    await store.commit({ complaint, outbox: [], posted: [], record: newRecord(now) });
  }
  connector = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      posted.push(body);
      response.setHeader('content-type', 'application/json');
      response.end('{"id":"1"}');
    });
  });
  await new Promise<void>((resolve) => connector.listen(0, '127.0.0.1', resolve));
  serviceUrl = `http://127.0.0.1:${(connector.address() as AddressInfo).port}/`;
  bot = await start(
    {
      port: 0,
      host: '127.0.0.1',
      auth: { kind: 'none' },
      store: { kind: 'sqlite', file: join(folder, 'test.db') },
      keys: { kind: 'given', keys: JSON.stringify(testKeys) },
      files: { place: { kind: 'folder', folder: join(folder, 'files') } },
      organisationFile: undefined,
      noticesLateAfter: 15,
      logLevel: 'debug',
    },
    createLog('debug', { write: (line) => void lines.push(line) }),
    () => now,
    async () => true,
  );
});
afterAll(async () => {
  await bot.stop();
  await store.close();
  connector.close();
  connector.closeAllConnections();
  rmSync(folder, { recursive: true });
});

/** Sends an act as somebody's, and gives what is wrong with the answer. */
async function faultsOf(act: Act, personId: string): Promise<string[]> {
  const body = JSON.stringify({
    ...{ id: '1', channelId: 'msteams', serviceUrl, locale: 'nl-NL' },
    conversation: { id: `a:${personId}`, conversationType: 'personal' },
    from: { id: `29:${personId}`, name: 'Iemand', aadObjectId: personId },
    recipient: { id: '28:bot' },
    ...act,
  });
  const before = await seenBy(personId);
  const response = await fetch(`http://127.0.0.1:${bot.port}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  const text = await response.text();
  const faults: string[] = [];
  if (response.status >= 500 && response.status !== 501) faults.push(`status ${response.status}`);
  if (response.status !== 200 && text !== '') faults.push(`a detail beside ${response.status}`);
  const told = [...canaries].filter(([, canary]) => text.includes(canary)).map(([id]) => id);
  const sees = told.length === 0 ? before : new Set([...before, ...(await seenBy(personId))]);
  for (const id of told) if (!sees.has(id)) faults.push(`content of ${id} to somebody who may not see it`);
  return faults;
}

/** The complaints that somebody may see in full now. */
async function seenBy(personId: string): Promise<Set<string>> {
  const seen = new Set<string>();
  for (const id of canaries.keys()) {
    const complaint = documents.get(id);
    if (complaint && accessOf(complaint, personId, organisation) === 'full') seen.add(id);
  }
  return seen;
}
/** The complaints as they lie stored, read anew after each round. */
const documents = new Map<string, NonNullable<Awaited<ReturnType<Store['load']>>>['complaint']>();
const readAnew = async () => {
  for (const id of canaries.keys()) {
    const complaint = (await store.load(id))?.complaint;
    if (complaint) documents.set(id, complaint);
  }
};

describe('hostile input', () => {
  it(`${times} activities, bent at random: no fault, no content to the wrong person`, async () => {
    const random = randomFrom(seed);
    const people = [...everybody.map(({ id }) => id), '00000000-0000-4000-8000-0000000000ff'];
    const ids = [...canaries.keys(), 'f'.repeat(32)];
    const found = new Map<string, Act>();
    expect(acts.length).toBeGreaterThan(150);
    for (let sent = 0; sent < times; sent += atOnce) {
      await readAnew();
      await Promise.all(
        Array.from({ length: atOnce }, async () => {
          const act = bent(acts[Math.floor(random() * acts.length)] as Act, random, ids);
          const personId = people[Math.floor(random() * people.length)] as string;
          for (const fault of await faultsOf(act, personId)) found.set(fault, act);
        }),
      );
    }
    expect([...found]).toEqual([]);
  });

  it('R13: none of what was posted, logged or stored holds what a complaint holds', async () => {
    const stored = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1'));
    const all = { posted: posted.join('\n'), logged: lines.join(''), stored: stored.join('\n') };
    for (const [where, text] of Object.entries(all)) {
      const told = [...canaries.values()].filter((canary) => text.includes(canary));
      expect([where, told]).toEqual([where, []]);
    }
  });

  it('every complaint is still there, with what was logged, and opens', async () => {
    for (const [id, canary] of canaries) {
      const complaint = (await store.load(id))?.complaint;
      const texts = complaint ? intakesOf(complaint).map(({ description }) => description) : [];
      expect([id, texts.some((text) => text.includes(canary))]).toEqual([id, true]);
    }
    expect((await fetch(`http://127.0.0.1:${bot.port}/readyz`)).status).toBe(200);
  });
});
