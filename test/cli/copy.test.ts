import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runCopy } from '../../src/cli/copy.ts';
import { blobPlace } from '../../src/files/blob-place.ts';
import { folderPlace } from '../../src/files/folder-place.ts';
import { createFiles } from '../../src/files/sealed-files.ts';
import { type Azurite, startAzurite } from '../files/azurite.ts';
import { now, seal } from '../fixtures.ts';
import { type CosmosServer, startCosmos } from '../store/cosmos-server.ts';
import { cosmosPlace, type Place, sqlitePlace } from '../store/places.ts';
import { logMany } from '../store/whole-lives.ts';
import { fakeTerminal, runTool } from './terminal.ts';

let server: CosmosServer;
beforeAll(async () => {
  server = await startCosmos();
});
afterAll(() => server.close());

describe('npm run copy', () => {
  let from: Place;
  let to: Place;
  beforeEach(async () => {
    from = await sqlitePlace();
    to = await cosmosPlace(server);
    const store = await from.open(seal);
    await logMany(store, 4, 'form');
    await store.recordLook({ at: now.toISOString(), personId: 'x', reference: 'K-2026-0001' });
    await store.close();
  });
  afterEach(async () => {
    await Promise.all([from.remove(), to.remove()]);
  });
  const settings = () => ({ COSMOS_KEY: server.key });
  const fromTo = (one: Place, other: Place) => ['--from', one.address, '--to', other.address];

  it('copies everything without a key, verifies it, and says what it did', async () => {
    const { terminal, said, told, steps } = fakeTerminal(settings());
    expect(await runCopy(fromTo(from, to), terminal)).toBe(0);
    expect(said).toEqual([
      '0 vernietigde klachten',
      '1 teller',
      '0 anonieme registraties',
      '4 klachten',
      '1 organisatie',
      '0 contacten',
      '1 regel uit de logboeken',
      '7 records geschreven.',
      `Gecontroleerd: 7 records staan met dezelfde inhoud in ${to.address}.`,
    ]);
    expect(told).toEqual([
      'Bestanden bij klachten zijn niet meegenomen; dat gaat met --files en --files-to.',
    ]);
    expect(steps.at(-1)).toEqual([14, 14]);
  });

  it('run again writes nothing; after a change it writes what differs', async () => {
    await runCopy(fromTo(from, to), fakeTerminal(settings()).terminal);
    const again = fakeTerminal(settings());
    expect(await runCopy(fromTo(from, to), again.terminal)).toBe(0);
    expect(again.said).toContain('0 records geschreven.');
    const store = await from.open(seal);
    await logMany(store, 1, 'later');
    await store.close();
    const later = fakeTerminal(settings());
    expect(await runCopy([...fromTo(from, to), '--lang', 'en'], later.terminal)).toBe(0);
    expect(later.said).toContain('2 records written.');
  });

  it('R14: what was destroyed at the target stays so, and that is said', async () => {
    await runCopy(fromTo(from, to), fakeTerminal(settings()).terminal);
    const store = await to.open(seal);
    const { version = '' } = (await store.load('form-1')) ?? {};
    await store.destroy('form-1', version, now.toISOString(), 'R14');
    const { terminal, said } = fakeTerminal(settings());
    expect(await runCopy(fromTo(from, to), terminal)).toBe(0);
    expect(said.join()).toContain('1 record bleef zoals het in het doel stond');
    expect(await store.load('form-1')).toBeUndefined();
    await store.close();
  });

  it('makes a backup that its owner alone can read', async () => {
    const backup = await sqlitePlace();
    expect(await runCopy(fromTo(from, backup), fakeTerminal().terminal)).toBe(0);
    if (backup.place.kind === 'sqlite') expect(statSync(backup.place.file).mode & 0o777).toBe(0o600);
    await backup.remove();
  });

  it.each([
    ['the same place', () => [from.address, from.address], 'Bron en doel zijn dezelfde plaats.'],
    [
      'the same place, written otherwise',
      () => [to.address, to.address.replace('#', '/#')],
      'dezelfde plaats',
    ],
    [
      'a source that is not there',
      () => ['sqlite:/nowhere/x.db', to.address],
      'no database at /nowhere/x.db',
    ],
    ['a database that is not there', () => [from.address, `cosmos:${server.endpoint}#none`], 'cosmos:setup'],
    ['no place at all', () => ['klachten.db', to.address], 'klachten.db is geen plaats'],
    ['an empty source', () => [to.address, from.address], 'staat niets van organisatie local'],
  ])('refuses %s, with a sentence', async (_what, places, sentence) => {
    const [one = '', other = ''] = places();
    const { terminal, told } = fakeTerminal(settings());
    expect(await runCopy(['--from', one, '--to', other], terminal)).toBe(1);
    expect(told.join('\n')).toContain(sentence);
    expect(existsSync('/nowhere')).toBe(false);
  });

  it('without source or target is not understood, and ends with 2', async () => {
    const { terminal, told } = fakeTerminal();
    expect(await runCopy(['--from', 'sqlite:x'], terminal)).toBe(2);
    expect(told.join()).toContain('Geef ook --to <store> op.');
  });

  it('runs as a process, without a bar where nobody sees it', async () => {
    const there = await runTool('copy', fromTo(from, to), settings());
    expect(there).toMatchObject({ code: 0, err: expect.stringContaining('niet meegenomen') });
    expect(there.out).toContain('Gecontroleerd: 7 records');
    const wrong = await runTool('copy', fromTo(from, from), { LANG: 'en_US.UTF-8' });
    expect(wrong).toMatchObject({ code: 1, err: 'Source and target are the same place.\n' });
  });
});

