import { TeamsInfo, type TurnContext } from 'botbuilder';
import { currentOrganisation } from '../app/handle-command.ts';
import type { Store } from '../app/store.ts';
import type { Organisation } from '../domain/organisation.ts';
import { longestName, type Person } from '../domain/people.ts';

/**
 * The names that belong to picked Entra object ids: from the organisation's roles, from people who use the bot,
 * else as the channel knows them; `unknown` where nobody does. A card's own words for a name are never taken.
 */
export async function namesOf(
  ids: readonly string[],
  unknown: string,
  context: TurnContext,
  store: Store,
): Promise<Person[]> {
  if (ids.length === 0) return [];
  const roles = peopleOf(await currentOrganisation(store));
  return Promise.all(
    ids.map(async (id) => {
      const name =
        roles.find((person) => person.id === id)?.name ??
        (await store.loadContact(id))?.person.name ??
        (await nameInChannel(context, id)) ??
        unknown;
      return { id, name: name.slice(0, longestName) };
    }),
  );
}

function peopleOf({ departments, directors, coordinators, administrators }: Organisation): Person[] {
  return [
    ...departments.flatMap(({ approvers }) => approvers),
    ...directors,
    ...coordinators,
    ...administrators,
  ];
}

/** The channel may not know somebody who never used the bot; that is no fault. */
async function nameInChannel(context: TurnContext, id: string): Promise<string | undefined> {
  try {
    return (await TeamsInfo.getMember(context, id)).name || undefined;
  } catch {
    return undefined;
  }
}
