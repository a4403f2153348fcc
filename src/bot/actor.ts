import type { Activity } from 'botbuilder';
import { longestName, type Person } from '../domain/people.ts';

/**
 * Who asks, from the activity alone, never from a card: the Entra object id of a person in the organisation's tenant.
 * Nothing where the activity has none, names another tenant anywhere or none at all, or did not come through Teams,
 * where alone that id is vouched for.
 */
export function actorOf(activity: Activity, tenantId: string | undefined): Person | undefined {
  const { aadObjectId, name } = activity.from ?? {};
  if (activity.channelId !== 'msteams') return undefined;
  if (typeof aadObjectId !== 'string' || aadObjectId === '') return undefined;
  if (tenantId !== undefined && !isOfTenant(activity, tenantId)) return undefined;
  return { id: aadObjectId.toLowerCase(), name: (name || aadObjectId).slice(0, longestName) };
}

function isOfTenant({ conversation, channelData, from }: Activity, tenantId: string): boolean {
  const { tenantId: home } = (from ?? {}) as { tenantId?: unknown };
  const named = [conversation?.tenantId, channelData?.tenant?.id, home].filter((each) => each !== undefined);
  return named.length > 0 && named.every((each) => each === tenantId);
}
