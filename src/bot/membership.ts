import { TeamsInfo, type TurnContext } from 'botbuilder';
import type { Person } from '../domain/people.ts';
import type { Log } from '../log.ts';
import { within } from '../within.ts';

/** How long it is known of somebody that they belong to the organisation, in milliseconds. */
const validity = 24 * 60 * 60_000;
/** When somebody is asked about again where the roster could not be read, in milliseconds. */
const untilAskedAgain = 60_000;
/** How long the roster may take to answer, in milliseconds; Teams waits 15 seconds for the bot, 5 in some places. */
const patience = 2000;
/** Most people who are remembered. */
const mostRemembered = 5000;

/**
 * Tells whether somebody belongs to the organisation rather than being a guest in it: Teams gives a guest the
 * organisation's tenant and an Entra id, and only the roster of the conversation tells them apart. Where the roster
 * can't be read they are let in, and asked about again: what anybody sees of a complaint does not depend on it.
 */
export function createMembership(tenantId: string | undefined, clock: () => Date, log: Log) {
  const members = new Map<string, number>();
  return async (context: TurnContext, { id }: Person): Promise<boolean> => {
    const now = clock().getTime();
    if ((members.get(id) ?? 0) > now) return true;
    const isMember = await memberOf(context, tenantId).catch((fault: unknown) => {
      log.warn('roster not read', {}, fault);
      return undefined;
    });
    if (isMember === false) return false;
    if (members.size >= mostRemembered) members.clear();
    members.set(id, now + (isMember ? validity : untilAskedAgain));
    return true;
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
