import { MessageFactory, type TurnContext } from 'botbuilder';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { UploadInfo } from '../../demo/files.ts';
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
const report = Buffer.from('afdeling;klachten\nWelzijn;3\n');
const offer = MessageFactory.attachment({
  contentType: 'application/vnd.microsoft.teams.card.file.consent',
  name: "jaar '26.csv",
  content: {
    description: 'De cijfers van dit jaar',
    sizeInBytes: report.length,
    acceptContext: { year: 2026 },
    declineContext: { year: 'geen' },
  },
});

let teams: LocalTeams;
let bot: TestBot;
let chat: string;
/** What the bot does with the answer to its offer. */
let answered: (context: TurnContext) => Promise<void>;
/** The values of the invokes that the bot got. */
let invoked: { name: string | undefined; replyToId: string | undefined; value: unknown }[];

beforeEach(async () => {
  invoked = [];
  answered = async () => {};
  bot = await startBot(async (context) => {
    const { type, name, replyToId, value } = context.activity;
    if (type !== 'invoke') return void (await context.sendActivity(offer));
    invoked.push({ name, replyToId, value });
    await answered(context);
    await answer(context);
  });
  teams = await startLocalTeams({ botUrl: bot.url, people: [anna, bram], channels: [channel] });
  chat = teams.personalChat(anna.id);
});

afterEach(async () => {
  vi.restoreAllMocks();
  await teams.close();
  await bot.stop();
});

/** Lets the bot offer the file to Anna, and gives the id of the message. */
async function offered(): Promise<string> {
  await teams.say(anna.id, 'rapport');
  return (await teams.waitFor(chat, ({ consent }) => consent !== undefined)).activityId;
}

function shown(activityId: string) {
  return teams.messages(chat).find((message) => message.activityId === activityId);
}

function upload(url: string, headers: Record<string, string> = {}): Promise<Response> {
  const whole = `bytes 0-${report.length - 1}/${report.length}`;
  return fetch(url, { method: 'PUT', headers: { 'content-range': whole, ...headers }, body: report });
}

/** Accepts the offer without an upload, and gives what the bot was told. */
async function accepted(): Promise<UploadInfo> {
  const told = Promise.withResolvers<UploadInfo>();
  answered = async ({ activity }) => told.resolve(activity.value.uploadInfo);
  await teams.answerConsent(anna.id, chat, await offered(), true);
  return told.promise;
}

function given({ name, contentUrl, uniqueId, fileType }: UploadInfo) {
  const contentType = 'application/vnd.microsoft.teams.card.file.info';
  return MessageFactory.attachment({ contentType, name, contentUrl, content: { uniqueId, fileType } });
}

