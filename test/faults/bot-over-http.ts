// The bot over HTTP on loopback, with a store that can be looked into, and a connector that takes everything.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { newRecord } from '../../src/app/outbox.ts';
import type { Store } from '../../src/app/store.ts';
import type { Complaint } from '../../src/domain/complaint.ts';
import { createLog } from '../../src/log.ts';
import { type Running, start } from '../../src/main.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import { everybody, now, organisation, seal, testKeys } from '../fixtures.ts';
import { type Life, lifeOf } from '../gallery/complaints.ts';

export type Json = Record<string, unknown>;
/** A kind of activity with what it carries; who sends it comes later. */
export type Act = Json;

export interface OverHttp {
  bot: Running;
  url: string;
  serviceUrl: string;
  store: Store;
  /** What the clock tells. */
  time: { now: Date };
  /** What the bot posted, and what it logged. */
  posted: string[];
  lines: string[];
  /** What lies in its files. */
  stored(): string;
  /** The names of the files that lie stored of a complaint. */
  filesOf(id: string): string[];
  /** Waits until an anonymous record was completed. */
  recordWritten(id: string): Promise<void>;
  /** Keeps a complaint under the next reference. */
  keep(lived: Complaint): Promise<Complaint>;
  /** A complaint that lived so, kept. */
  kept(life: Life): Promise<Complaint>;
  /** Sends an act as somebody's. */
  send(act: Act, personId: string): Promise<{ status: number; text: string }>;
  stop(): Promise<void>;
}

/** Starts it; people may ask as much as they like. */
export async function startOverHttp(): Promise<OverHttp> {
  const folder = mkdtempSync(join(tmpdir(), 'klachten-'));
  const file = join(folder, 'test.db');
  const store = openSqliteStore(file, seal);
  await store.saveOrganisation(organisation);
  const time = { now };
  const posted: string[] = [];
  const lines: string[] = [];
  const connector = createServer((request, response) => {
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
  const serviceUrl = `http://127.0.0.1:${(connector.address() as AddressInfo).port}/`;
  for (const person of everybody) {
    const conversation = { id: `a:${person.id}`, conversationType: 'personal' };
    const reference = { serviceUrl, channelId: 'msteams', bot: { id: '28:bot' }, conversation };
    await store.saveContact({ person, locale: 'nl', reference });
  }
  const bot = await start(
    {
      port: 0,
      host: '127.0.0.1',
      auth: { kind: 'none' },
      store: { kind: 'sqlite', file },
      keys: { kind: 'given', keys: JSON.stringify(testKeys) },
      files: { place: { kind: 'folder', folder: join(folder, 'files') } },
      organisationFile: undefined,
      noticesLateAfter: 15,
      logLevel: 'debug',
    },
    createLog('debug', { write: (line) => void lines.push(line) }),
    () => time.now,
    async () => true,
  );
  const url = `http://127.0.0.1:${bot.port}`;
  const keep = async (lived: Complaint) => {
    const reference = `K-2026-${String(await store.nextNumber(2026)).padStart(4, '0')}`;
    const complaint = { ...lived, reference };
    await store.commit({ complaint, outbox: [], posted: [], record: newRecord(now) });
    return complaint;
  };
  return {
    ...{ bot, url, serviceUrl, store, time, posted, lines, keep },
    kept: (life) => keep(lifeOf(life)),
    stored: () =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1'))
        .join('\n'),
    filesOf: (id) => readdirSync(join(folder, 'files', id)),
    recordWritten: async (id) => {
      for (let count = 0; count < 100; count++) {
        if ((await store.loadRecord(id))?.record.state === 'complete') return;
        await setTimeout(50);
      }
      throw new Error('the record was not written');
    },
    send: async (act, personId) => {
      const response = await fetch(`${url}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          ...{ id: '1', channelId: 'msteams', serviceUrl, locale: 'nl-NL' },
          conversation: { id: `a:${personId}`, conversationType: 'personal' },
          from: { id: `29:${personId}`, name: 'Iemand', aadObjectId: personId },
          recipient: { id: '28:bot' },
          ...act,
        }),
      });
      return { status: response.status, text: await response.text() };
    },
    stop: async () => {
      await bot.stop();
      await store.close();
      connector.close();
      connector.closeAllConnections();
      rmSync(folder, { recursive: true });
    },
  };
}

/** What a button in a dialog sends. */
export const submit = (data: Json): Act => ({ type: 'invoke', name: 'task/submit', value: { data } });
/** What a decision on a card sends. */
export const execute = (verb: string, data: Json): Act => ({
  type: 'invoke',
  name: 'adaptiveCard/action',
  value: { action: { type: 'Action.Execute', verb, data } },
});

/** The card that answers an invoke. */
export function cardIn({ text }: { text: string }): Json {
  const body = JSON.parse(text);
  return body.task?.value?.card?.content ?? body.value;
}
