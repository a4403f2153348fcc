import { CardFactory, type CloudAdapter, MessageFactory, TeamsInfo, type TurnContext } from 'botbuilder';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Reply } from '../../demo/connector.ts';
import { type LocalTeams, startLocalTeams } from '../../demo/local-teams.ts';
import { answer, startBot, type TestBot } from './bot.ts';

const anna = { id: '00000000-0000-4000-8000-00000000000a', name: 'Anna' };
const bram = { id: '00000000-0000-4000-8000-00000000000b', name: 'Bram' };
const channel = {
  id: '19:klachten@thread.tacv2',
  name: 'Klachten',
  team: { id: '19:team@thread.tacv2', name: 'Team' },
  members: [anna.id, bram.id],
};

let teams: LocalTeams;
let bot: TestBot;
let adapter: CloudAdapter;
let turn: (context: TurnContext) => Promise<void>;
let intercepted: Reply | 'drop' | undefined;

beforeEach(async () => {
  intercepted = undefined;
  turn = async () => {};
  bot = await startBot((context) => turn(context));
  adapter = bot.adapter;
  teams = await startLocalTeams({
    botUrl: bot.url,
    people: [anna, bram],
    channels: [channel],
    intercept: () => intercepted,
  });
});

afterEach(async () => {
  vi.restoreAllMocks();
  await teams.close();
  await bot.stop();
});

function card(text: string) {
  return { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text }] };
}

/** The messages of the bot that Anna has in her own chat. */
function answers(viewer = anna.id) {
  return teams.messages(teams.personalChat(anna.id), viewer).filter(({ from }) => from === 'bot');
}

describe('a personal chat', () => {
  it('takes what a person says to the bot, and the answer back', async () => {
    turn = async (context) => {
      await context.sendActivities([{ type: 'typing' }, MessageFactory.text(`Dag ${context.activity.text}`)]);
    };
    await teams.say(anna.id, 'hallo');
    const said = teams.messages(teams.personalChat(anna.id));
    expect(said.map(({ from, text }) => [from, text])).toEqual([
      [anna.id, 'hallo'],
      ['bot', 'Dag hallo'],
    ]);
  });

  it('sends activities as Teams does', async () => {
    let seen: Partial<TurnContext['activity']> = {};
    turn = async (context) => {
      seen = context.activity;
    };
    await teams.say(anna.id, 'hallo', { locale: 'en-GB' });
    expect(seen).toMatchObject({
      type: 'message',
      channelId: 'msteams',
      serviceUrl: teams.url,
      from: { id: expect.stringMatching(/^29:/), name: 'Anna', aadObjectId: anna.id },
      recipient: { id: expect.stringMatching(/^28:/), name: 'Klachtenbot' },
      conversation: { id: teams.personalChat(anna.id), conversationType: 'personal' },
      locale: 'en-GB',
    });
    expect(seen.channelData.tenant.id).toBe(seen.conversation?.tenantId);
  });

  it('greets the bot with both activities of an installation', async () => {
    const seen: string[] = [];
    turn = async ({ activity }) => void seen.push(`${activity.type} ${activity.action ?? ''}`.trim());
    await teams.install(anna.id);
    expect(seen).toEqual(['conversationUpdate', 'installationUpdate add']);
  });

  it('is repeated under the same id, without a second message', async () => {
    const seen: (string | undefined)[] = [];
    turn = async ({ activity }) => void seen.push(activity.id);
    const { activityId } = await teams.say(anna.id, 'hallo');
    await teams.say(anna.id, 'hallo', { activityId });
    expect(seen).toEqual([activityId, activityId]);
    expect(teams.messages(teams.personalChat(anna.id))).toHaveLength(1);
  });

  it('lets the bot change and remove its messages', async () => {
    turn = async (context) => {
      const first = await context.sendActivity('een');
      const second = await context.sendActivity('twee');
      await context.updateActivity({ ...MessageFactory.text('drie'), id: first?.id ?? '' });
      await context.deleteActivity(second?.id ?? '');
    };
    await teams.say(anna.id, 'hallo');
    expect(answers()).toMatchObject([{ text: 'drie', edited: 1 }, { deleted: true }]);
    expect(answers()[1]?.text).toBeUndefined();
  });

  it('brings a value along when a button without a dialog is clicked', async () => {
    let seen: unknown;
    turn = async ({ activity }) => {
      seen = [activity.text, activity.value, activity.replyToId];
    };
    await teams.submit(anna.id, teams.personalChat(anna.id), '1', { keuze: 'a' });
    expect(seen).toEqual([undefined, { keuze: 'a' }, '1']);
  });

  it('rejects with the status when the bot fails', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    turn = async () => {
      throw new Error('stuk');
    };
    await expect(teams.openDialog(anna.id, teams.personalChat(anna.id), undefined, {})).rejects.toMatchObject(
      { status: 500 },
    );
    expect(await teams.post({ type: 'message' })).toMatchObject({ status: 500 });
  });
});

