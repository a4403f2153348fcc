import { currentOrganisation } from '../app/handle-command.ts';
import type { Store } from '../app/store.ts';
import type { Picked } from '../cards/forms/intake.ts';
import { holdersOf } from '../domain/organisation.ts';

/**
 * The names that belong to picked Entra object ids: from the organisation's roles, else from people who use the bot.
 * Teams hands over an id alone, and a bot learns no more of people who never used it. A card's own words are never taken.
 */
export async function namesOf(ids: readonly string[], unknown: string, store: Store): Promise<Picked[]> {
  if (ids.length === 0) return [];
  const roles = holdersOf(await currentOrganisation(store));
  return Promise.all(
    ids.map(async (id) => {
      const name =
        roles.find((person) => person.id === id)?.name ?? (await store.loadContact(id))?.person.name;
      return { id, name: name ?? unknown, known: name !== undefined };
    }),
  );
}
