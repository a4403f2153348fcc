// `npm run keys`: the keys under which personal data are sealed.
import { addKey } from '../store/keys.ts';
import { openRaw } from '../store/raw-open.ts';
import { countByKey, reseal } from '../store/raw-reseal.ts';
import { KeyFault } from '../store/seal.ts';
import { type Configured, readConfigured, withStore } from './places.ts';
import { Refused, runProgram } from './program.ts';
import { processTerminal, type Terminal } from './terminal.ts';
import type { Words } from './words.ts';

interface Telling {
  words: Words;
  terminal: Terminal;
}

/** Runs the tool. Gives its exit code. */
export function runKeys(args: readonly string[], terminal: Terminal): Promise<number> {
  return runProgram(
    'keys',
    (program, words) => {
      program.description(words('keys about'));
      program
        .command('new')
        .description(words('keys new about'))
        .option('--file <file>', words('keys new file'))
        .action(({ file = terminal.environment['SEALING_KEY_FILE'] }: { file?: string }) => {
          if (!file) throw new Refused(words('keys new no-file'));
          const key = addKey(file, terminal.clock());
          terminal.write(words('keys new done', { key, file }));
        });
      program
        .command('list')
        .description(words('keys list about'))
        .action(() => list({ words, terminal }));
      program
        .command('reseal')
        .description(words('keys reseal about'))
        .action(() => resealAll({ words, terminal }));
    },
    args,
    terminal,
  );
}

async function list({ words, terminal }: Telling): Promise<void> {
  const configured = readConfigured(terminal, words);
  const counts = await countsIn(configured);
  for (const [index, { kid }] of configured.keySet.keys.entries()) {
    const role = words(index === 0 ? 'keys seals' : 'keys opens');
    terminal.write(words('keys line', { key: kid, role, count: counts.get(kid) ?? 0 }));
  }
  refuseMissing(configured, counts, { words, terminal });
}

async function resealAll({ words, terminal }: Telling): Promise<void> {
  const configured = readConfigured(terminal, words);
  refuseMissing(configured, await countsIn(configured), { words, terminal });
  const { config, organisation, seal } = configured;
  const raw = await openRaw(config.store, organisation, { mustExist: true });
  const progress = terminal.progress(words('keys progress'));
  try {
    const { resealed, remaining } = await withStore(configured, (store) =>
      reseal({ raw, store, seal }, progress.show),
    );
    progress.end();
    const isSettled = await raw.settle();
    terminal.write(words('keys resealed', { count: resealed, key: seal.keyId }));
    terminal.write(words('keys remaining', { count: remaining }));
    if (remaining > 0) throw new Refused(words('keys again'));
    if (!isSettled) throw new Refused(words('keys unsettled'));
  } finally {
    progress.end();
    await raw.close();
  }
}

async function countsIn({ config, organisation }: Configured): Promise<Map<string, number>> {
  const raw = await openRaw(config.store, organisation, { mustExist: true });
  try {
    return await countByKey(raw);
  } finally {
    await raw.close();
  }
}

/** A key that something lies under and that is not in the set is named before anything else is done. */
function refuseMissing({ keySet }: Configured, counts: Map<string, number>, { words, terminal }: Telling) {
  const known = keySet.keys.map(({ kid }) => kid);
  const missing = [...counts.keys()].filter((kid) => !known.includes(kid));
  for (const kid of missing)
    terminal.write(
      words('keys line', { key: kid, role: words('keys missing'), count: counts.get(kid) ?? 0 }),
    );
  const [first] = missing;
  if (first !== undefined) throw new KeyFault(first, 'missing');
}

if (import.meta.main) process.exitCode = await runKeys(process.argv.slice(2), processTerminal());
