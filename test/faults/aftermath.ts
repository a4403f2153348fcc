// A look at everything, once a bot that died has caught up: what was told, what was sent, what must never be read.
import { expect } from 'vitest';
import type { LocalTeams } from '../../demo/local-teams.ts';
import type { ComplaintDocument } from '../../src/app/store.ts';
import { standsAt } from '../../src/bot/conversations.ts';
import { goneView, personView } from '../../src/cards/notice-view.ts';
import { createRender } from '../../src/cards/render.ts';
import { textsFor } from '../../src/cards/texts.ts';
import { accessOf } from '../../src/domain/access.ts';
import type { Notice } from '../../src/domain/notices.ts';
import type { Organisation } from '../../src/domain/organisation.ts';
import { channels, referenceOn } from '../bot/harness.ts';
import { everybody, seal } from '../fixtures.ts';
import type { Place } from '../store/places.ts';
import { canariesIn } from '../store/whole-lives.ts';
import { documentsIn, expectDelivered, expectTold, reading } from './kept.ts';
import type { Told } from './people.ts';
import { typedWords } from './typed-words.ts';

/** A death of the bot, and the complaints of the notices that it was sending: whether they came, it can't know. */
export interface Death {
  at: string;
  references: readonly string[];
}

/** What is looked at. */
export interface Scene {
  place: Place;
  teams: LocalTeams;
  /** When people began to work. */
  since: string;
  told: ReadonlyMap<string, Told>;
  /** What the bot wrote on its streams, and the bodies of what it sent. */
  written: () => string;
  sent: readonly string[];
  deaths: readonly Death[];
}

export interface Found {
  complaints: number;
  /** Answered as recorded, beside the logging. */
  commands: number;
  notices: number;
  /** Sent twice, because the bot died between the sending and writing that down. */
  doubled: number;
  /** Of these, cards that are brought up to date only when somebody looks at them. */
  passed: number;
  /** Not sent, because they had passed. */
  dropped: number;
}

/** How things are today: `current` are the cards that the bot keeps up to date. */
interface Today {
  documents: readonly ComplaintDocument[];
  organisation: Organisation;
  teams: LocalTeams;
  current: ReadonlySet<string>;
}

const render = createRender();
const texts = textsFor('nl-NL');

/** Checks that all is well, and tells how much there was. */
export async function lookAround({
  place,
  teams,
  since,
  told,
  written,
  sent,
  deaths,
}: Scene): Promise<Found> {
  const [documents, organisation, records] = await reading(place.open(seal), async (store) => [
    await documentsIn(store),
    (await store.loadOrganisation())?.organisation,
    await store.records({ year: 2026 }, { limit: 10_000 }),
  ]);
  if (!organisation) throw new Error('the organisation is lost');
  expectTold(told, documents);
  // R11: each complaint has opened its anonymous record, once.
  expect(records.items.map(({ id }) => id).sort()).toEqual(documents.map(({ record }) => record?.id).sort());
  const toldOfDropping = droppedIn(written());
  const dropped: string[] = [];
  for (const document of documents) dropped.push(...(await expectDelivered(document, organisation, teams)));
  expect(dropped.filter((each) => !toldOfDropping.includes(each))).toEqual([]);

  const known = new Set(documents.flatMap(({ posted }) => posted.map(({ place }) => place['activityId'])));
  const messages = noticesIn(teams).filter(({ at }) => at >= since);
  const extra = messages.filter(({ activityId }) => !known.has(activityId));
  expectUnknownOutcomes(extra, deaths);
  const current = new Set(
    messages.flatMap(({ activityId, card }) => (known.has(activityId) ? JSON.stringify(card) : [])),
  );
  const passed = extra.filter(({ card }) => !current.has(JSON.stringify(card)));
  for (const each of passed) await expectToday(each, { documents, organisation, teams, current });
  await expectNoCanaries({ place, written, sent });
  return {
    complaints: documents.length,
    commands: [...told.values()].reduce((sum, { recorded }) => sum + recorded.length, 0),
    notices: known.size,
    doubled: extra.length,
    passed: passed.length,
    dropped: dropped.length,
  };
}

