// R13, R14: the tools and the retention sweep, killed at random moments: nothing is lost, nothing is left behind.
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ComplaintDocument } from '../../src/app/store.ts';
import type { Complaint } from '../../src/domain/complaint.ts';
import { addKey } from '../../src/store/keys.ts';
import { countAll, hashOf, pagesOf, type RawRecord, type RawStore, rawKinds } from '../../src/store/raw.ts';
import { copyRecords } from '../../src/store/raw-copy.ts';
import { countByKey } from '../../src/store/raw-reseal.ts';
import { createSeal, type KeySet, keySetSchema } from '../../src/store/seal.ts';
import { now, organisation, seal, testKeys } from '../fixtures.ts';
import { type CosmosServer, startCosmos } from '../store/cosmos-server.ts';
import { cosmosPlace, type Place, sqlitePlace } from '../store/places.ts';
import { canariesIn, liveIn, livesWithEveryCommand, logMany, namesKey } from '../store/whole-lives.ts';
import { faults, killAtRandom, randomFrom, type Story, seed } from './kills.ts';

const complaints = 150;
const random = randomFrom(seed);

let server: CosmosServer;
let base: Place;
let records: Map<string, string>;
let documents: ComplaintDocument[];
let folder: string;
let keyFile: string;

beforeAll(async () => {
  server = await startCosmos();
  folder = mkdtempSync(join(tmpdir(), 'klachten-faults-'));
  keyFile = join(folder, 'keys.json');
  base = await sqlitePlace();
  const store = await base.open(seal);
  await liveIn(store, livesWithEveryCommand(), 'life');
  await logMany(store, complaints, 'form');
  const { items } = await store.all({ limit: 1000 });
  documents = [];
  for (const id of items) documents.push(await contentOf(await store.load(id)));
  await store.close();
  records = await hashesIn(base);
});
afterAll(async () => {
  await server.close();
  await base.remove();
  rmSync(folder, { recursive: true });
});

async function contentOf(read: (ComplaintDocument & { version?: string }) | undefined) {
  if (!read) throw new Error('a complaint is lost');
  const { version: _version, ...content } = read;
  return content;
}

async function reading<T>(place: Place, read: (raw: RawStore) => Promise<T>): Promise<T> {
  const raw = await place.raw();
  try {
    return await read(raw);
  } finally {
    await raw.close();
  }
}

/** The hash of every record, by its kind and id. */
const hashesIn = (place: Place) =>
  reading(place, async (raw) => {
    const hashes = new Map<string, string>();
    for await (const page of pagesOf(raw, rawKinds, 100))
      for (const record of page) hashes.set(`${record.kind} ${record.id}`, hashOf(record));
    return hashes;
  });

/** Fills a place with what the base holds, or with part of it. */
async function fill(place: Place, isWanted: (record: RawRecord) => boolean = () => true): Promise<void> {
  await reading(base, (source) =>
    reading(place, async (target) => {
      for await (const page of pagesOf(source, rawKinds, 100)) await target.put(page.filter(isWanted));
    }),
  );
}

const places: [string, () => Promise<Place>][] = [
  ['SQLite', sqlitePlace],
  ['Cosmos DB', () => cosmosPlace(server)],
];
/** Pieces of what was sealed; its first part is only the header, which others have too. */
const piecesOf = (sealed: string) => sealed.slice(sealed.indexOf('.')).match(/.{64}/g) ?? [];

const share = (part: number) => Math.floor(faults / 6) + (part < faults % 6 ? 1 : 0);

async function tell(what: string, story: Story, part: number): Promise<void> {
  const { fallen, partway, rounds } = await killAtRandom(story, share(part), random);
  console.log(`${what}: killed ${fallen} times, ${partway} of them partway, in ${rounds} rounds`);
  expect(fallen).toBe(share(part));
}

