// A bot, its store, its Teams and the people who work with it, through many deaths of the bot.
import { EventEmitter, once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, vi } from 'vitest';
import { startLocalTeams } from '../../demo/local-teams.ts';
import { channels, type Harness, linkChannels } from '../bot/harness.ts';
import { everybody, seal, testKeys } from '../fixtures.ts';
import { freePort } from '../free-port.ts';
import type { Place } from '../store/places.ts';
import { type Death, type Found, lookAround } from './aftermath.ts';
import { botProcess } from './bot-process.ts';
import { documentsAfterKill, expectTold, reading } from './kept.ts';
import { type Office, work } from './people.ts';
import { createPresses, goneHome } from './presses.ts';

/** Longest that the people work between two kills, and that a bot lives that dies while it starts, in milliseconds. */
const longestWork = 2000;
const longestStart = 1500;

/** The sends among which a bot dies that dies while it sends. */
const mostSends = 4;

/** Counted over all worlds. */
export interface Counts extends Found {
  kills: number;
  /** Of these, while somebody waited for an answer. */
  midRequest: number;
  /** Of these, before the bot was given anything to do. */
  starting: number;
  /** Notices that were being sent when the bot died. */
  claimed: number;
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
  const deaths: Death[] = [];

  async function kill(): Promise<void> {
    presses.hold();
    if (presses.underway() > 0) counts.midRequest++;
    await bot.kill();
    await presses.quiet();
    counts.kills++;
    const documents = await documentsAfterKill(place);
    expectTold(office.told, documents);
    const references = documents.flatMap(({ complaint, outbox }) =>
      outbox.filter(({ attempts }) => attempts > 0).map(() => complaint.reference),
    );
    counts.claimed += references.length;
    deaths.push({ at: new Date().toISOString(), references });
  }

  /** Has the bot die once: while people work, or now and then while it starts. */
  async function die(): Promise<void> {
    if (!bot.isUp() && random() < 0.25) {
      const starting = bot.start();
      await pause(longestStart * random());
      counts.starting++;
      await kill();
      await starting;
      return;
    }
    if (!bot.isUp()) await bot.start();
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

  /** Lets the bot live until everybody has an answer and nothing is owed. */
  async function catchUp(): Promise<void> {
    await bot.start();
    presses.open();
    await pause(longestWork * random());
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

  try {
    await bot.start();
    for (const { id } of everybody) await teams.install(id);
    await linkChannels({ teams } as Harness);
    const since = new Date().toISOString();
    let found: Partial<Found> = {};
    const working = work(office);
    const dying = async () => {
      for (let left = kills; left > 0; ) {
        for (let inARow = Math.min(left, Math.ceil(4 * random())); inARow > 0; inARow--, left--) await die();
        await catchUp();
        const { told } = office;
        found = await lookAround({ place, teams, since, told, written: bot.output, sent, deaths });
      }
    };
    await Promise.race([dying(), working]);
    presses.end();
    await working.catch((fault) => {
      if (fault !== goneHome) throw fault;
    });
    for (const [name, count] of Object.entries(found)) counts[name as keyof Counts] += count;
  } finally {
    await bot.kill().catch(() => undefined);
    await teams.close();
  }
}
