// A bot, its store, its Teams and the people who work with it, through many deaths of the bot.
import { EventEmitter, once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, vi } from 'vitest';
import { startLocalTeams } from '../../demo/local-teams.ts';
import { channels, type Harness, linkChannels, referenceOn } from '../bot/harness.ts';
import { everybody, seal, testKeys } from '../fixtures.ts';
import { freePort } from '../free-port.ts';
import type { Place } from '../store/places.ts';
import { canariesIn } from '../store/whole-lives.ts';
import { botProcess } from './bot-process.ts';
import { documentsAfterKill, documentsIn, expectDelivered, expectTold, reading } from './kept.ts';
import { type Office, work } from './people.ts';
import { createPresses, goneHome } from './presses.ts';

/** Longest that the people work between two kills, and that a bot lives that dies while it starts, in milliseconds. */
const longestWork = 2000;
const longestStart = 1500;

/** The sends among which a bot dies that dies while it sends. */
const mostSends = 4;

/** Counted over all worlds. */
export interface Counts {
  kills: number;
  /** Of these, while somebody waited for an answer. */
  midRequest: number;
  /** Of these, before the bot was given anything to do. */
  starting: number;
  complaints: number;
  /** Answered as recorded, beside the logging. */
  commands: number;
  notices: number;
  /** Taken up to be sent when the bot died. */
  claimed: number;
  /** Sent twice, because the bot died between the sending and writing that down. */
  doubled: number;
  /** Of these, cards that nobody brings up to date. */
  passed: number;
  /** Not sent, because they had passed. */
  dropped: number;
}

/** A notice that was claimed when the bot died: whether it was sent, the bot can't know. */
interface Unsettled {
  at: string;
  references: string[];
}

