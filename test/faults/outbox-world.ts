// The outbox, its messenger and a local Teams, over HTTP on loopback; the clock stands still until it is moved.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BotCall, Reply } from '../../demo/connector.ts';
import { type Fault, type LocalTeams, startLocalTeams } from '../../demo/local-teams.ts';
import { type Delivery, deliverNotices } from '../../src/app/deliver-notices.ts';
import { handleCommand, handleLog } from '../../src/app/handle-command.ts';
import type { Taken } from '../../src/app/outbox.ts';
import type { ComplaintDocument, Store } from '../../src/app/store.ts';
import { createAdapter } from '../../src/bot/adapter.ts';
import { createMessenger } from '../../src/bot/conversations.ts';
import { createRender } from '../../src/cards/render.ts';
import type { Command } from '../../src/domain/commands.ts';
import type { Organisation } from '../../src/domain/organisation.ts';
import type { Person } from '../../src/domain/people.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import { employee, everybody, intake, now, organisation, seal } from '../fixtures.ts';

export interface World {
  teams: LocalTeams;
  store: Store;
  /** What answers a call of the bot instead. */
  intercept: (call: BotCall) => Reply | Fault | undefined;
  /** Every call, with the moment at which it was made. */
  calls: { call: BotCall; at: Date }[];
  clock: Date;
  /** Logs a complaint about nobody, or about these. */
  log(id: string, by?: Person, changed?: Parameters<typeof intake>[0]): Promise<void>;
  give(id: string, kind: Command['kind'], content: object, by: Person): Promise<void>;
  /** One round of the outbox. */
  deliver(): Promise<number>;
  /** Rounds, with the clock moved to whatever is due next, until nothing is owed or a moment has come. */
  deliverUntil(end: Date): Promise<void>;
  /** What is still owed. */
  owed(): Promise<ComplaintDocument['outbox']>;
  stop(): Promise<void>;
}

/** Everybody has a chat with the bot, without a word having been said in it. */
export async function openWorld(people: Person[] = everybody, channels: Channels = {}): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'klachten-'));
  const file = join(folder, 'test.db');
  const store = openSqliteStore(file, seal);
  const teams = await startLocalTeams({
    botUrl: 'http://127.0.0.1:9/',
    people,
    channels: Object.values(channels),
    intercept: (call) => {
      world.calls.push({ call, at: world.clock });
      return world.intercept(call);
    },
  });
  const referenceOf = (id: string, conversationType: string) => ({
    ...{ serviceUrl: teams.url, channelId: 'msteams', bot: { id: '28:bot' } },
    conversation: { id, conversationType },
  });
  const linked: Organisation['channels'] = Object.fromEntries(
    Object.entries(channels).map(([to, { id, name }]) => [
      to,
      { name, reference: referenceOf(id, 'channel') },
    ]),
  );
  await store.saveOrganisation({ ...organisation, channels: linked });
  for (const person of people) {
    const reference = referenceOf(teams.personalChat(person.id), 'personal');
    await store.saveContact({ person, locale: 'nl', reference });
  }
  const messenger = createMessenger(createAdapter({ kind: 'none' }), '', { store, render: createRender() });
  const taken: Taken = new Map();
  const around = { store, clock: () => world.clock, noticesOwed: () => undefined, taken };
  const delivery: Delivery = {
    ...around,
    messenger,
    report: () => undefined,
    unreadable: new Map(),
    postponed: () => undefined,
    random: () => 1,
  };
  const database = new DatabaseSync(file);
  const nextDue = () => database.prepare('SELECT min(due_at) AS due FROM complaint').get()?.['due'];
  const world: World = {
    teams,
    store,
    intercept: () => undefined,
    calls: [],
    clock: now,
    log: async (id, by = employee, changed = {}) => {
      const content = intake({ concerned: [], ...changed });
      await handleLog({ kind: 'logComplaint', id, content }, by, around);
    },
    give: async (id, kind, content, by) => {
      const command = { kind, id: `${id} ${kind} ${by.id}`, content } as Command;
      const decision = await handleCommand(id, command, by, around);
      if (!decision.accepted) throw new Error(`refused: ${decision.refusal.code}`);
    },
    deliver: () => deliverNotices(delivery),
    deliverUntil: async (end) => {
      for (let due = nextDue(); due && String(due) <= end.toISOString(); due = nextDue()) {
        const wait = Date.parse(String(due)) - world.clock.getTime();
        if (wait > 0) world.clock = new Date(String(due));
        // How much goes into one chat is paced by the real clock: what waits for that waits for real.
        if (wait > 0 && wait < 2000) await sleep(wait);
        await deliverNotices(delivery);
      }
    },
    owed: async () => {
      const { items } = await store.all({ limit: 10_000 });
      const documents = await Promise.all(items.map((id) => store.load(id)));
      return documents.flatMap((document) => document?.outbox ?? []);
    },
    stop: async () => {
      await teams.close();
      database.close();
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
  return world;
}

/** Channels by the department they hear for. */
type Channels = Record<
  string,
  { id: string; name: string; team: { id: string; name: string }; members: string[] }
>;
