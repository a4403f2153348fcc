import type { Activity } from 'botbuilder';

/**
 * Whether somebody is in their own chat with the bot. Teams calls a chat of two people personal too, where a message
 * extension can be used: its id begins as that of a group does.
 */
export function isOwnChat({ conversation }: Pick<Activity, 'conversation'>): boolean {
  return conversation?.conversationType === 'personal' && !conversation.id.startsWith('19:');
}

/** Whether something happens in a channel, in a thread of it or beside them. */
export const isChannel = ({ conversation }: Pick<Activity, 'conversation'>) =>
  conversation?.conversationType === 'channel';
