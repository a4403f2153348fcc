// `npm run privacy`: what the privacy officer can do with a person's data (R14).
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import {
  accessLog,
  destroyOnRequest,
  filesOf,
  findAnyway,
  findPerson,
  type NamedEntry,
  type Officer,
  showComplaint,
} from '../app/privacy.ts';
import type { ComplaintDocument, Store } from '../app/store.ts';
import { textsFor } from '../cards/texts.ts';
import { isActive } from '../domain/complaint.ts';
import { readReference } from '../domain/reference.ts';
import { asJson, asText } from './handover.ts';
import { readConfigured, withStore } from './places.ts';
import { Refused, runProgram } from './program.ts';
import { readSought } from './sought.ts';
import { processTerminal, type Terminal } from './terminal.ts';
import type { Key, Words } from './words.ts';

interface Tool {
  words: Words;
  terminal: Terminal;
}

/** Runs the tool. Gives its exit code. */
export function runPrivacy(args: readonly string[], terminal: Terminal): Promise<number> {
  return runProgram(
    'privacy',
    (program, words) => {
      const tool = { words, terminal };
      program.description(words('privacy about')).addHelpText('after', `\n${words('privacy after')}`);
      const command = (name: string, key: Key): Command => program.command(name).description(words(key));
      command('find', 'privacy find about')
        .argument('[who]', words('privacy find who'))
        .action((who: string | undefined) => find(who, tool));
      command('show', 'privacy show about')
        .argument('<reference>', words('privacy reference'))
        .option('--out <file>', words('privacy show out'))
        .option('--files <folder>', words('privacy show files'))
        .action((typed: string, options: Showing) => show(typed, options, tool));
      command('destroy', 'privacy destroy about')
        .argument('<reference>', words('privacy reference'))
        .option('--confirm <reference>', words('privacy destroy confirm'))
        .option('--active <reason>', words('privacy destroy active'))
        .action((typed: string, options: { confirm?: string; active?: string }) =>
          destroy(typed, options, tool),
        );
      command('access-log', 'privacy access-log about')
        .argument('[reference]', words('privacy access-log reference'))
        .action((typed: string | undefined) => tellAccess(typed, tool));
    },
    args,
    terminal,
  );
}

async function asOfficer<T>({ words, terminal }: Tool, use: (officer: Officer) => Promise<T>): Promise<T> {
  const { clock, user } = terminal;
  const configured = readConfigured(terminal, words);
  const { files } = configured;
  return withStore(configured, (store: Store) => use({ store, clock, files, by: user }));
}

async function find(who: string | undefined, tool: Tool): Promise<void> {
  const { words, terminal } = tool;
  const typed = who ?? (await terminal.ask(words('privacy find ask')));
  if (typed === undefined) throw new Refused(words('privacy find nobody-asked'));
  const sought = readSought(typed);
  if (!sought) throw new Refused(words('privacy find nobody'));
  const progress = terminal.progress(words('privacy progress'));
  const found = await asOfficer(tool, (officer) => findPerson(sought, officer, progress.show)).finally(
    progress.end,
  );
  const texts = textsFor(words.language);
  for (const { document, parts } of found) {
    const { reference, state, loggedAt } = document.complaint;
    const as = parts.map((part) => words(`part ${part}`)).join(', ');
    const line = { reference, as, state: texts(`state.${state}`), day: texts.day(loggedAt) };
    terminal.write(words('privacy found', line));
  }
  terminal.write(words('privacy found in', { count: found.length }));
}

/** Where what is shown is written. */
interface Showing {
  out?: string;
  files?: string;
}

async function show(typed: string, { out, files: folder }: Showing, tool: Tool): Promise<void> {
  const { words, terminal } = tool;
  const reference = referenceIn(typed, words);
  const shown = await asOfficer(tool, async (officer) => {
    const found = await showComplaint(reference, officer);
    if (folder !== undefined && found && 'complaint' in found) await writeFiles(found, folder, officer, tool);
    return found;
  });
  if (!shown) throw new Refused(words('privacy unknown', { reference }));
  if (!('complaint' in shown)) throw new Refused(sayDestroyed(shown, words));
  const isJson = out?.toLowerCase().endsWith('.json');
  const content = isJson ? asJson(shown, terminal.clock()) : asText(shown, words, terminal.clock());
  if (out === undefined) return terminal.write(content);
  writeNew(out, `${content}\n`, words);
  terminal.write(words('privacy shown', { reference, file: out }));
}

