import type { HttpClient, PipelineResponse } from '@azure/core-rest-pipeline';
import { createDefaultHttpClient } from '@azure/core-rest-pipeline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handleCommand, handleLog, type Surroundings } from '../../src/app/handle-command.ts';
import { listMine } from '../../src/app/look-up.ts';
import { withOrganisationCache } from '../../src/app/organisation-cache.ts';
import type { Store } from '../../src/app/store.ts';
import { setUpCosmos } from '../../src/store/cosmos-containers.ts';
import { createCosmosStore } from '../../src/store/cosmos-store.ts';
import {
  accepted,
  conversation,
  employee,
  intake,
  newCommandId,
  now,
  organisation,
  outcomeOf,
  seal,
} from '../fixtures.ts';
import { storeContract } from '../store.contract.ts';
import { type CosmosServer, clientFor, freshDatabase, startCosmos } from './cosmos-server.ts';
import { cosmosPlace } from './places.ts';

const partition = 'a-tenant';
let server: CosmosServer;
beforeAll(async () => {
  server = await startCosmos();
});
afterAll(() => server.close());

storeContract('Cosmos DB', async () => {
  const { open, bytes, remove } = await cosmosPlace(server);
  return { open: () => open(seal), bytes, remove };
});

it('cosmos:setup may be run again without harm', async () => {
  const { client, database } = await freshDatabase(server);
  const store = createCosmosStore(client, database, partition, seal);
  await store.saveOrganisation(organisation);
  await setUpCosmos(client, database);
  expect((await store.loadOrganisation())?.organisation.name).toBe('SenW LV');
});

it('keeps organisations apart: one never reads what lies in the partition of another', async () => {
  const { client, database } = await freshDatabase(server);
  const mine = createCosmosStore(client, database, 'mine', seal);
  const theirs = createCosmosStore(client, database, 'theirs', seal);
  await mine.saveOrganisation(organisation);
  const around: Surroundings = { store: mine, clock: () => now, noticesOwed: () => undefined };
  await handleLog({ kind: 'logComplaint', id: 'form-1', content: intake() }, employee, around);
  expect(await theirs.findByReference('K-2026-0001')).toBeUndefined();
  expect((await theirs.list([employee.id], { limit: 9 })).items).toEqual([]);
  expect((await theirs.active({ limit: 9 })).items).toEqual([]);
  expect(await theirs.due('9999', 9)).toEqual([]);
});

/** Answers a request instead of the account, or lets it through. */
type Meddler = (
  request: { method: string; url: string },
  pass: () => Promise<PipelineResponse>,
) => Promise<PipelineResponse>;

/** A store whose requests go past a meddler, and the store beside it that sees what truly lies there. */
async function meddled(): Promise<{
  store: Store;
  around: Surroundings;
  requests: string[];
  meddle: { with: Meddler };
}> {
  const { client: plain, database } = await freshDatabase(server);
  await createCosmosStore(plain, database, partition, seal).saveOrganisation(organisation);
  const wire = createDefaultHttpClient();
  const requests: string[] = [];
  const meddle: { with: Meddler } = { with: (_request, pass) => pass() };
  const httpClient: HttpClient = {
    sendRequest: (request) => {
      const { pathname } = new URL(request.url);
      // The SDK asks for the plan of a query beside the query itself; it reads nothing.
      const isPlan = request.headers.get('x-ms-cosmos-is-query-plan-request') !== undefined;
      if (/\/docs/.test(pathname) && !isPlan)
        requests.push(`${request.method} ${pathname.replace(/^.*\/colls\//, '')}`);
      return meddle.with(request, () => wire.sendRequest(request));
    },
  };
  const client = await clientFor(server, { httpClient });
  const store = withOrganisationCache(createCosmosStore(client, database, partition, seal));
  return { store, around: { store, clock: () => now, noticesOwed: () => undefined }, requests, meddle };
}

const log = (around: Surroundings, id = 'form-1') =>
  handleLog({ kind: 'logComplaint', id, content: intake({ concerned: [] }) }, employee, around);
const isWrite = ({ method, url }: { method: string; url: string }) =>
  (method === 'POST' || method === 'PUT') && /complaints\/docs/.test(url);
const reset = () => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
const answer = (status: number, headers: Record<string, string> = {}): Promise<PipelineResponse> =>
  Promise.resolve({
    status,
    headers: { get: (name: string) => headers[name], toJSON: () => headers } as never,
    request: {} as never,
    bodyAsText: JSON.stringify({ code: String(status), message: 'meddled' }),
  });

