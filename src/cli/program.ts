import { Command, CommanderError } from 'commander';
import { ConfigFault } from '../config/fault.ts';
import { Fault } from '../fault.ts';
import { KeyFault } from '../store/seal.ts';
import type { Terminal } from './terminal.ts';
import { type Key, type Words, wordsFor } from './words.ts';

/** Something that was asked for and is not done; the message is said as it is. */
export class Refused extends Error {
  override name = 'Refused';
}

const exitCodes = { done: 0, failed: 1, usage: 2 } as const;

/**
 * Runs a tool with its arguments. Gives 0 where it did what was asked, 1 where it could not or would not, and 2 where
 * it was not understood; what went wrong is told in one line or a few, never as a stack.
 */
export async function runProgram(
  name: string,
  build: (program: Command, words: Words) => void,
  args: readonly string[],
  terminal: Terminal,
): Promise<number> {
  const words = wordsFor(args, terminal.environment);
  const program = new Command(`npm run ${name} --`)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.write(text.trimEnd()),
      writeErr: (text) => terminal.tell(text.trimEnd()),
      outputError: () => undefined,
    })
    .configureHelp({ styleTitle: (title) => words(`title ${title}` as Key) })
    .helpOption('-h, --help', words('option help'))
    .helpCommand(false)
    .option('--lang <nl|en>', words('option lang'));
  build(program, words);
  for (const command of program.commands) command.option('--lang <nl|en>', words('option lang'));
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCodes.done;
  } catch (fault) {
    if (fault instanceof CommanderError) return misunderstood(fault, words, terminal);
    terminal.tell(sayFault(fault, words));
    return exitCodes.failed;
  }
}

function misunderstood({ code, message, exitCode }: CommanderError, words: Words, terminal: Terminal) {
  if (exitCode === 0) return exitCodes.done;
  // Called without a command: the help was shown.
  if (code === 'commander.help') return exitCodes.usage;
  const named = /'([^']+)'/.exec(message)?.[1] ?? '';
  const known: Partial<Record<string, Key>> = {
    'commander.unknownOption': 'usage unknown-option',
    'commander.unknownCommand': 'usage unknown-command',
    'commander.missingArgument': 'usage missing-argument',
    'commander.optionMissingArgument': 'usage missing-value',
    'commander.missingMandatoryOptionValue': 'usage missing-option',
    'commander.excessArguments': 'usage too-many',
  };
  const key = known[code];
  terminal.tell(key ? words(key, { named }) : message);
  terminal.tell(words('usage hint'));
  return exitCodes.usage;
}

function sayFault(fault: unknown, words: Words): string {
  if (fault instanceof Refused) return fault.message;
  if (fault instanceof ConfigFault) return fault.lines.join('\n');
  if (fault instanceof KeyFault) return words(`fault key-${fault.reason}`, { key: fault.keyId });
  if (fault instanceof Fault) return words('fault', { message: fault.message });
  // What a library says may quote what it was given; its kind and code can't.
  const { name, code } = fault as { name?: unknown; code?: unknown };
  const kind = [name, code].filter((part) => typeof part === 'string' || typeof part === 'number');
  return words('fault unknown', { kind: kind.join(' ') || typeof fault });
}
