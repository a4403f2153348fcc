import type { Store } from '../app/store.ts';
import type { StorePlace } from '../config/store.ts';
import type { Seal } from './seal.ts';

/** The partition of an organisation that has no tenant, in local use. */
export const localOrganisation = 'local';

/** Opens the store that is configured; what another one needs is not loaded. */
export async function openStore(place: StorePlace, organisation: string, seal: Seal): Promise<Store> {
  if (place.kind === 'sqlite') {
    const { openSqliteStore } = await import('./sqlite-store.ts');
    return openSqliteStore(place.file, seal);
  }
  const { createCosmosClient } = await import('./cosmos-containers.ts');
  const { createCosmosStore } = await import('./cosmos-store.ts');
  return createCosmosStore(await createCosmosClient(place), place.database, organisation, seal);
}
