import { dirname, join } from 'node:path';
import type { Environment } from './environment.ts';
import { ConfigFault } from './fault.ts';

/** Where complaints are stored. */
export type StorePlace =
  | { kind: 'sqlite'; file: string }
  | { kind: 'cosmos'; endpoint: string; key: string | undefined; database: string };

/** Where the sealing keys come from: the environment, a file, or a file that is made at first (local use). */
export type KeySource =
  | { kind: 'given'; keys: string }
  | { kind: 'file'; file: string }
  | { kind: 'made'; file: string };

/** Where complaints are stored, from the environment. */
export function readStore(given: Environment): StorePlace {
  const { COSMOS_ENDPOINT: endpoint, COSMOS_KEY: key, COSMOS_DATABASE: database, SQLITE_FILE: file } = given;
  return endpoint ? { kind: 'cosmos', endpoint, key, database } : { kind: 'sqlite', file };
}

/** In production keys are given; for local use a file is made at first, beside the database. */
export function readKeySource(
  { SEALING_KEYS: keys, SEALING_KEY_FILE: file, SQLITE_FILE }: Environment,
  isLocal: boolean,
  store: StorePlace,
): KeySource {
  if (keys && file) throw new ConfigFault(['SEALING_KEYS: can not go together with SEALING_KEY_FILE']);
  if (keys) return { kind: 'given', keys };
  if (file) return { kind: 'file', file };
  if (isLocal) {
    return {
      kind: 'made',
      file: join(dirname(store.kind === 'sqlite' ? store.file : SQLITE_FILE), 'sealing-keys.json'),
    };
  }
  throw new ConfigFault([
    'SEALING_KEY_FILE: is missing, for example /etc/klachtenbot/keys.json; make one with: npm run keys -- new',
  ]);
}
