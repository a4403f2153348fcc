import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import project from '../../package.json' with { type: 'json' };
import { freePort } from '../free-port.ts';

const root = resolve(import.meta.dirname, '../..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');
const dockerfile = read('Dockerfile').replaceAll(/\\\n\s*/g, '');
const lines = (instruction: string) => [...dockerfile.matchAll(RegExp(`^${instruction} (.+)$`, 'gm'))];

/** What is copied out of the project, stage by stage. */
const copied = lines('COPY')
  .map(([, words = '']) => words.split(' '))
  .filter(([first]) => !first?.startsWith('--'))
  .flatMap((words) => words.slice(0, -1));
/** The program that an instruction runs, as it runs it: without a shell. */
const command = (instruction: string): string[] => {
  const [found] = lines(instruction).flatMap(([, words = '']) => words.match(/\["node".*/) ?? []);
  return JSON.parse(found ?? '[]');
};

describe('the Dockerfile', () => {
  it('takes the Node that the tests run on', () => {
    expect(lines('ARG')[0]?.[1]).toContain(`node:${project.devDependencies.node}-`);
  });

  it('copies only what .dockerignore lets through, and that is all it lets through', () => {
    const letThrough = read('.dockerignore').match(/(?<=^!).+$/gm);
    expect(new Set(letThrough)).toEqual(new Set(copied));
  });

  it('does not run as root', () => {
    expect(lines('USER')[0]?.[1]).toBe('1000:1000');
  });
});

/** What Teams asks when somebody opens a dialog; its answer is a card, which takes a template. */
const opening = {
  type: 'invoke',
  name: 'task/fetch',
  channelId: 'msteams',
  serviceUrl: 'http://127.0.0.1:9',
  from: { id: '29:merel', name: 'Merel', aadObjectId: '00000000-0000-4000-8000-000000000001' },
  recipient: { id: '28:klachtenbot', name: 'Klachtenbot' },
  conversation: { id: 'a:merel', conversationType: 'personal' },
  value: { data: { verb: 'log' } },
};

describe('what it copies, with the packages', () => {
  const folder = mkdtempSync(join(tmpdir(), 'klachten-image-'));
  let bot: ChildProcess | undefined;
  afterAll(() => {
    bot?.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  it('starts by its command, is healthy by its own check, draws cards, and ends with 0 on SIGTERM', async () => {
    for (const name of copied) cpSync(join(root, name), join(folder, name), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    const compiled = join(folder, 'compiled');
    const compile = { cwd: folder, env: { NODE_COMPILE_CACHE: compiled } };
    expect(spawnSync(process.execPath, command('RUN').slice(1), compile).status).toBe(0);
    expect(readdirSync(compiled, { recursive: true }).length).toBeGreaterThan(1000);
    const [, ...args] = command('CMD');
    const [, ...check] = command('HEALTHCHECK');
    const env = {
      NODE_COMPILE_CACHE: compiled,
      BOT_AUTH: 'none',
      PORT: String(await freePort()),
      SQLITE_FILE: join(folder, 'data', 'klachten.db'),
      ORGANISATION_FILE: join(root, 'demo/organisation.json'),
    };
    const isHealthy = () => spawnSync(process.execPath, check, { cwd: folder, env }).status === 0;

    expect(isHealthy()).toBe(false);
    bot = spawn(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
    await once(bot.stdout as NodeJS.ReadableStream, 'data');
    expect(isHealthy()).toBe(true);
    const answer = await fetch(`http://127.0.0.1:${env.PORT}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(opening),
    });
    expect(await answer.text()).toContain('"type":"AdaptiveCard"');
    bot.kill('SIGTERM');
    expect(await once(bot, 'exit')).toEqual([0, null]);
  });
});
