import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from 'vitest';
import { startLocalTeams } from '../../demo/local-teams.ts';
import { colleague, employee, everybody } from '../fixtures.ts';
import { freePort } from '../free-port.ts';
import {
  at,
  cardOf,
  dataOf,
  type Harness,
  inputsOf,
  referenceOn,
  startHarness,
  typedComplaint,
  wordsOf,
} from './harness.ts';

let harness: Harness | undefined;
afterEach(async () => {
  await harness?.stop();
  harness = undefined;
});

/** Holds the database so that nobody else can write, for longer than the bot waits. */
function lock(file: string): () => void {
  const db = new DatabaseSync(file);
  db.exec('BEGIN EXCLUSIVE');
  return () => {
    db.exec('ROLLBACK');
    db.close();
  };
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('when the store is away', () => {
  it('nothing is said to be recorded, nothing typed is lost, and pressing again records it once', async () => {
    harness = await startHarness();
    const form = cardOf(await at(harness, employee).screen());
    const data = { ...dataOf(form, 'Vastleggen'), ...typedComplaint };
    const release = lock(harness.databaseFile);
    const again = cardOf(await at(harness, employee).press(data));
    release();
    expect(wordsOf(again)).toContain('Het vastleggen is niet gelukt of niet bevestigd');
    expect(inputsOf(again)).toMatchObject({
      description: typedComplaint.description,
      phone: '070 763 06 06',
    });
    expect(referenceOn(again)).toBe('');
    const receipt = cardOf(
      await at(harness, employee).press({ ...inputsOf(again), ...dataOf(again, 'Vastleggen') }),
    );
    expect(wordsOf(receipt)).toContain('Uw klacht is vastgelegd');
    expect(harness.logged()).toContain('"command failed"');
    expect(harness.logged()).not.toMatch(/kanarie|070 763|31707630606/i);
  });
});

describe('when the channel is away', () => {
  it('the notice waits, and arrives when it is back', async () => {
    harness = await startHarness();
    let calls = 0;
    harness.intercept.with = ({ method }) => {
      calls += method === 'POST' ? 1 : 0;
      return calls > 1 ? undefined : { status: 503 };
    };
    await at(harness, employee).log({ concernedIds: '' });
    expect(
      await harness.teams.waitFor(
        harness.teams.personalChat(employee.id),
        ({ card }) => wordsOf(card).includes('Deze klacht heb je vastgelegd'),
        15_000,
      ),
    ).toBeDefined();
    expect(calls).toBe(2);
  });

  it('does not hold up the answer to the person', async () => {
    harness = await startHarness();
    harness.intercept.with = () => 'drop';
    expect(referenceOn(await at(harness, employee).log())).toBe(
      'K-2026-0001'.replace('2026', String(new Date().getFullYear())),
    );
  });

  it('a message that was taken but not answered is not repeated by the client itself', async () => {
    harness = await startHarness();
    let posts = 0;
    harness.intercept.with = ({ method }) => {
      if (method === 'POST') posts++;
      return 'drop';
    };
    await harness.teams.say(employee.id, 'help').catch(() => undefined);
    // The answer, and the sentence that says that it failed.
    expect(posts).toBe(2);
  });
});

describe('a bot that is killed', () => {
  const children: ChildProcess[] = [];
  const folders: string[] = [];
  const output: string[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });

  async function startProcess(port: number, databaseFile: string): Promise<ChildProcess> {
    const child = spawn(process.execPath, ['src/main.ts'], {
      env: {
        BOT_AUTH: 'none',
        PORT: String(port),
        SQLITE_FILE: databaseFile,
        ORGANISATION_FILE: 'demo/organisation.json',
        LOG_LEVEL: 'debug',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (part) => void output.push(String(part)));
    for (let waited = 0; waited < 100; waited++) {
      const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
      if (answer?.status === 200) return child;
      await pause(100);
    }
    throw new Error('the bot did not start');
  }

  async function startWith(intercept: Parameters<typeof startLocalTeams>[0]['intercept']) {
    const folder = mkdtempSync(join(tmpdir(), 'klachten-'));
    folders.push(folder);
    const databaseFile = join(folder, 'test.db');
    const port = await freePort();
    const child = await startProcess(port, databaseFile);
    const botUrl = `http://127.0.0.1:${port}/api/messages`;
    const teams = await startLocalTeams({ botUrl, people: everybody, ...(intercept && { intercept }) });
    for (const { id } of everybody) await teams.install(id);
    return { teams, child, databaseFile, restart: () => startProcess(port, databaseFile) };
  }

  it('right after the receipt has lost neither the complaint nor the notice', async () => {
    let reachable = true;
    const { teams, child, restart } = await startWith(() => (reachable ? undefined : { status: 503 }));
    const people = { teams } as Harness;
    reachable = false;
    const receipt = await at(people, employee).log();
    child.kill('SIGKILL');
    await once(child, 'exit');
    reachable = true;
    await restart();
    const words = wordsOf(await at(people, employee).ask(`klacht ${referenceOn(receipt)}`));
    expect(words).toContain('in behandeling');
    const told = await teams.waitFor(
      teams.personalChat(colleague.id),
      ({ card }) => wordsOf(card).includes('Er is een klacht vastgelegd die over jou gaat'),
      45_000,
    );
    expect(wordsOf(told.card)).toContain(referenceOn(receipt));
    await teams.close();
  }, 60_000);

  it('by SIGTERM ends the turn under way: its receipt arrives, and the process exits with 0', async () => {
    const { teams, child, databaseFile } = await startWith(undefined);
    const people = { teams } as Harness;
    const form = cardOf(await at(people, employee).screen());
    const release = lock(databaseFile);
    const pressed = at(people, employee).press({ ...dataOf(form, 'Vastleggen'), ...typedComplaint });
    await pause(200);
    child.kill('SIGTERM');
    await pause(200);
    release();
    const [receipt, [code]] = await Promise.all([pressed, once(child, 'exit')]);
    expect(wordsOf(cardOf(receipt))).toContain('Uw klacht is vastgelegd');
    expect(code).toBe(0);
    await teams.close();
  });

  it('R13: nothing that was typed, well-formed or not, stands in its output', async () => {
    const { teams, child } = await startWith(undefined);
    output.length = 0;
    await at({ teams } as Harness, employee).log();
    for (const body of [{ text: 'kanarie' }, { type: 'message', from: { name: 'kanarie' } }, ['kanarie']]) {
      expect((await teams.post(body)).status).toBe(400);
    }
    child.kill('SIGTERM');
    await once(child, 'exit');
    expect(output.join('')).toContain('"command"');
    expect(output.join('')).not.toMatch(/kanarie|070 763|31707630606|00000000-0000-4000/i);
    await teams.close();
  });
});
