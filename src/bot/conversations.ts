import {
  type Activity,
  CardFactory,
  type ConversationParameters,
  type ConversationReference,
  MessageFactory,
  TurnContext,
} from 'botbuilder';
import { type Message, type Messenger, type Place, type Reminder, Unreachable } from '../app/messenger.ts';
import { type Contact, contactSchema, type Store } from '../app/store.ts';
import { noticeView } from '../cards/notice-view.ts';
import { latenessView } from '../cards/pages.ts';
import type { Render, View } from '../cards/render.ts';
import { type Texts, textsFor } from '../cards/texts.ts';
import type { Person } from '../domain/people.ts';
import { Fault } from '../fault.ts';
import { within } from '../within.ts';
import type { BotAdapter } from './adapter.ts';
import { isOwnChat } from './own-chat.ts';
import { asChannelFault, createPace } from './pace.ts';

/** How long a send may take, in milliseconds; opening a chat and sending take less together than what is left of a claim. */
const sendTimeout = 10_000;
const unanswered = 'the channel did not answer in time';

/** Most people whose last conversation is kept in memory, to write it once. */
const mostRemembered = 5000;

/** Where a message stands: the conversation, the message, and the language in which it was written. */
interface Posted {
  reference: Partial<ConversationReference>;
  activityId: string;
  locale: string;
}

/** In which conversation a message stands, and which it is there. */
export function standsAt(place: Place): { conversation: string; activity: string } {
  const { reference, activityId } = place as unknown as Posted;
  return { conversation: reference.conversation?.id ?? '', activity: activityId };
}

/** Keeps where a person can be reached, each time they write or install; writes only what changed, and that once. */
export function createMemory(store: Pick<Store, 'saveContact'>) {
  const remembered = new Map<string, string>();
  return async (context: TurnContext, person: Person): Promise<void> => {
    const { activity } = context;
    // What is sent to one may never stand in a chat of two (R13).
    if (!isOwnChat(activity)) return;
    const { activityId: _id, locale: _locale, ...reference } = TurnContext.getConversationReference(activity);
    const locale = textsFor(activity.locale).language;
    const seen = JSON.stringify({ person, locale, reference });
    if (remembered.get(person.id) === seen) return;
    if (remembered.size >= mostRemembered) remembered.clear();
    remembered.set(person.id, seen);
    try {
      await store.saveContact(contactSchema.parse(JSON.parse(seen)));
    } catch (fault) {
      remembered.delete(person.id);
      throw fault;
    }
  };
}

/** Sends activities to a conversation outside a turn. */
export interface Sender {
  send(reference: Partial<ConversationReference>, activity: Partial<Activity>): Promise<void>;
  remove(reference: Partial<ConversationReference>, activityId: string): Promise<void>;
}

/** Posts cards in people's own chats and in channels, and keeps them up to date. */
export function createMessenger(
  adapter: BotAdapter,
  appId: string,
  { store, render }: { store: Pick<Store, 'loadContact' | 'anyContact'>; render: Render },
): Messenger & Reminder & Sender {
  const pace = createPace();

  const activityFor = async (message: Message, locale: string): Promise<Partial<Activity>> => {
    const texts = textsFor(locale);
    const { view, summary } = noticeView(message, texts);
    const activity = MessageFactory.attachment(CardFactory.adaptiveCard(await render(view)));
    return { ...activity, summary };
  };

  const inConversation = async <T>(
    reference: Partial<ConversationReference>,
    act: (context: TurnContext) => Promise<T>,
  ): Promise<T> => {
    await pace(reference.conversation?.id ?? '');
    let result: { value: T } | { fault: unknown } | undefined;
    // The adapter would keep a fault of the turn to itself.
    const turn = adapter.continueConversationAsync(appId, reference, async (context) => {
      result = await act(context).then(
        (value) => ({ value }),
        (fault: unknown) => ({ fault }),
      );
    });
    await within(sendTimeout, turn, unanswered);
    const ended = result as { value: T } | { fault: unknown } | undefined;
    if (!ended) throw new Fault('the turn did not run');
    if ('fault' in ended) throw asChannelFault(ended.fault);
    return ended.value;
  };

  const post = async (
    reference: Partial<ConversationReference>,
    locale: string,
    message: Message,
  ): Promise<Place> => {
    const activity = await activityFor(message, locale);
    const response = await inConversation(reference, (context) => context.sendActivity(activity));
    // Teams names the message that it took; any other answer may be that of something between.
    if (!response?.id) throw new Fault('the channel did not say where the message stands');
    const posted: Posted = { reference, activityId: response.id, locale };
    return { ...posted };
  };

  /** Opens a chat with somebody who never wrote: possible where the app was installed for them. */
  const openChat = async (person: Person): Promise<Pick<Contact, 'locale' | 'reference'>> => {
    const known = (await store.anyContact())?.reference as Partial<ConversationReference> | undefined;
    if (!known?.serviceUrl || !known.bot) throw new Unreachable('nobody has installed the bot yet');
    const parameters = {
      bot: known.bot,
      isGroup: false,
      tenantId: known.conversation?.tenantId,
      members: [{ id: person.id }],
    } as unknown as ConversationParameters;
    let reference: Partial<ConversationReference> = {};
    const opening = adapter.createConversationAsync(
      appId,
      'msteams',
      known.serviceUrl,
      '',
      parameters,
      async (context) => {
        reference = TurnContext.getConversationReference(context.activity);
      },
    );
    await within(sendTimeout, opening, unanswered).catch((fault) => {
      throw asChannelFault(fault);
    });
    return { locale: 'nl', reference: { ...reference, bot: known.bot } };
  };

  const chatWith = async (person: Person) => (await store.loadContact(person.id)) ?? (await openChat(person));

  const remind = async (person: Person, viewIn: (texts: Texts) => View) => {
    const { reference, locale } = await chatWith(person);
    const card = await render(viewIn(textsFor(locale)));
    const activity = MessageFactory.attachment(CardFactory.adaptiveCard(card));
    await inConversation(reference, (context) => context.sendActivity(activity));
  };

  return {
    send: async (reference, activity) => {
      await inConversation(reference, (context) => context.sendActivity(activity));
    },
    remove: async (reference, activityId) => {
      await inConversation(reference, (context) => context.deleteActivity(activityId));
    },
    remindOfEvaluation: async (person, organisation) => {
      const { evaluationView } = await import('../cards/analysis-view.ts');
      await remind(person, (texts) => evaluationView(organisation, texts));
    },
    tellLateness: (person, lateness) => remind(person, (texts) => latenessView(lateness, texts)),
    toPerson: async (person, message) => {
      const { reference, locale } = await chatWith(person);
      return post(reference, locale, message);
    },
    toChannel: async ({ reference }, message) => post(reference, 'nl', message),
    update: async (place, message) => {
      const { reference, activityId, locale } = place as unknown as Posted;
      const activity = { ...(await activityFor(message, locale)), id: activityId };
      await inConversation(reference, (context) => context.updateActivity(activity));
    },
  };
}
