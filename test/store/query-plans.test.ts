// What the databases are asked can be answered from an index, however much they hold.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDefaultHttpClient, type HttpClient } from '@azure/core-rest-pipeline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../src/app/store.ts';
import { containerDefinitions } from '../../src/store/cosmos-containers.ts';
import { createCosmosStore } from '../../src/store/cosmos-store.ts';
import { openSqliteFile } from '../../src/store/sqlite-file.ts';
import { statements } from '../../src/store/sqlite-statements.ts';
import { employee, now, seal, senior } from '../fixtures.ts';
import { type CosmosServer, clientFor, freshDatabase, startCosmos } from './cosmos-server.ts';

type Name = keyof typeof statements;
const names = Object.keys(statements) as Name[];

describe('the statements of the SQLite store', () => {
  // Without figures of what lies in it, as in production: the plan depends on the schema alone.
  const folder = mkdtempSync(join(tmpdir(), 'klachten-'));
  const db = openSqliteFile(join(folder, 'test.db'));
  afterAll(() => {
    db.close();
    rmSync(folder, { recursive: true });
  });
  const planOf = (name: Name) =>
    db
      .prepare(`EXPLAIN QUERY PLAN ${statements[name]}`)
      .all()
      .map((step) => String(step['detail']));

  /** Tables that grow with the complaints, and may not be gone through. */
  const growing = /^SCAN (?!latest\b)(complaint|audience|search|record|log|tombstone|contact)\b/;
  /** Of any contact the first is taken. */
  const mayScan: readonly Name[] = ['anyContact'];
  /** Statements that sort places, not what is sealed: a page of each key, or those of a viewer with a name. */
  const maySort: readonly Name[] = ['list', 'search', 'searchMine'];

  it.each(names)('%s goes through no table that grows', (name) => {
    const scans = planOf(name).filter((step) => growing.test(step));
    expect(scans).toEqual(mayScan.includes(name) ? ['SCAN contact'] : []);
  });

  it.each(names)('%s comes in order from an index, or sorts little', (name) => {
    const sorts = planOf(name).filter((step) => step.includes('TEMP B-TREE'));
    expect(sorts.length > 0).toBe(maySort.includes(name));
  });

  it.each(['list', 'search'] as const)('%s reads of each key no more than its page', (name) => {
    const table = name === 'list' ? 'audience' : 'search';
    expect(planOf(name)).toContain(
      `SEARCH ${table} USING PRIMARY KEY (key=? AND logged_at>? AND (logged_at,complaint_id)<(?,?))`,
    );
  });

  it.each(['loadMine', 'findMyReference'] as const)(
    'R13: %s asks first whether the viewer is in its audience, by index, and reads it only then',
    (name) => {
      const steps = planOf(name).filter((step) => /(mine|audience|_1) /.test(step));
      expect(steps).toEqual([
        'SCAN mine VIRTUAL TABLE INDEX 1:',
        'SEARCH audience USING COVERING INDEX audience_complaint (complaint_id=? AND key=?)',
        'SEARCH complaint USING INDEX sqlite_autoindex_complaint_1 (id=?)',
      ]);
    },
  );

  it('R13: searchMine goes through the complaints of the viewer, and looks only at those for the name', () => {
    const steps = planOf('searchMine').filter((step) => /^SEARCH (audience|search) /.test(step));
    expect(steps).toEqual([
      'SEARCH audience USING PRIMARY KEY (key=?)',
      'SEARCH search EXISTS USING COVERING INDEX search_complaint (complaint_id=? AND key=? AND logged_at=?)',
    ]);
  });
});

/** What the methods of a store are called with. */
type Calls = { [K in keyof Store]: Parameters<Store[K]>[] };

/** A query that was sent to Cosmos DB, and the container that it was sent to. */
interface Sent {
  container: string;
  query: string;
}

