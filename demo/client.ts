// What a person does in Teams: type, click, fill in; each becomes an activity sent to the bot.
import type { Sender } from './activities.ts';
import { installation, invoke, message } from './activities.ts';
import { type Activity, type ConsentAnswer, downloadType, isJson, type Json } from './content.ts';
import type { Conversations, Message } from './conversations.ts';
import { isUnheard, personalChat } from './conversations.ts';
import { type DialogAnswer, dialogAnswer } from './dialog.ts';
import { extensionOf } from './extension.ts';

/** Teams sends an activity again when the answer takes longer. */
const patience = 15_000;

/** The bot answered with an error, or (status 0) not at all. */
export class BotError extends Error {
  readonly status: number;
  readonly body: unknown;

  constructor(message: string, status: number, options: { body?: unknown; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.status = status;
    this.body = options.body;
  }
}

/** What a bot answers to an Action.Execute. */
export interface ExecuteAnswer {
  statusCode: number;
  type: string;
  value: unknown;
}

export interface SayOptions {
  /** The personal chat when left out. */
  conversationId?: string;
  locale?: string;
  /** One used before sends the message again, as Teams does when an answer took too long. */
  activityId?: string;
}

export interface ExecuteAction {
  verb: string;
  data: Json;
  id?: string;
}

export type Client = ReturnType<typeof clientOf>;

/**
 * The people's side of Teams.
 * All calls reject with a BotError when the bot answers 400 or higher or can't be reached.
 */
export function clientOf(conversations: Conversations, botUrl: string, serviceUrl: string) {
  /** Offers of files of which the bot is hearing the answer. */
  const answering = new WeakSet<Message>();

  /** Sends any activity to the bot as it is, and gives back whatever was answered. */
  async function post(activity: unknown): Promise<{ status: number; body: unknown }> {
    try {
      const response = await fetch(botUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(activity),
        signal: AbortSignal.timeout(patience),
      });
      return { status: response.status, body: parsed(await response.text()) };
    } catch (cause) {
      throw new BotError('The bot could not be reached', 0, { cause });
    }
  }

  async function send(activity: Activity): Promise<unknown> {
    const { status, body } = await post(activity);
    if (status >= 400) throw new BotError(`The bot answered ${status} to ${activity.type}`, status, { body });
    return body;
  }

  /** Who does something where; on a message in a channel, in the thread of that message. */
  function sender(personId: string, conversationId: string, activityId?: string): Sender {
    const clicked = activityId && conversations.message(conversationId, activityId);
    const person = conversations.person(personId);
    const place = conversations.find(clicked ? clicked.conversationId : conversationId);
    if (!person) throw new Error(`Unknown person ${personId}`);
    if (!place) throw new Error(`Unknown conversation ${conversationId}`);
    return { conversations, serviceUrl, person, place };
  }

  /** Puts the bot in a person's personal chat. */
  async function install(personId: string): Promise<void> {
    for (const activity of installation(sender(personId, personalChat(personId)))) await send(activity);
  }

  /** Puts the bot in the team of a channel, by a person. */
  async function installInTeam(personId: string, channelId: string): Promise<void> {
    for (const activity of installation(sender(personId, channelId))) await send(activity);
  }

  /** Sends what a person typed, and gives the message as it stands in the conversation. */
  async function say(personId: string, text: string, options: SayOptions = {}): Promise<Message> {
    const from = sender(personId, options.conversationId ?? personalChat(personId));
    const before = options.activityId && conversations.message(from.place.id, options.activityId);
    const said =
      before || conversations.add(from.place, personId, { type: 'message', text }, options.activityId);
    const place = conversations.find(said.conversationId) ?? from.place;
    if (isUnheard(place)) return said;
    await send(message({ ...from, place, locale: options.locale }, said.activityId, { text }));
    return said;
  }

  /** Sends a file in the person's own chat, as Teams does once it lies in their OneDrive; with words beside it if wanted. */
  async function sendFile(personId: string, name: string, content: Buffer, text = ''): Promise<Message> {
    const from = sender(personId, personalChat(personId));
    const { contentUrl, uniqueId, fileType } = conversations.files.send(
      serviceUrl,
      from.place.id,
      name,
      content,
    );
    const file = { contentType: downloadType, name, contentUrl };
    const attachments = [{ ...file, content: { downloadUrl: contentUrl, uniqueId, fileType } }];
    const said = conversations.add(from.place, personId, { type: 'message', text, attachments });
    await send(message(from, said.activityId, { text, attachments }));
    return said;
  }

