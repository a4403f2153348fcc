// Files of complaints: added, looked at, and destroyed with the rest; on both stores, with files in a folder.
import { mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addEvidence, openEvidence } from '../../src/app/evidence.ts';
import type { FileParts } from '../../src/app/files.ts';
import { handleCommand, handleLog, type Surroundings } from '../../src/app/handle-command.ts';
import { destroyExpired } from '../../src/app/retention.ts';
import type { Store } from '../../src/app/store.ts';
import { sweepFiles } from '../../src/app/sweep-files.ts';
import type { Command } from '../../src/domain/commands.ts';
import { evidenceOf } from '../../src/domain/evidence.ts';
import { largestFile } from '../../src/domain/vocabulary.ts';
import { tellKind } from '../../src/files/file-kind.ts';
import { folderPlace } from '../../src/files/folder-place.ts';
import { createFiles } from '../../src/files/sealed-files.ts';
import { scanNothing } from '../../src/files/virus-scan.ts';
import {
  accepted,
  closing,
  colleague,
  conversation,
  employee,
  intake,
  lead,
  newCommandId,
  organisation,
  outcomeOf,
  seal,
} from '../fixtures.ts';
import { everyPlace, type Place } from '../store/places.ts';

const letter = Buffer.from('Kanariegeheim in een brief');

