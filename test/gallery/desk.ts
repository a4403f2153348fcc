// The bot itself over a store of its own, without HTTP: what somebody sees who says or presses something.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Activity, BotAdapter, TurnContext } from 'botbuilder';
import { newRecord } from '../../src/app/outbox.ts';
import type { Store } from '../../src/app/store.ts';
import { writeRecord } from '../../src/app/write-record.ts';
import { KlachtenBot } from '../../src/bot/bot.ts';
import type { Parts } from '../../src/bot/parts.ts';
import { createReports } from '../../src/bot/reports.ts';
import { createTurns } from '../../src/bot/turns.ts';
import { type Card, createRender, type View } from '../../src/cards/render.ts';
import { type Language, type Texts, textsFor } from '../../src/cards/texts.ts';
import type { Complaint } from '../../src/domain/complaint.ts';
import type { Person } from '../../src/domain/people.ts';
import { referenceOf } from '../../src/domain/reference.ts';
import { tellKind } from '../../src/files/file-kind.ts';
import { folderPlace } from '../../src/files/folder-place.ts';
import { createFiles } from '../../src/files/sealed-files.ts';
import { scanNothing } from '../../src/files/virus-scan.ts';
import { createLog } from '../../src/log.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import { everybody, now, organisation, seal } from '../fixtures.ts';

/** What the bot shows: a card in a chat, or a dialog with its title. */
export interface Shown {
  card: Card;
  dialog?: string;
}

type Data = Record<string, unknown>;

export interface Desk {
  texts: Texts;
  store: Store;
  /** Verbs that were pressed or asked for; a form as `verb/form`. */
  used: Set<string>;
  /** The names of the views that were drawn. */
  views: Set<string>;
  /** What somebody says in their own chat, or in a channel. */
  say(person: Person, text: string, place?: 'personal' | 'channel'): Promise<Shown>;
  /** A file that somebody sends in their own chat. */
  sendFile(person: Person, name: string): Promise<Shown>;
  /** A button that asks for a dialog, or one in a dialog; `typed` is what stands in the inputs. */
  press(person: Person, data: Data, typed?: Data): Promise<Shown>;
  /** A decision on a card. */
  execute(person: Person, verb: string, data: Data, place?: 'personal' | 'channel'): Promise<Shown>;
  /** A card that the bot sends by itself. */
  send(view: View): Promise<Shown>;
  /** What the bot sent last outside an answer: it makes reports in its own time. */
  later(): Promise<Shown>;
  /** Puts a complaint in the store under the next reference, with its anonymous record. */
  keep(complaint: Complaint): Promise<Complaint>;
  /** The bot is installed in somebody's chat. */
  install(person: Person): Promise<Shown>;
  /** The same desk over a store that fails, at one kind of call or at each. */
  failing(call?: keyof Store): Desk;
  /** The same desk, where everybody has asked too much. */
  hurried(): Desk;
  close(): Promise<void>;
}

/** Opens a desk in a language. */
export async function openDesk(language: Language): Promise<Desk> {
  const folder = mkdtempSync(join(tmpdir(), 'klachten-'));
  const store = openSqliteStore(join(folder, 'gallery.db'), seal);
  await store.saveOrganisation(organisation);
  for (const person of everybody) await store.saveContact({ person, locale: language, reference: {} });
  const close = async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  };
  return deskOver(store, { language, used: new Set(), views: new Set(), close });
}

/** What desks over the same store share. */
type Shared = Pick<Desk, 'used' | 'views' | 'close'> & { language: Language };

/** Far more than one person may ask in a moment. */
const tooMuch = 200;

