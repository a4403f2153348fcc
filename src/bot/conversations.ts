import { CardFactory, type ConversationReference, MessageFactory, TurnContext } from 'botbuilder';
import type { SendNotice } from '../app/deliver-notices.ts';
import type { Store } from '../app/store.ts';
import { referenceView } from '../cards/case-view.ts';
import type { Render } from '../cards/render.ts';
import { textsFor } from '../cards/texts.ts';
import type { Person } from '../domain/people.ts';
import { Fault } from '../fault.ts';
import type { BotAdapter } from './adapter.ts';

/** How long a send may take, in milliseconds; shorter than a notice is claimed for. */
const sendTimeout = 15_000;

/** Most people whose last conversation is kept in memory, to write it once. */
const mostRemembered = 5000;

/** Keeps where a person can be reached, each time they write or install; writes only what changed. */
export function createMemory(store: Pick<Store, 'saveContact'>) {
  const remembered = new Map<string, string>();
  return async (context: TurnContext, person: Person): Promise<void> => {
    const { activity } = context;
    if (activity.conversation?.conversationType !== 'personal') return;
    const { activityId: _id, ...reference } = TurnContext.getConversationReference(activity);
    const contact = { person, locale: activity.locale ?? '', reference };
    const written = JSON.stringify(contact);
    if (remembered.get(person.id) === written) return;
    await store.saveContact(JSON.parse(written));
    if (remembered.size >= mostRemembered) remembered.clear();
    remembered.set(person.id, written);
  };
}

/** Sends notices to people's own chats: a card that names the complaint by reference alone. */
export function createSender(
  adapter: BotAdapter,
  appId: string,
  { store, render }: { store: Pick<Store, 'loadContact'>; render: Render },
): SendNotice {
  return async ({ kind, to }, complaint) => {
    const contact = await store.loadContact(to.id);
    if (!contact) throw new Fault('the person has not installed the bot yet');
    const texts = textsFor(contact.locale);
    const card = await render(referenceView(complaint, texts, texts(`notice.${kind}`)));
    const message = MessageFactory.attachment(CardFactory.adaptiveCard(card));
    message.summary = texts(`notice.${kind}`);
    await within(sendTimeout, post(adapter, appId, contact.reference, message));
  };
}

/** Posts a message in a known conversation; throws what went wrong, which the adapter would keep to itself. */
async function post(adapter: BotAdapter, appId: string, reference: object, message: object): Promise<void> {
  let failure: unknown;
  await adapter.continueConversationAsync(
    appId,
    reference as Partial<ConversationReference>,
    async (context) => {
      try {
        await context.sendActivity(message);
      } catch (fault) {
        failure = fault;
      }
    },
  );
  if (failure !== undefined) throw failure;
}

function within(milliseconds: number, sending: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Fault('the channel did not answer in time')), milliseconds);
  });
  return Promise.race([sending, late]).finally(() => clearTimeout(timer));
}
