import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLookout, type Lookout } from '../../src/app/lookout.ts';
import { type Lateness, Unreachable } from '../../src/app/messenger.ts';
import { owe } from '../../src/app/outbox.ts';
import { createReadiness } from '../../src/app/readiness.ts';
import type { Store } from '../../src/app/store.ts';
import { notify } from '../../src/domain/notices.ts';
import { createLog } from '../../src/log.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import {
  accepted,
  administrator,
  employee,
  lead,
  log,
  newCommandId,
  now,
  organisation,
  seal,
} from '../fixtures.ts';

let folder: string;
let store: Store;
let clock: Date;
/** What administrators were told, as 'whom: since, goes on or over'. */
let told: string[];
/** What telling somebody does first; throws where they can't be reached. */
let faulty: (whom: string) => Promise<void>;
let reports: number;
let references = 0;

const minute = 60_000;
const at = (minutes: number) => new Date(now.getTime() + minutes * minute);
const reminder = {
  tellLateness: async ({ name }: { name: string }, { since, goesOn }: Lateness) => {
    await faulty(name);
    const minutes = (Date.parse(since) - now.getTime()) / minute;
    told.push(`${name}: ${minutes}, ${goesOn ? 'goes on' : 'over'}`);
  },
};
const instance = () =>
  createLookout({ store, clock: () => clock, reminder, lateAfter: 15, report: () => reports++ });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'klachten-'));
  store = openSqliteStore(join(folder, 'test.db'), seal);
  await store.saveOrganisation(organisation);
  clock = now;
  told = [];
  reports = 0;
  faulty = async () => undefined;
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** A complaint that owes a notice from a minute on; gives its id. */
async function owes(minutes: number): Promise<string> {
  const id = newCommandId();
  const reference = `K-2026-${String(++references).padStart(4, '0')}`;
  const complaint = { ...accepted(log({}, employee, id)), reference };
  await store.commit({ complaint, outbox: owe(notify('receipt', [employee]), id, at(minutes)), posted: [] });
  return id;
}
/** The notice got out. */
async function settle(id: string): Promise<void> {
  const { version = '', ...document } = (await store.load(id)) ?? {};
  await store.commit({ ...(document as Parameters<Store['commit']>[0]), outbox: [] }, version);
}
const lookAt = async (lookout: Lookout, minutes: number) => {
  clock = at(minutes);
  await lookout.look();
  return lookout.isStuck();
};
const posted = { outcome: 'posted' } as const;
const failed = (failure: unknown = new Error('away')) => ({ outcome: 'failed', failure }) as const;
const away = async () => Promise.reject(new Error('away'));

describe('while everything gets out', () => {
  it('nothing is said, however little there is to send', async () => {
    const lookout = instance();
    for (const minutes of [0, 60, 600]) expect(await lookAt(lookout, minutes)).toBe(false);
    expect(told).toEqual([]);
  });

  it('one who can not be reached is no outage: others are', async () => {
    const lookout = instance();
    await owes(0);
    for (let minutes = 0; minutes < 400; minutes += 5) {
      clock = at(minutes);
      lookout.hear(minutes % 10 === 0 ? failed() : posted);
      expect(await lookAt(lookout, minutes)).toBe(false);
    }
    expect(told).toEqual([]);
  });

  it('one who can not be reached while nothing else is sent: the administrators are told, once, and that shows', async () => {
    const lookout = instance();
    await owes(0);
    expect(await lookAt(lookout, 14)).toBe(false);
    for (const minutes of [15, 16, 45, 400]) expect(await lookAt(lookout, minutes)).toBe(false);
    expect(told).toEqual(['Beheerder: 0, goes on']);
  });
});

