import { type Activity, TestAdapter } from 'botbuilder';
import { describe, expect, it } from 'vitest';
import { KlachtenBot } from '../../src/bot/bot.ts';
import type { Parts } from '../../src/bot/parts.ts';
import { createRender } from '../../src/cards/render.ts';
import { employee } from '../fixtures.ts';

const ours = '11111111-1111-4111-8111-111111111111';
const theirs = '33333333-3333-4333-8333-333333333333';

/** A bot of one organisation, without a store: the first look at one fails. */
const bot = new KlachtenBot({ render: createRender(), newId: () => crypto.randomUUID() } as Parts, ours);

/** Answers an activity of the message extension, as it comes from a chat that the bot is not in. */
async function ask(name: string, tenant: string, from: object): Promise<string> {
  const adapter = new TestAdapter((context) => bot.run(context));
  await adapter.processActivity({
    type: 'invoke',
    name: `composeExtension/${name}`,
    channelId: 'msteams',
    from: { id: '29:x', name: 'Gast', ...from } as Activity['from'],
    // Teams names the tenant of a message extension beside the conversation.
    conversation: { id: '19:merel_mus@unq.gbl.spaces' } as Activity['conversation'],
    channelData: { tenant: { id: tenant } },
    locale: 'nl-NL',
    value: { commandId: name === 'query' ? 'myComplaints' : 'logComplaint', data: { verb: 'close-dialog' } },
  });
  return JSON.stringify(adapter.activeQueue);
}

const known = { aadObjectId: employee.id };
const refusal = 'niet herkennen als medewerker';

describe.each(['fetchTask', 'submitAction', 'query'])('composeExtension/%s', (name) => {
  it('R13: is refused to people of another tenant, and to who has no id, before anything is looked up', async () => {
    expect(await ask(name, theirs, known)).toContain(refusal);
    expect(await ask(name, ours, {})).toContain(refusal);
  });
});

it('composeExtension/fetchTask opens the form for people of the organisation', async () => {
  expect(await ask('fetchTask', ours, known)).toContain('Stap 1 van 2');
});
