// `npm run copy`: everything that one store holds to another, sealed as it is; also the backup and its restore.
import type { StorePlace } from '../config/store.ts';
import { localOrganisation } from '../store/open-store.ts';
import { countAll, rawKinds } from '../store/raw.ts';
import { type Copied, copyRecords } from '../store/raw-copy.ts';
import { openRaw } from '../store/raw-open.ts';
import { isSamePlace, nameOf, readPlace } from './places.ts';
import { Refused, runProgram } from './program.ts';
import { processTerminal, type Terminal } from './terminal.ts';
import type { Words } from './words.ts';

interface Options {
  from: string;
  to: string;
  organisation?: string;
}

/** Runs the tool; may be broken off and run again. Gives its exit code: 0 only where every record was verified. */
export function runCopy(args: readonly string[], terminal: Terminal): Promise<number> {
  const { environment } = terminal;
  return runProgram(
    'copy',
    (program, words) => {
      program
        .description(words('copy about'))
        .requiredOption('--from <store>', words('copy from'))
        .requiredOption('--to <store>', words('copy to'))
        .option('--organisation <tenant>', words('copy organisation'))
        .addHelpText('after', `\n${words('copy examples')}`)
        .action(async ({ from, to, organisation }: Options) => {
          const source = readPlace(from, environment, words);
          const target = readPlace(to, environment, words);
          if (isSamePlace(source, target)) throw new Refused(words('copy same'));
          const pk = organisation ?? (environment['MicrosoftAppTenantId'] || localOrganisation);
          const copied = await copy(source, target, pk, { words, terminal });
          report(copied, nameOf(target), { words, terminal });
        });
    },
    args,
    terminal,
  );
}

interface Telling {
  words: Words;
  terminal: Terminal;
}

async function copy(
  from: StorePlace,
  to: StorePlace,
  organisation: string,
  { words, terminal }: Telling,
): Promise<Copied> {
  const source = await openRaw(from, organisation, { mustExist: true, snapshot: true });
  try {
    if ((await countAll(source, rawKinds)) === 0)
      throw new Refused(words('copy empty', { place: nameOf(from), organisation }));
    const target = await openRaw(to, organisation, { mustExist: false });
    const progress = terminal.progress(words('copy progress'));
    try {
      return await copyRecords(source, target, progress.show);
    } finally {
      progress.end();
      await target.close();
    }
  } finally {
    await source.close();
  }
}

function report(copied: Copied, place: string, { words, terminal }: Telling): void {
  for (const kind of rawKinds) terminal.write(words(`copy ${kind}`, { count: copied.counts[kind] }));
  terminal.write(words('copy written', { count: copied.written }));
  if (copied.kept > 0) terminal.write(words('copy kept', { count: copied.kept }));
  if (copied.beyond > 0) terminal.write(words('copy beyond', { count: copied.beyond }));
  if (copied.differing > 0) throw new Refused(words('copy differing', { count: copied.differing }));
  terminal.write(words('copy verified', { count: copied.verified, place }));
}

if (import.meta.main) process.exitCode = await runCopy(process.argv.slice(2), processTerminal());
