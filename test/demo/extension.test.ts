import type { Activity, TurnContext } from 'botbuilder';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commandsOf } from '../../demo/commands.ts';
import { type LocalTeams, startLocalTeams } from '../../demo/local-teams.ts';
import { answer, startBot, type TestBot } from './bot.ts';

const merel = { id: '00000000-0000-4000-8000-00000000000a', name: 'Merel' };
const channel = {
  id: '19:klachten@thread.tacv2',
  name: 'Klachten',
  team: { id: '19:team@thread.tacv2', name: 'Team' },
  members: [merel.id],
};
const action = { commandId: 'logComplaint' };

let teams: LocalTeams;
let bot: TestBot;
let seen: Activity[];
let body: unknown;

beforeEach(async () => {
  seen = [];
  body = undefined;
  bot = await startBot(async (context: TurnContext) => {
    seen.push(context.activity);
    if (context.activity.type === 'invoke') await answer(context, body);
  });
  teams = await startLocalTeams({ botUrl: bot.url, people: [merel], channels: [channel] });
});
afterEach(async () => {
  await teams.close();
  await bot.stop();
});

describe('the message extension sends what Teams does', () => {
  it('for an action command in the box to type in', async () => {
    await teams.openExtension(merel.id, channel.id, action);
    expect(seen[0]).toMatchObject({
      type: 'invoke',
      name: 'composeExtension/fetchTask',
      channelData: { source: { name: 'compose' }, tenant: {}, channel: { id: channel.id } },
      value: { ...action, commandContext: 'compose', context: { theme: 'default' } },
    });
    expect(seen[0]?.value).not.toHaveProperty('messagePayload');
  });

  it('for one on a message: its text as HTML, its sender, its moment', async () => {
    const { activityId, conversationId } = await teams.say(merel.id, 'een <b> & "twee"\n\ndrie', {
      conversationId: channel.id,
    });
    await teams.openExtension(merel.id, conversationId, { ...action, activity: activityId });
    expect(seen.at(-1)).toMatchObject({
      conversation: { id: conversationId, conversationType: 'channel' },
      value: {
        commandContext: 'message',
        messagePayload: {
          id: activityId,
          deleted: false,
          body: {
            contentType: 'html',
            content: '<p>een &#60;b&#62; &#38; &#34;twee&#34;</p>\n<p>&nbsp;</p>\n<p>drie</p>',
          },
          from: { user: { id: merel.id, displayName: 'Merel' } },
        },
      },
    });
  });

  it('for a button in its dialog, which an answer without a body closes', async () => {
    expect(await teams.submitExtension(merel.id, channel.id, action, { verb: 'x' })).toBeUndefined();
    expect(seen[0]).toMatchObject({
      name: 'composeExtension/submitAction',
      value: { ...action, commandContext: 'compose', data: { verb: 'x' } },
    });
    body = { task: { type: 'message', value: 'Klaar' } };
    expect(await teams.submitExtension(merel.id, channel.id, action, {})).toEqual(body);
  });

  it('for a search, first without a word', async () => {
    body = { composeExtension: { type: 'message', text: 'Niets' } };
    const search = { name: 'search', value: 'K-2026' };
    const ask = { commandId: 'myComplaints' };
    expect(await teams.queryExtension(merel.id, channel.id, ask)).toEqual({ type: 'message', text: 'Niets' });
    await teams.queryExtension(merel.id, channel.id, { ...ask, search, skip: 25 });
    expect(seen.map(({ name, value }) => [name, value.parameters, value.queryOptions])).toEqual([
      ['composeExtension/query', [{ name: 'initialRun', value: 'true' }], { skip: 0, count: 25 }],
      ['composeExtension/query', [search], { skip: 25, count: 25 }],
    ]);
  });
});

it('a result that was picked is a message of the person: without its preview, unknown to the bot in a channel', async () => {
  const contentType = 'application/vnd.microsoft.card.adaptive';
  const content = { type: 'AdaptiveCard', version: '1.5', body: [] };
  const result = { contentType, content, preview: { contentType: 'preview', content: {} } };
  await teams.insertResult(merel.id, channel.id, result);
  expect(teams.messages(channel.id)).toMatchObject([{ from: merel.id, card: content }]);
  expect(seen).toEqual([]);
  await teams.insertResult(merel.id, teams.personalChat(merel.id), result);
  expect(seen).toMatchObject([{ type: 'message', attachments: [{ contentType, content }] }]);
});

it('offers the commands of the app’s own manifest', () => {
  expect(commandsOf('Organisatie', 'nl-NL').map(({ id, title }) => [id, title])).toEqual([
    ['logComplaint', 'Klacht registreren'],
    ['myComplaints', 'Mijn klachten'],
  ]);
});
