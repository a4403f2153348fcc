// The report for further analysis, as JSON or CSV: what the document shows, and nothing more.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parse } from 'csv-parse';
import { stringify } from 'csv-stringify/sync';
import { divisionLabel } from '../cards/division-labels.ts';
import { divisions } from '../domain/report.ts';
import type { ReportParts } from './parts.ts';

/** A piece of a file; `fixed` where nobody typed it. */
export interface Line {
  text: string;
  fixed: boolean;
}

/** The report as JSON, a value a line, so that it can be written without being held in memory. */
export async function* jsonOf(parts: ReportParts): AsyncGenerator<Line> {
  const { report, organisation, madeAt, texts } = parts;
  const { year, total, notReady, conversations, medians, improvementStates } = report;
  const labelled = Object.fromEntries(
    divisions.map((division) => [
      division,
      report.tables[division].map((row) => ({
        ...row,
        label: divisionLabel(division, row.key, organisation, texts),
      })),
    ]),
  );
  const { name, nextEvaluation, smallestGroup } = organisation;
  const head = { organisation: name, madeAt: madeAt.toISOString(), nextEvaluation, smallestGroup };
  yield { text: '{\n', fixed: true };
  const figures = { year, total, notReady, tables: labelled, conversations, medians, improvementStates };
  for (const [key, value] of Object.entries({ ...head, ...figures })) {
    yield { text: `${JSON.stringify(key)}: ${JSON.stringify(value)},\n`, fixed: true };
  }
  yield { text: '"content": [\n', fixed: true };
  let isFirst = true;
  for await (const { natures, kind, text, ...more } of contentOf(parts)) {
    if (!isFirst) yield { text: ',\n', fixed: true };
    isFirst = false;
    const value = JSON.stringify({ natures, kind, ...more, text });
    // Readers of lines take these for the end of one.
    yield { text: value.replace(/[\u2028\u2029]/g, '\\n'), fixed: false };
  }
  yield { text: '\n]\n}\n', fixed: true };
}

const columns = ['section', 'key', 'label', 'year', 'yearBefore', 'text'];

/** The report as CSV with semicolons, as Dutch spreadsheets read it; what looks like a formula is kept from being one. */
export async function* csvOf(parts: ReportParts): AsyncGenerator<Line> {
  const { report, organisation, texts } = parts;
  const row = (values: readonly (string | number)[], fixed = true): Line => ({
    text: stringify([values.map(String)], { delimiter: ';', escape_formulas: true }),
    fixed,
  });
  // A byte order mark, without which spreadsheets take it for another alphabet.
  yield { text: `\uFEFF${row(columns).text}`, fixed: true };
  yield row(['total', '', 'complaints', report.total.now, report.total.before, '']);
  yield row(['not-ready', '', 'not ready', report.notReady, '', '']);
  for (const division of divisions) {
    for (const { key, now, before } of report.tables[division]) {
      yield row([division, key, divisionLabel(division, key, organisation, texts), now, before ?? '', '']);
    }
  }
  for (const { key, now } of report.conversations) yield row(['conversations', key, '', now, '', '']);
  for (const [key, days] of Object.entries(report.medians)) yield row(['median-days', key, '', days, '', '']);
  for await (const { natures, kind, text, state = '', on = '' } of contentOf(parts)) {
    yield row([kind, natures.join(' '), `${state} ${on}`.trim(), '', '', text], false);
  }
}

interface Content {
  natures: readonly string[];
  kind: 'summary' | 'recommendation' | 'improvement';
  text: string;
  state?: string;
  on?: string;
}

/** What was written, kind by kind and group by group, as the document lists it: what belongs together is not told. */
async function* contentOf({ report, recordsOf }: ReportParts): AsyncGenerator<Content> {
  for (const { natures } of report.groups) {
    for await (const { state, summary } of recordsOf(natures)) {
      if (state === 'complete' && summary) yield { natures, kind: 'summary', text: summary };
    }
  }
  for (const { natures } of report.groups) {
    for await (const { recommendations } of recordsOf(natures)) {
      for (const { text } of recommendations) yield { natures, kind: 'recommendation', text };
    }
  }
  for (const { natures } of report.groups) {
    for await (const { improvements } of recordsOf(natures)) {
      for (const improvement of improvements) yield { natures, kind: 'improvement', ...improvement };
    }
  }
}

/** The texts that people can read in a finished JSON file, one after the other. */
export async function* textsInJson(file: string): AsyncGenerator<string> {
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const value = line.trim().replace(/,$/, '');
    if (value.startsWith('{"')) yield* Object.values(JSON.parse(value) as object).map(String);
    else yield value;
  }
}

/** The texts that people can read in a finished CSV file, one after the other. */
export async function* textsInCsv(file: string): AsyncGenerator<string> {
  const rows = createReadStream(file).pipe(parse({ delimiter: ';', bom: true }));
  for await (const row of rows as AsyncIterable<string[]>) yield* row;
}
