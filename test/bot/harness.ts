// A bot and a local Teams, over HTTP on loopback, with a database of their own.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BotCall, Reply } from '../../demo/connector.ts';
import type { DialogAnswer } from '../../demo/dialog.ts';
import { type Fault, type LocalTeams, startLocalTeams } from '../../demo/local-teams.ts';
import type { FilesConfig } from '../../src/config/files.ts';
import type { StorePlace } from '../../src/config/store.ts';
import type { TelemetryConfig } from '../../src/config/telemetry.ts';
import type { Person } from '../../src/domain/people.ts';
import { createLog } from '../../src/log.ts';
import { type Running, start } from '../../src/main.ts';
import { administrator, colleague, director, employee, everybody, lead, senior } from '../fixtures.ts';

export type Json = Record<string, unknown>;

export interface Harness {
  teams: LocalTeams;
  bot: Running;
  botUrl: string;
  /** Everything that was logged, as text. */
  logged(): string;
  /** Everything that lies in the database's files, as text. */
  stored(): string;
  /** Faults of the channel: what answers a call of the bot instead. */
  intercept: { with: ((call: BotCall) => Reply | Fault | undefined) | undefined };
  databaseFile: string;
  stop(): Promise<void>;
}

const team = { id: '19:senw-lv@thread.tacv2', name: 'SenW LV' };
/** The channels in which approvers and directors are. */
export const channels = {
  welzijn: {
    id: '19:welzijn@thread.tacv2',
    name: 'Klachten Welzijn',
    team,
    members: [senior, lead, administrator].map(({ id }) => id),
  },
  directie: {
    id: '19:directie@thread.tacv2',
    name: 'Klachten directie',
    team,
    members: [director, administrator].map(({ id }) => id),
  },
};

