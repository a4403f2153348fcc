import { existsSync } from 'node:fs';
import type { StorePlace } from '../config/store.ts';
import { Fault } from '../fault.ts';
import type { RawStore } from './raw.ts';

/**
 * Opens a store as it lies, for one organisation. With `snapshot` an embedded store is read as it is at this moment.
 * Throws a `Fault` where it must be there and is not.
 */
export async function openRaw(
  place: StorePlace,
  organisation: string,
  { mustExist, snapshot = false }: { mustExist: boolean; snapshot?: boolean },
): Promise<RawStore> {
  if (place.kind === 'sqlite') {
    if (mustExist && !existsSync(place.file)) throw new Fault(`there is no database at ${place.file}`);
    const { openRawSqlite } = await import('./raw-sqlite.ts');
    return openRawSqlite(place.file, { snapshot });
  }
  const { createCosmosClient } = await import('./cosmos-containers.ts');
  const { openRawCosmos } = await import('./raw-cosmos.ts');
  return openRawCosmos(await createCosmosClient(place), place.database, organisation);
}
