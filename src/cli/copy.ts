// `npm run copy`: everything that one store holds to another, sealed as it is; also the backup and its restore.
import { existsSync } from 'node:fs';
import type { StorePlace } from '../config/store.ts';
import { copyFiles, DifferingFile } from '../files/copy-files.ts';
import { openPlace } from '../files/open-files.ts';
import { localOrganisation } from '../store/open-store.ts';
import { countAll, rawKinds } from '../store/raw.ts';
import { type Copied, copyRecords } from '../store/raw-copy.ts';
import { openRaw } from '../store/raw-open.ts';
import { isSamePlace, nameOf, readFilesPlace, readPlace } from './places.ts';
import { Refused, runProgram } from './program.ts';
import { processTerminal, type Terminal } from './terminal.ts';
import type { Words } from './words.ts';

interface Options {
  from: string;
  to: string;
  organisation?: string;
  files?: string;
  filesTo?: string;
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
        .option('--files <place>', words('copy files'))
        .option('--files-to <place>', words('copy files-to'))
        .addHelpText('after', `\n${words('copy examples')}`)
        .action(async ({ from, to, organisation, ...given }: Options) => {
          const source = readPlace(from, environment, words);
          const target = readPlace(to, environment, words);
          if (isSamePlace(source, target)) throw new Refused(words('copy same'));
          const files = filesIn(given, terminal, words);
          const pk = organisation ?? (environment['MicrosoftAppTenantId'] || localOrganisation);
          const copied = await copy(source, target, pk, { words, terminal });
          report(copied, nameOf(target), { words, terminal });
          if (files) await copyAlso(files, { words, terminal });
          else terminal.tell(words('copy without-files'));
        });
    },
    args,
    terminal,
  );
}

/** From where to where files are copied, where that is asked. */
function filesIn(
  { files, filesTo }: Pick<Options, 'files' | 'filesTo'>,
  { environment }: Terminal,
  words: Words,
) {
  if (files === undefined && filesTo === undefined) return undefined;
  if (files === undefined || filesTo === undefined) throw new Refused(words('copy files-both'));
  if (files === filesTo) throw new Refused(words('copy same'));
  const from = readFilesPlace(files, environment, words);
  if (from.kind === 'folder' && !existsSync(from.folder))
    throw new Refused(words('copy files-absent', { place: files }));
  return {
    from,
    to: readFilesPlace(filesTo, environment, words),
    place: filesTo,
  };
}

/** After the records: a file that they name was stored before them. */
async function copyAlso(
  { from, to, place }: NonNullable<ReturnType<typeof filesIn>>,
  { words, terminal }: Telling,
): Promise<void> {
  try {
    const { written, verified } = await copyFiles(openPlace(from), openPlace(to));
    terminal.write(words('copy files-written', { count: written }));
    terminal.write(words('copy files-verified', { count: verified, place }));
  } catch (fault) {
    if (!(fault instanceof DifferingFile)) throw fault;
    throw new Refused(words('copy files-differing', { file: fault.path, place }));
  }
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
