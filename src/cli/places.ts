import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Files } from '../app/files.ts';
import type { Store } from '../app/store.ts';
import type { FilesPlace } from '../config/files.ts';
import type { StorePlace } from '../config/store.ts';
import { readStoreConfig, type StoreConfig } from '../config.ts';
import { openFiles } from '../files/open-files.ts';
import { readKeys } from '../store/keys.ts';
import { localOrganisation, openStore } from '../store/open-store.ts';
import { createSeal, type KeySet, type Seal } from '../store/seal.ts';
import { Refused } from './program.ts';
import type { Terminal } from './terminal.ts';
import type { Words } from './words.ts';

/** The store and keys that the bot is configured with. */
export interface Configured {
  config: StoreConfig;
  organisation: string;
  keySet: KeySet;
  seal: Seal;
  files: Files | undefined;
}

/** Reads the bot's own configuration. Throws a `ConfigFault`, or a refusal where the database is not there. */
export function readConfigured({ environment, clock }: Terminal, words: Words): Configured {
  const config = readStoreConfig(environment);
  const { store } = config;
  if (store.kind === 'sqlite' && !existsSync(store.file))
    throw new Refused(words('place absent', { place: nameOf(store) }));
  const keySet = readKeys(config.keys, clock());
  return {
    config,
    organisation: config.tenantId ?? localOrganisation,
    keySet,
    seal: createSeal(keySet),
    files: openFiles(config.files)?.files,
  };
}

/** Opens the bot's store for as long as something uses it. */
export async function withStore<T>(
  { config, organisation, seal }: Configured,
  use: (store: Store) => Promise<T>,
): Promise<T> {
  const store = await openStore(config.store, organisation, seal);
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

/** Reads `sqlite:FILE` or `cosmos:ENDPOINT[#DATABASE]`. Throws a refusal where it is neither. */
export function readPlace(
  typed: string,
  { COSMOS_KEY, COSMOS_DATABASE }: Record<string, string | undefined>,
  words: Words,
): StorePlace {
  const [, scheme, rest = ''] = /^(sqlite|cosmos):(.+)$/.exec(typed) ?? [];
  if (scheme === 'sqlite') return { kind: 'sqlite', file: rest };
  const [endpoint = '', database] = rest.split('#');
  if (scheme !== 'cosmos' || !URL.canParse(endpoint)) throw new Refused(words('place unclear', { typed }));
  return {
    kind: 'cosmos',
    endpoint,
    key: COSMOS_KEY || undefined,
    database: database || COSMOS_DATABASE || 'klachten',
  };
}

/** Reads `folder:FOLDER` or `blob:CONTAINER`. Throws a refusal where it is neither. */
export function readFilesPlace(
  typed: string,
  { BLOB_KEY }: Record<string, string | undefined>,
  words: Words,
): Exclude<FilesPlace, { kind: 'none' }> {
  const [, scheme, rest = ''] = /^(folder|blob):(.+)$/.exec(typed) ?? [];
  if (scheme === 'folder') return { kind: 'folder', folder: rest };
  if (scheme !== 'blob' || !URL.canParse(rest)) throw new Refused(words('place files-unclear', { typed }));
  return { kind: 'blob', url: rest, key: BLOB_KEY || undefined };
}

/** A place as people read it. */
export const nameOf = (place: StorePlace) =>
  place.kind === 'sqlite' ? `sqlite:${place.file}` : `cosmos:${place.endpoint}#${place.database}`;

/** Whether two places are one, however they were written. */
export function isSamePlace(one: StorePlace, other: StorePlace): boolean {
  return identityOf(one) === identityOf(other);
}

function identityOf(place: StorePlace): string {
  if (place.kind === 'cosmos') return nameOf({ ...place, endpoint: new URL(place.endpoint).href });
  return existsSync(place.file) ? realpathSync(place.file) : resolve(place.file);
}
