// What this Teams remembers: people, channels, and the messages in each conversation. In memory only.
import { createHash } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { type Activity, type ConsentAnswer, type Content, contentOf, type Json } from './content.ts';
import { Files } from './files.ts';

export interface Person {
  id: string;
  name: string;
}

export interface Channel {
  id: string;
  name: string;
  team: { id: string; name: string };
  members: string[];
  /** Whether the bot is not in it: it hears nothing there, and can't post. */
  withoutBot?: true;
}

export interface Message extends Content {
  activityId: string;
  /** In a channel: the thread it is in. */
  conversationId: string;
  from: 'bot' | (string & {});
  at: string;
  /** The message that it answers. */
  replyTo?: string | undefined;
  /** How often the bot changed it. */
  edited?: number;
  deleted?: true;
  /** The bot is not where it stands. */
  unheard?: true;
}

export type Place =
  | { kind: 'personal'; id: string; person: Person }
  | { kind: 'channel'; id: string; channel: Channel; thread: string | undefined };

const threadMark = ';messageid=';

interface Kept {
  message: Message;
  /** What Action.Execute answered, by who clicked: nobody else sees it. */
  answers: Map<string, Json>;
}

/** All conversations; emits 'change' with a conversation's id whenever something in it changes. */
export class Conversations extends EventEmitter<{ change: [conversationId: string] }> {
  readonly people: Person[];
  readonly channels: Channel[];
  readonly tenantId: string;
  readonly botId: string;
  readonly files = new Files();
  /** The language in which people have Teams. */
  locale = 'nl-NL';
  #kept: Kept[] = [];
  #lastId = 0;

  constructor(world: { people: Person[]; channels: Channel[]; tenantId: string; botId: string }) {
    super();
    this.setMaxListeners(0);
    this.people = world.people;
    this.channels = world.channels;
    this.tenantId = world.tenantId;
    this.botId = world.botId;
  }

  /** Finds a person by the id in the directory or by the id this Teams gives to the bot ('29:...'). */
  person(id: string): Person | undefined {
    return this.people.find((person) => person.id === id || teamsId(person.id) === id);
  }

  /** Finds where a conversation id leads: a person's chat, a channel, or a thread that exists in one. */
  find(id: string): Place | undefined {
    const person = this.people.find((one) => personalChat(one.id) === id);
    if (person) return { kind: 'personal', id, person };
    const [root, thread] = id.split(threadMark);
    const channel = this.channels.find((one) => one.id === root) ?? this.#general(root);
    if (!channel) return undefined;
    if (thread && !this.#kept.some(({ message }) => message.conversationId === id)) return undefined;
    return { kind: 'channel', id, channel, thread };
  }

  /** The people in a conversation. */
  members(place: Place): Person[] {
    if (place.kind === 'personal') return [place.person];
    return place.channel.members.flatMap((id) => this.person(id) ?? []);
  }

  /** An id no message has had, the time in milliseconds as in Teams. */
  nextId(): string {
    this.#lastId = Math.max(Date.now(), this.#lastId + 1);
    return String(this.#lastId);
  }

  /** Puts a message in a conversation; in a channel outside a thread it starts a thread. */
  add(place: Place, from: Message['from'], activity: Activity, activityId = this.nextId()): Message {
    const starts = place.kind === 'channel' && !place.thread;
    const conversationId = starts ? `${place.channel.id}${threadMark}${activityId}` : place.id;
    const content = contentOf(activity, conversationId, this.files);
    const unheard = isUnheard(place) && { unheard: true as const };
    const message = {
      activityId,
      conversationId,
      from,
      at: new Date().toISOString(),
      replyTo: activity.replyToId,
      ...content,
      ...unheard,
    };
    this.#kept.push({ message, answers: new Map() });
    this.emit('change', conversationId);
    return message;
  }

  /** Puts another content in a message; whoever had an answer of their own sees the new content too. */
  update(message: Message, activity: Activity): void {
    const { activityId, conversationId, from, at, replyTo, edited = 0 } = message;
    const content = contentOf(activity, conversationId, this.files);
    this.#replace({ activityId, conversationId, from, at, replyTo, ...content, edited: edited + 1 });
  }

  /** Takes the content out of a message. */
  remove(message: Message): void {
    const { activityId, conversationId, from, at } = message;
    this.#replace({ activityId, conversationId, from, at, deleted: true });
  }

  /** Shows a card to one viewer in place of the one that was posted. */
  answer(message: Message, viewerId: string, card: Json): void {
    this.#keptAs(message)?.answers.set(viewerId, card);
    this.emit('change', message.conversationId);
  }

  /** Shows what was answered about a file that was offered, where the bot has not changed the message since. */
  answerConsent(message: Message, answer: ConsentAnswer): void {
    if (this.#keptAs(message)?.message !== message || !message.consent) return;
    this.#replace({ ...message, consent: { ...message.consent, answer } });
  }

  /** The messages in a conversation, oldest first; of a channel those of all its threads. */
  messages(conversationId: string, viewerId?: string): Message[] {
    const inside = `${conversationId}${threadMark}`;
    return this.#kept
      .filter(({ message: { conversationId: id } }) => id === conversationId || id.startsWith(inside))
      .map(({ message, answers }) => {
        const card = viewerId === undefined ? undefined : answers.get(viewerId);
        return card ? { ...message, card } : message;
      });
  }

  /** Finds a message by its id in a conversation. */
  message(conversationId: string, activityId: string): Message | undefined {
    return this.messages(conversationId).find((message) => message.activityId === activityId);
  }

  /**
   * Waits until a conversation holds a message as asked for.
   * @param ms how long at most; after that it rejects
   */
  waitFor(conversationId: string, predicate: (message: Message) => boolean, ms = 5000): Promise<Message> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = this.messages(conversationId).find(predicate);
        if (found) stop(() => resolve(found));
      };
      const stop = (then: () => void) => {
        clearTimeout(timer);
        this.off('change', look);
        then();
      };
      const timer = setTimeout(
        () => stop(() => reject(new Error(`No such message in ${conversationId} within ${ms} ms`))),
        ms,
      );
      this.on('change', look);
      look();
    });
  }

  /** The channel that each team has, with the team's own id, where a bot asks for a team's members. */
  #general(id: string | undefined): Channel | undefined {
    const channels = this.channels.filter((channel) => channel.team.id === id);
    const members = [...new Set(channels.flatMap((channel) => channel.members))];
    return channels[0] && { ...channels[0].team, name: 'Algemeen', team: channels[0].team, members };
  }

  #keptAs({ conversationId, activityId }: Message): Kept | undefined {
    return this.#kept.find(
      ({ message }) => message.activityId === activityId && message.conversationId === conversationId,
    );
  }

  #replace(message: Message): void {
    const kept = this.#keptAs(message);
    if (!kept) return;
    kept.message = message;
    kept.answers.clear();
    this.emit('change', message.conversationId);
  }
}

/** Whether the bot is not in a place. */
export const isUnheard = (place: Place) => place.kind === 'channel' && place.channel.withoutBot === true;

/** The id under which the bot knows a person: opaque, as in Teams. */
export function teamsId(personId: string): string {
  return `29:1${digest(personId)}`;
}

/** The id of a person's chat with the bot. */
export function personalChat(personId: string): string {
  return `a:1${digest(`chat ${personId}`)}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