describe(`${faults} kills, seed ${seed}`, () => {
  it.each(places)('copy to %s: in the end every record is there, with the same hash', async (name, make) => {
    let from: Place = base;
    let to: Place | undefined;
    const isBack = name === 'SQLite';
    if (isBack) {
      // Out of Cosmos DB; the other way into it.
      from = await cosmosPlace(server);
      await fill(from);
    }
    await tell(
      `copy to ${name}`,
      {
        begin: async () => {
          await to?.remove();
          to = await make();
          const args = ['src/cli/copy.ts', '--from', from.address, '--to', to.address];
          return { args, environment: { COSMOS_KEY: server.key } };
        },
        halfway: async () => {
          const place = to as Place;
          expect(canariesIn(await place.bytes())).toEqual([]);
          return (await reading(place, (raw) => countAll(raw, rawKinds))) / records.size;
        },
        end: async () => expect(await hashesIn(to as Place)).toEqual(records),
      },
      isBack ? 0 : 1,
    );
    await to?.remove();
    if (isBack) await from.remove();
  });

  it.each(places)(
    'keys reseal on %s: everything opens, and nothing names the old key',
    async (name, make) => {
      const place = await make();
      await fill(place);
      const keys = (): KeySet => keySetSchema.parse(JSON.parse(readFileSync(keyFile, 'utf8')));
      const keep = (set: KeySet) => writeFileSync(keyFile, JSON.stringify(set), { mode: 0o600 });
      keep(testKeys);
      await tell(
        `reseal on ${name}`,
        {
          begin: async () => {
            keep({ keys: keys().keys.slice(0, 1) });
            addKey(keyFile, now);
            return {
              args: ['src/cli/keys.ts', 'reseal'],
              environment: { ...place.environment, SEALING_KEY_FILE: keyFile },
            };
          },
          halfway: async () => {
            expect(canariesIn(await place.bytes())).toEqual([]);
            const counts = await reading(place, countByKey);
            const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
            return (counts.get(String(keys().keys[0]?.kid)) ?? 0) / total;
          },
          end: async () => {
            const [fresh, old] = keys().keys;
            expect(namesKey(await place.bytes(), String(old?.kid))).toBe(false);
            expect((await hashesIn(place)).size).toBe(records.size);
            const store = await place.open(createSeal({ keys: fresh ? [fresh] : [] }));
            for (const document of documents)
              expect(await contentOf(await store.load(document.complaint.id))).toEqual(document);
            expect((await store.search(['name:kanarie'], 1000)).length).toBe(documents.length);
            expect((await store.readLog('look', { limit: 1000 })).items.length).toBeGreaterThan(1);
            expect((await store.loadOrganisation())?.organisation).toEqual(organisation);
            await store.close();
          },
        },
        name === 'SQLite' ? 2 : 3,
      );
      await place.remove();
    },
  );

  it.each(places)('the sweep on %s: what is expired is gone, and nothing else', async (name, make) => {
    const ended = await sqlitePlace();
    const isExpired = (id: string) => Number(id.split('-')[1]) % 2 === 0;
    const years = (count: number) => new Date(now.getTime() - count * 366 * 86_400_000).toISOString();
    const store = await ended.open(seal);
    await store.saveOrganisation(organisation);
    for (const { complaint, ...rest } of documents) {
      const endedAt = isExpired(complaint.id) ? years(3) : years(1);
      const withdrawn = { ...complaint, state: 'withdrawn', endedAt } as Complaint;
      await store.commit({ ...rest, complaint: withdrawn });
    }
    await store.close();
    const gone = documents.filter(({ complaint }) => isExpired(complaint.id)).length;
    const owed = documents
      .flatMap(({ complaint, record }) => (isExpired(complaint.id) && record?.dueAt ? record.id : []))
      .sort();
    const pieces = await reading(ended, async (raw) => {
      const { items } = await raw.page('complaint', { limit: 1000 });
      return items.flatMap((record) =>
        record.kind === 'complaint' && isExpired(record.id) ? piecesOf(record.sealed) : [],
      );
    });
    const kept = new Map([...(await hashesIn(ended))].filter(([key]) => !isExpired(key.split(' ')[1] ?? '')));
    let place: Place | undefined;
    await tell(
      `sweep on ${name}`,
      {
        begin: async () => {
          await place?.remove();
          place = await make();
          if (place.place.kind === 'sqlite' && ended.place.kind === 'sqlite')
            copyFileSync(ended.place.file, place.place.file);
          else await reading(ended, (from) => reading(place as Place, (to) => copyRecords(from, to)));
          const environment = { ...place.environment, SEALING_KEYS: JSON.stringify(testKeys) };
          return { args: ['test/faults/sweep.ts', now.toISOString()], environment };
        },
        halfway: async () => {
          expect(canariesIn(await (place as Place).bytes())).toEqual([]);
          return (await reading(place as Place, (raw) => raw.count('tombstone'))) / gone;
        },
        end: async () => {
          const hashes = [...(await hashesIn(place as Place))];
          const tombstones = hashes.filter(([key]) => key.startsWith('tombstone '));
          expect(tombstones).toHaveLength(gone);
          // R11: each that was destroyed has left its anonymous record, once, whenever it was killed.
          const records = hashes.filter(([key]) => key.startsWith('record '));
          expect(records.map(([key]) => key.split(' ')[1]).sort()).toEqual(owed);
          const others = hashes.filter(([key]) => !/^(?:tombstone|record) /.test(key));
          expect(new Map(others)).toEqual(kept);
          const bytes = await (place as Place).bytes();
          expect(pieces.length).toBeGreaterThan(gone);
          expect(pieces.filter((piece) => bytes.includes(piece))).toEqual([]);
        },
      },
      name === 'SQLite' ? 4 : 5,
    );
    await place?.remove();
    await ended.remove();
  });
});
