import type { Activity } from 'botbuilder';
import { longestName, type Person } from '../domain/people.ts';

/**
 * Who asks, from the activity alone, never from a card: the Entra object id of a person in the organisation's tenant.
 * Nothing where the activity has none, comes from another tenant, or did not come through Teams, where alone
 * that id is vouched for.
 */
export function actorOf(activity: Activity, tenantId: string | undefined): Person | undefined {
  const { aadObjectId, name } = activity.from ?? {};
  const tenant = activity.conversation?.tenantId ?? activity.channelData?.tenant?.id;
  if (activity.channelId !== 'msteams') return undefined;
  if (typeof aadObjectId !== 'string' || aadObjectId === '') return undefined;
  if (tenantId !== undefined && tenant !== tenantId) return undefined;
  return { id: aadObjectId.toLowerCase(), name: (name || aadObjectId).slice(0, longestName) };
}