describe('a file that is offered', () => {
  it('is uploaded by the bot once it is accepted, and can be downloaded by its name', async () => {
    answered = async (context) => {
      const { uploadInfo } = context.activity.value;
      expect((await upload(uploadInfo.uploadUrl)).status).toBe(201);
      await context.sendActivity(given(uploadInfo));
    };
    const activityId = await offered();
    expect(shown(activityId)?.consent).toMatchObject({
      name: "jaar '26.csv",
      description: 'De cijfers van dit jaar',
      sizeInBytes: report.length,
    });
    expect(await teams.answerConsent(anna.id, chat, activityId, true)).toBe(true);
    const uploadInfo = { name: "jaar '26.csv", fileType: 'csv' };
    expect(invoked).toMatchObject([
      {
        name: 'fileConsent/invoke',
        replyToId: activityId,
        value: { type: 'fileUpload', action: 'accept', context: { year: 2026 }, uploadInfo },
      },
    ]);
    const { file } = await teams.waitFor(chat, (message) => message.file !== undefined);
    expect(file?.name).toBe("jaar '26.csv");
    expect(teams.file(file?.id ?? '')?.content).toEqual(report);

    const page = await fetch(`${teams.url}page/files/${file?.id}`);
    expect(page.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''jaar%20%2726.csv");
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect(Buffer.from(await page.arrayBuffer())).toEqual(report);
  });

  it('is not uploaded when it is declined', async () => {
    const activityId = await offered();
    expect(await teams.answerConsent(anna.id, chat, activityId, false)).toBe(true);
    expect(invoked[0]?.value).toEqual({
      type: 'fileUpload',
      action: 'decline',
      context: { year: 'geen' },
    });
    expect(shown(activityId)?.consent?.answer).toBe('decline');
  });

  it('is answered once, by the person it is offered to', async () => {
    const activityId = await offered();
    expect(await teams.answerConsent(bram.id, chat, activityId, true)).toBe(false);
    const both = [true, false].map((yes) => teams.answerConsent(anna.id, chat, activityId, yes));
    expect(await Promise.all(both)).toEqual([true, false]);
    expect(await teams.answerConsent(anna.id, chat, activityId, false)).toBe(false);
    expect(invoked).toHaveLength(1);
    expect(shown(activityId)?.consent?.answer).toBe('accept');
  });

  it('can be answered again when the bot failed', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    answered = async () => {
      throw new Error('stuk');
    };
    const activityId = await offered();
    await expect(teams.answerConsent(anna.id, chat, activityId, true)).rejects.toMatchObject({ status: 500 });
    answered = async () => {};
    expect(await teams.answerConsent(anna.id, chat, activityId, true)).toBe(true);
  });

  it('may be replaced or removed by the bot, whatever was answered', async () => {
    answered = async (context) => {
      await context.updateActivity({ ...MessageFactory.text('klaar'), id: context.activity.replyToId ?? '' });
    };
    const first = await offered();
    await teams.answerConsent(anna.id, chat, first, true);
    expect(shown(first)).toMatchObject({ text: 'klaar' });
    expect(shown(first)?.consent).toBeUndefined();

    answered = (context) => context.deleteActivity(context.activity.replyToId ?? '');
    const second = await offered();
    await teams.answerConsent(anna.id, chat, second, true);
    expect(shown(second)).toMatchObject({ deleted: true });
    expect(await teams.answerConsent(anna.id, chat, second, true)).toBe(false);
  });

  it('is refused in a channel', async () => {
    const activities = `${teams.url}v3/conversations/${encodeURIComponent(channel.id)}/activities`;
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(activities, { method: 'POST', headers, body: JSON.stringify(offer) });
    expect(response.status).toBe(400);
    expect(teams.messages(channel.id)).toEqual([]);
  });

  it('is answered from the page', async () => {
    const activity = await offered();
    const response = await fetch(`${teams.url}page/consent`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ person: anna.id, conversation: chat, activity, accepted: true }),
    });
    expect(await response.json()).toBe(true);
    expect(shown(activity)?.consent?.answer).toBe('accept');
  });
});

describe('an upload', () => {
  it('is taken once', async () => {
    const { uploadUrl, uniqueId } = await accepted();
    const response = await upload(uploadUrl);
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({ id: uniqueId, name: "jaar '26.csv", size: report.length });
    expect((await upload(uploadUrl)).status).toBe(404);
  });

  it('needs the range of the whole file, and no token', async () => {
    const { uploadUrl, uniqueId } = await accepted();
    const statusWith = async (headers: Record<string, string>) => (await upload(uploadUrl, headers)).status;
    expect(await statusWith({ 'content-range': `bytes 0-${report.length}/${report.length}` })).toBe(400);
    expect(await statusWith({ 'content-range': '' })).toBe(400);
    expect(await statusWith({ authorization: 'Bearer x' })).toBe(401);
    expect(teams.file(uniqueId)).toBeUndefined();
    expect(await statusWith({})).toBe(201);
  });

  it('is refused when it is too large', async () => {
    const { uploadUrl } = await accepted();
    const body = Buffer.alloc(25_000_001);
    const headers = { 'content-range': `bytes 0-${body.length - 1}/${body.length}` };
    expect((await fetch(uploadUrl, { method: 'PUT', headers, body })).status).toBe(413);
  });

  it('needs an address that was given', async () => {
    const { uploadUrl, uniqueId } = await accepted();
    expect((await upload(`${teams.url}upload/${uniqueId}`)).status).toBe(404);
    expect((await fetch(uploadUrl)).status).toBe(405);
  });
});

describe('a file that the bot says it gave', () => {
  it('has no link when this chat has no such file', async () => {
    const info = await accepted();
    const link = async (personId: string, changed: Partial<UploadInfo>) => {
      const activities = `${teams.url}v3/conversations/${encodeURIComponent(teams.personalChat(personId))}/activities`;
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify(given({ ...info, ...changed }));
      await fetch(activities, { method: 'POST', headers, body });
      return teams.messages(teams.personalChat(personId)).at(-1)?.file;
    };
    const without = { name: "jaar '26.csv" };
    expect(await link(anna.id, {})).toEqual(without);
    await upload(info.uploadUrl);
    expect(await link(anna.id, { contentUrl: 'http://127.0.0.1:1/x' })).toEqual(without);
    expect(await link(anna.id, { uniqueId: 'onbekend' })).toEqual(without);
    expect(await link(bram.id, {})).toEqual(without);
    expect(await link(anna.id, {})).toEqual({ ...without, id: info.uniqueId });
    expect((await fetch(`${teams.url}page/files/onbekend`)).status).toBe(404);
  });
});
