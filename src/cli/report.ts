// `npm run report`: the yearly report (R12), as a Word document or for further analysis.
import { existsSync } from 'node:fs';
import { isYearOfComplaints, yearOf } from '../domain/calendar.ts';
import { PersonalDataFound } from '../report/check-report.ts';
import { type Format, formats, makeReport, phases } from '../report/make-report.ts';
import { readConfigured, withStore } from './places.ts';
import { Refused, runProgram } from './program.ts';
import { processTerminal, type Terminal } from './terminal.ts';
import type { Words } from './words.ts';

interface Options {
  year?: string;
  out?: string;
  format?: string;
}

/** Runs the tool. Gives its exit code. */
export function runReport(args: readonly string[], terminal: Terminal): Promise<number> {
  return runProgram(
    'report',
    (program, words) => {
      program
        .description(words('report about'))
        .option('--year <year>', words('report year'))
        .option('--out <file>', words('report out'))
        .option('--format <docx|json|csv>', words('report format'))
        .action((options: Options) => report(options, words, terminal));
    },
    args,
    terminal,
  );
}

async function report({ year: typed, out, format: asked }: Options, words: Words, terminal: Terminal) {
  const year = typed === undefined ? yearOf(terminal.clock()) - 1 : Number(typed);
  if (!isYearOfComplaints(year, terminal.clock())) throw new Refused(words('report no-year', { typed }));
  const format = asked ?? out?.split('.').at(-1)?.toLowerCase() ?? 'docx';
  if (!isFormat(format)) throw new Refused(words('report no-format', { typed: format }));
  const file = out ?? `rapport-${year}.${format}`;
  if (existsSync(file)) throw new Refused(words('report there', { file }));
  const shown = phases.map((phase) => [phase, terminal.progress(words(`report phase-${phase}`))] as const);
  const bars = new Map(shown);
  try {
    const count = await withStore(readConfigured(terminal, words), (store) =>
      makeReport({ year, format, file }, { store, clock: terminal.clock }, (phase, done) => {
        for (const [other, bar] of bars) if (other !== phase) bar.end();
        bars.get(phase)?.show(done, done);
      }),
    );
    terminal.write(words('report made', { file, year, count }));
  } catch (fault) {
    if (!(fault instanceof PersonalDataFound)) throw fault;
    throw new Refused(words('report personal-data', { records: fault.records.join(', ') || '?', year }));
  } finally {
    for (const [, bar] of bars) bar.end();
  }
}

function isFormat(typed: string): typed is Format {
  return (formats as readonly string[]).includes(typed);
}

if (import.meta.main) process.exitCode = await runReport(process.argv.slice(2), processTerminal());
