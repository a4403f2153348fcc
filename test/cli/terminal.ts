// A terminal that remembers what was said, and the tools as processes of their own.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Terminal } from '../../src/cli/terminal.ts';
import { now } from '../fixtures.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

let seconds = 0;

/** A terminal with these settings; `said` and `told` are what was written to it, `asked` what it was asked. */
export function fakeTerminal(environment: Record<string, string> = {}, answer?: string) {
  const said: string[] = [];
  const told: string[] = [];
  const asked: string[] = [];
  const steps: [number, number][] = [];
  const terminal: Terminal = {
    environment,
    write: (text) => void said.push(text),
    tell: (text) => void told.push(text),
    ask: async (question) => {
      asked.push(question);
      return answer;
    },
    progress: () => ({ show: (done, total) => void steps.push([done, total]), end: () => undefined }),
    user: 'functionaris',
    // Each look at the clock is a second later, so that what follows has a later moment.
    clock: () => new Date(now.getTime() + ++seconds * 1000),
  };
  return { terminal, said, told, asked, steps };
}

export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** Runs a tool as a process of its own, without anybody at its terminal. */
export async function runTool(
  tool: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<Ended> {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [`src/cli/${tool}.ts`, ...args], {
    cwd: root,
    env: { PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended: Ended = { code: null, out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    ended.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    ended.err += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ ...ended, code }));
  });
}