describe.each(everyPlace())('files of a complaint in %s', (_name, makePlace) => {
  let place: Place;
  let store: Store;
  let folder: string;
  let clock: Date;
  let around: Surroundings;
  let parts: FileParts;
  beforeEach(async () => {
    place = await makePlace();
    store = await place.open(seal);
    await store.saveOrganisation(organisation);
    folder = mkdtempSync(join(tmpdir(), 'klachten-'));
    clock = new Date();
    around = { store, clock: () => clock, noticesOwed: () => undefined };
    parts = { files: createFiles(folderPlace(folder)), tellKind, scan: scanNothing };
    const content = intake({ concerned: [colleague], submittedOn: clock.toISOString().slice(0, 10) });
    accepted(await handleLog({ kind: 'logComplaint', id: 'form-1', content }, employee, around));
  });
  afterEach(async () => {
    await store.close();
    await place.remove();
    rmSync(folder, { recursive: true });
  });

  const offered = (changed: object = {}) => ({
    commandId: newCommandId(),
    fileName: 'brief.txt',
    fetch: async (): Promise<Uint8Array | undefined> => letter,
    ...changed,
  });
  const add = (changed: object = {}, by = employee) =>
    addEvidence('form-1', offered(changed), by, around, parts);
  const give = async (kind: Command['kind'], content: object) =>
    accepted(
      await handleCommand('form-1', { kind, id: newCommandId(), content } as Command, employee, around),
    );
  const fileOf = async () => {
    const document = await store.load('form-1');
    const [file] = document ? evidenceOf(document.complaint) : [];
    return { id: file?.id ?? '', name: file?.fileName, keys: document?.fileKeys };
  };
  const stored = () => parts.files.list('form-1');
  const close = async () => {
    await give('recordConversation', { ...conversation(), on: clock.toISOString().slice(0, 10) });
    await give('close', closing());
  };

  it('R10: one that was added can be opened by who sees the complaint in full, and each look is recorded', async () => {
    expect(outcomeOf(await add())).toBe('accepted');
    const { id } = await fileOf();
    const opened = await openEvidence('form-1', id, employee, around, parts);
    expect(opened?.evidence).toMatchObject({ fileName: 'brief.txt', kind: 'txt', size: letter.length });
    expect(opened?.content).toEqual(letter);
    expect(await openEvidence('form-1', id, lead, around, parts)).toBeUndefined();
    expect((await store.readLog('look', { limit: 10 })).items).toMatchObject([{ personId: employee.id }]);
  });

  it('R13: the complaint names it in its sealed part alone, and so does its key lie', async () => {
    await add({ fileName: 'kanariefoto.txt' });
    const { keys, id } = await fileOf();
    const bytes = await place.bytes();
    expect(bytes).not.toContain('kanariefoto');
    expect(bytes).not.toContain(String(keys?.[id]));
    expect(bytes).not.toContain(id);
  });

  it('the same command adds it once, also twice at the same time, and fetches nothing anew', async () => {
    const same = offered();
    const both = await Promise.all([1, 2].map(() => addEvidence('form-1', same, employee, around, parts)));
    expect(both.map(outcomeOf)).toEqual(['accepted', 'accepted']);
    const unfetched = { ...same, fetch: () => Promise.reject(new Error('fetched again')) };
    expect(await addEvidence('form-1', unfetched, employee, around, parts)).toMatchObject({ repeated: true });
    expect(await stored()).toHaveLength(1);
  });

  it.each<[string, object]>([
    ['file-empty', { fetch: async () => Buffer.alloc(0) }],
    ['file-too-large', { fetch: async () => undefined }],
    ['file-too-large', { fetch: async () => Buffer.alloc(largestFile + 1) }],
    ['file-kind', { fetch: async () => Buffer.from('MZ') }],
  ])('is refused with %s, and nothing of it stays', async (code, changed) => {
    expect(outcomeOf(await add(changed))).toBe(code);
    expect(await stored()).toEqual([]);
    expect((await fileOf()).id).toBe('');
  });

  it('one with a virus is refused; one that can not be scanned is not kept either', async () => {
    parts.scan = async () => 'infected';
    expect(outcomeOf(await add())).toBe('file-infected');
    parts.scan = () => Promise.reject(new Error('away'));
    await expect(add()).rejects.toThrow('away');
    expect(await stored()).toEqual([]);
  });

  it('R13: nothing is fetched for somebody who may not add it', async () => {
    const fetch = () => Promise.reject(new Error('fetched'));
    expect(outcomeOf(await add({ fetch }, lead))).toBe('not-found');
    await close();
    expect(outcomeOf(await add({ fetch }))).toBe('wrong-state');
  });

  it('one that was refused at the last moment does not stay behind', async () => {
    const fetch = async () => {
      await close();
      return letter;
    };
    expect(outcomeOf(await add({ fetch }))).toBe('wrong-state');
    expect(await stored()).toEqual([]);
  });

  it.each([
    ['foto.JPG.txt', 'foto.JPG.txt'],
    ['../../etc/brief.txt', '....etcbrief.txt'],
    ['brief.pdf', 'brief.pdf.txt'],
    ['\u202Egpj.txt', 'gpj.txt'],
    ['.txt', 'bestand.txt'],
    [`${'x'.repeat(400)}.txt`, `${'x'.repeat(180)}.txt`],
    [`${'a'.repeat(178)}😀b.txt`, `${'a'.repeat(178)}.txt`],
    ['\uD83Dbrief.txt', '\uFFFDbrief.txt'],
    [`${'信'.repeat(190)}.txt`, `${'信'.repeat(60)}.txt`],
  ])('is called %s as %s', async (typed, name) => {
    // Only what is called a text is taken for one.
    parts.tellKind = async () => 'txt';
    await add({ fileName: typed });
    expect((await fileOf()).name).toBe(name);
  });

  it('R14: one that is taken out loses its key in the same write, and is swept away', async () => {
    await add();
    const { id } = await fileOf();
    await give('removeEvidence', { file: id, reason: 'Verkeerde klacht' });
    expect((await fileOf()).keys).toEqual({});
    expect(await openEvidence('form-1', id, employee, around, parts)).toBeUndefined();
    clock = new Date(clock.getTime() + 2 * 60 * 60_000);
    expect(await sweepFiles(parts.files, around)).toBe(0);
    clock = new Date(clock.getTime() + 7 * 24 * 60 * 60_000);
    expect(await sweepFiles(parts.files, around)).toBe(1);
    expect(await stored()).toEqual([]);
  });

  it('R14: it is destroyed with the rest when the retention period is over', async () => {
    await add();
    await close();
    clock = DateTime.now().plus({ months: organisation.retentionMonths, days: 4 }).toJSDate();
    expect(await destroyExpired({ ...around, files: parts.files })).toBe(1);
    expect(await stored()).toEqual([]);
  });

  it('R14: what could not be removed when its complaint was destroyed is swept away later', async () => {
    await add();
    await close();
    clock = DateTime.now().plus({ months: organisation.retentionMonths, days: 4 }).toJSDate();
    const faults: unknown[] = [];
    const away = { ...parts.files, list: () => Promise.reject(new Error('away')) };
    expect(await destroyExpired({ ...around, files: away }, (fault) => faults.push(fault))).toBe(1);
    expect(faults).toHaveLength(1);
    expect(await sweepFiles(parts.files, around)).toBe(1);
    expect(await stored()).toEqual([]);
  });

  it('the sweep leaves alone what belongs to a complaint, what is being added, and what this store never held', async () => {
    await add();
    await parts.files.put('form-1', letter);
    await parts.files.put('another-bot', letter);
    expect(await sweepFiles(parts.files, around)).toBe(0);
    const old = new Date(clock.getTime() - 8 * 24 * 60 * 60_000);
    for (const { id } of await stored()) utimesSync(join(folder, 'form-1', id), old, old);
    expect(await sweepFiles(parts.files, around)).toBe(1);
    expect((await stored()).map(({ id }) => id)).toEqual([(await fileOf()).id]);
    expect(await parts.files.list('another-bot')).toHaveLength(1);
  });

  it('R14: after a restore without the files it says that one is gone', async () => {
    await add();
    const { id } = await fileOf();
    await parts.files.remove('form-1', id);
    const opened = await openEvidence('form-1', id, employee, around, parts);
    expect(opened?.evidence.fileName).toBe('brief.txt');
    expect(opened?.content).toBeUndefined();
  });
});
