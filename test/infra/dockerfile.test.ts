import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPromise } from 'yauzl';
import { liveYear } from '../../demo/a-year.ts';
import project from '../../package.json' with { type: 'json' };
import { organisation, seal, testKeys } from '../fixtures.ts';
import { freePort } from '../free-port.ts';
import { everyPlace, type Place } from '../store/places.ts';

const root = resolve(import.meta.dirname, '../..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');
const dockerfile = read('Dockerfile').replaceAll(/\\\n\s*/g, '');
const lines = (instruction: string) => [...dockerfile.matchAll(RegExp(`^${instruction} (.+)$`, 'gm'))];

/** What is copied: from the project, or with `--from=build` from where it was bundled. */
const copies = lines('COPY').map(([, words = '']) => words.split(' '));
const copied = copies.filter(([first]) => !first?.startsWith('--')).flatMap((words) => words.slice(0, -1));
const built = copies.filter(([first]) => first === '--from=build');
/** The program that an instruction runs, as it runs it: without a shell. */
const command = (instruction: string): string[] => {
  const [found] = lines(instruction).flatMap(([, words = '']) => words.match(/\["(?:node|npm)".*/) ?? []);
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

  it('bounds the heap as npm start does', () => {
    const flags = (words: string[]) => words.filter((word) => word.startsWith('--max-'));
    expect(flags(command('CMD'))).toEqual(flags(project.scripts.start.split(' ')));
    expect(flags(command('CMD'))).toHaveLength(2);
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

/** Its folder as the Dockerfile makes it, and what the program that it runs takes from its environment. */
const image = mkdtempSync(join(tmpdir(), 'klachten-image-'));
const [, options = ''] = /NODE_OPTIONS=(\S+)/.exec(dockerfile) ?? [];
const inImage = (environment: Record<string, string>) => ({
  cwd: image,
  env: { PATH: process.env['PATH'] ?? '', NODE_OPTIONS: options, ...environment },
});

beforeAll(() => {
  const build = mkdtempSync(join(tmpdir(), 'klachten-build-'));
  for (const name of copied) cpSync(join(root, name), join(build, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(build, 'node_modules'));
  const [npm = '', ...args] = command('RUN');
  expect(spawnSync(npm, args, { cwd: build }).status).toBe(0);
  for (const [, from = '', to = ''] of built) {
    cpSync(from.replace('/app', build), join(image, to), { recursive: true });
  }
  cpSync(join(root, 'package.json'), join(image, 'package.json'));
  rmSync(build, { recursive: true });
}, 60_000);
afterAll(() => rmSync(image, { recursive: true }));

describe.each(everyPlace())('the image, on %s', (_name, open) => {
  let place: Place;
  let bot: ChildProcess | undefined;
  let settings: Record<string, string>;
  beforeAll(async () => {
    place = await open();
    settings = { ...place.environment, SEALING_KEYS: JSON.stringify(testKeys) };
    const store = await place.open(seal);
    await store.saveOrganisation(organisation);
    await liveYear({ year: 2025, complaints: 20, seed: 7 }, store);
    await store.close();
  }, 60_000);
  afterAll(async () => {
    bot?.kill('SIGKILL');
    await place.remove();
  });

  it('starts by its command, is healthy by its own check, draws cards, and ends with 0 on SIGTERM', async () => {
    const [, ...args] = command('CMD');
    const [, ...check] = command('HEALTHCHECK');
    const env = { ...settings, PORT: String(await freePort()) };
    const isHealthy = () => spawnSync(process.execPath, check, inImage(env)).status === 0;

    expect(isHealthy()).toBe(false);
    bot = spawn(process.execPath, args, { ...inImage(env), stdio: ['ignore', 'pipe', 'pipe'] });
    let complaints = '';
    bot.stderr?.on('data', (chunk) => {
      complaints += chunk;
    });
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
    expect(complaints).toBe('');
  });

  it('makes the yearly report, with its charts', async () => {
    const args = ['dist/cli/report.js', '--year', '2025', '--out', 'report.docx'];
    await promisify(execFile)(process.execPath, args, inImage(settings));
    const file = join(image, 'report.docx');
    const names = [];
    for await (const { fileName } of (await openPromise(file)).eachEntry()) names.push(fileName);
    expect(names).toContainEqual(expect.stringMatching(/^word\/media\/.+\.png$/));
    rmSync(file);
  });
});

const tools = Object.values(project.scripts).flatMap(
  (script) => /src\/(cli\/.+)\.ts/.exec(script)?.[1] ?? [],
);

it.each(tools)('the image has the tool %s', (tool) => {
  const asked = spawnSync(process.execPath, [`dist/${tool}.js`, '--help'], inImage({}));
  expect([asked.status, String(asked.stdout)]).toEqual([0, expect.stringContaining('npm run')]);
});
