// Activities as Teams sends them to a bot.
import { randomUUID } from 'node:crypto';
import type { Activity, Json } from './content.ts';
import type { Conversations, Person, Place } from './conversations.ts';
import { teamsId } from './conversations.ts';

export interface Sender {
  conversations: Conversations;
  serviceUrl: string;
  person: Person;
  place: Place;
  locale?: string | undefined;
}

/** What each activity carries, whatever its type: who, where, when, and in which language. */
export function envelope(sender: Sender, type: string, extra: Json & { channelData?: Json }): Activity {
  const { conversations, serviceUrl, person, place, locale = sender.conversations.locale } = sender;
  const { tenantId, botId } = conversations;
  const now = new Date();
  const { channelData, ...rest } = extra;
  return {
    type,
    id: `f:${randomUUID()}`,
    timestamp: now.toISOString(),
    localTimestamp: localTime(now),
    localTimezone: 'Europe/Amsterdam',
    channelId: 'msteams',
    serviceUrl,
    from: { id: teamsId(person.id), name: person.name, aadObjectId: person.id },
    recipient: { id: `28:${botId}`, name: 'Klachtenbot' },
    conversation: {
      id: place.id,
      conversationType: place.kind,
      tenantId,
      ...(place.kind === 'channel' && { isGroup: true }),
    },
    locale,
    entities: [{ type: 'clientInfo', locale, country: 'NL', platform: 'Web', timezone: 'Europe/Amsterdam' }],
    channelData: { ...channelOf(place), tenant: { id: tenantId }, ...channelData },
    ...rest,
  };
}

const mention = /@Klachtenbot/i;

/**
 * A message; in a channel a bot only gets those that mention it, with the mention in the text. Who leaves it out there
 * is taken to have meant it.
 */
export function message(sender: Sender, activityId: string, extra: Json & { text?: string }): Activity {
  const activity = envelope(sender, 'message', { id: activityId, ...extra });
  if (extra.text === undefined) return activity;
  activity['textFormat'] = 'plain';
  if (sender.place.kind !== 'channel') return activity;
  const marked = '<at>Klachtenbot</at>';
  activity.text = mention.test(extra.text) ? extra.text.replace(mention, marked) : `${marked} ${extra.text}`;
  const mentioned = { type: 'mention', mentioned: activity['recipient'], text: marked };
  activity['entities'] = [mentioned, ...(activity['entities'] as Json[])];
  return activity;
}

/** An invoke: a question that the bot answers in the same request. */
export function invoke(sender: Sender, name: string, value: Json, replyToId?: string): Activity {
  const channelData = { source: { name: 'message' } };
  return envelope(sender, 'invoke', { name, value, channelData, ...(replyToId && { replyToId }) });
}

/** The two activities that tell a bot it was put somewhere: in a chat or in a team. */
export function installation(sender: Sender): Activity[] {
  const { botId } = sender.conversations;
  const inTeam = sender.place.kind === 'channel';
  const channelData = inTeam ? { eventType: 'teamMemberAdded' } : {};
  return [
    envelope(sender, 'conversationUpdate', { membersAdded: [{ id: `28:${botId}` }], channelData }),
    envelope(sender, 'installationUpdate', { action: 'add' }),
  ];
}

function channelOf(place: Place): Json {
  if (place.kind === 'personal') return {};
  const { id, team } = place.channel;
  return { teamsChannelId: id, teamsTeamId: team.id, channel: { id }, team: { id: team.id } };
}

function localTime(now: Date): string {
  const minutes = -now.getTimezoneOffset();
  const local = new Date(now.getTime() + minutes * 60_000).toISOString().slice(0, -1);
  const two = (n: number) => String(Math.floor(Math.abs(n))).padStart(2, '0');
  return `${local}${minutes < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}