describe('npm run copy, with files', () => {
  let azurite: Azurite;
  let folder: string;
  let records: string[];
  let places: Place[];
  beforeAll(async () => {
    azurite = await startAzurite();
  });
  afterAll(() => azurite.stop());
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'klachten-'));
    places = [await sqlitePlace(), await sqlitePlace()];
    const [from, to] = places as [Place, Place];
    const store = await from.open(seal);
    await logMany(store, 1, 'form');
    await store.close();
    records = ['--from', from.address, '--to', to.address];
  });
  afterEach(async () => {
    await Promise.all(places.map((place) => place.remove()));
    rmSync(folder, { recursive: true });
  });
  const copy = async (from: string, to: string, key = '') => {
    const around = fakeTerminal({ BLOB_KEY: key });
    const args = [...records, '--files', from, '--files-to', to];
    return { code: await runCopy(args, around.terminal), ...around };
  };

  it('brings them from a folder to Blob Storage and back, sealed, so that they open there', async () => {
    const here = join(folder, 'here');
    const files = createFiles(folderPlace(here));
    const [one, two] = [
      await files.put('klacht-1', Buffer.from('Kanarie')),
      await files.put('klacht-2', Buffer.from('Merel')),
    ];
    const { place } = await azurite.freshContainer();
    const blob = `blob:${place.url}`;
    const there = await copy(`folder:${here}`, blob, place.key);
    expect(there.code).toBe(0);
    expect(there.said.slice(-2)).toEqual([
      '2 bestanden geschreven.',
      `Gecontroleerd: 2 bestanden staan met dezelfde inhoud in ${blob}.`,
    ]);
    expect(await createFiles(blobPlace(place)).get('klacht-1', one)).toEqual(Buffer.from('Kanarie'));
    expect((await copy(`folder:${here}`, blob, place.key)).said).toContain('0 bestanden geschreven.');

    const back = join(folder, 'back');
    expect((await copy(blob, `folder:${back}`, place.key)).code).toBe(0);
    expect(await createFiles(folderPlace(back)).get('klacht-2', two)).toEqual(Buffer.from('Merel'));
  });

  it('overwrites nothing that is there with another content', async () => {
    const [here, there] = [join(folder, 'here'), join(folder, 'there')];
    const { id } = await createFiles(folderPlace(here)).put('klacht-1', Buffer.from('x'));
    await copy(`folder:${here}`, `folder:${there}`);
    writeFileSync(join(there, 'klacht-1', id), 'other');
    const { code, told } = await copy(`folder:${here}`, `folder:${there}`);
    expect(code).toBe(1);
    expect(told.join()).toContain(`Het bestand klacht-1/${id} staat al in folder:${there}`);
  });

  it('says what is missing or unclear, before it copies anything', async () => {
    const around = fakeTerminal();
    expect(await runCopy([...records, '--files', 'folder:x'], around.terminal)).not.toBe(0);
    expect(around.told.join()).toContain('Geef --files en --files-to samen op.');
    expect((await copy('data/files', 'folder:x')).told.join()).toContain('data/files is geen plaats');
    expect((await copy(`folder:${join(folder, 'nowhere')}`, 'folder:x')).told.join()).toContain(
      'Er is geen map',
    );
    expect((await copy('folder:x', 'folder:x')).told.join()).toContain('dezelfde plaats');
    expect(around.said).toEqual([]);
  });
});
