// The store is away, slow or full while people work: what they read is true, and nothing is lost or recorded twice.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../bot/harness.ts';
import { testKeys } from '../fixtures.ts';
import { type CosmosServer, freshDatabase, startCosmos } from '../store/cosmos-server.ts';
import { isWrite, type Trouble as OnTheWay, startWay, type Way } from './cosmos-way.ts';
import { run } from './kills.ts';
import { mayMount, type SmallDisk, smallDisk } from './small-disk.ts';
import { goThrough, type Trouble } from './through-trouble.ts';

let harness: Harness | undefined;
let disk: SmallDisk | undefined;
afterEach(async () => {
  await harness?.stop();
  disk?.remove();
  [harness, disk] = [undefined, undefined];
});

describe('SQLite', () => {
  describe.runIf(mayMount())('on a disk of its own', () => {
    it('a full disk: nothing is said to be recorded, and everything goes on once there is room', async () => {
      disk = smallDisk();
      const { folder, fill: begin, clear: end } = disk;
      harness = await startHarness({ store: { kind: 'sqlite', file: join(folder, 'test.db') } });
      await goThrough({ name: 'full', begin, end, ready: 503 }, harness);
    });

    it('a disk that can only be read: the bot does not start, and says why', async () => {
      disk = smallDisk();
      disk.protect();
      const environment = {
        ...{ BOT_AUTH: 'none', PORT: '0', SEALING_KEYS: JSON.stringify(testKeys) },
        SQLITE_FILE: join(disk.folder, 'test.db'),
        ORGANISATION_FILE: 'demo/organisation.json',
      };
      const { code, err } = await run({ args: ['src/main.ts'], environment });
      expect(code).toBe(1);
      expect(err).toContain('read-only file system');
    });
  });

  it('another process holds the file for longer than the bot waits', async () => {
    harness = await startHarness();
    const other = new DatabaseSync(harness.databaseFile);
    const begin = () => other.exec('BEGIN EXCLUSIVE');
    const end = () => other.exec('ROLLBACK');
    await goThrough({ name: 'held', begin, end, ready: 503 }, harness);
    other.close();
  });
});

describe('Cosmos DB', () => {
  let cosmos: CosmosServer;
  let way: Way;
  beforeAll(async () => {
    cosmos = await startCosmos();
  });
  afterAll(() => cosmos.close());
  afterEach(() => way.close());

  const met = (
    name: string,
    trouble: OnTheWay,
    ready: number,
    isMet = (_: Parameters<typeof isWrite>[0]) => true,
  ) => ({
    ...{ name, ready },
    begin: () => {
      way.trouble.with = (request) => (isMet(request) ? trouble : undefined);
    },
    end: () => {
      way.trouble.with = undefined;
    },
  });
  const troubles: Trouble[] = [
    { name: 'refuses connections', begin: () => way.close(), end: () => way.reopen(), ready: 503 },
    met('hangs', 'hangs', 503),
    met('answers 503', { status: 503 }, 503),
    met(
      'answers 429 for longer than anybody waits',
      { status: 429, headers: { 'x-ms-retry-after-ms': '1000' } },
      503,
    ),
    met('answers writes with 449', { status: 449 }, 200, isWrite),
    met('takes writes, and their answers are lost', 'answer lost', 200, isWrite),
    met('hangs on writes', 'hangs', 200, isWrite),
    met('is slow', { late: 300 }, 200),
  ];

  it.each(troubles)('$name: what people read is true, and pressing again records once', async (trouble) => {
    const { client, database } = await freshDatabase(cosmos);
    client.dispose();
    way = await startWay(cosmos.endpoint);
    const { endpoint } = way;
    harness = await startHarness({ store: { kind: 'cosmos', endpoint, key: cosmos.key, database } });
    await goThrough(trouble, harness);
  });
});
