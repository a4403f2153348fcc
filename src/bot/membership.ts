import { TeamsInfo, type TurnContext } from 'botbuilder';
import type { Store } from '../app/store.ts';
import type { Person } from '../domain/people.ts';
import type { Log } from '../log.ts';
import { within } from '../within.ts';
import { isOwnChat } from './own-chat.ts';

/** How long it is known of somebody that they belong to the organisation, in milliseconds. */
const validity = 24 * 60 * 60_000;
/** When somebody is asked about again who did not belong to it, or whose roster could not be read, in milliseconds. */
const untilAskedAgain = 60_000;
/** How long the roster may take to answer, in milliseconds; Teams waits 15 seconds for the bot, 5 in some places. */
const patience = 2000;
/** Most people who are remembered. */
const mostRemembered = 5000;

/** `unsure`: in their own chat with the bot, whose roster can't be read now. */
export type Membership = 'member' | 'unsure' | 'stranger';

/**
 * Tells whether somebody belongs to the organisation rather than being a guest in it: Teams gives a guest the
 * organisation's tenant and an Entra id, and only the roster of a conversation tells them apart. A bot reads the roster
 * of conversations that it is in: elsewhere, where its message extension is used, only those are let in whom it knows
 * from their own chat.
 */
export function createMembership(
  tenantId: string | undefined,
  { store, clock, log }: { store: Pick<Store, 'loadContact'>; clock: () => Date; log: Log },
) {
  const known = new Map<string, { is: Membership; until: number }>();
  /** What is being asked: whoever opens a chat looks at many cards at once. */
  const asking = new Map<string, Promise<boolean | undefined>>();
  const keep = (id: string, is: Membership, until: number): Membership => {
    if (known.size >= mostRemembered) known.clear();
    known.set(id, { is, until });
    return is;
  };
  const ask = (key: string, context: TurnContext) => {
    const answer = memberOf(context, tenantId)
      .catch((fault: unknown) => {
        log.warn('roster not read', {}, fault);
        return undefined;
      })
      .finally(() => asking.delete(key));
    asking.set(key, answer);
    return answer;
  };
  return async (context: TurnContext, { id }: Person): Promise<Membership> => {
    const now = clock().getTime();
    const before = known.get(id);
    const isOwn = isOwnChat(context.activity);
    if (before && before.until > now && (before.is !== 'unsure' || isOwn)) return before.is;
    const key = JSON.stringify([id, context.activity.conversation.id]);
    const asked = await (asking.get(key) ?? ask(key, context));
    if (asked === undefined) {
      if (isOwn) return keep(id, 'unsure', now + untilAskedAgain);
      return (await store.loadContact(id)) ? 'member' : 'stranger';
    }
    return asked ? keep(id, 'member', now + validity) : keep(id, 'stranger', now + untilAskedAgain);
  };
}

/** Teams calls most guests plain users: their sign-in name in this tenant gives them away. */
async function memberOf(context: TurnContext, tenantId: string | undefined): Promise<boolean> {
  const asked = TeamsInfo.getMember(context, context.activity.from.id);
  const { userRole, userPrincipalName, tenantId: home } = await within(patience, asked, 'no roster in time');
  if (userRole === 'guest' || userRole === 'anonymous') return false;
  if (userPrincipalName?.toUpperCase().includes('#EXT#')) return false;
  return tenantId === undefined || home === undefined || home === tenantId;
}
