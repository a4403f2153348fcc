// The report on a made-up year, as it is made, read back from what was written.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPromise } from 'yauzl';
import { liveYear } from '../../demo/a-year.ts';
import { handleLog } from '../../src/app/handle-command.ts';
import type { Store } from '../../src/app/store.ts';
import { recordsIn } from '../../src/app/year-records.ts';
import type { AnonymousRecord } from '../../src/domain/anonymous-record.ts';
import type { Complaint } from '../../src/domain/complaint.ts';
import type { Intake } from '../../src/domain/intake.ts';
import { PersonalDataFound } from '../../src/report/check-report.ts';
import { textsIn } from '../../src/report/docx-text.ts';
import { type Format, makeReport } from '../../src/report/make-report.ts';
import { allOf, employee, intake, now, organisation, seal } from '../fixtures.ts';
import { type Place, sqlitePlace } from '../store/places.ts';

let place: Place;
let store: Store;
let folder: string;
let records: AnonymousRecord[];
let complaints: Complaint[];
let made: Record<Format, string>;
let pieces: string[];
let xml: Record<string, string>;

const clock = () => now;
const make = (format: Format, file = join(folder, `r.${format}`), madeAt = clock) =>
  makeReport({ year: 2025, format, file }, { store, clock: madeAt }).then(() => file);

beforeAll(async () => {
  place = await sqlitePlace();
  store = await place.open(seal);
  await store.saveOrganisation(organisation);
  await liveYear({ year: 2024, complaints: 48, seed: 7 }, store);
  await liveYear({ year: 2025, complaints: 60, seed: 7 }, store);
  folder = mkdtempSync(join(tmpdir(), 'report-'));
  records = await allOf(recordsIn({ year: 2025 }, store));
  const { items } = await store.all({ limit: 200 });
  complaints = (await Promise.all(items.map((id) => store.load(id)))).flatMap(
    (each) => each?.complaint ?? [],
  );
  made = { docx: await make('docx'), json: await make('json'), csv: await make('csv') };
  pieces = await allOf(textsIn(made.docx));
  xml = await unpacked(made.docx);
}, 60_000);
afterAll(async () => {
  await store.close();
  await place.remove();
  rmSync(folder, { recursive: true });
});

const logged = (id: string, changed: Partial<Intake>) =>
  handleLog({ kind: 'logComplaint', id, content: intake(changed) }, employee, {
    ...{ store, clock, noticesOwed: () => undefined },
  });
const forget = async (id: string) => {
  const { version = '' } = (await store.load(id)) ?? {};
  await store.destroy(id, version, now.toISOString(), 'test');
};
const counted = () => records.filter(({ outcome }) => outcome !== 'duplicate');
const text = () => pieces.join('\n');

describe('the made-up year', () => {
  it('has sixty complaints, in every outcome and every state of a record', () => {
    expect(records).toHaveLength(60);
    const outcomes = new Set(records.flatMap(({ outcome }) => outcome ?? []));
    expect([...outcomes].sort()).toEqual(['duplicate', 'resolved', 'terminated', 'unresolved', 'withdrawn']);
    expect(new Set(records.map(({ state }) => state))).toEqual(new Set(['open', 'complete', 'returned']));
    expect(new Set(records.map(({ stage }) => stage))).toEqual(new Set(['employee', 'manager', 'director']));
  });

  it('is the same again for the same seed, and lived again changes nothing', async () => {
    await liveYear({ year: 2025, complaints: 60, seed: 7 }, store);
    expect(await allOf(recordsIn({ year: 2025 }, store))).toEqual(records);
  });
});