/** Writes the files of a complaint in a folder, numbered as they were added: two may have one name. */
async function writeFiles(
  document: ComplaintDocument,
  folder: string,
  officer: Officer,
  { words, terminal }: Tool,
): Promise<void> {
  const { files } = officer;
  if (!files) throw new Refused(words('privacy no-files'));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  let number = 0;
  for await (const { fileName, content } of filesOf(document, officer)) {
    const file = join(folder, `${++number}-${fileName}`);
    if (content) writeNew(file, content, words);
    terminal.write(
      words(content ? 'privacy file' : 'privacy file gone', { file: content ? file : fileName }),
    );
  }
  terminal.write(words('privacy files', { count: number }));
}

/** Writes what only its owner may read; nothing is overwritten. */
function writeNew(file: string, content: string | Uint8Array, words: Words): void {
  try {
    writeFileSync(file, content, { mode: 0o600, flag: 'wx' });
  } catch (fault) {
    if ((fault as { code?: unknown }).code !== 'EEXIST') throw fault;
    throw new Refused(words('privacy show there', { file }));
  }
}

async function destroy(
  typed: string,
  { confirm, active }: { confirm?: string; active?: string },
  tool: Tool,
): Promise<void> {
  const { words, terminal } = tool;
  const reference = referenceIn(typed, words);
  const outcome = await asOfficer(tool, async (officer) => {
    const there = await findAnyway(reference, officer.store);
    if (there && !('complaint' in there)) throw new Refused(sayDestroyed(there, words));
    if (there && isActive(there.complaint) && !active?.trim())
      throw new Refused(words('privacy still-active', { reference }));
    if (there) {
      const answer = confirm ?? (await terminal.ask(words('privacy destroy ask', { reference })));
      if (answer?.trim() !== reference) throw new Refused(words('privacy unconfirmed', { reference }));
    }
    return destroyOnRequest(reference, active?.trim() || undefined, officer);
  });
  if (outcome === 'not-there') throw new Refused(words('privacy unknown', { reference }));
  if (outcome === 'active') throw new Refused(words('privacy still-active', { reference }));
  terminal.write(words('privacy destroyed', { reference }));
  if (outcome === 'files-left') terminal.write(words('privacy files left'));
}

async function tellAccess(typed: string | undefined, tool: Tool): Promise<void> {
  const { words, terminal } = tool;
  const reference = typed === undefined ? undefined : referenceIn(typed, words);
  await asOfficer(tool, async (officer) => {
    for await (const entry of accessLog(reference, officer)) terminal.write(sayEntry(entry, words));
  });
}

function sayEntry(entry: NamedEntry, words: Words): string {
  const { name } = entry;
  const at = textsFor(words.language).moment(entry.at);
  if (entry.log === 'look') {
    const { reference, file } = entry;
    return file === undefined
      ? words('log look', { at, name, reference })
      : words('log look-file', { at, name, reference, file });
  }
  if (entry.log === 'change') return words('log change', { at, name, change: entry.change });
  return words('log privacy', { at, name, use: entry.use });
}

function sayDestroyed(
  { reference, destroyedAt, rule }: { reference: string; destroyedAt: string; rule: string },
  words: Words,
): string {
  const at = textsFor(words.language).moment(destroyedAt);
  return words('privacy already', { reference, at, rule });
}

function referenceIn(typed: string, words: Words): string {
  const reference = readReference(typed);
  if (reference === undefined) throw new Refused(words('privacy no-reference', { typed }));
  return reference;
}

if (import.meta.main) process.exitCode = await runPrivacy(process.argv.slice(2), processTerminal());
