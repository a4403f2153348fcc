// Some hundred notices, and a connector that fails at random: `NOTICES` and `SEED` for others.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { BotCall, Reply } from '../../demo/connector.ts';
import type { Fault } from '../../demo/local-teams.ts';
import type { Person } from '../../src/domain/people.ts';
import { wordsOf } from '../bot/harness.ts';
import { now } from '../fixtures.ts';
import { randomFrom, seed } from './kills.ts';
import { openWorld } from './outbox-world.ts';

const notices = Number(process.env['NOTICES'] ?? 400);

/** Each with the share of tries that meet it. */
const faults: [share: number, fault: Reply | Fault][] = [
  [0.1, { status: 429, headers: { 'retry-after': '30' } }],
  [0.05, { status: 429 }],
  [0.1, { status: 500 }],
  [0.1, { status: 503, headers: { 'content-type': 'text/html' }, text: '<p>' }],
  [0.1, 'drop'],
  [0.15, 'take-drop'],
  [0.05, { status: 200, text: '{"id"' }],
];

/** What meets the nth try of a notice: the same for the same seed, in whatever order they come. */
function drawn(key: string, nth: number): Reply | Fault | undefined {
  const hash = createHash('sha256').update(`${seed} ${key} ${nth}`).digest().readInt32LE();
  let left = randomFrom(hash)();
  return faults.find(([share]) => {
    left -= share;
    return left < 0;
  })?.[1];
}

describe(`${notices} notices, seed ${seed}`, () => {
  it('each arrives; twice only where nobody could know whether it had', async () => {
    const people: Person[] = Array.from({ length: notices / 2 }, (_none, index) => ({
      id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      name: `Collega ${index}`,
    }));
    const world = await openWorld(people);
    const tries = new Map<string, number>();
    /** How often each was taken, and nobody could know. */
    const unclear = new Map<string, number>();
    const met: Record<string, number> = {};
    world.intercept = ({ method, path, body }: BotCall) => {
      const reference = /K-\d{4}-\d{4}/.exec(JSON.stringify(body))?.[0];
      if (method !== 'POST' || !reference) return undefined;
      const key = `${path.split('/')[3]} ${reference}`;
      const nth = tries.get(key) ?? 0;
      tries.set(key, nth + 1);
      const fault = drawn(key, nth);
      if (fault === 'take-drop') unclear.set(key, (unclear.get(key) ?? 0) + 1);
      const name = fault === undefined ? 'taken' : typeof fault === 'string' ? fault : String(fault.status);
      met[name] = (met[name] ?? 0) + 1;
      return fault;
    };
    for (const [index, person] of people.entries()) {
      const concerned = people[(index + 1) % people.length] as Person;
      await world.log(`form-${index}`, person, { concerned: [concerned] });
    }
    await world.deliverUntil(new Date(now.getTime() + 24 * 3_600_000));
    expect(await world.owed()).toEqual([]);

    const seen = new Map<string, number>();
    for (const { id } of people) {
      const chat = world.teams.personalChat(id);
      for (const { card } of world.teams.messages(chat)) {
        const key = `${encodeURIComponent(chat)} ${/K-\d{4}-\d{4}/.exec(wordsOf(card))?.[0]}`;
        seen.set(key, (seen.get(key) ?? 0) + 1);
      }
    }
    const wrong = [...tries.keys()].filter((key) => seen.get(key) !== 1 + (unclear.get(key) ?? 0));
    const sum = [...tries.values()].reduce((total, count) => total + count, 0);
    console.log(
      `${tries.size} notices in ${sum} tries (${JSON.stringify(met)}): ${notices - seen.size} lost,`,
      `${unclear.size} seen more than once since nobody could know, ${wrong.length} for another reason`,
    );
    expect([tries.size, seen.size]).toEqual([notices, notices]);
    expect(wrong).toEqual([]);
    await world.stop();
  });
});