describe('R12: the report holds', () => {
  it('the number of complaints that were submitted, with the year before beside it', () => {
    expect(text()).toContain('In 2025 zijn 58 klachten ingediend; in 2024 waren dat er 48.');
    expect(counted()).toHaveLength(58);
  });

  it('the nature of the complaints, counted', () => {
    const table = tableAfter('Aantal klachten naar aard');
    for (const [nature, label] of [
      ['service', 'kwaliteit van de dienstverlening'],
      ['conduct', 'houding of communicatie'],
    ]) {
      const number = counted().filter((record) => record.nature === nature).length;
      expect(table.find(([name]) => name === label)?.[1]).toBe(String(number));
    }
  });

  it('their content, every summary, and of duplicates none', () => {
    const summaries = counted().flatMap(({ summary }) => summary ?? []);
    expect(summaries.length).toBeGreaterThan(50);
    for (const summary of summaries) expect(pieces).toContain(summary);
    expect(text()).not.toContain('Deze klacht stond er al');
  });

  it('the recommendations that were made', () => {
    const recommendations = counted().flatMap((record) => record.recommendations);
    expect(recommendations.length).toBeGreaterThan(4);
    for (const recommendation of recommendations) expect(pieces).toContain(recommendation.text);
  });

  it('the improvements, and what became of them', () => {
    expect(text()).toContain(
      'Vastgelegde verbeteringen: 4, waarvan 1 gepland, 2 doorgevoerd en 1 vervallen.',
    );
    for (const { text: each } of counted().flatMap(({ improvements }) => improvements)) {
      expect(pieces).toContain(each);
    }
  });

  it('what is not ready, counted and listed as open', () => {
    const open = counted().filter(({ state }) => state !== 'complete');
    expect(text()).toContain(`zijn er ${open.length} nog niet gereed`);
    expect(pieces.filter((piece) => piece.startsWith('Nog open:'))).toHaveLength(open.length);
  });

  it('R15: the figures that an evaluation needs, and its next date', () => {
    expect(text()).toContain('De volgende evaluatie staat voor 1 oktober 2027.');
    expect(tableAfter('Gesprekken en doorlooptijd per stap')).toHaveLength(5);
  });

  it('the period, the procedure in short, and how the figures were made', () => {
    expect(text()).toContain('over de periode 1 januari tot en met 31 december 2025');
    expect(text()).toContain('De klachtenregeling in het kort');
    expect(text()).toContain('Hoe deze cijfers zijn gemaakt');
  });

  it('a table and a picture with its own text for each division', () => {
    const body = xml['word/document.xml'] ?? '';
    const pictures = [...body.matchAll(/<wp:docPr [^>]*descr="([^"]+)"/g)].map(([, descr]) => descr);
    expect(pictures).toHaveLength(7);
    for (const described of pictures)
      expect(described).toMatch(/^Staafdiagram\. Klachten in 2025 naar .+: \d/);
    expect([...body.matchAll(/<w:tblHeader\/>/g)]).toHaveLength(9);
  });

  it('a language, headings and a title for a screen reader', () => {
    expect(xml['word/styles.xml']).toContain('w:val="nl-NL"');
    expect(xml['docProps/core.xml']).toContain('<dc:title>Klachtenverslag 2025</dc:title>');
    expect(xml['word/document.xml']).toContain('<w:pStyle w:val="Heading1"/>');
  });
});

describe('R12, R13: nobody can be found', () => {
  it('in no part of the document, nor in JSON or CSV: no name, number, reference, id or telling of anybody', () => {
    const everything = [
      ...Object.values(xml),
      readFileSync(made.json, 'utf8'),
      readFileSync(made.csv, 'utf8'),
    ].join('\n');
    expect(complaints).toHaveLength(108);
    const canaries = complaints.flatMap(
      ({ id, reference, intake: { name, phone = '', description }, handler }) =>
        [
          ...[id, reference, phone, phone.slice(3), handler.id, description],
          ...name.split(' ').filter((word) => word.length > 2),
          ...(description.split(' ').at(-1) ?? ''),
        ].filter((canary) => canary.length > 3),
    );
    for (const canary of canaries) expect(everything).not.toContain(canary);
    for (const { id } of records) expect(everything).not.toContain(id);
  });

  it('a name of one complaint in the summary of another stops it, and the record is named by its random id', async () => {
    const [victim] = counted().filter(({ state }) => state === 'complete');
    const loaded = await store.loadRecord(victim?.id ?? '');
    const named = { ...loaded?.record, summary: 'De klager kwam met Merelaar.' } as AnonymousRecord;
    await logged('merelaar', { name: 'Kanarie Merelaar', submittedOn: '2025-03-03' });
    await store.saveRecord(named, loaded?.version);
    for (const format of ['docx', 'json', 'csv'] as const) {
      const file = join(folder, `stopped.${format}`);
      const fault: unknown = await make(format, file).catch((thrown: unknown) => thrown);
      expect(fault).toBeInstanceOf(PersonalDataFound);
      expect((fault as PersonalDataFound).records).toEqual([victim?.id]);
      expect(existsSync(file)).toBe(false);
    }
    expect(readdirSync(folder).filter((name) => name.includes('unchecked'))).toEqual([]);
    const again = await store.loadRecord(named.id);
    await store.saveRecord(loaded?.record as AnonymousRecord, again?.version);
    await forget('merelaar');
  });

  it('a complainant whose name is a word of the report itself does not stop it', async () => {
    await logged('anders', { name: 'Kanarie Anders', submittedOn: '2025-03-03' });
    for (const format of ['docx', 'json', 'csv'] as const)
      await make(format, join(folder, `anders.${format}`));
    await forget('anders');
  });
});