/** Starts both; everybody has installed the bot. */
export async function startHarness(
  options: {
    install?: boolean;
    clock?: () => Date;
    store?: StorePlace;
    files?: Partial<FilesConfig>;
    telemetry?: TelemetryConfig;
  } = {},
): Promise<Harness> {
  const folder = mkdtempSync(join(tmpdir(), 'klachten-'));
  const databaseFile = join(folder, 'test.db');
  const lines: string[] = [];
  const log = createLog('debug', { write: (line) => void lines.push(line) });
  const config = {
    port: 0,
    host: '127.0.0.1',
    auth: { kind: 'none' },
    store: options.store ?? { kind: 'sqlite', file: databaseFile },
    keys: { kind: 'made', file: join(folder, 'keys.json') },
    files: { place: { kind: 'folder', folder: join(folder, 'files') }, ...options.files },
    organisationFile: new URL('../../demo/organisation.json', import.meta.url).pathname,
    noticesLateAfter: 15,
    telemetry: options.telemetry,
    logLevel: 'debug',
  } as const;
  const bot = await start(config, log, options.clock);
  const botUrl = `http://127.0.0.1:${bot.port}/api/messages`;
  const intercept: Harness['intercept'] = { with: undefined };
  const teams = await startLocalTeams({
    botUrl,
    people: everybody,
    channels: Object.values(channels),
    intercept: (call) => intercept.with?.(call),
  });
  if (options.install !== false) for (const { id } of everybody) await teams.install(id);
  return {
    teams,
    bot,
    botUrl,
    intercept,
    databaseFile,
    logged: () => lines.join(''),
    stored: () =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'))
        .join('\n'),
    stop: async () => {
      await bot.stop();
      await teams.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The card in a dialog, or a clear failure where it closed. */
export function cardOf(answer: DialogAnswer): Json {
  if (answer?.task.type !== 'continue') throw new Error('the dialog shows no card');
  return answer.task.value.card.content;
}

/** All the words on a card. */
export function wordsOf(card: unknown): string {
  if (typeof card !== 'object' || card === null) return '';
  return Object.entries(card)
    .map(([key, value]) =>
      typeof value === 'string' && ['text', 'title', 'value', 'label', 'placeholder'].includes(key)
        ? value
        : wordsOf(value),
    )
    .filter(Boolean)
    .join('\n');
}

/** Every button on a card, wherever it stands: its title and what it carries. */
export function buttonsOf(card: unknown): { title: string; data: Json }[] {
  if (typeof card !== 'object' || card === null) return [];
  if ('type' in card && String(card.type).startsWith('Action.') && 'title' in card) {
    return [{ title: String(card.title), data: ('data' in card ? card.data : {}) as Json }];
  }
  return Object.values(card).flatMap(buttonsOf);
}

/** What a button carries. */
export function dataOf(card: unknown, title: string): Json {
  const button = buttonsOf(card).find((each) => each.title === title);
  if (!button) throw new Error(`no button ${title} among ${buttonsOf(card).map((each) => each.title)}`);
  return button.data;
}

/** What stands in each input of a form. */
export function inputsOf(card: unknown): Record<string, string> {
  if (typeof card !== 'object' || card === null) return {};
  if ('type' in card && String(card.type).startsWith('Input.') && 'id' in card) {
    return { [String(card.id)]: 'value' in card ? String(card.value) : '' };
  }
  return Object.assign({}, ...Object.values(card).map(inputsOf));
}

export const screening = {
  relation: 'client',
  name: 'Kanarie van der Berg',
  externalBody: 'false',
  compensation: 'false',
};

/** A complaint as it is typed on the phone. */
export const typedComplaint = {
  name: 'Kanarie van der Berg',
  relation: 'client',
  description: 'Kanariegeheim: twee keer niet teruggebeld',
  department: 'welzijn',
  nature: 'conduct',
  concernedIds: colleague.id,
  concernedNames: '',
  phone: '070 763 06 06',
  email: '',
  wish: '',
  evidence: '',
  wayIn: 'phone',
  entryStage: 'employee',
  submittedOn: '2026-11-24',
};

/** What a person does in their own chat with the bot. */
export function at({ teams }: Harness, { id }: Person) {
  const chat = teams.personalChat(id);
  const press = (data: Json) => teams.submitDialog(id, chat, data);
  return {
    press,
    open: (data: Json) => teams.openDialog(id, chat, undefined, data),
    /** Says something, and gives the card that answers it. */
    async ask(text: string, options = {}): Promise<Json> {
      const { activityId } = await teams.say(id, text, options);
      // Notices may come at any time, before the answer or after it.
      return teams.messages(chat).findLast(({ replyTo }) => replyTo === activityId)?.card ?? {};
    },
    /** The cards that the bot sent, oldest first. */
    cards: () => teams.messages(chat).flatMap(({ card }) => card ?? []),
    /** Waits for a card with these words. */
    async told(words: string): Promise<Json> {
      const { card } = await teams.waitFor(chat, (message) => wordsOf(message.card).includes(words));
      return card ?? {};
    },
    /** Opens the form and answers the screening. */
    async screen(changed: Json = {}) {
      const form = cardOf(await teams.openDialog(id, chat, undefined, { verb: 'open-log-complaint' }));
      return press({ ...dataOf(form, 'Verder'), ...screening, ...changed });
    },
    /** Logs a complaint in the two steps, and gives the receipt. */
    async log(changed: Json = {}): Promise<Json> {
      const form = cardOf(await this.screen());
      return cardOf(await press({ ...dataOf(form, 'Vastleggen'), ...typedComplaint, ...changed }));
    },
    /** Presses one of the buttons of an opened complaint, and fills in its form. */
    async fill(details: Json, button: string, typed: Json): Promise<Json> {
      const form = cardOf(await press(dataOf(details, button)));
      return cardOf(await press({ ...inputsOf(form), ...dataOf(form, 'Vastleggen'), ...typed }));
    },
  };
}

/** The reference on a receipt, or anywhere on a card. */
export const referenceOn = (card: Json): string => /K-\d{4}-\d{4,}/.exec(wordsOf(card))?.[0] ?? '';

/** What stands in a channel: the latest card of the bot, as this person sees it. */
export const channelCard = ({ teams }: Harness, channel: { id: string }, viewer?: Person) =>
  teams
    .messages(channel.id, viewer?.id)
    .filter(({ card }) => card !== undefined)
    .at(-1);

/** Links the channels, as an administrator does. */
export async function linkChannels(harness: Harness): Promise<void> {
  await linkChannel(harness, channels.welzijn, 'welzijn');
  await linkChannel(harness, channels.directie, 'director');
}

/** Links a channel to a department or to the director, beside what it was linked to. */
export async function linkChannel(harness: Harness, channel: { id: string }, to: string): Promise<void> {
  await harness.teams.say(administrator.id, 'koppel', { conversationId: channel.id });
  const { activityId = '' } = channelCard(harness, channel) ?? {};
  await harness.teams.execute(administrator.id, channel.id, activityId, {
    verb: 'link-channel',
    data: { to },
  });
}

/** Logs a complaint as the employee, records a talk, and asks for it at the manager. */
export async function askManager(harness: Harness, changed: Json = {}): Promise<void> {
  const me = at(harness, employee);
  const details = cardOf(await me.press(dataOf(await me.log(changed), 'Klacht openen')));
  const talk = { participants: 'complainant,concerned', account: 'Kanarieverslag', satisfied: 'no' };
  const talked = await me.fill(details, 'Gesprek vastleggen', talk);
  await me.fill(talked, 'Naar de volgende stap', { escalationWish: 'Kanariewens: niet tevreden' });
}

/** Clicks a decision on a card in a channel or a chat, and gives the card that answers it. */
export async function decideOn(
  { teams }: Harness,
  { id }: Person,
  conversation: string,
  activityId: string,
  title: string,
  card: unknown,
): Promise<Json> {
  const { verb, data } = actionOn(card, title);
  const { value } = await teams.execute(id, conversation, activityId, { verb, data });
  return value as Json;
}

/** An Action.Execute on a card: its verb and what it carries. */
export function actionOn(card: unknown, title: string): { verb: string; data: Json } {
  const found: { verb: string; data: Json }[] = [];
  const look = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('verb' in node && 'title' in node && node.title === title) found.push(node as never);
    Object.values(node).forEach(look);
  };
  look(card);
  const [first] = found;
  if (!first) throw new Error(`no decision ${title}`);
  return first;
}