describe('when Cosmos DB falters', () => {
  it('a write that was refused once for its rate is repeated by the SDK, and recorded once', async () => {
    const { store, around, meddle } = await meddled();
    let refused = 0;
    meddle.with = (request, pass) =>
      isWrite(request) && refused++ === 0 ? answer(429, { 'x-ms-retry-after-ms': '10' }) : pass();
    expect(outcomeOf(await log(around))).toBe('accepted');
    expect((await store.list([employee.id], { limit: 9 })).items).toHaveLength(1);
  });

  it('a write whose answer was lost is read back, and counts as recorded', async () => {
    const { store, around, meddle } = await meddled();
    let lost = 0;
    meddle.with = async (request, pass) => {
      if (!isWrite(request) || lost++ > 0) return pass();
      await pass();
      throw reset();
    };
    expect(outcomeOf(await log(around))).toBe('accepted');
    expect((await store.load('form-1'))?.complaint.reference).toBe('K-2026-0001');
  });

  it('a change of the organisation whose answer was lost counts as written, and is not made twice', async () => {
    const { store, meddle } = await meddled();
    const read = await store.loadOrganisation();
    let lost = 0;
    meddle.with = async (request, pass) => {
      if (request.method !== 'PUT' || lost++ > 0) return pass();
      await pass();
      throw reset();
    };
    expect(await store.saveOrganisation({ ...organisation, name: 'Anders' }, read?.version)).toBe(
      'committed',
    );
    expect((await store.loadOrganisation())?.organisation.name).toBe('Anders');
  });

  it('a write that never arrived is not said to be recorded; the same form again records it once', async () => {
    const { store, around, meddle } = await meddled();
    meddle.with = (request, pass) => (isWrite(request) ? Promise.reject(reset()) : pass());
    await expect(log(around)).rejects.toThrow();
    meddle.with = (_request, pass) => pass();
    expect(await store.load('form-1')).toBeUndefined();
    expect(outcomeOf(await log(around))).toBe('accepted');
    expect((await store.list([employee.id], { limit: 9 })).items).toHaveLength(1);
  });

  it.each([
    ['before it arrived', false],
    ['after it arrived', true],
  ])(
    'a command whose write was cut off %s is entered once when it is given again',
    async (_when, arrives) => {
      const { store, around, meddle } = await meddled();
      await log(around);
      let cut = 0;
      meddle.with = async (request, pass) => {
        if (request.method !== 'PUT' || cut++ > 0) return pass();
        if (arrives) await pass();
        throw reset();
      };
      const command = { kind: 'recordConversation', id: newCommandId(), content: conversation() } as const;
      const first = await handleCommand('form-1', command, employee, around).catch(() => undefined);
      const again = await handleCommand('form-1', command, employee, around);
      expect(outcomeOf(again)).toBe('accepted');
      expect(first === undefined).toBe(!arrives);
      expect((await store.load('form-1'))?.complaint.timeline).toHaveLength(2);
    },
  );

  it.each([503, 500, 408])(
    'an account that answers %i makes the command fail, and nothing is recorded',
    async (status) => {
      const { store, around, meddle } = await meddled();
      meddle.with = () => answer(status);
      await expect(log(around)).rejects.toThrow();
      await expect(store.check()).rejects.toThrow();
      meddle.with = (_request, pass) => pass();
      expect(await store.load('form-1')).toBeUndefined();
    },
    60_000,
  );
});

describe('an account that hangs', () => {
  it.each(['http', 'https'])(
    'over %s is given up within seconds, and who asked is told',
    async (scheme) => {
      const httpClient: HttpClient = { sendRequest: () => new Promise(() => undefined) };
      const client = await clientFor({ ...server, endpoint: `${scheme}://127.0.0.1:1` }, { httpClient });
      const store = createCosmosStore(client, 'klachten', partition, seal);
      await expect(store.check()).rejects.toThrow('did not answer in time');
      await expect(store.nextNumber(2026)).rejects.toThrow('did not answer in time');
      client.dispose();
    },
    15_000,
  );

  it('over https is not asked again and again where it can not be found', async () => {
    const httpClient: HttpClient = {
      sendRequest: () => Promise.reject(Object.assign(new Error('not found'), { code: 'ENOTFOUND' })),
    };
    const client = await clientFor({ ...server, endpoint: 'https://127.0.0.1:1' }, { httpClient });
    await expect(createCosmosStore(client, 'klachten', partition, seal).check()).rejects.toThrow();
    client.dispose();
  }, 8000);
});

describe('requests to Cosmos DB', () => {
  it('logging is one point read and one conditional write, and one more for the number', async () => {
    const { around, requests } = await meddled();
    await log(around, 'first-makes-the-counter');
    requests.length = 0;
    accepted(await log(around));
    expect(requests.map((each) => each.split('/docs')[0])).toEqual([
      'GET complaints',
      'PATCH settings',
      'POST complaints',
    ]);
  });

  it('a command is one point read and one conditional write', async () => {
    const { around, requests } = await meddled();
    await log(around);
    requests.length = 0;
    const command = { kind: 'recordConversation', id: newCommandId(), content: conversation() } as const;
    accepted(await handleCommand('form-1', command, employee, around));
    expect(requests.map((each) => each.split('/docs')[0])).toEqual(['GET complaints', 'PUT complaints']);
  });

  it('a page of a list is one query', async () => {
    const { around, requests } = await meddled();
    for (let count = 0; count < 4; count++) await log(around, `form-${count}`);
    requests.length = 0;
    await listMine(employee, { limit: 3 }, around);
    expect(requests.filter((each) => each.startsWith('POST complaints'))).toHaveLength(1);
  });
});