function deskOver(store: Store, shared: Shared, asked = 0): Desk {
  const { language, used, views, close } = shared;
  const draw = createRender();
  const render = (view: View) => {
    views.add(view.name);
    return draw(view);
  };
  const log = createLog('silent');
  const sent: Partial<Activity>[] = [];
  const sender = {
    send: async (_to: object, activity: Partial<Activity>) => void sent.push(activity),
    remove: async () => undefined,
  };
  const around = { store, clock: () => now, noticesOwed: () => undefined };
  const reports = createReports({ ...around, sender, render, log, isLocal: true });
  const newId = () => crypto.randomUUID();
  const evidence = {
    files: createFiles(folderPlace(tmpdir())),
    ...{ tellKind, scan: scanNothing, isLocal: true },
    inTurn: createTurns({ atOnce: 1, mostOfOne: 1 }),
    addressOf: async () => 'https://klachtenbot.voorbeeld.nl/files?ticket=x',
  };
  const organisationChanged = () => undefined;
  const mayRelay = async () => true;
  const parts: Parts = { ...around, render, log, reports, evidence, newId, organisationChanged, mayRelay };

  /** Each turn has a bot of its own, so that nobody asks too much. */
  const turn = async (person: Person, about: object, kind = 'personal') => {
    const answers: Partial<Activity>[] = [];
    const context = new TurnContext(new Answers(answers), {
      ...{ type: 'message', channelId: 'msteams', serviceUrl: 'http://127.0.0.1', locale: language },
      from: { id: person.id, name: person.name, aadObjectId: person.id },
      recipient: { id: '28:bot', name: 'Klachtenbot' },
      conversation: { id: 'chat', conversationType: kind, isGroup: kind === 'channel', name: '' },
      ...about,
    } as Partial<Activity>);
    const bot = new KlachtenBot(parts, undefined);
    for (let times = 0; times <= asked; times++) await bot.run(context);
    return answers.at(-1) ?? {};
  };
  const invoke = async (person: Person, name: string, value: object, place?: string) =>
    (await turn(person, { type: 'invoke', name, value }, place)).value?.body;

  return {
    texts: textsFor(language),
    store,
    used,
    views,
    say: async (person, text, place) => ({ card: cardIn(await turn(person, { text }, place)) }),
    sendFile: async (person, name) => {
      const content = { downloadUrl: 'https://senwlv.sharepoint.com/file' };
      const contentType = 'application/vnd.microsoft.teams.file.download.info';
      return {
        card: cardIn(await turn(person, { text: '', attachments: [{ contentType, name, content }] })),
      };
    },
    press: async (person, { msteams, ...data }, typed = {}) => {
      used.add(String(data['verb']));
      const name = msteams === undefined ? 'task/submit' : 'task/fetch';
      const { task } = await invoke(person, name, { data: { ...data, ...typed } });
      if (task?.type !== 'continue') throw new Error(`${data['verb']} closed the dialog`);
      return { card: task.value.card.content, dialog: task.value.title };
    },
    execute: async (person, verb, data, place) => {
      used.add(verb);
      const action = { type: 'Action.Execute', verb, data };
      return { card: (await invoke(person, 'adaptiveCard/action', { action }, place)).value };
    },
    install: async (person) => {
      const type = 'installationUpdate';
      return { card: cardIn(await turn(person, { type, action: 'add' })) };
    },
    send: async (view) => ({ card: await render(view) }),
    later: async () => {
      await reports.idle();
      return { card: cardIn(sent.at(-1) ?? {}) };
    },
    keep: async (lived) => {
      const complaint = { ...lived, reference: referenceOf(2026, await store.nextNumber(2026)) };
      await store.commit({ complaint, outbox: [], posted: [], record: newRecord(now) });
      await writeRecord(complaint.id, { store });
      return complaint;
    },
    failing: (call) => deskOver(broken(store, call), shared),
    hurried: () => deskOver(store, shared, tooMuch),
    close,
  };
}

/** A store that fails at one kind of call, or at each. */
const broken = (store: Store, call?: keyof Store): Store =>
  new Proxy(store, {
    get: (real, name: keyof Store) =>
      call === undefined || name === call ? () => Promise.reject(new Error('The store is gone')) : real[name],
  });

function cardIn({ attachments = [] }: Partial<Activity>): Card {
  const [attachment] = attachments;
  if (!attachment) throw new Error('the bot answered without a card');
  return attachment.content;
}

/** Takes what the bot answers. */
class Answers extends BotAdapter {
  readonly #answers: Partial<Activity>[];
  constructor(answers: Partial<Activity>[]) {
    super();
    this.#answers = answers;
  }
  override async sendActivities(_context: TurnContext, activities: Partial<Activity>[]) {
    this.#answers.push(...activities);
    return activities.map(() => ({ id: 'sent' }));
  }
  override async updateActivity() {}
  override async deleteActivity() {}
  override async continueConversation() {}
}