describe('the same records', () => {
  it('give the same document byte for byte, apart from its date', async () => {
    const again = await make('docx', join(folder, 'again.docx'));
    expect(readFileSync(again).equals(readFileSync(made.docx))).toBe(true);
    const later = await unpacked(
      await make('docx', join(folder, 'later.docx'), () => new Date('2027-01-15T09:00:00Z')),
    );
    const differing = Object.keys(later).filter((name) => later[name] !== xml[name]);
    expect(differing.sort()).toEqual(['docProps/core.xml', 'word/document.xml']);
    const undated = (body = '') => body.replace(/Opgesteld op [^.<]+/, '');
    expect(undated(later['word/document.xml'])).toBe(undated(xml['word/document.xml']));
  });
});

describe('JSON and CSV', () => {
  it('hold the same figures as the document, and the same cells withheld', () => {
    const json = JSON.parse(readFileSync(made.json, 'utf8')) as {
      total: object;
      tables: Record<string, { label: string; now: unknown; before: unknown }[]>;
      content: { kind: string; text: string }[];
    };
    expect(json.total).toEqual({ now: 58, before: 48 });
    const said = (cell: unknown) =>
      cell === 'fewer' ? 'minder dan 3' : cell === 'withheld' ? 'niet getoond' : String(cell);
    for (const { label, now: cell, before } of json.tables['outcome'] ?? []) {
      expect(tableAfter('Aantal klachten naar uitkomst')).toContainEqual([label, said(cell)]);
      expect(before).toBeUndefined();
    }
    const summaries = json.content.filter(({ kind }) => kind === 'summary').map(({ text: each }) => each);
    expect(summaries.sort()).toEqual(
      counted()
        .flatMap(({ summary }) => summary ?? [])
        .sort(),
    );
  });

  it('CSV is semicolons, with a mark for spreadsheets and no formulas', () => {
    const csv = readFileSync(made.csv, 'utf8');
    expect(csv.startsWith('\uFEFFsection;key;label;year;yearBefore;text\n')).toBe(true);
    expect(csv).toContain('total;;complaints;58;48;\n');
  });
});

/** The rows of the table behind a caption, cell by cell. */
function tableAfter(caption: string): string[][] {
  const body = xml['word/document.xml'] ?? '';
  const table = body.slice(body.indexOf(`>${caption}<`)).match(/<w:tbl>.*?<\/w:tbl>/s)?.[0] ?? '';
  const textOf = (part: string) =>
    [...part.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map(([, each]) => each).join('');
  return [...table.matchAll(/<w:tr[ >].*?<\/w:tr>/gs)].map(([row]) =>
    [...row.matchAll(/<w:tc>.*?<\/w:tc>/gs)].map(([cell]) => textOf(cell)),
  );
}

async function unpacked(file: string): Promise<Record<string, string>> {
  const zip = await openPromise(file);
  const parts: Record<string, string> = {};
  for await (const entry of zip.eachEntry()) {
    const chunks = await allOf(await zip.openReadStreamPromise(entry));
    parts[entry.fileName] = Buffer.concat(chunks as Buffer[]).toString('utf8');
  }
  return parts;
}