  /** Clicks an Action.Submit without a dialog: the bot gets a message that is all value and no text. */
  async function submit(
    personId: string,
    conversationId: string,
    activityId: string | undefined,
    value: Json,
  ): Promise<void> {
    const extra = { value, ...(activityId && { replyToId: activityId }) };
    await send(message(sender(personId, conversationId, activityId), conversations.nextId(), extra));
  }

  /** Clicks an Action.Submit that asks for a dialog (`msteams: { type: 'task/fetch' }`). */
  async function openDialog(
    personId: string,
    conversationId: string,
    activityId: string | undefined,
    data: Json,
  ): Promise<DialogAnswer> {
    const value = { data, context: { theme: 'default' } };
    const from = sender(personId, conversationId, activityId);
    return dialogAnswer(await send(invoke(from, 'task/fetch', value, activityId)));
  }

  /** Clicks an Action.Submit in a dialog. */
  async function submitDialog(personId: string, conversationId: string, data: Json): Promise<DialogAnswer> {
    const value = { data, context: { theme: 'default' } };
    return dialogAnswer(await send(invoke(sender(personId, conversationId), 'task/submit', value)));
  }

  /** Clicks an Action.Execute; a card in the answer is what this person sees from now on. */
  async function execute(
    personId: string,
    conversationId: string,
    activityId: string,
    action: ExecuteAction,
    trigger: 'manual' | 'automatic' = 'manual',
  ): Promise<ExecuteAnswer> {
    const value = { action: { type: 'Action.Execute', ...action }, trigger };
    const from = sender(personId, conversationId, activityId);
    const answer = await send(invoke(from, 'adaptiveCard/action', value, activityId));
    const card = answeredCard(answer);
    const clicked = conversations.message(conversationId, activityId);
    if (card && clicked && !clicked.deleted) conversations.answer(clicked, personId, card);
    return answer as ExecuteAnswer;
  }

  /** Looks at a card that refreshes itself; nothing is sent where it doesn't for this person. */
  async function refresh(
    personId: string,
    conversationId: string,
    activityId: string,
  ): Promise<ExecuteAnswer | undefined> {
    const refreshes = conversations.message(conversationId, activityId)?.card?.['refresh'];
    if (!isJson(refreshes) || !isJson(refreshes['action'])) return undefined;
    const { userIds, action } = refreshes;
    if (Array.isArray(userIds) && !userIds.some((id) => conversations.person(String(id))?.id === personId)) {
      return undefined;
    }
    const { type: _type, title: _title, ...asked } = action;
    const { verb = '', data = {}, ...rest } = asked as Partial<ExecuteAction>;
    return execute(personId, conversationId, activityId, { verb, data, ...rest }, 'automatic');
  }

  /**
   * Accepts or declines a file that the bot offers; once accepted, the bot gets an address to upload it to.
   * Gives false, and sends nothing, where nothing is offered to this person (any more).
   */
  async function answerConsent(
    personId: string,
    conversationId: string,
    activityId: string,
    accepted: boolean,
  ): Promise<boolean> {
    const asked = conversations.message(conversationId, activityId);
    if (!asked?.consent || asked.consent.answer || answering.has(asked)) return false;
    if (conversationId !== personalChat(personId)) return false;
    const { name, acceptContext, declineContext } = asked.consent;
    const action: ConsentAnswer = accepted ? 'accept' : 'decline';
    const value = {
      type: 'fileUpload',
      action,
      context: accepted ? acceptContext : declineContext,
      ...(accepted && { uploadInfo: conversations.files.open(serviceUrl, conversationId, name) }),
    };
    answering.add(asked);
    try {
      await send(invoke(sender(personId, conversationId), 'fileConsent/invoke', value, activityId));
    } finally {
      answering.delete(asked);
    }
    conversations.answerConsent(asked, action);
    return true;
  }

  return {
    post,
    install,
    installInTeam,
    say,
    sendFile,
    submit,
    openDialog,
    submitDialog,
    execute,
    refresh,
    answerConsent,
    ...extensionOf({ sender, send }),
  };
}

function answeredCard(answer: unknown): Json | undefined {
  if (!isJson(answer) || answer['type'] !== 'application/vnd.microsoft.card.adaptive') return undefined;
  return isJson(answer['value']) ? answer['value'] : undefined;
}

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}
