// Where the two stores keep their data in tests, so that it can be opened, looked at byte by byte, and copied.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { Store } from '../../src/app/store.ts';
import type { StorePlace } from '../../src/config/store.ts';
import { containers } from '../../src/store/cosmos-containers.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { RawStore } from '../../src/store/raw.ts';
import { openRaw } from '../../src/store/raw-open.ts';
import type { Seal } from '../../src/store/seal.ts';
import { type CosmosServer, freshDatabase, startCosmos } from './cosmos-server.ts';

export interface Place {
  place: StorePlace;
  /** The settings with which the tools and the bot find it. */
  environment: Record<string, string>;
  /** As `npm run copy` is told of it. */
  address: string;
  open(seal: Seal): Promise<Store>;
  raw(): Promise<RawStore>;
  /** Every byte that lies stored, as latin1. */
  bytes(): Promise<string>;
  remove(): Promise<void>;
}

const partition = 'local';

/** An embedded store in a folder of its own. */
export async function sqlitePlace(): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'klachten-'));
  const place: StorePlace = { kind: 'sqlite', file: join(folder, 'test.db') };
  return {
    place,
    environment: { BOT_AUTH: 'none', SQLITE_FILE: place.file },
    address: `sqlite:${place.file}`,
    open: (seal) => openStore(place, partition, seal),
    raw: () => openRaw(place, partition, { mustExist: false }),
    bytes: async () =>
      readdirSync(folder)
        .filter((name) => name.startsWith('test.db'))
        .map((name) => readFileSync(join(folder, name), 'latin1'))
        .join('\n'),
    remove: async () => rmSync(folder, { recursive: true }),
  };
}

/** A database of its own in Cosmos DB. */
export async function cosmosPlace(server: CosmosServer): Promise<Place> {
  const { client, database } = await freshDatabase(server);
  const { endpoint, key } = server;
  const place: StorePlace = { kind: 'cosmos', endpoint, key, database };
  return {
    place,
    environment: {
      BOT_AUTH: 'none',
      COSMOS_ENDPOINT: endpoint,
      COSMOS_KEY: key,
      COSMOS_DATABASE: database,
    },
    address: `cosmos:${endpoint}#${database}`,
    open: (seal) => openStore(place, partition, seal),
    raw: () => openRaw(place, partition, { mustExist: false }),
    bytes: async () => {
      const all = await Promise.all(
        Object.values(containers).map((name) =>
          client.database(database).container(name).items.query('SELECT * FROM c').fetchAll(),
        ),
      );
      return Buffer.from(JSON.stringify(all.map(({ resources }) => resources))).toString('latin1');
    },
    remove: async () => {
      await client.database(database).delete();
      client.dispose();
    },
  };
}

type PlaceKind = [name: string, make: () => Promise<Place>];

/** Both kinds of place, for `describe.each`; the server for Cosmos DB runs as long as the tests of the file. */
export function everyPlace(): [sqlite: PlaceKind, cosmos: PlaceKind] {
  let server: CosmosServer;
  beforeAll(async () => {
    server = await startCosmos();
  });
  afterAll(() => server.close());
  return [
    ['SQLite', sqlitePlace],
    ['Cosmos DB', () => cosmosPlace(server)],
  ];
}
