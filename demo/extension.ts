// The message extension of an app: its commands on a message and in the box to type in, as Teams calls the bot for them.
import { randomUUID } from 'node:crypto';
import { invoke, message, type Sender } from './activities.ts';
import { type Activity, type Attachment, isJson, type Json } from './content.ts';
import type { Message } from './conversations.ts';
import { type DialogAnswer, dialogAnswer } from './dialog.ts';

/** A command as the app's manifest has it. */
export interface Command {
  id: string;
  type: string;
  context: string[];
  title: string;
  parameters?: { name: string; title: string; description?: string }[];
}

/** Which command, and the message that it was chosen on. */
export interface Chosen {
  commandId: string;
  activity?: string | undefined;
  /** The message's text in HTML, where it is not that of a message in the conversation. */
  html?: string;
}

export interface Query {
  commandId: string;
  /** What was typed; nothing yet where the list is opened. */
  search?: { name: string; value: string };
  skip?: number;
  count?: number;
}

/** A result of a search: what the list shows, and the card that is put in the conversation. */
export interface Result extends Attachment {
  preview?: Attachment;
}

/** What a bot answers to a search. */
export type QueryAnswer =
  | { type: 'result'; attachments: Result[] }
  | { type: 'message'; text: string }
  | undefined;

interface Teams {
  sender(personId: string, conversationId: string): Sender;
  send(activity: Activity): Promise<unknown>;
}

/** What people do with the message extension; rejects with a BotError as the rest of the client does. */
export function extensionOf({ sender, send }: Teams) {
  async function ask(name: string, from: Sender, value: Json, source: string): Promise<unknown> {
    const activity = invoke(from, `composeExtension/${name}`, { requestId: randomUUID(), ...value });
    activity['channelData'] = { ...(activity['channelData'] as Json), source: { name: source } };
    return send(activity);
  }

  async function act(
    name: 'fetchTask' | 'submitAction',
    personId: string,
    conversationId: string,
    { commandId, activity, html }: Chosen,
    more: Json,
  ): Promise<DialogAnswer> {
    const from = sender(personId, conversationId);
    const said = activity ? from.conversations.message(conversationId, activity) : undefined;
    const commandContext = said || html !== undefined ? 'message' : 'compose';
    const messagePayload = commandContext === 'message' && payloadOf(from, said, html);
    const value = {
      commandId,
      commandContext,
      ...(messagePayload && { messagePayload }),
      context: { theme: 'default' },
      ...more,
    };
    return dialogAnswer(await ask(name, from, value, commandContext));
  }

  return {
    /** Chooses an action command, on a message or in the box to type in. */
    openExtension: (personId: string, conversationId: string, chosen: Chosen): Promise<DialogAnswer> =>
      act('fetchTask', personId, conversationId, chosen, {}),

    /** Clicks an Action.Submit in a dialog of an action command. */
    submitExtension: (
      personId: string,
      conversationId: string,
      chosen: Chosen,
      data: Json,
    ): Promise<DialogAnswer> => act('submitAction', personId, conversationId, chosen, { data }),

    /** Opens the list of a search command, or types in its box. */
    async queryExtension(personId: string, conversationId: string, query: Query): Promise<QueryAnswer> {
      const { commandId, search, skip = 0, count = 25 } = query;
      const parameters = [search?.value ? search : { name: 'initialRun', value: 'true' }];
      const value = { commandId, parameters, queryOptions: { skip, count } };
      const answer = await ask('query', sender(personId, conversationId), value, 'compose');
      return isJson(answer) ? (answer['composeExtension'] as QueryAnswer) : undefined;
    },

    /** Puts a result in the conversation, as a message of the person who picked it; in its own chat the bot hears it. */
    async insertResult(personId: string, conversationId: string, result: Result): Promise<Message> {
      const from = sender(personId, conversationId);
      const { preview: _preview, ...attachment } = result;
      const attachments = [attachment];
      const said = from.conversations.add(from.place, personId, { type: 'message', attachments });
      if (from.place.kind === 'personal')
        await send(message(from, said.activityId, { text: '', attachments }));
      return said;
    },
  };
}

/** A message as Teams hands it over: its text is HTML, a card in it is named only. */
function payloadOf({ conversations, person }: Sender, said: Message | undefined, html = htmlOf(said)): Json {
  const {
    activityId: id = conversations.nextId(),
    at = new Date().toISOString(),
    from = person.id,
  } = said ?? {};
  const user = { userIdentityType: 'aadUser', id: from, displayName: conversations.person(from)?.name };
  const application = { applicationIdentityType: 'bot', id: conversations.botId, displayName: 'Klachtenbot' };
  return {
    id,
    replyToId: null,
    createdDateTime: at,
    lastModifiedDateTime: null,
    deleted: said?.deleted ?? false,
    subject: null,
    summary: null,
    importance: 'normal',
    locale: 'nl-nl',
    body: { contentType: 'html', content: html },
    from: from === 'bot' ? { user: null, application } : { user, application: null },
    reactions: [],
    mentions: [],
    attachments: said?.card
      ? [{ id: randomUUID(), contentType: 'application/vnd.microsoft.card.adaptive' }]
      : [],
  };
}

function htmlOf(said: Message | undefined): string {
  const escaped = (said?.text ?? '').replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const lines = escaped.split('\n').map((line) => `<p>${line || '&nbsp;'}</p>`);
  return `${escaped ? lines.join('\n') : ''}${said?.card ? `<attachment id="${randomUUID()}"></attachment>` : ''}`;
}
