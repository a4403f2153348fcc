import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addEvidence, openEvidence } from '../../src/app/evidence.ts';
import type { FileParts } from '../../src/app/files.ts';
import { handleCommand, handleLog, type Surroundings } from '../../src/app/handle-command.ts';
import { openDetails } from '../../src/app/look-up.ts';
import { accessLog, destroyOnRequest, findPerson, showComplaint } from '../../src/app/privacy.ts';
import type { LogEntry, Store } from '../../src/app/store.ts';
import { removeFiles } from '../../src/app/sweep-files.ts';
import { runPrivacy } from '../../src/cli/privacy.ts';
import { wordsFor } from '../../src/cli/words.ts';
import { type Command, contentSchemas } from '../../src/domain/commands.ts';
import { evidenceOf } from '../../src/domain/evidence.ts';
import { tellKind } from '../../src/files/file-kind.ts';
import { folderPlace } from '../../src/files/folder-place.ts';
import { createFiles } from '../../src/files/sealed-files.ts';
import { scanNothing } from '../../src/files/virus-scan.ts';
import { copyRecords } from '../../src/store/raw-copy.ts';
import {
  accepted,
  administrator,
  closing,
  colleague,
  conversation,
  employee,
  intake,
  newCommandId,
  now,
  organisation,
  seal,
  testKeys,
} from '../fixtures.ts';
import { startCosmos } from '../store/cosmos-server.ts';
import { cosmosPlace, type Place, sqlitePlace } from '../store/places.ts';
import { fakeTerminal, runTool } from './terminal.ts';

let place: Place;
let store: Store;
let around: Surroundings;
let folder: string;
let settings: Record<string, string>;

beforeEach(async () => {
  place = await sqlitePlace();
  folder = mkdtempSync(join(tmpdir(), 'klachten-privacy-'));
  settings = { ...place.environment, SEALING_KEYS: JSON.stringify(testKeys) };
  store = await place.open(seal);
  await store.saveOrganisation(organisation);
  around = { store, clock: () => now, noticesOwed: () => undefined };
  await log('one', { name: 'Éva de Vries', phone: '+31612345678', email: 'Eva@voorbeeld.nl' });
  await log('two', {
    name: 'Iemand Anders',
    concerned: [],
    description: 'Mevrouw Eva de Vries was erbij; bel 06-12 34 56 78 of mail eva@voorbeeld.nl.',
  });
  await log('three', { name: 'Nog Iemand', concerned: [{ name: 'Vries, Eva de' }] });
});
afterEach(async () => {
  await store.close();
  await place.remove();
  rmSync(folder, { recursive: true });
});

const log = async (id: string, changed: Parameters<typeof intake>[0]) =>
  accepted(await handleLog({ kind: 'logComplaint', id, content: intake(changed) }, employee, around));
const give = async (id: string, kind: Command['kind'], content: object) =>
  accepted(await handleCommand(id, { kind, id: newCommandId(), content } as Command, employee, around));

async function run(args: string[], answer?: string) {
  const around = fakeTerminal(settings, answer);
  return { code: await runPrivacy(args, around.terminal), ...around };
}

const uses = async () =>
  (await store.readLog('privacy', { limit: 100 })).items.map(
    (entry: LogEntry) => entry.log === 'privacy' && `${entry.by}: ${entry.use}`,
  );

