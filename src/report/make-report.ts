import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { currentOrganisation, type Surroundings } from '../app/handle-command.ts';
import { figuresOf, knownOfYear, recordsTogether } from '../app/year-records.ts';
import { textsFor } from '../cards/texts.ts';
import { type AnonymousRecord, isCounted } from '../domain/anonymous-record.ts';
import { reportOf } from '../domain/report.ts';
import type { Block } from './blocks.ts';
import { checkReport } from './check-report.ts';
import { contentsOf } from './contents.ts';
import { csvOf, jsonOf, type Line, textsInCsv, textsInJson } from './lines.ts';
import { type ReportParts, titleOf } from './parts.ts';

export const formats = ['docx', 'json', 'csv'] as const;
export type Format = (typeof formats)[number];

/** What a report is made as. */
export interface Asked {
  year: number;
  format: Format;
  /** Where it is written; what is there is replaced. */
  file: string;
}

/** What is done, one after the other. */
export const phases = ['count', 'know', 'write', 'check'] as const;
export type Progress = (phase: (typeof phases)[number], done: number) => void;

/**
 * R12: makes the yearly report in a file. Records are read one after the other, so that memory does not grow with
 * them. The finished file is read once more for what the complaints of the year know of people, and only then gets its
 * name. Gives how many complaints it is about. Throws `PersonalDataFound`, or where the store or the disk fails; then
 * there is no file.
 */
export async function makeReport(
  { year, format, file }: Asked,
  { store, clock }: Pick<Surroundings, 'store' | 'clock'>,
  progress: Progress = () => undefined,
): Promise<number> {
  const organisation = await currentOrganisation(store);
  const { departments, smallestGroup: smallest } = organisation;
  const counted = (done: number) => progress('count', done);
  const now = await figuresOf(year, departments, store, counted);
  const before = await figuresOf(year - 1, departments, store);
  const report = reportOf(now, before, { smallest, departments: departments.map(({ id }) => id) });
  const recordsOf = (natures: readonly AnonymousRecord['nature'][]) =>
    countedIn(recordsTogether(year, natures, store));
  const parts: ReportParts = { report, organisation, texts: textsFor('nl'), recordsOf, madeAt: clock() };
  const known = await knownOfYear(year, organisation, store, (done) => progress('know', done));
  // Nobody else's file, and no link that leads elsewhere.
  const unchecked = `${file}.${randomUUID()}.unchecked`;
  try {
    const fixed = await write(format, parts, unchecked, (done) => progress('write', done));
    const pieces = await textsInFile(format, unchecked);
    await checkReport(pieces, fixed, year, known, store, (done) => progress('check', done));
    await rename(unchecked, file);
  } finally {
    await rm(unchecked, { force: true });
  }
  return report.total.now;
}

async function* countedIn(records: AsyncIterable<AnonymousRecord>): AsyncGenerator<AnonymousRecord> {
  for await (const record of records) if (isCounted(record)) yield record;
}

/** Writes the file, and gives all that stands in it and that nobody typed. */
async function write(
  format: Format,
  parts: ReportParts,
  file: string,
  progress: (done: number) => void,
): Promise<string> {
  if (format === 'docx') {
    const blocks = contentsOf(parts);
    const about = { title: titleOf(parts), organisation: parts.organisation.name, madeAt: parts.madeAt };
    const { writeDocx } = await import('./docx.ts');
    await writeDocx(blocks, about, file, progress);
    return [about.title, about.organisation, ...blocks.flatMap(fixedIn)].join('\n');
  }
  let fixed = '';
  let done = 0;
  const texts = async function* (lines: AsyncIterable<Line>) {
    for await (const line of lines) {
      // Separators come with each line of what was typed: they are known already.
      if (line.fixed && !fixed.includes(line.text)) fixed += line.text;
      progress(++done);
      yield line.text;
    }
  };
  const lines = format === 'json' ? jsonOf(parts) : csvOf(parts);
  await pipeline(Readable.from(texts(lines)), createWriteStream(file, { flags: 'wx', mode: 0o600 }));
  return fixed;
}

function fixedIn(block: Block): readonly string[] {
  switch (block.kind) {
    case 'title':
      return [block.text, block.under];
    case 'table':
      return [block.caption, ...block.head, ...block.rows.flat()];
    case 'chart':
      return [block.title, block.alternative, ...block.bars.flatMap(({ label, said }) => [label, said])];
    case 'list':
      return [];
    default:
      return [block.text];
  }
}

async function textsInFile(format: Format, file: string): Promise<AsyncIterable<string>> {
  if (format === 'docx') return (await import('./docx-text.ts')).textsIn(file);
  return format === 'json' ? textsInJson(file) : textsInCsv(file);
}