describe('a dialog', () => {
  it('opens, and closes with what the bot says', async () => {
    turn = async (context) => {
      const { name, value } = context.activity;
      const dialog = { title: 'Klacht', card: CardFactory.adaptiveCard(card('Formulier')) };
      if (name === 'task/fetch') await answer(context, { task: { type: 'continue', value: dialog } });
      else if (value.data.leeg) await answer(context);
      else await answer(context, { task: { type: 'message', value: `Dank, ${value.data.naam}` } });
    };
    const chat = teams.personalChat(anna.id);
    const opened = await teams.openDialog(anna.id, chat, undefined, { msteams: { type: 'task/fetch' } });
    expect(opened?.task).toMatchObject({ value: { title: 'Klacht', card: { content: card('Formulier') } } });
    const closed = await teams.submitDialog(anna.id, chat, { naam: 'Anna' });
    expect(closed?.task).toEqual({ type: 'message', value: 'Dank, Anna' });
    expect(await teams.submitDialog(anna.id, chat, { leeg: true })).toBeUndefined();
  });
});

describe('Action.Execute', () => {
  beforeEach(() => {
    turn = async (context) => {
      const { type, value } = context.activity;
      if (type !== 'invoke') {
        const refresh = {
          action: { type: 'Action.Execute', verb: 'kijk' },
          userIds: [context.activity.from.id],
        };
        const posted = CardFactory.adaptiveCard({ ...card('voor allen'), refresh });
        await context.sendActivity(MessageFactory.attachment(posted));
      } else {
        await answer(context, {
          statusCode: 200,
          type: 'application/vnd.microsoft.card.adaptive',
          value: card(`${value.action.verb} ${value.trigger}`),
        });
      }
    };
  });

  it('is answered to who clicked alone, until the bot changes the card', async () => {
    await teams.say(anna.id, 'kaart', { conversationId: channel.id });
    const posted = await teams.waitFor(channel.id, ({ card }) => card !== undefined);
    await teams.execute(bram.id, channel.id, posted.activityId, { verb: 'neem', data: {} });
    const seenBy = (id: string) =>
      teams.messages(posted.conversationId, id).find(({ from }) => from === 'bot')?.card;
    expect(seenBy(bram.id)).toEqual(card('neem manual'));
    expect(seenBy(anna.id)).toMatchObject(card('voor allen'));

    turn = async (context) => {
      const changed = MessageFactory.attachment(CardFactory.adaptiveCard(card('nieuw')));
      await context.updateActivity({ ...changed, id: posted.activityId });
    };
    await teams.say(anna.id, 'wijzig', { conversationId: posted.conversationId });
    expect([seenBy(anna.id), seenBy(bram.id)]).toEqual([card('nieuw'), card('nieuw')]);
  });

  it('is done by itself for those the card names', async () => {
    await teams.say(anna.id, 'kaart', { conversationId: channel.id });
    const posted = await teams.waitFor(channel.id, ({ card }) => card !== undefined);
    expect(await teams.refresh(bram.id, channel.id, posted.activityId)).toBeUndefined();
    const refreshed = await teams.refresh(anna.id, channel.id, posted.activityId);
    expect(refreshed?.value).toEqual(card('kijk automatic'));
  });
});

describe('a channel', () => {
  it('starts a thread with a mention of the bot, and takes its answer in that thread', async () => {
    let seen: Partial<TurnContext['activity']> = {};
    turn = async (context) => {
      seen = context.activity;
      await context.sendActivity('antwoord');
    };
    const said = await teams.say(anna.id, 'hallo', { conversationId: channel.id });
    expect(seen).toMatchObject({
      text: '<at>Klachtenbot</at> hallo',
      conversation: { id: `${channel.id};messageid=${said.activityId}`, conversationType: 'channel' },
      channelData: { team: { id: channel.team.id }, channel: { id: channel.id } },
    });
    expect(seen.entities).toContainEqual(expect.objectContaining({ type: 'mention' }));
    expect(teams.messages(said.conversationId).map(({ text }) => text)).toEqual(['hallo', 'antwoord']);
  });

  it('knows its members, and nobody else', async () => {
    let found: unknown[] = [];
    turn = async (context) => {
      const all = await TeamsInfo.getPagedMembers(context);
      const one = await TeamsInfo.getMember(context, bram.id);
      const team = await TeamsInfo.getTeamDetails(context);
      const none = await TeamsInfo.getMember(context, 'niemand').catch((error) => error.statusCode);
      found = [all.members.map(({ name }) => name), one.name, team.name, none];
    };
    await teams.say(anna.id, 'wie', { conversationId: channel.id });
    expect(found).toEqual([['Anna', 'Bram'], 'Bram', 'Team', 404]);
  });
});