/** Opens a world, kills its bot so many times, and looks at everything after each few kills. */
export async function liveThrough(
  place: Place,
  kills: number,
  random: () => number,
  counts: Counts,
): Promise<void> {
  const port = await freePort();
  const sent: string[] = [];
  const calls = new EventEmitter();
  const teams = await startLocalTeams({
    botUrl: `http://127.0.0.1:${port}/api/messages`,
    people: everybody,
    channels: Object.values(channels),
    intercept: ({ body }) => {
      sent.push(JSON.stringify(body) ?? '');
      calls.emit('call');
      return undefined;
    },
  });
  const bot = botProcess({
    ...place.environment,
    PORT: String(port),
    SEALING_KEYS: JSON.stringify(testKeys),
    ORGANISATION_FILE: 'demo/organisation.json',
    LOG_LEVEL: 'debug',
  });
  const presses = createPresses();
  const office: Office = { teams, presses, random, told: new Map(), calls: 0 };
  const deaths: Unsettled[] = [];

  const messages = () =>
    [...everybody.map(({ id }) => teams.personalChat(id)), ...Object.values(channels).map(({ id }) => id)]
      .flatMap((conversation) => teams.messages(conversation))
      .filter(({ from }) => from === 'bot');

  async function kill(): Promise<void> {
    presses.hold();
    if (presses.underway() > 0) counts.midRequest++;
    await bot.kill();
    const at = new Date().toISOString();
    await presses.quiet();
    counts.kills++;
    const documents = await documentsAfterKill(place);
    expectTold(office.told, documents);
    const references = documents.flatMap(({ complaint, outbox }) =>
      outbox.filter(({ attempts }) => attempts > 0).map(() => complaint.reference),
    );
    counts.claimed += references.length;
    deaths.push({ at, references });
  }

  async function startAndWork(): Promise<void> {
    if (random() < 0.25) {
      const starting = bot.start();
      await pause(longestStart * random());
      counts.starting++;
      await kill();
      await starting;
      return;
    }
    await bot.start();
    presses.open();
    const passed = pause(longestWork * random());
    // Half of them while the bot sends: there it may die between the sending and writing that down.
    await (random() < 0.5 ? passed : Promise.race([sending(Math.ceil(mostSends * random())), passed]));
    await kill();
  }

  /** Resolves as the bot sends for the n-th time from now on. */
  async function sending(times: number): Promise<void> {
    for (let count = 0; count < times; count++) await once(calls, 'call');
  }

  /** Lets the bot live until nothing is owed. */
  async function catchUp(): Promise<void> {
    await bot.start();
    presses.open();
    await presses.answered();
    presses.hold();
    await presses.quiet();
    await reading(place.open(seal), async (store) => {
      await vi.waitFor(async () => expect(await store.due('9999', 1)).toEqual([]), {
        timeout: 60_000,
        interval: 50,
      });
    });
  }

  async function look(
    before: ReadonlySet<string>,
  ): Promise<Omit<Counts, 'kills' | 'midRequest' | 'starting' | 'claimed'>> {
    const [documents, organisation, records] = await reading(place.open(seal), async (store) => [
      await documentsIn(store),
      (await store.loadOrganisation())?.organisation,
      await store.records({ year: 2026 }, { limit: 10_000 }),
    ]);
    if (!organisation) throw new Error('the organisation is lost');
    expectTold(office.told, documents);
    expect(records.items.map(({ id }) => id).sort()).toEqual(
      documents.map(({ record }) => record?.id).sort(),
    );
    const commands = [...office.told.values()].reduce((sum, { recorded }) => sum + recorded.length, 0);
    let [notices, dropped] = [0, 0];
    for (const document of documents) {
      const delivered = await expectDelivered(document, organisation, teams);
      notices += delivered.posted;
      dropped += delivered.dropped.length;
      for (const each of delivered.dropped) expect(droppedIn(bot.output())).toContain(each);
    }
    const known = new Set(
      documents.flatMap(({ posted }) => posted.map(({ place: { activityId } }) => activityId)),
    );
    const extra = messages().filter(({ activityId }) => !before.has(activityId) && !known.has(activityId));
    expectUnknownOutcomes(extra.map(({ at, card }) => ({ at, reference: referenceOn(card ?? {}) })));
    const shown = new Set(
      messages()
        .filter(({ activityId }) => known.has(activityId))
        .map(({ card }) => JSON.stringify(card)),
    );
    const passed = extra.filter(({ card }) => !shown.has(JSON.stringify(card))).length;
    return { complaints: documents.length, commands, notices, doubled: extra.length, passed, dropped };
  }

  /** What was sent twice was claimed at the first death after it came, and every claim explains one message. */
  function expectUnknownOutcomes(extra: { at: string; reference: string }[]): void {
    const explained = deaths.map(({ at, references }) => ({ at, references: [...references] }));
    for (const { at, reference } of extra) {
      const death = explained.find((each) => each.at >= at);
      const index = death?.references.indexOf(reference) ?? -1;
      expect(index, `${reference} was sent twice, and its outcome was known`).toBeGreaterThanOrEqual(0);
      death?.references.splice(index, 1);
    }
  }

  /** R13: nothing that was typed stands in the log, in what was sent, or in the clear in the store. */
  async function expectNoCanaries(): Promise<void> {
    for (const text of [bot.output(), ...sent]) expect(text).not.toMatch(/kanarie|4242\d{4}/i);
    expect(bot.output()).not.toMatch(/00000000-0000-4000/);
    const bytes = await place.bytes();
    expect(canariesIn(bytes)).toEqual([]);
    expect(bytes).not.toMatch(/64242\d{4}/);
  }

  try {
    await bot.start();
    for (const { id } of everybody) await teams.install(id);
    await linkChannels({ teams } as Harness);
    const before = new Set(messages().map(({ activityId }) => activityId));
    sent.length = 0;
    await kill();
    let looked = { complaints: 0, commands: 0, notices: 0, doubled: 0, passed: 0, dropped: 0 };
    const working = work(office);
    const dying = async () => {
      for (let left = kills - 1; ; left--) {
        for (let inARow = Math.min(left, Math.ceil(4 * random())); inARow > 0; inARow--, left--)
          await startAndWork();
        await catchUp();
        looked = await look(before);
        await expectNoCanaries();
        if (left === 0) return;
        await kill();
      }
    };
    await Promise.race([dying(), working]);
    presses.end();
    await working.catch((fault) => {
      if (fault !== goneHome) throw fault;
    });
    for (const [name, count] of Object.entries(looked)) counts[name as keyof Counts] += count;
  } finally {
    await bot.kill().catch(() => undefined);
    await teams.close();
  }
}

/** The notices that the log tells were dropped, as 'reference kind'. */
function droppedIn(output: string): string[] {
  return output
    .split('\n')
    .filter((line) => line.includes('"dropped"'))
    .map((line) => JSON.parse(line))
    .map(({ reference, notice }) => `${reference} ${notice}`);
}
