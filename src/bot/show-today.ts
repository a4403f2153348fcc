import type { Activity, AdaptiveCardInvokeResponse, TurnContext } from 'botbuilder';
import { z } from 'zod';
import { findSent } from '../app/look-up.ts';
import type { OwedNotice, PostedCard } from '../app/store.ts';
import { goneView, noticeView, personView } from '../cards/notice-view.ts';
import type { Card, View } from '../cards/render.ts';
import { type Notice, noticeKinds } from '../domain/notices.ts';
import { channelOf, type Organisation } from '../domain/organisation.ts';
import type { Person } from '../domain/people.ts';
import { standsAt } from './conversations.ts';
import { isChannel, isOwnChat } from './own-chat.ts';
import type { Asker, Parts } from './parts.ts';
import { inPlace } from './replace-card.ts';
import type { Asking } from './run-dialog.ts';

const showsSchema = z.object({ complaint: z.string().max(100), kind: z.enum(noticeKinds) });

/** Whether a turn comes from a card that somebody looks at, who said and pressed nothing. */
export const isLook = ({ name, value }: Activity) =>
  name === 'adaptiveCard/action' && value?.action?.verb === 'show-today';

/**
 * Answers a card that somebody looks at. Where there is no answer it stays as it is, and a line says so: any other status
 * than 200 is shown as a fault.
 */
export async function answerLook(
  data: unknown,
  context: TurnContext,
  { asker, texts }: Asking,
  mayLook: (personId: string) => Promise<boolean>,
  parts: Parts,
): Promise<AdaptiveCardInvokeResponse> {
  try {
    if (!asker) return inPlace(await parts.render(goneView(texts)));
    if (await mayLook(asker.actor.id))
      return inPlace(await parts.render(await showToday(data, context, asker, parts)));
  } catch (fault) {
    parts.log.error('card not brought up to date', {}, fault);
  }
  const value = texts('bot.card-stays') as unknown as Card;
  return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value };
}

/**
 * The card of a notice as it is today, for who looks at it: Teams asks by itself when that happens, so nothing is written,
 * posted or recorded as a look. It shows what an update would put in its place, also where that is still on its way or the
 * bot does not know of this copy; in a channel to everybody, since there it stands for everybody. Why it was sent is said
 * only where that is kept. Who may not know of the complaint, otherwise, gets the same as where there is none (R13).
 */
async function showToday(
  data: unknown,
  { activity }: TurnContext,
  { actor, texts }: Asker,
  parts: Parts,
): Promise<View> {
  const read = showsSchema.safeParse(data);
  if (!read.success) return goneView(texts);
  const { complaint: id, kind } = read.data;
  const found = await findSent(id, isChannel(activity) ? 'everybody' : 'viewer', actor, parts);
  if (!found) return goneView(texts);
  const { complaint, access, context, sent } = found;
  const { organisation } = context;
  const ofKind = sent.filter(({ notice }) => notice.kind === kind);
  const here = ofKind.filter((entry) => standsHere(entry, activity, actor, organisation));
  // The card itself; else what is on its way there, or another copy of it.
  const entry = here.find((each) => isItself(each, activity)) ?? here.at(-1);
  if (entry) return noticeView({ notice: entry.notice, complaint, organisation }, texts).view;
  return access === 'none' ? goneView(texts) : personView(actor.id, kind, { complaint, organisation }, texts);
}

const isItself = (entry: OwedNotice | PostedCard, { replyToId }: Activity) =>
  'place' in entry && standsAt(entry.place).activity === replyToId;

/** Whether a notice was sent to the conversation of an activity, or is on its way there. */
function standsHere(
  entry: OwedNotice | PostedCard,
  activity: Activity,
  actor: Person,
  organisation: Organisation,
): boolean {
  const { to } = entry.notice;
  if ('id' in to) return to.id === actor.id && isOwnChat(activity);
  const channel = 'place' in entry ? standsAt(entry.place).conversation : channelId(organisation, to);
  // A thread's id begins with that of its channel.
  return isChannel(activity) && channel === activity.conversation.id.split(';')[0];
}

/** The conversation of the channel that is linked to a role, where one is. */
function channelId(
  organisation: Organisation,
  { department, stage }: Exclude<Notice['to'], { id: string }>,
): unknown {
  const { conversation } = channelOf(organisation, department, stage)?.reference ?? {};
  return (conversation as { id?: unknown } | undefined)?.id;
}