describe('the bot on its own account', () => {
  /** Lets the bot start a conversation and post in it. */
  async function start(parameters: object): Promise<{ id: string; activityId: string | undefined }> {
    let begun = { id: '', activityId: undefined as string | undefined };
    const asked = { isGroup: false, bot: { id: '', name: '' }, channelData: {}, ...parameters };
    await adapter.createConversationAsync('', 'msteams', teams.url, '', asked as never, async (context) => {
      begun = { id: context.activity.conversation.id, activityId: context.activity.id };
    });
    return begun;
  }

  it('reaches a person in the chat they have already', async () => {
    const { id } = await start({ members: [{ id: bram.id }], tenantId: 't' });
    expect(id).toBe(teams.personalChat(bram.id));
  });

  it('starts a thread in a channel, whose id it gets twice', async () => {
    const begun = await start({
      isGroup: true,
      channelData: { channel: { id: channel.id } },
      activity: MessageFactory.text('nieuw'),
    });
    const posted = await teams.waitFor(channel.id, ({ text }) => text === 'nieuw');
    const thread = `${channel.id};messageid=${posted.activityId}`;
    expect(begun).toEqual({ id: thread, activityId: thread });
  });
});

describe('faults', () => {
  /** Lets the bot post, and tells how that fails. */
  async function posting(text: string): Promise<unknown> {
    let failure: unknown;
    turn = async (context) => {
      failure = await context.sendActivity(text).catch((error) => error.statusCode ?? error.code);
    };
    await teams.say(anna.id, 'hallo');
    return failure;
  }

  it('include a message that is too large', async () => {
    expect(await posting('x'.repeat(52_000))).toBe(413);
    expect(answers()).toEqual([]);
  });

  it('include any that a test thinks of', async () => {
    intercepted = { status: 403, body: { error: { code: 'BotNotInConversationRoster', message: '' } } };
    expect(await posting('hallo')).toBe(403);
    expect(answers()).toEqual([]);
  });

  it('include an unknown conversation and an unknown message', async () => {
    const base = `${teams.url}v3/conversations`;
    const message = { method: 'PUT', body: JSON.stringify({ type: 'message' }) };
    const chat = encodeURIComponent(teams.personalChat(anna.id));
    expect((await fetch(`${base}/nergens/activities`, { ...message, method: 'POST' })).status).toBe(404);
    expect((await fetch(`${base}/${chat}/activities/1`, message)).status).toBe(404);
    intercepted = 'drop';
    await expect(fetch(`${base}/${chat}/members`)).rejects.toThrow();
  });
});

describe('the page', () => {
  it('is served with what it needs, and nothing else of this computer', async () => {
    const status = async (path: string) => (await fetch(`${teams.url}${path}`)).status;
    const page = await fetch(teams.url);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(await page.text()).toContain('<html lang="nl">');
    expect(await Promise.all(['page.js', 'page.css', 'vendor/adaptivecards.min.js'].map(status))).toEqual([
      200, 200, 200,
    ]);
    expect(await Promise.all(['..%2fpeople.json', 'tsconfig.json', 'nergens'].map(status))).toEqual([
      404, 404, 404,
    ]);
  });

  it('does what people do, and says so when the bot fails', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    const act = (type: string) =>
      fetch(`${teams.url}page/say`, {
        method: 'POST',
        headers: { 'content-type': type },
        body: JSON.stringify({ person: anna.id, conversation: teams.personalChat(anna.id), said: 'hallo' }),
      });
    expect((await act('application/json')).status).toBe(200);
    expect((await act('text/plain')).status).toBe(415);
    expect(teams.messages(teams.personalChat(anna.id))).toMatchObject([{ text: 'hallo', from: anna.id }]);
    turn = async () => {
      throw new Error('stuk');
    };
    expect((await act('application/json')).status).toBe(502);
  });
});
