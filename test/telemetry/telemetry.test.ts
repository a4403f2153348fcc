// A bot that sends what it measures to a collector, over a whole life of a complaint.
import { hostname } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BotCall } from '../../demo/connector.ts';
import { activityTypes, invokeNames, isKnownVerb } from '../../src/bot/turn-kind.ts';
import { administratorNoticeKinds, noticeKinds } from '../../src/domain/notices.ts';
import {
  at,
  cardOf,
  channels,
  dataOf,
  decideOn,
  type Harness,
  linkChannels,
  startHarness,
  wordsOf,
} from '../bot/harness.ts';
import { employee, everybody, lead, organisation, senior } from '../fixtures.ts';
import { type Attributes, type Receiver, type Span, startReceiver } from './receiver.ts';

const calls: BotCall[] = [];
const foreignTrace = 'c0ffee00c0ffee00c0ffee00c0ffee00';
let harness: Harness;
let receiver: Receiver;
let spans: Span[];

/** From the phone to a conversation at the second stage, and what nobody should send. */
async function live(): Promise<void> {
  await linkChannels(harness);
  const receipt = await at(harness, employee).log();
  const details = cardOf(await at(harness, employee).press(dataOf(receipt, 'Klacht openen')));
  const talk = { participants: 'complainant,concerned', account: 'Kanarieverslag', satisfied: 'no' };
  const talked = await at(harness, employee).fill(details, 'Gesprek vastleggen', talk);
  await at(harness, employee).fill(talked, 'Naar de volgende stap', { escalationWish: 'Kanariewens' });
  const asked = (words: string) =>
    harness.teams.waitFor(channels.welzijn.id, ({ card }) => wordsOf(card).includes(words));
  const { card, activityId } = await asked('Je wordt gevraagd');
  await decideOn(harness, senior, channels.welzijn.id, activityId, 'Klacht aannemen', card);
  await asked('Aangenomen door');
  await at(harness, employee).told('Deze klacht is overgenomen.');
  await at(harness, lead).ask('zoek kanarie');
  await at(harness, lead).press({ verb: 'kanarieverb' });
  await foreign({ type: 'kanarietype' });
  await foreign({ type: 'invoke', name: 'kanarie/naam', value: { commandId: 'kanariecommando' } });
}

/** An activity of a kind that Teams does not send, within a trace of somebody else. */
async function foreign(activity: object): Promise<void> {
  await fetch(harness.botUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', traceparent: `00-${foreignTrace}-c0ffee00c0ffee00-01` },
    body: JSON.stringify({
      ...{ id: 'kanarie-id', channelId: 'msteams', serviceUrl: harness.teams.url },
      conversation: { id: harness.teams.personalChat(employee.id), conversationType: 'personal' },
      from: { id: '29:kanarie', aadObjectId: employee.id },
      recipient: { id: '28:bot' },
      ...activity,
    }),
  });
}

beforeAll(async () => {
  receiver = await startReceiver();
  process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = receiver.url;
  harness = await startHarness({ telemetry: { otlp: true, azure: undefined, metricInterval: 200 } });
  harness.intercept.with = (call) => {
    calls.push(call);
    return undefined;
  };
  await live();
  // The last of what is owed is sent, and known to be.
  await expectSoon(() => receiver.points('klachtenbot.notices.waiting').get('{}'), 0);
  harness.intercept.with = ({ method }) => (method === 'GET' ? undefined : { status: 503 });
  await at(harness, employee).log();
  await expectSoon(() => receiver.points('klachtenbot.notices.waiting').get('{}'), 1);
  await harness.stop();
  spans = receiver.spans();
}, 60_000);
afterAll(() => receiver.close());

/** `expect.poll`, where no test runs yet. */
async function expectSoon(value: () => unknown, expected: unknown): Promise<void> {
  const end = performance.now() + 20_000;
  while (value() !== expected && performance.now() < end) await new Promise((done) => setTimeout(done, 50));
  expect(value()).toBe(expected);
}

const total = (metric: string, of: Attributes = {}) =>
  [...receiver.points(metric)]
    .filter(([attributes]) => {
      const found = JSON.parse(attributes);
      return Object.entries(of).every(([key, value]) => found[key] === value);
    })
    .reduce((sum, [, count]) => sum + count, 0);
/** How many calls came in at the connector. */
const seen = (method: string, path: RegExp) =>
  calls.filter((call) => call.method === method && path.test(call.path)).length;
const logged = (part: RegExp) => harness.logged().match(part)?.length ?? 0;

