import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { handleCommand } from '../../src/app/handle-command.ts';
import { runKeys } from '../../src/cli/keys.ts';
import { createSeal, type KeySet, keySetSchema } from '../../src/store/seal.ts';
import { conversation, employee, newCommandId, now, testKeys } from '../fixtures.ts';
import { type CosmosServer, startCosmos } from '../store/cosmos-server.ts';
import { cosmosPlace, type Place, sqlitePlace } from '../store/places.ts';
import { liveIn, livesWithEveryCommand, logMany, namesKey } from '../store/whole-lives.ts';
import { fakeTerminal, runTool } from './terminal.ts';

let server: CosmosServer;
beforeAll(async () => {
  server = await startCosmos();
});
afterAll(() => server.close());

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'klachten-keys-'));
  file = join(folder, 'keys.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

const keysIn = (): KeySet => keySetSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
const keep = (keys: KeySet) => writeFileSync(file, JSON.stringify(keys), { mode: 0o600 });

describe('npm run keys -- new', () => {
  it('makes a key that its owner alone can read, and a next one before it', async () => {
    expect(await runKeys(['new', '--file', file], fakeTerminal().terminal)).toBe(0);
    const [first] = keysIn().keys;
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const { terminal, said } = fakeTerminal({ SEALING_KEY_FILE: file });
    expect(await runKeys(['new'], terminal)).toBe(0);
    expect(keysIn().keys).toHaveLength(2);
    expect(keysIn().keys[1]).toEqual(first);
    expect(said.join()).toContain(String(keysIn().keys[0]?.kid));
    expect(said.join()).not.toContain(String(keysIn().keys[0]?.k));
    expect(readdirSync(folder)).toEqual(['keys.json']);
  });

  it('leaves a file that is no key set as it is', async () => {
    writeFileSync(file, 'my notes');
    const { terminal, told } = fakeTerminal();
    expect(await runKeys(['new', '--file', file], terminal)).toBe(1);
    expect(told.join()).toContain('SEALING_KEY_FILE: is no valid JSON');
    expect(readFileSync(file, 'utf8')).toBe('my notes');
  });

  it('asks for a file where none is set', async () => {
    const { terminal, told } = fakeTerminal();
    expect(await runKeys(['new'], terminal)).toBe(1);
    expect(told.join()).toContain('--file');
  });
});

const places: [string, () => Promise<Place>][] = [
  ['SQLite', sqlitePlace],
  ['Cosmos DB', () => cosmosPlace(server)],
];

describe.each(places)('npm run keys on %s', (_name, makePlace) => {
  let place: Place;
  let settings: Record<string, string>;
  beforeEach(async () => {
    place = await makePlace();
    settings = { ...place.environment, SEALING_KEY_FILE: file };
    keep(testKeys);
    const store = await place.open(createSeal(testKeys));
    await liveIn(store, livesWithEveryCommand().slice(0, 2));
    await store.close();
  });
  afterEach(() => place.remove());

  it('list says which key seals, and how much lies under each; never the keys', async () => {
    await runKeys(['new'], fakeTerminal(settings).terminal);
    const { terminal, said } = fakeTerminal(settings);
    expect(await runKeys(['list'], terminal)).toBe(0);
    expect(said[0]).toMatch(/^2026-11-24-[0-9a-f]{8} {2}verzegelt en opent {2}0 records$/);
    expect(said[1]).toMatch(/^test-1 {2}opent {2}[1-9]\d* records$/);
    for (const { k } of keysIn().keys) expect(said.join()).not.toContain(k);
  });

  it('reseal brings everything under the first key; then the old one can go', async () => {
    await runKeys(['new'], fakeTerminal(settings).terminal);
    const { terminal, said, steps } = fakeTerminal(settings);
    expect(await runKeys(['reseal'], terminal)).toBe(0);
    expect(said.at(-1)).toBe('Nog 0 records onder oudere sleutels.');
    expect(steps.at(-1)?.[0]).toBe(steps.at(-1)?.[1]);
    expect(namesKey(await place.bytes(), 'test-1')).toBe(false);
    const again = fakeTerminal(settings);
    expect(await runKeys(['reseal'], again.terminal)).toBe(0);
    expect(again.said[0]).toMatch(/^0 records opnieuw verzegeld/);
    keep({ keys: keysIn().keys.slice(0, 1) });
    expect(await runKeys(['list'], fakeTerminal(settings).terminal)).toBe(0);
  });

  it('reseal runs beside a bot at work: nothing of either is lost', async () => {
    await runKeys(['new'], fakeTerminal(settings).terminal);
    const seal = createSeal(keysIn());
    const store = await place.open(seal);
    await logMany(store, 5, 'more');
    const around = { store, clock: () => now, noticesOwed: () => undefined };
    const talks = Array.from({ length: 20 }, async (_, index) => {
      const command = { kind: 'recordConversation', id: newCommandId(), content: conversation() } as const;
      return handleCommand(`more-${index % 5}`, command, employee, around);
    });
    const [code, decisions] = await Promise.all([
      runKeys(['reseal'], fakeTerminal(settings).terminal),
      Promise.all(talks),
    ]);
    expect(code).toBe(0);
    expect(decisions.every(({ accepted }) => accepted)).toBe(true);
    for (let index = 0; index < 5; index++)
      expect((await store.load(`more-${index}`))?.complaint.timeline).toHaveLength(5);
    await store.close();
  });

  it.each(['list', 'reseal'])('%s names the key that is missing, and changes nothing', async (command) => {
    rmSync(file);
    await runKeys(['new'], fakeTerminal(settings).terminal);
    const before = await place.bytes();
    const { terminal, told } = fakeTerminal(settings);
    expect(await runKeys([command], terminal)).toBe(1);
    expect(told.join()).toContain('De sleutel test-1 ontbreekt');
    expect(namesKey(await place.bytes(), 'test-1')).toBe(true);
    expect(before).not.toBe('');
  });

  it('reseal names a key that is not the right one', async () => {
    const [old] = testKeys.keys;
    if (!old) throw new Error('no key');
    keep({ keys: [{ ...old, k: Buffer.alloc(32, 9).toString('base64url') }] });
    await runKeys(['new'], fakeTerminal(settings).terminal);
    const { terminal, told } = fakeTerminal(settings);
    expect(await runKeys(['reseal'], terminal)).toBe(1);
    expect(told.join()).toContain('niet de juiste sleutel test-1');
  });
});

it('the tools make no database where there is none', async () => {
  keep(testKeys);
  const settings = { SQLITE_FILE: join(folder, 'none.db'), SEALING_KEY_FILE: file };
  const { terminal, told } = fakeTerminal(settings);
  expect(await runKeys(['list'], terminal)).toBe(1);
  expect(told.join()).toContain('Er is geen database');
  expect(existsSync(settings.SQLITE_FILE)).toBe(false);
});

it('npm run keys runs as a process', async () => {
  expect(await runTool('keys', ['new', '--file', file])).toMatchObject({ code: 0, err: '' });
  const unset = await runTool('keys', ['list']);
  expect(unset.code).toBe(1);
  expect(unset.err).toContain('SEALING_KEY_FILE: is missing');
  expect(await runTool('keys', ['nonsense', '--lang=en'])).toMatchObject({
    code: 2,
    err: 'There is no command nonsense.\nFor help add --help.\n',
  });
});