describe('the queries of the Cosmos DB store', () => {
  const [viewers, page] = [[employee.id, senior.id], { limit: 2 }];
  /** What those are called with that ask a query, and each method in all: the others read or write by id. */
  const asking = {
    findByReference: [['K-2026-0001'], ['K-2026-0001', viewers]],
    list: [[viewers, page]],
    search: [
      [['name:kanarie', 'phone:+31707630606'], 2],
      [['name:kanarie', 'phone:+31707630606'], 2, viewers],
    ],
    active: [[page]],
    all: [[page]],
    endedBefore: [[now.toISOString(), 2]],
    findDestroyed: [['K-2026-0001']],
    due: [[now.toISOString(), 2]],
    waiting: [[]],
    waitingSince: [[], [now.toISOString()]],
    records: [[{ year: 2026 }, page]],
    anyContact: [[]],
    readLog: [['look', page]],
  } satisfies Partial<Calls>;
  const calls: Calls = {
    ...asking,
    load: [['form-1'], ['form-1', viewers]],
    wasDestroyed: [['form-1']],
    loadRecord: [['form-1']],
    loadContact: [[employee.id]],
    loadOrganisation: [[]],
    check: [[]],
    lease: [['task', 'holder', now.toISOString(), now.toISOString()]],
    nextNumber: [[2026]],
    ...{ commit: [], destroy: [], saveRecord: [], saveOrganisation: [], saveContact: [], close: [] },
    ...{ recordLook: [], recordChange: [], recordPrivacyUse: [] },
  };
  /** Fields that are tested without an index, of what others have narrowed down to one document. */
  const mayLackIndex = ['destroyedAt'];

  let server: CosmosServer;
  let sent: Sent[];
  beforeAll(async () => {
    server = await startCosmos();
    sent = await sentBy(server, calls);
  });
  afterAll(() => server.close());

  const pathsOf = (container: string) =>
    containerDefinitions.find(({ id }) => id === container)?.indexingPolicy;
  const fieldsIn = (text = '') => [...text.matchAll(/\bc\.(\w+)/g)].map(([, field]) => String(field));

  it('are all seen', () => {
    const asked = Object.values<unknown[]>(asking).reduce((sum, given) => sum + given.length, 0);
    expect(sent.length).toBe(asked);
  });

  it('each stay in the partition of the organisation', () => {
    for (const { query } of sent) expect(query).toMatch(/ FROM c WHERE c\.pk = @pk AND /);
  });

  it('each ask for a bounded number, or only how many', () => {
    for (const { query } of sent) expect(query).toMatch(/^SELECT (TOP @top|VALUE COUNT\(1\)) /);
  });

  it('each test and sort by fields that are indexed', () => {
    for (const { container, query } of sent) {
      const indexed = pathsOf(container)?.includedPaths?.map(({ path }) => path.split('/')[1]);
      const asked = fieldsIn(query.split(' WHERE ')[1]).filter((field) => !mayLackIndex.includes(field));
      expect(indexed, query).toEqual(expect.arrayContaining(asked));
    }
  });

  it('each sort by one field, which needs no composite index', () => {
    for (const { query } of sent)
      expect(fieldsIn(query.split(' ORDER BY ')[1]).length, query).toBeLessThan(2);
  });
});

/** Calls the methods of a store, and gives the queries that went over the wire. */
async function sentBy(server: CosmosServer, calls: Calls): Promise<Sent[]> {
  const { client: plain, database } = await freshDatabase(server);
  plain.dispose();
  const wire = createDefaultHttpClient();
  const sent: Sent[] = [];
  const httpClient: HttpClient = {
    sendRequest: (request) => {
      const isQuery = request.headers.get('x-ms-documentdb-isquery') !== undefined;
      const isPlan = request.headers.get('x-ms-cosmos-is-query-plan-request') !== undefined;
      const [, container = ''] = /\/colls\/(\w+)\/docs/.exec(request.url) ?? [];
      if (isQuery && !isPlan)
        sent.push({ container, query: (JSON.parse(String(request.body)) as { query: string }).query });
      return wire.sendRequest(request);
    },
  };
  const client = await clientFor(server, { httpClient });
  const store = createCosmosStore(client, database, 'a-tenant', seal);
  for (const [name, all] of Object.entries(calls) as [keyof Store, unknown[][]][]) {
    for (const each of all) await (store[name] as (...given: unknown[]) => Promise<unknown>)(...each);
  }
  await store.close();
  return sent;
}