/** Every card that names a complaint, in the order in which they came. */
function noticesIn(teams: LocalTeams) {
  return [
    ...everybody.map(({ id }) => teams.personalChat(id)),
    ...Object.values(channels).map(({ id }) => id),
  ]
    .flatMap((conversation) => teams.messages(conversation))
    .map(({ from, at, conversationId, activityId, card }) => ({
      from,
      at,
      conversationId,
      activityId,
      card,
      reference: referenceOn(card ?? {}),
    }))
    .filter(({ from, reference }) => from === 'bot' && reference !== '');
}

/** What was sent twice was on its way at the first death after it came; each such death explains it once. */
function expectUnknownOutcomes(
  extra: readonly { at: string; reference: string }[],
  deaths: readonly Death[],
): void {
  const left = deaths.map(({ at, references }) => ({ at, references: [...references] }));
  for (const { at, reference } of extra) {
    const death = left.find((each) => each.at >= at);
    const index = death?.references.indexOf(reference) ?? -1;
    expect(index, `${reference} was sent twice, and its outcome was known`).toBeGreaterThanOrEqual(0);
    death?.references.splice(index, 1);
  }
}

/**
 * A card that the bot does not know of shows, to everybody who looks at it, what the one that it knows shows; where that was
 * not sent, since it had passed, the complaint as it is today without why.
 */
async function expectToday(
  { conversationId, activityId, reference, card }: ReturnType<typeof noticesIn>[number],
  { documents, organisation, teams, current }: Today,
): Promise<void> {
  const document = documents.find(({ complaint }) => complaint.reference === reference);
  if (!document) throw new Error(`${reference} is lost`);
  const { complaint, posted } = document;
  const { kind } = (card as { refresh: { action: { data: Pick<Notice, 'kind'> } } }).refresh.action.data;
  const [conversation] = conversationId.split(';');
  const isKept = posted.some(
    ({ notice, place }) => notice.kind === kind && standsAt(place).conversation === conversation,
  );
  const plainFor = (id: string) =>
    accessOf(complaint, id, organisation) === 'none'
      ? goneView(texts)
      : personView(id, kind, { complaint, organisation }, texts);
  const readers = readersOf(conversationId, teams);
  expect(readers).not.toEqual([]);
  for (const { id } of readers) {
    const seen = JSON.stringify((await teams.refresh(id, conversationId, activityId))?.value);
    const allowed = isKept ? current : [JSON.stringify(await render(plainFor(id)))];
    expect(allowed, `${reference}, looked at, shows what was`).toContain(seen);
  }
}

/** Who has a conversation before them. */
function readersOf(conversationId: string, teams: LocalTeams): { id: string }[] {
  const [root] = conversationId.split(';');
  const channel = Object.values(channels).find(({ id }) => id === root);
  return channel
    ? channel.members.map((id) => ({ id }))
    : everybody.filter(({ id }) => teams.personalChat(id) === conversationId);
}

/** R13: nothing that was typed stands in the log, in what was sent, or in the clear in the store. */
async function expectNoCanaries({
  place,
  written,
  sent,
}: Pick<Scene, 'place' | 'written' | 'sent'>): Promise<void> {
  for (const text of [written(), ...sent]) expect(text).not.toMatch(typedWords);
  expect(written()).not.toMatch(/00000000-0000-4000/);
  const bytes = await place.bytes();
  expect(canariesIn(bytes)).toEqual([]);
  expect(bytes).not.toMatch(/64242\d{4}/);
}

/** The notices that the log tells were dropped, as 'reference kind'. */
function droppedIn(written: string): string[] {
  return written
    .split('\n')
    .filter((line) => line.includes('"dropped"'))
    .map((line) => JSON.parse(line))
    .map(({ reference, notice }) => `${reference} ${notice}`);
}
