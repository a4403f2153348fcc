// The Bot Connector: what the bot calls to post, change and remove messages and to look people up.
import { type Activity, isJson, offersFile } from './content.ts';
import type { Conversations, Person, Place } from './conversations.ts';
import { isUnheard, personalChat, teamsId } from './conversations.ts';

export interface BotCall {
  method: string;
  path: string;
  body: unknown;
}

export interface Reply {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
  /** What is answered in the place of a body in JSON. */
  text?: string;
}

const maxBytes = 100 * 1024;

/** Answers one call of the bot, with the statuses of the Bot Connector (REST API v3). */
export function answerBot(conversations: Conversations, { method, path, body }: BotCall): Reply {
  const [version, collection, id, part, item] = path.slice(1).split('/').map(decodeURIComponent);
  if (version !== 'v3') return fault(404, 'NotFound', `No such path: ${path}`);
  if (collection === 'teams' && method === 'GET' && id) return team(conversations, id, part);
  if (collection !== 'conversations') return fault(404, 'NotFound', `No such path: ${path}`);
  if (!id) return method === 'POST' ? create(conversations, body) : fault(405, 'MethodNotAllowed', method);

  const place = conversations.find(id);
  if (!place) return fault(404, 'ConversationNotFound', 'Conversation not found.');
  if (isUnheard(place)) return fault(403, 'BotNotInConversationRoster', 'The bot is not part of this.');
  if (part === 'activities') return activities(conversations, place, method, item, body);
  if (method !== 'GET') return fault(405, 'MethodNotAllowed', method);
  if (part === 'members') return members(conversations, place, item);
  if (part === 'pagedmembers')
    return ok({ members: conversations.members(place).map(account(conversations)) });
  return fault(404, 'NotFound', `No such path: ${path}`);
}

function activities(
  conversations: Conversations,
  place: Place,
  method: string,
  activityId: string | undefined,
  body: unknown,
): Reply {
  if (method === 'POST') {
    // Answering a message outside a thread answers in the thread that message started.
    const thread = activityId && conversations.message(place.id, activityId)?.conversationId;
    return post(conversations, (thread && conversations.find(thread)) || place, body);
  }
  const message = activityId ? conversations.message(place.id, activityId) : undefined;
  if (!message || message.deleted) return fault(404, 'ActivityNotFoundInConversation', 'Activity not found.');
  if (message.from !== 'bot') return fault(403, 'ForbiddenOperation', 'Not a message of this bot.');
  if (method === 'DELETE') {
    conversations.remove(message);
    return { status: 200 };
  }
  if (method !== 'PUT') return fault(405, 'MethodNotAllowed', method);
  const refused = refusal(place, body);
  if (refused) return refused;
  conversations.update(message, body as Activity);
  return ok({ id: message.activityId });
}

function post(conversations: Conversations, place: Place, body: unknown): Reply {
  const refused = refusal(place, body);
  if (refused) return refused;
  const activity = body as Activity;
  if (activity.type !== 'message') return { status: 201, body: { id: conversations.nextId() } };
  return { status: 201, body: { id: conversations.add(place, 'bot', activity).activityId } };
}

function refusal(place: Place, body: unknown): Reply | undefined {
  if (!isJson(body) || typeof body['type'] !== 'string') return fault(400, 'BadSyntax', 'Not an activity.');
  if (JSON.stringify(body).length * 2 > maxBytes) {
    return fault(413, 'MessageSizeTooBig', 'Message size too large.');
  }
  if (place.kind === 'personal' || !offersFile(body as Activity)) return undefined;
  return fault(400, 'BadArgument', 'A file can be offered in a personal chat only.');
}

function create(conversations: Conversations, body: unknown): Reply {
  if (!isJson(body)) return fault(400, 'BadSyntax', 'Not a conversation.');
  const { channelData, members: asked, activity } = body;
  const channel =
    isJson(channelData) && isJson(channelData['channel']) ? channelData['channel']['id'] : undefined;
  if (typeof channel === 'string') {
    const place = conversations.find(channel);
    if (place?.kind !== 'channel') return fault(404, 'ConversationNotFound', 'Channel not found.');
    const refused = refusal(place, activity);
    if (refused) return refused;
    const { conversationId } = conversations.add(place, 'bot', activity as Activity);
    // Teams gives the conversation's id for the activity's too.
    return { status: 201, body: { id: conversationId, activityId: conversationId } };
  }
  const first: unknown = Array.isArray(asked) && asked.length === 1 ? asked[0] : undefined;
  const person = isJson(first) ? conversations.person(String(first['id'])) : undefined;
  if (!person) return fault(400, 'BadArgument', 'One known member is needed.');
  const id = personalChat(person.id);
  if (activity === undefined) return { status: 201, body: { id } };
  const posted = post(conversations, { kind: 'personal', id, person }, activity);
  if (posted.status !== 201 || !isJson(posted.body)) return posted;
  return { status: 201, body: { id, activityId: posted.body['id'] } };
}

function members(conversations: Conversations, place: Place, memberId: string | undefined): Reply {
  const all = conversations.members(place);
  if (memberId === undefined) return ok(all.map(account(conversations)));
  const person = conversations.person(memberId);
  if (!person || !all.includes(person)) return fault(404, 'MemberNotFoundInConversation', 'No such member.');
  return ok(account(conversations)(person));
}

function account({ tenantId }: Conversations) {
  return ({ id, name }: Person) => ({
    id: teamsId(id),
    name,
    objectId: id,
    aadObjectId: id,
    userRole: 'user',
    tenantId,
  });
}

function team(conversations: Conversations, id: string, part: string | undefined): Reply {
  const channels = conversations.channels.filter((channel) => channel.team.id === id);
  const [first] = channels;
  if (!first) return fault(404, 'NotFound', 'Team not found.');
  if (part === 'conversations') {
    return ok({ conversations: channels.map((channel) => ({ id: channel.id, name: channel.name })) });
  }
  if (part !== undefined) return fault(404, 'NotFound', 'No such path.');
  const memberCount = new Set(channels.flatMap((channel) => channel.members)).size;
  return ok({ ...first.team, channelCount: channels.length, memberCount });
}

function ok(body: unknown): Reply {
  return { status: 200, body };
}

function fault(status: number, code: string, message: string): Reply {
  return { status, body: { error: { code, message } } };
}
