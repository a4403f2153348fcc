// The connector fails, in every way that was seen or is told of: what becomes of the notices.
import { describe, expect, it } from 'vitest';
import type { Reply } from '../../demo/connector.ts';
import type { Fault } from '../../demo/local-teams.ts';
import { wordsOf } from '../bot/harness.ts';
import { administrator, colleague, director, employee, lead, now, senior } from '../fixtures.ts';
import { openWorld, type World } from './outbox-world.ts';

const hours = (count: number) => new Date(now.getTime() + count * 3_600_000);
const secondsAfter = (moment: Date) => (moment.getTime() - now.getTime()) / 1000;

/** What a person was sent, as words. */
const toldTo = ({ teams }: World, { id }: { id: string }) =>
  teams.messages(teams.personalChat(id)).map(({ card }) => wordsOf(card));
const receipts = (world: World, person = employee) =>
  toldTo(world, person).filter((words) => words.includes('Deze klacht heb je vastgelegd'));

/** Has calls to somebody's chat meet a fault, the first ones or all. */
function failFor(world: World, { id }: { id: string }, fault: () => Reply | Fault, times = 1): void {
  let left = times;
  const chat = encodeURIComponent(world.teams.personalChat(id));
  world.intercept = ({ path }) => (path.includes(chat) && left-- > 0 ? fault() : undefined);
}
/** When somebody's chat was called, in seconds. */
const triesFor = ({ calls, teams }: World, { id }: { id: string }) => {
  const chat = encodeURIComponent(teams.personalChat(id));
  return calls.flatMap(({ call, at }) => (call.path.includes(chat) ? secondsAfter(at) : []));
};

const html = { headers: { 'content-type': 'text/html' }, text: '<h1>Bad Gateway</h1>' };
const broken = { text: '{"id": "17' };
const error = (code: string) => ({ body: { error: { code, message: code } } });
const inNinetySeconds = () => new Date(Math.ceil(Date.now() / 1000) * 1000 + 90_000).toUTCString();

/** How often it is seen: twice only where it was taken and nobody could know; `wait` where the connector asks for one. */
const passing: [
  name: string,
  fault: () => Reply | Fault,
  seen: number,
  wait?: [least: number, most: number],
][] = [
  ['429 that says 90 seconds', () => ({ status: 429, headers: { 'retry-after': '90' } }), 1, [90, 90]],
  [
    '429 that says until when',
    () => ({ status: 429, headers: { 'retry-after': inNinetySeconds() } }),
    1,
    [90, 92],
  ],
  ['429 that says nothing', () => ({ status: 429 }), 1, [2, 2]],
  ['429 that says nonsense', () => ({ status: 429, headers: { 'retry-after': 'soon' } }), 1, [2, 2]],
  [
    '429 that says a century',
    () => ({ status: 429, headers: { 'retry-after': '3153600000' } }),
    1,
    [3600, 3600],
  ],
  ['429 as a page of HTML', () => ({ status: 429, ...html }), 1, [2, 2]],
  ['500', () => ({ status: 500, ...error('ServiceError') }), 1],
  ['503', () => ({ status: 503 }), 1],
  ['503 as a page of HTML', () => ({ status: 503, ...html }), 1],
  ['401', () => ({ status: 401, ...error('Unauthorized') }), 1],
  ['a connection that ends', () => 'drop', 1],
  ['a connection that ends once it was taken', () => 'take-drop', 2],
  ['no answer', () => 'hang', 1],
  ['no answer, once it was taken', () => 'take-hang', 2],
  // Whose answer that is nobody knows: Teams names the message that it took.
  ['200 as a page of HTML', () => ({ status: 200, ...html }), 1],
  ['half an answer', () => ({ status: 201, ...broken }), 1],
];

