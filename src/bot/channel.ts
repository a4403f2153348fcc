import { TeamsInfo, TurnContext } from 'botbuilder';
import { z } from 'zod';
import { changeOrganisation, forgetChannel } from '../app/administration.ts';
import { currentOrganisation } from '../app/handle-command.ts';
import { linkView } from '../cards/administration-view.ts';
import { messageView } from '../cards/pages.ts';
import type { View } from '../cards/render.ts';
import { directorChannel, isAdministrator } from '../domain/organisation.ts';
import { within } from '../within.ts';
import { isChannel } from './own-chat.ts';
import type { Asker, Parts } from './parts.ts';
import { replaceCard } from './replace-card.ts';

/** How long a team may take to tell its channels, in milliseconds. */
const patience = 2000;

/** What is heard in a channel. */
export const channelWords = /^(koppel|link)$/i;
const linkSchema = z.object({ to: z.string().max(50) });

/** Answers what is said to the bot in a channel: linking it, for administrators; everything else is for the chat. */
export async function answerInChannel(
  text: string,
  { actor, texts }: Asker,
  { store }: Parts,
): Promise<View> {
  const organisation = await currentOrganisation(store);
  if (!channelWords.test(text.trim()))
    return messageView({ title: texts('bot.help-title'), lines: [texts('bot.only-personal')] }, texts);
  return isAdministrator(organisation, actor.id)
    ? linkView(organisation, texts)
    : messageView({ title: texts('link.title'), lines: [texts('admin.not-administrator')] }, texts);
}

/** Links the channel in which the card stands to a department or to the director. */
export async function linkChannel(
  data: unknown,
  context: TurnContext,
  { actor, texts }: Asker,
  parts: Parts,
): Promise<View> {
  const say = (line: string) => messageView({ title: texts('link.title'), lines: [line] }, texts);
  const read = linkSchema.safeParse(data);
  const { departments } = await currentOrganisation(parts.store);
  const to = departments.find(({ id }) => id === read.data?.to);
  if (!read.success || (!to && read.data.to !== directorChannel)) return say(texts('bot.unknown-card'));
  if (!isChannel(context.activity)) return say(texts('link.only-channel'));
  const channel = { name: await channelName(context), reference: channelReference(context) };
  const changed = await changeOrganisation(
    actor,
    `channel linked: ${read.data.to}`,
    (organisation) => ({ ...organisation, channels: { ...organisation.channels, [read.data.to]: channel } }),
    parts,
  );
  if (changed !== 'changed') return say(texts(`admin.${changed}`));
  parts.log.info('organisation changed', { command: 'link-channel' });
  const done = say(texts('link.done', { to: to?.name ?? texts('admin.directors') }));
  await replaceCard(context, done, parts);
  return done;
}

/** Unlinks every channel of a team that the bot was taken out of. */
export async function unlinkTeam(context: TurnContext, parts: Parts): Promise<void> {
  const team = context.activity.channelData?.team?.id;
  const { channels } = await currentOrganisation(parts.store);
  for (const channel of Object.values(channels)) {
    if (team !== undefined && channel.reference['team'] === team) await forgetChannel(channel, parts);
  }
}

/** How the channel itself is reached, not the thread in which somebody wrote. */
function channelReference({ activity }: TurnContext): Record<string, unknown> {
  const {
    activityId: _id,
    user: _user,
    locale: _locale,
    ...reference
  } = TurnContext.getConversationReference(activity);
  const id = activity.channelData?.channel?.id ?? activity.conversation.id.split(';')[0];
  const team = activity.channelData?.team?.id;
  return JSON.parse(JSON.stringify({ ...reference, team, conversation: { ...reference.conversation, id } }));
}

/** The channel's name, where the team's roster tells it. */
async function channelName(context: TurnContext): Promise<string> {
  const id = context.activity.channelData?.channel?.id;
  const asked = TeamsInfo.getTeamChannels(context);
  const channels = await within(patience, asked, 'no channels in time').catch(() => []);
  return channels.find((channel) => channel.id === id)?.name ?? 'Algemeen';
}
