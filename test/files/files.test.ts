// What every place of files promises: one suite, over a folder and over Azure Blob Storage.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Files } from '../../src/app/files.ts';
import { largestFile } from '../../src/domain/vocabulary.ts';
import { blobPlace } from '../../src/files/blob-place.ts';
import { folderPlace } from '../../src/files/folder-place.ts';
import { createFiles } from '../../src/files/sealed-files.ts';
import { allOf } from '../fixtures.ts';
import { type Azurite, startAzurite } from './azurite.ts';

let azurite: Azurite;
let folder: string;
beforeAll(async () => {
  azurite = await startAzurite();
  folder = mkdtempSync(join(tmpdir(), 'klachten-'));
});
afterAll(async () => {
  await azurite.stop();
  rmSync(folder, { recursive: true });
});

interface Opened {
  files: Files;
  /** Every byte that lies stored. */
  bytes(): Promise<string>;
}

let made = 0;
const places: [string, () => Promise<Opened>][] = [
  [
    'a folder',
    async () => {
      const place = join(folder, String(++made));
      return {
        files: createFiles(folderPlace(place)),
        bytes: async () =>
          readdirSync(place, { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile())
            .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1'))
            .join(),
      };
    },
  ],
  [
    'Azure Blob Storage',
    async () => {
      const { place, client } = await azurite.freshContainer();
      return {
        files: createFiles(blobPlace(place)),
        bytes: async () => {
          const blobs = await allOf(client.listBlobsFlat());
          const all = blobs.map(({ name }) => client.getBlobClient(name).downloadToBuffer());
          return (await Promise.all(all)).map((content) => content.toString('latin1')).join();
        },
      };
    },
  ],
];

const content = Buffer.from('Kanariegeheim op een foto');

describe.each(places)('files in %s', (_name, open) => {
  let files: Files;
  let bytes: Opened['bytes'];
  beforeEach(async () => {
    ({ files, bytes } = await open());
  });

  it('come back as they were put, each under an id and a key of its own', async () => {
    const first = await files.put('klacht-1', content);
    const second = await files.put('klacht-1', content);
    expect(first).not.toEqual(second);
    expect(await files.get('klacht-1', first)).toEqual(content);
    expect(await files.get('klacht-1', second)).toEqual(content);
  });

  it('R13: lie sealed: their content can not be read, and only their own key opens them', async () => {
    const first = await files.put('klacht-1', content);
    const other = await files.put('klacht-1', content);
    expect(await bytes()).not.toMatch(/Kanarie|geheim/);
    await expect(files.get('klacht-1', { id: first.id, key: other.key })).rejects.toThrow();
  });

  it('may be as large as is taken', async () => {
    const large = Buffer.alloc(largestFile, 7);
    const stored = await files.put('klacht-1', large);
    expect(large.equals((await files.get('klacht-1', stored)) ?? Buffer.alloc(0))).toBe(true);
  });

  it('are listed by complaint, and removed one by one', async () => {
    const first = await files.put('klacht-1', content);
    const second = await files.put('klacht-1', content);
    const elsewhere = await files.put('klacht-10', content);
    expect((await allOf(files.complaints())).sort()).toEqual(['klacht-1', 'klacht-10']);
    expect((await files.list('klacht-1')).map(({ id }) => id).sort()).toEqual([first.id, second.id].sort());

    await files.remove('klacht-1', first.id);
    expect(await files.get('klacht-1', first)).toBeUndefined();
    expect(await files.get('klacht-1', second)).toEqual(content);
    await files.remove('klacht-1', first.id);
    await files.remove('klacht-1', second.id);
    expect(await files.list('klacht-1')).toEqual([]);
    expect(await allOf(files.complaints())).toEqual(['klacht-10']);
    expect(await files.get('klacht-10', elsewhere)).toEqual(content);
  });

  it('tell when they were written', async () => {
    await files.put('klacht-1', content);
    const [entry] = await files.list('klacht-1');
    expect(Math.abs(Date.now() - (entry?.writtenAt.getTime() ?? 0))).toBeLessThan(60_000);
  });

  it('R13: are bound to their complaint: one that was moved to another does not open there', async () => {
    const stored = await files.put('klacht-1', content);
    const moved = createFiles({
      ...folderPlace(join(folder, 'nowhere')),
      read: async () => Buffer.from(await sealedOf(stored.id), 'latin1'),
    });
    const sealedOf = async (_id: string) => bytes();
    expect(await moved.get('klacht-1', stored)).toEqual(content);
    await expect(moved.get('klacht-2', stored)).rejects.toThrow();
  });

  it('have no names that lead elsewhere', async () => {
    const key = Buffer.alloc(32).toString('base64url');
    for (const name of ['../klacht', 'a/b', '', '.', 'x'.repeat(101)]) {
      await expect(async () => files.get(name, { id: 'x', key })).rejects.toThrow('can not name a file');
      await expect(async () => files.get('klacht-1', { id: name, key })).rejects.toThrow(
        'can not name a file',
      );
      await expect(async () => files.put(name, content)).rejects.toThrow('can not name a file');
    }
  });

  it('R13: what was tampered with does not open', async () => {
    const stored = await files.put('klacht-1', content);
    const sealed = Buffer.from(await bytes(), 'latin1');
    sealed[20] = (sealed[20] ?? 0) ^ 1;
    const changed = createFiles({ ...folderPlace(folder), read: async () => sealed });
    await expect(changed.get('klacht-1', stored)).rejects.toThrow();
  });
});

it("a folder's files can be read by the bot's own account alone", async () => {
  const place = join(folder, 'own');
  const { id } = await createFiles(folderPlace(place)).put('klacht-1', content);
  expect(statSync(join(place, 'klacht-1')).mode & 0o777).toBe(0o700);
  expect(statSync(join(place, 'klacht-1', id)).mode & 0o777).toBe(0o600);
});