describe('a notice that meets a fault of the connector once', () => {
  it.concurrent.each(passing)('%s: arrives, and keeps no other waiting', async (_name, fault, seen, wait) => {
    const world = await openWorld();
    failFor(world, employee, fault);
    await world.log('form-1', employee);
    await world.log('form-2', colleague);
    await world.deliver();
    expect(receipts(world, colleague)).toHaveLength(1);
    await world.deliverUntil(hours(2));
    expect(await world.owed()).toEqual([]);
    expect(receipts(world)).toHaveLength(seen);
    const tries = triesFor(world, employee);
    expect(tries).toHaveLength(2);
    const [least, most] = wait ?? [2, 2];
    expect(tries[1]).toBeGreaterThanOrEqual(least);
    expect(tries[1]).toBeLessThanOrEqual(most);
    await world.stop();
  });
});

describe('a connector that is away for minutes', () => {
  it('every notice is tried ever more seldom, and arrives once when it is back', async () => {
    const world = await openWorld();
    const back = new Date(now.getTime() + 10 * 60_000);
    world.intercept = () => (world.clock < back ? { status: 503 } : undefined);
    await world.log('form-1', employee);
    await world.log('form-2', colleague);
    await world.deliverUntil(hours(2));
    const tries = triesFor(world, employee);
    const waits = tries.slice(1).map((at, index) => at - (tries[index] ?? 0));
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(tries.length).toBeGreaterThan(7);
    expect(tries.length).toBeLessThan(12);
    expect([receipts(world).length, receipts(world, colleague).length]).toEqual([1, 1]);
    expect(await world.owed()).toEqual([]);
    await world.stop();
  });
});

const never: [name: string, fault: Reply, tries: number][] = [
  ['403', { status: 403, ...error('BotDisabledByAdmin') }, 1],
  ['404', { status: 404, ...error('ConversationNotFound') }, 1],
  ['413', { status: 413, ...error('MessageSizeTooBig') }, 20],
  ['400', { status: 400, ...error('BadArgument') }, 20],
];

describe('a notice that never can arrive', () => {
  it.concurrent.each(never)(
    '%s in a chat: others are told, by reference alone',
    async (_name, fault, tries) => {
      const world = await openWorld();
      failFor(world, senior, () => fault, Number.POSITIVE_INFINITY);
      await world.log('form-1', employee, { entryStage: 'manager' });
      await world.deliverUntil(hours(24));
      expect(await world.owed()).toEqual([]);
      expect(triesFor(world, senior)).toHaveLength(tries);
      expect(toldTo(world, lead).join()).toContain('Je wordt gevraagd deze klacht over te nemen');
      expect(toldTo(world, director)).toHaveLength(1);
      expect(toldTo(world, administrator).join()).toContain('kon niet worden bezorgd');
      expect([...toldTo(world, administrator), ...toldTo(world, director)].join()).not.toMatch(/kanarie/i);
      expect(toldTo(world, administrator).join()).not.toContain('K-2026-0001');
      await world.stop();
    },
  );

  const channel = {
    id: '19:welzijn@thread.tacv2',
    name: 'Welzijn',
    team: { id: '19:t', name: 'T' },
    members: [],
  };
  it.concurrent.each(never)(
    '%s in a channel: its people are told themselves',
    async (_name, fault, tries) => {
      const world = await openWorld(undefined, { welzijn: channel });
      const inChannel = encodeURIComponent(channel.id);
      let calls = 0;
      world.intercept = ({ path }) => (path.includes(inChannel) && ++calls > 0 ? fault : undefined);
      await world.log('form-1', employee, { entryStage: 'manager' });
      await world.deliverUntil(hours(24));
      expect(calls).toBe(tries);
      for (const approver of [senior, lead])
        expect(toldTo(world, approver).join()).toContain('Je wordt gevraagd deze klacht over te nemen');
      await world.stop();
    },
  );
});

describe('a card that can not be brought up to date', () => {
  it('is tried again, and in the end shows the last state', async () => {
    const world = await openWorld();
    await world.log('form-1', employee);
    await world.deliver();
    failFor(world, employee, () => ({ status: 503 }), 3);
    await world.give('form-1', 'withdraw', {}, employee);
    await world.deliverUntil(hours(1));
    expect(toldTo(world, employee).join()).toContain('ingetrokken');
    await world.stop();
  });
});