describe('an outage', () => {
  it('is one when a notice waited for as long as it may, and not a moment before', async () => {
    faulty = away;
    const lookout = instance();
    await owes(0);
    expect(await lookAt(lookout, 14.99)).toBe(false);
    expect(await lookAt(lookout, 15)).toBe(true);
  });

  it('is told of as soon as the administrators can be reached, and then is over', async () => {
    faulty = away;
    const lookout = instance();
    await owes(0);
    await owes(5);
    for (const minutes of [15, 16, 17]) expect(await lookAt(lookout, minutes)).toBe(true);
    faulty = async () => undefined;
    expect(await lookAt(lookout, 18)).toBe(false);
    expect(await lookAt(lookout, 30)).toBe(false);
    expect(told).toEqual(['Beheerder: 0, goes on']);
    expect(reports).toBe(3);
  });

  it('that ended before they could be reached is still told of', async () => {
    faulty = away;
    const lookout = instance();
    const id = await owes(0);
    expect(await lookAt(lookout, 20)).toBe(true);
    faulty = async () => undefined;
    await settle(id);
    lookout.hear(posted);
    expect(await lookAt(lookout, 21)).toBe(false);
    expect(await lookAt(lookout, 22)).toBe(false);
    expect(told).toEqual(['Beheerder: 0, over']);
  });

  it('is not tried to be told of more often than twice a minute', async () => {
    faulty = away;
    const lookout = instance();
    await owes(0);
    for (let seconds = 0; seconds < 60; seconds += 5) await lookAt(lookout, 15 + seconds / 60);
    expect(reports).toBe(2);
  });

  it('that comes after another was over is told of again', async () => {
    faulty = away;
    const lookout = instance();
    await owes(0);
    await lookAt(lookout, 15);
    faulty = async () => undefined;
    await lookAt(lookout, 16);
    faulty = away;
    await owes(17);
    expect(await lookAt(lookout, 31)).toBe(false);
    expect(await lookAt(lookout, 32)).toBe(true);
    faulty = async () => undefined;
    expect(await lookAt(lookout, 33)).toBe(false);
    expect(told).toEqual(['Beheerder: 0, goes on', 'Beheerder: 17, goes on']);
  });

  it('is none where the channel refuses for good: it answers', async () => {
    const lookout = instance();
    await owes(0);
    clock = at(14);
    lookout.hear(failed(new Unreachable('gone')));
    expect(await lookAt(lookout, 15)).toBe(false);
    expect(told).toEqual([]);
    faulty = () => Promise.reject(new Unreachable('gone'));
    expect(await lookAt(lookout, 30)).toBe(false);
  });

  it('is told to each administrator who can be reached', async () => {
    const { version } = (await store.loadOrganisation()) ?? {};
    await store.saveOrganisation({ ...organisation, administrators: [administrator, lead] }, version);
    faulty = (whom) => (whom === administrator.name ? away() : Promise.resolve());
    await owes(0);
    expect(await lookAt(instance(), 15)).toBe(false);
    expect([told, reports]).toEqual([['Leidinggevende: 0, goes on'], 1]);
  });

  it('seen by several instances is told once, also by one that starts anew', async () => {
    faulty = away;
    const [one, two] = [instance(), instance()];
    await owes(0);
    clock = at(15);
    await Promise.all([one.look(), two.look()]);
    for (const minutes of [16, 17]) {
      expect(await lookAt(one, minutes)).toBe(true);
      expect(await lookAt(two, minutes)).toBe(true);
    }
    faulty = async () => undefined;
    clock = at(18);
    await Promise.all([one.look(), two.look()]);
    expect([await lookAt(one, 19), await lookAt(two, 19)]).toEqual([false, false]);
    expect(await lookAt(instance(), 19)).toBe(false);
    expect(told).toEqual(['Beheerder: 0, goes on']);
  });
});

describe('readiness', () => {
  it('asks the store once a second at most, whoever asks, and says why it is not ready', async () => {
    const lines: string[] = [];
    let time = 0;
    let asked = 0;
    let stuck = false;
    const check = async () => {
      asked++;
      if (time === 2000) throw new Error('away');
    };
    const destination = { write: (line: string) => void lines.push(line) };
    const ready = createReadiness(
      { check },
      { isStuck: () => stuck },
      createLog('info', destination),
      () => time,
    );
    const answers = async () => Promise.all(Array.from({ length: 100 }, ready));
    expect([new Set(await answers()), asked]).toEqual([new Set([true]), 1]);
    time = 1000;
    stuck = true;
    expect([new Set(await answers()), asked]).toEqual([new Set([false]), 2]);
    time = 2000;
    stuck = false;
    expect([new Set(await answers()), asked]).toEqual([new Set([false]), 3]);
    time = 2999;
    expect(await ready()).toBe(false);
    time = 3000;
    expect(await ready()).toBe(true);
    expect(lines.map((line) => JSON.parse(line).msg)).toEqual([
      'not ready: notices wait too long',
      'not ready',
    ]);
  });
});
