// The message extension as people use it, over HTTP.
import { expect } from 'vitest';
import type { Chosen, QueryAnswer } from '../../demo/extension.ts';
import { employee, now } from '../fixtures.ts';
import { cardOf, channels, dataOf, type Harness, type Json, screening } from './harness.ts';

/** A channel in which the bot is not. */
export const place = channels.welzijn.id;

/** Each look at the clock is a second later, so that complaints have an order. */
export const ticking = () => {
  let seconds = 0;
  return () => new Date(now.getTime() + seconds++ * 1000);
};

/** The message extension as a person uses it in a channel, where the bot is not. */
export function extensionOf({ teams }: Harness, { id }: { id: string }, conversation = place) {
  const press = async (data: Json, chosen: Chosen = { commandId: 'logComplaint' }) =>
    teams.submitExtension(id, conversation, chosen, data);
  const open = async (chosen: Partial<Chosen> = {}) =>
    cardOf(await teams.openExtension(id, conversation, { commandId: 'logComplaint', ...chosen }));
  return {
    press,
    open,
    /** Opens the form on a message, and answers the screening. */
    screen: async (html: string, changed: Json = {}) =>
      cardOf(await press({ ...dataOf(await open({ html }), 'Verder'), ...screening, ...changed })),
    find: (value?: string, more: { skip?: number; count?: number } = {}) =>
      teams.queryExtension(id, conversation, {
        commandId: 'myComplaints',
        ...(value !== undefined && { search: { name: 'search', value } }),
        ...more,
      }),
  };
}

/** The titles and texts in the list of results. */
export function listed(answer: QueryAnswer): unknown[] {
  if (answer?.type !== 'result') throw new Error(`no results: ${JSON.stringify(answer)}`);
  return answer.attachments.map(({ preview }) => {
    if (!preview) throw new Error('a result without a preview');
    const { title, text } = preview.content as { title: string; text: string };
    return [title, text];
  });
}

interface Sent {
  person?: { id: string; name: string };
  locale?: string;
  conversation?: object;
  from?: object;
}

/** An activity of the message extension as it comes over the wire. */
export function activity(harness: Harness, name: string, value: object, sent: Sent = {}): Json {
  const {
    person = employee,
    locale = 'nl-NL',
    conversation = { id: place, conversationType: 'channel' },
  } = sent;
  const tenantId = '11111111-1111-4111-8111-111111111111';
  return {
    type: 'invoke',
    name: `composeExtension/${name}`,
    id: `f:${crypto.randomUUID()}`,
    channelId: 'msteams',
    serviceUrl: harness.teams.url,
    from: sent.from ?? { id: `29:${person.id}`, name: person.name, aadObjectId: person.id },
    recipient: { id: '28:bot', name: 'Klachtenbot' },
    conversation: { ...conversation, tenantId },
    channelData: { tenant: { id: tenantId }, source: { name: 'compose' } },
    locale,
    value,
  };
}

export async function invoke(
  harness: Harness,
  name: string,
  value: object,
  sent: Sent = {},
): Promise<unknown> {
  const { status, body } = await harness.teams.post(activity(harness, name, value, sent));
  expect(status).toBe(200);
  return body;
}
