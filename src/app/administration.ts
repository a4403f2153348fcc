import { isDeepStrictEqual } from 'node:util';
import {
  type Channel,
  isAdministrator,
  type Organisation,
  organisationSchema,
} from '../domain/organisation.ts';
import type { Person } from '../domain/people.ts';
import { Fault } from '../fault.ts';
import type { Surroundings } from './handle-command.ts';

export type Changed = 'changed' | 'not-administrator' | 'last-administrator' | 'invalid';

/**
 * Changes who holds which role, or which channel hears of what, for an administrator; each change is recorded.
 * The last administrator can't be removed. Throws where the store fails.
 */
export async function changeOrganisation(
  actor: Person,
  description: string,
  change: (organisation: Organisation) => Organisation,
  around: Pick<Surroundings, 'store' | 'clock'>,
): Promise<Changed> {
  return writeOrganisation(description, actor.id, around, (organisation) => {
    if (!isAdministrator(organisation, actor.id)) return 'not-administrator';
    const changed = change(organisation);
    if (!changed.administrators.some(({ id }) => isAdministrator(changed, id))) return 'last-administrator';
    const checked = organisationSchema.safeParse(changed);
    return checked.success ? checked.data : 'invalid';
  });
}

/** Unlinks a channel that the bot was taken out of, or that is gone; its people are told themselves from then on. */
export async function forgetChannel(
  gone: Pick<Channel, 'reference'>,
  around: Pick<Surroundings, 'store' | 'clock'>,
) {
  const same = (channel: Channel) => JSON.stringify(channel.reference) === JSON.stringify(gone.reference);
  await writeOrganisation('channel unlinked: gone', 'klachtenbot', around, (organisation) => ({
    ...organisation,
    channels: Object.fromEntries(
      Object.entries(organisation.channels).filter(([, channel]) => !same(channel)),
    ),
  }));
}

/**
 * Changes the organisation, deciding again on the fresh one where somebody else wrote first; that it was changed is
 * recorded. Gives why not, where the change says so.
 */
export async function writeOrganisation<R extends string>(
  description: string,
  personId: string,
  { store, clock }: Pick<Surroundings, 'store' | 'clock'>,
  change: (organisation: Organisation) => Organisation | R,
): Promise<'changed' | R> {
  for (;;) {
    const loaded = await store.loadOrganisation();
    if (!loaded) throw new Fault('the store holds no organisation');
    const changed = change(loaded.organisation);
    if (typeof changed === 'string') return changed;
    // Sent again, it changes nothing.
    if (isDeepStrictEqual(changed, loaded.organisation)) return 'changed';
    if ((await store.saveOrganisation(changed, loaded.version)) === 'committed') {
      await store.recordChange({ at: clock().toISOString(), personId, change: description });
      return 'changed';
    }
  }
}