describe('R14: npm run privacy -- find', () => {
  it('finds somebody by name as complainant, person concerned and in the text, in any order and without accents', async () => {
    const { code, said } = await run(['find', 'eva de vries']);
    expect(code).toBe(0);
    expect(said).toEqual([
      'K-2026-0001  klager  (in behandeling, vastgelegd op 24 november 2026)',
      'K-2026-0002  genoemd in de tekst  (in behandeling, vastgelegd op 24 november 2026)',
      'K-2026-0003  betrokken medewerker  (in behandeling, vastgelegd op 24 november 2026)',
      'Gevonden in 3 klachten.',
    ]);
  });

  it.each([
    ['06 12345678', 'as people say it'],
    ['+31 6 12 34 56 78', 'with the country'],
    ['EVA@voorbeeld.nl', 'as e-mail'],
  ])('finds %s (%s), also where it stands in a text', async (typed) => {
    const { said } = await run(['find', typed]);
    expect(said.map((line) => line.split('  ').slice(0, 2).join(' '))).toEqual([
      'K-2026-0001 klager',
      'K-2026-0002 genoemd in de tekst',
      'Gevonden in 2 klachten.',
    ]);
  });

  it('finds what was ended, what was corrected, and everybody who did something', async () => {
    await give('two', 'correct', { intake: intake({ name: 'Juiste Naam', concerned: [] }), reason: 'Fout' });
    await give('two', 'recordConversation', conversation());
    await give('two', 'close', closing());
    expect((await run(['find', 'iemand anders'])).said[0]).toMatch(/K-2026-0002 {2}klager {2}\(afgesloten/);
    const { said } = await run(['find', employee.name]);
    expect(said[1]).toContain('behandelaar, legde de klacht vast, kreeg bericht, deed iets met de klacht');
  });

  it('asks whom, so that no name stays behind in the history of a terminal', async () => {
    const { said, asked } = await run(['find', '--lang', 'en'], 'Nog Iemand');
    expect(asked).toEqual(['Whom do you seek (name, phone number or e-mail address)?']);
    expect(said.at(-1)).toBe('Found in 1 complaint.');
  });

  it('is recorded by what was found, never by what was sought', async () => {
    await run(['find', 'eva de vries']);
    await run(['find', 'kanarienaam']);
    expect(await uses()).toEqual([
      'functionaris: find by name: K-2026-0001, K-2026-0002, K-2026-0003',
      'functionaris: find by name: nothing',
    ]);
    expect(await place.bytes()).not.toMatch(/functionaris|kanarie/i);
  });

  it('gives nothing where its use can not be recorded', async () => {
    const failing = { ...store, recordPrivacyUse: () => Promise.reject(new Error('away')) };
    const officer = { store: failing, clock: () => now, by: 'functionaris' };
    await expect(findPerson({ by: 'name', words: ['eva'] }, officer)).rejects.toThrow('away');
    await expect(showComplaint('K-2026-0001', officer)).rejects.toThrow('away');
    await expect(destroyOnRequest('K-2026-0001', 'reason', officer)).rejects.toThrow('away');
    await expect(accessLog(undefined, officer).next()).rejects.toThrow('away');
    expect(await store.load('one')).toBeDefined();
  });

  it('fails where a complaint can not be opened: silence would say that there is nothing', async () => {
    settings = {
      ...settings,
      SEALING_KEYS: JSON.stringify({ keys: [{ ...testKeys.keys[0], kid: 'other' }] }),
    };
    const { code, said, told } = await run(['find', 'eva']);
    expect({ code, said }).toEqual({ code: 1, said: [] });
    expect(told.join()).toContain('De sleutel test-1 ontbreekt');
  });

  it.each(['', '-', '12', '+31 6'])('asks again for %j', async (typed) => {
    expect(await run(['find', typed])).toMatchObject({
      code: 1,
      told: ['Dat is geen naam, telefoonnummer of e-mailadres.'],
    });
  });
});

describe('R14: npm run privacy -- show', () => {
  it('writes everything to a file that its owner alone can read, and records that first', async () => {
    await give('one', 'recordConversation', conversation('partly', 'Verslag\nin twee regels'));
    const out = join(folder, 'eva.txt');
    expect((await run(['show', 'k 2026 1', '--out', out])).code).toBe(0);
    expect(statSync(out).mode & 0o777).toBe(0o600);
    const text = readFileSync(out, 'utf8');
    for (const part of [
      'Éva de Vries',
      '+31612345678',
      'Eva@voorbeeld.nl',
      'kanariegeheim',
      'in twee regels',
      'deels',
    ])
      expect(text).toContain(part);
    expect(text).toContain('Gesprek gevoerd');
    expect(text).not.toMatch(/undefined|\[object/);
    expect(await uses()).toEqual(['functionaris: show K-2026-0001']);
  });

  it('writes JSON where the name of the file says so, and never over another file', async () => {
    const out = join(folder, 'eva.json');
    await run(['show', 'K-2026-0001', '--out', out]);
    const { complaint } = JSON.parse(readFileSync(out, 'utf8'));
    expect(complaint.intake.name).toBe('Éva de Vries');
    writeFileSync(out, 'mine');
    expect((await run(['show', 'K-2026-0001', '--out', out])).code).toBe(1);
    expect(readFileSync(out, 'utf8')).toBe('mine');
  });

  it('shows it on the terminal where no file is given, in English where that is asked', async () => {
    const { said } = await run(['show', 'K-2026-0001', '--lang', 'en']);
    expect(said.join()).toContain('Complaint K-2026-0001');
  });

  it('has words for every field that a command carries', () => {
    const fieldsOf = (schema: object): string[] =>
      'shape' in schema
        ? Object.entries(schema.shape as Record<string, object>).map(([name]) => name)
        : 'options' in schema
          ? (schema.options as object[]).flatMap(fieldsOf)
          : [];
    for (const language of ['nl', 'en']) {
      const words = wordsFor(['--lang', language], {});
      for (const schema of Object.values(contentSchemas))
        for (const field of fieldsOf(schema).filter((each) => each !== 'escalation'))
          expect(words(`label ${field}` as Parameters<typeof words>[0]), field).not.toMatch(/^label /);
    }
  });

  it('says that there is no such complaint, or that this is no reference', async () => {
    expect((await run(['show', 'K-2026-0099'])).told).toEqual(['Er is geen klacht K-2026-0099.']);
    expect((await run(['show', 'Eva'])).told.join()).toContain('Eva is geen nummer van een klacht');
  });
});

describe('R14: npm run privacy -- destroy', () => {
  const end = async () => {
    await give('two', 'recordConversation', conversation());
    await give('two', 'close', closing());
  };

  it('asks for the reference, and leaves a tombstone that says when and why', async () => {
    await end();
    const { code, asked } = await run(['destroy', 'K-2026-0002'], 'K-2026-0002');
    expect(code).toBe(0);
    expect(asked.join()).toContain('Typ K-2026-0002');
    expect(await store.load('two')).toBeUndefined();
    expect(await store.findDestroyed('K-2026-0002')).toMatchObject({ rule: 'R14: on request' });
    expect((await run(['destroy', 'K-2026-0002'])).told.join()).toContain('al vernietigd, 24 november 2026');
    expect((await run(['find', 'iemand anders'])).said.at(-1)).toBe('Gevonden in 0 klachten.');
    expect((await uses())[0]).toBe('functionaris: destroy K-2026-0002');
  });

  it.each([undefined, '', 'K-2026-0003', 'ja'])('destroys nothing for the answer %j', async (answer) => {
    await end();
    expect(await run(['destroy', 'K-2026-0002'], answer)).toMatchObject({
      code: 1,
      told: ['Niet bevestigd: van K-2026-0002 is niets vernietigd.'],
    });
    expect(await store.load('two')).toBeDefined();
    expect(await uses()).toEqual([]);
  });

  it('refuses while the complaint is active, unless a reason is given; that is recorded', async () => {
    const confirmed = ['destroy', 'K-2026-0001', '--confirm', 'K-2026-0001'];
    expect((await run(confirmed)).told.join()).toContain('loopt nog');
    expect((await run([...confirmed, '--active', ' '])).code).toBe(1);
    expect(await store.load('one')).toBeDefined();
    expect((await run([...confirmed, '--active', 'verzoek van de klager'])).code).toBe(0);
    expect(await store.load('one')).toBeUndefined();
    expect(await uses()).toEqual(['functionaris: destroy K-2026-0001 while active: verzoek van de klager']);
  });
});

describe('R14: npm run privacy, with files', () => {
  const filesFolder = () => join(folder, 'files');
  const withFile = async (): Promise<FileParts> => {
    settings = { ...settings, FILES_FOLDER: filesFolder() };
    const parts = { files: createFiles(folderPlace(filesFolder())), tellKind, scan: scanNothing };
    const offered = {
      commandId: newCommandId(),
      fileName: 'brief van Eva de Vries.txt',
      fetch: async () => Buffer.from('Beste mensen'),
    };
    accepted(await addEvidence('two', offered, employee, around, parts));
    return parts;
  };

  it('shows them by name, and writes them where asked', async () => {
    await withFile();
    const out = join(folder, 'out');
    const { code, said } = await run(['show', 'K-2026-0002', '--files', out]);
    expect(code).toBe(0);
    expect(said[0]).toBe(`Bestand geschreven: ${join(out, '1-brief van Eva de Vries.txt')}`);
    expect(said[1]).toBe('1 bestand bij deze klacht.');
    expect(said[2]).toContain('Bestand: brief van Eva de Vries.txt');
    const again = await run(['show', 'K-2026-0002', '--files', out]);
    expect(again.code).toBe(1);
    expect(again.told.join()).toContain('1-brief van Eva de Vries.txt bestaat al');
    expect(readFileSync(join(out, '1-brief van Eva de Vries.txt'), 'utf8')).toBe('Beste mensen');
    expect(statSync(join(out, '1-brief van Eva de Vries.txt')).mode & 0o777).toBe(0o600);
  });

  it('says that a file is gone', async () => {
    const { files } = await withFile();
    await removeFiles(files, 'two');
    const { said } = await run(['show', 'K-2026-0002', '--files', join(folder, 'out')]);
    expect(said[0]).toBe('Bestand niet meer aanwezig: brief van Eva de Vries.txt');
  });

  it('R13: tells which file somebody opened', async () => {
    const { files } = await withFile();
    const [file] = evidenceOf((await store.load('two'))?.complaint ?? { timeline: [] });
    await openEvidence('two', file?.id ?? '', employee, around, { files });
    const { said } = await run(['access-log', 'K-2026-0002']);
    expect(said.join('\n')).toContain(`opende bestand ${file?.id} van K-2026-0002`);
    expect((await run(['show', 'K-2026-0002'])).said.join()).toContain(
      `Kenmerk van het bestand: ${file?.id}`,
    );
  });

  it('finds somebody in the name of a file', async () => {
    await log('four', { name: 'Vierde Persoon', concerned: [] });
    const parts = await withFile();
    const offered = {
      commandId: newCommandId(),
      fileName: 'Foto Zwaan.txt',
      fetch: async () => Buffer.from('x'),
    };
    accepted(await addEvidence('four', offered, employee, around, parts));
    expect((await run(['find', 'zwaan'])).said[0]).toContain('K-2026-0004  genoemd in de tekst');
  });

  it('destroys them with the rest', async () => {
    const { files } = await withFile();
    const confirmed = ['destroy', 'K-2026-0002', '--confirm', 'K-2026-0002', '--active', 'verzoek'];
    expect((await run(confirmed)).code).toBe(0);
    expect(await files.list('two')).toEqual([]);
  });

  it('says so where they could not be removed', async () => {
    await withFile();
    rmSync(join(filesFolder(), 'two'), { recursive: true });
    writeFileSync(join(filesFolder(), 'two'), 'in the way');
    const confirmed = ['destroy', 'K-2026-0002', '--confirm', 'K-2026-0002', '--active', 'verzoek'];
    const { code, said } = await run(confirmed);
    expect(code).toBe(0);
    expect(said.join()).toContain('De bestanden konden nu niet worden verwijderd.');
  });
});

describe('R13: npm run privacy -- access-log', () => {
  it('tells who looked at what, who changed roles and who used this tool, oldest first', async () => {
    await store.saveContact({ person: colleague, locale: 'nl', reference: {} });
    await openDetails('one', employee, around);
    await openDetails('one', colleague, { ...around, clock: () => new Date(now.getTime() - 3_600_000) });
    await store.recordChange({ at: now.toISOString(), personId: administrator.id, change: 'directors' });
    await run(['find', 'nog iemand']);
    const { said } = await run(['access-log']);
    expect(said).toEqual([
      '24 november 2026 om 09:00  Tweede medewerker zag K-2026-0001 in',
      expect.stringMatching(/10:00 {2}.* zag K-2026-0001 in$/),
      expect.stringContaining('Beheerder wijzigde de rollen: directors'),
      expect.stringContaining('functionaris gebruikte dit hulpmiddel: find by name: K-2026-0003'),
      expect.stringContaining('functionaris gebruikte dit hulpmiddel: access-log'),
    ]);
  });

  it('of one complaint tells what regards that one alone', async () => {
    await openDetails('one', employee, around);
    await openDetails('two', employee, around);
    await run(['show', 'K-2026-0002']);
    const { said } = await run(['access-log', 'K-2026-0001', '--lang', 'en']);
    expect(said).toHaveLength(2);
    expect(said[0]).toContain('looked at K-2026-0001');
    expect(said[1]).toContain('access-log K-2026-0001');
  });
});

it('R14: the tool does the same on Cosmos DB', async () => {
  const server = await startCosmos();
  const there = await cosmosPlace(server);
  const [from, to] = [await place.raw(), await there.raw()];
  await copyRecords(from, to);
  await Promise.all([from.close(), to.close()]);
  settings = { ...there.environment, SEALING_KEYS: JSON.stringify(testKeys) };
  expect((await run(['find', 'eva de vries'])).said.at(-1)).toBe('Gevonden in 3 klachten.');
  const destroy = ['destroy', 'K-2026-0001', '--confirm', 'K-2026-0001', '--active', 'verzoek'];
  expect((await run(destroy)).code).toBe(0);
  expect((await run(['show', 'K-2026-0001'])).told.join()).toContain('al vernietigd');
  expect((await run(['access-log'])).said).toHaveLength(4);
  await there.remove();
  await server.close();
});

describe('npm run privacy as a process', () => {
  it('explains itself in Dutch, and in English where the machine or the option says so', async () => {
    const dutch = await runTool('privacy', ['destroy', '--help']);
    expect(dutch.code).toBe(0);
    expect(dutch.out).toContain('vernietigt de persoonsgegevens van een klacht, voorgoed');
    const english = await runTool('privacy', ['--help'], { LANG: 'en_GB.UTF-8' });
    expect(english.out).toContain("find, show and destroy a person's data");
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });

  it('finds, and asks nobody where there is no terminal', async () => {
    const found = await runTool('privacy', ['find', 'nog iemand'], settings);
    expect(found).toMatchObject({ code: 0, err: '' });
    expect(found.out).toContain('K-2026-0003  klager');
    const asked = await runTool('privacy', ['destroy', 'K-2026-0003', '--active', 'x'], settings);
    expect(asked).toMatchObject({ code: 1, err: 'Niet bevestigd: van K-2026-0003 is niets vernietigd.\n' });
    expect((await uses())[0]).not.toContain('functionaris');
  });
});