describe('what is measured', () => {
  it('counts each turn, by its kind, its verb and its status', () => {
    const turns = logged(/"msg":"turn( refused)?"/g);
    expect(total('klachtenbot.turn.duration')).toBe(turns);
    expect(spans.filter(({ name }) => name.startsWith('turn '))).toHaveLength(turns);
    const count = (of: Attributes) => total('klachtenbot.turn.duration', of);
    expect(count({ activity: 'task/submit', verb: 'log-complaint', status: 200 })).toBe(2);
    expect(count({ activity: 'adaptiveCard/action', verb: 'accept-escalation' })).toBe(1);
    expect(count({ activity: 'adaptiveCard/action', verb: 'link-channel' })).toBe(2);
    expect(count({ activity: 'task/submit', verb: 'other' })).toBe(1);
    expect(count({ activity: 'other', verb: 'none', status: 200 })).toBe(1);
    expect(count({ activity: 'other', verb: 'other', status: 501 })).toBe(1);
  });

  it('counts the calls of the store by name, and how they ended', () => {
    const count = (of: Attributes) => total('klachtenbot.store.duration', of);
    expect(count({ operation: 'nextNumber', outcome: 'ok' })).toBe(2);
    expect(count({ operation: 'recordLook' })).toBeGreaterThan(0);
    expect(count({ operation: 'commit', outcome: 'ok' })).toBeGreaterThan(4);
    expect(count({ outcome: 'failed' })).toBe(0);
  });

  it('counts the calls of the channel, each attempt', () => {
    const count = (operation: string) => total('klachtenbot.channel.duration', { operation, outcome: 'ok' });
    expect(count('update')).toBe(seen('PUT', /activities/));
    expect(count('send')).toBeGreaterThanOrEqual(seen('POST', /activities/));
    expect(count('read-member')).toBeGreaterThan(0);
    expect(total('klachtenbot.channel.duration', { operation: 'other' })).toBe(0);
    expect(total('klachtenbot.channel.duration', { operation: 'send', outcome: 'failed' })).toBe(
      logged(/"outcome":"failed"/g),
    );
  });

  it('counts what became of notices, by kind', () => {
    const lines = harness
      .logged()
      .split('\n')
      .filter((line) => line.includes('"msg":"notice"'))
      .map((line) => JSON.parse(line));
    expect(total('klachtenbot.notices')).toBe(lines.length);
    for (const { outcome, notice } of lines) {
      const alike = lines.filter((line) => line.outcome === outcome && line.notice === notice).length;
      expect(total('klachtenbot.notices', { outcome, notice })).toBe(alike);
    }
    expect(total('klachtenbot.notices', { notice: 'receipt', outcome: 'posted' })).toBe(1);
    expect(total('klachtenbot.notices', { outcome: 'updated' })).toBeGreaterThan(0);
  });

  it('says how many complaints owe a notice, and how old the oldest is', () => {
    expect(total('klachtenbot.notices.waiting')).toBe(1);
    expect(total('klachtenbot.notices.oldest')).toBeGreaterThan(0);
  });
});

describe('a trace', () => {
  it('is a turn and the calls in it, and nothing else', () => {
    const turns = new Map(
      spans.filter(({ parentSpanId }) => !parentSpanId).map((span) => [span.spanId, span]),
    );
    for (const { name } of turns.values()) expect(name).toMatch(/^turn /);
    expect(new Set([...turns.values()].map(({ traceId }) => traceId)).size).toBe(turns.size);
    for (const { parentSpanId = '', traceId, name } of spans.filter((span) => span.parentSpanId)) {
      expect(turns.get(parentSpanId)?.traceId).toBe(traceId);
      expect(name).toMatch(/^(store|channel) /);
    }
    const [logging] = [...turns.values()].filter(({ attributes }) => attributes['verb'] === 'log-complaint');
    const within = spans
      .filter(({ parentSpanId }) => parentSpanId === logging?.spanId)
      .map(({ name }) => name);
    expect(within).toEqual(expect.arrayContaining(['store nextNumber', 'store commit']));
  });

  it('holds nothing of the rounds that a turn wakes', () => {
    expect(total('klachtenbot.store.duration', { operation: 'due' })).toBeGreaterThan(0);
    expect(spans.filter(({ name }) => name === 'store due')).toEqual([]);
  });

  it('is never one of somebody outside', () => {
    expect(receiver.bytes()).not.toContain(foreignTrace);
  });
});

describe('R13: no personal data', () => {
  const closed: Record<string, (value: unknown) => boolean> = {
    activity: (value) => [...activityTypes, ...invokeNames, 'other'].includes(String(value)),
    verb: (value) => ['none', 'other'].includes(String(value)) || isKnownVerb(String(value)),
    status: (value) => [200, 400, 401, 403, 500, 501, 503].includes(Number(value)),
    operation: (value) => /^[a-zA-Z-]{3,20}$/.test(String(value)),
    outcome: (value) =>
      [
        'ok',
        'conflict',
        'busy',
        'refused',
        'failed',
        'posted',
        'updated',
        'sent',
        'dropped',
        'passed-on',
        'again',
      ].includes(String(value)),
    notice: (value) =>
      [...noticeKinds, ...administratorNoticeKinds, 'unknown'].includes(String(value) as never),
  };

  it('every attribute is one of a closed set', () => {
    const points = [
      'turn.duration',
      'store.duration',
      'channel.duration',
      'notices',
      'notices.waiting',
      'notices.oldest',
    ]
      .flatMap((metric) => [...receiver.points(`klachtenbot.${metric}`).keys()])
      .map((attributes) => JSON.parse(attributes));
    const strange = [...points, ...spans.map(({ attributes }) => attributes)]
      .flatMap((attributes: Attributes) => Object.entries(attributes))
      .filter(([key, value]) => !closed[key]?.(value));
    expect(strange).toEqual([]);
    expect(Object.keys(receiver.resource()).sort()).toEqual([
      'service.instance.id',
      'service.name',
      'service.version',
    ]);
  });

  it('no word, name, number, id, reference or address is in what was sent', () => {
    const bytes = receiver.bytes();
    expect(bytes).toContain('klachtenbot.turn.duration');
    expect(bytes).not.toMatch(
      /kanarie|van der berg|707630606|070 763|K-2026-|welzijn|127\.0\.0\.1|thread\.tacv2/i,
    );
    const chats = everybody.map(({ id }) => harness.teams.personalChat(id));
    const names = [...everybody.map(({ name }) => name), organisation.name, hostname()];
    for (const secret of [...everybody.map(({ id }) => id), ...names, ...chats])
      expect(bytes).not.toContain(secret);
  });

  it('no span tells of more than its name, its attributes and its time', () => {
    for (const span of spans) {
      expect(span).toMatchObject({ events: [], links: [] });
      expect((span as { status?: { message?: string } }).status?.message).toBeUndefined();
    }
  });
});
