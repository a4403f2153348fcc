import { dirname, join } from 'node:path';
import type { Environment } from './environment.ts';
import { ConfigFault } from './fault.ts';
import type { StorePlace } from './store.ts';

/** Where the files of complaints lie; `none` where they are not kept. */
export type FilesPlace =
  | { kind: 'none' }
  | { kind: 'folder'; folder: string }
  | { kind: 'blob'; url: string; key: string | undefined };

/** How files are kept, scanned and given. */
export interface FilesConfig {
  place: FilesPlace;
  /** A scanner that speaks clamd's protocol; without it files are not scanned. */
  scanner?: { host: string; port: number } | { socket: string } | undefined;
  /** Where people's browsers reach the bot; left out in local use, where that is its own port. */
  publicUrl?: string | undefined;
}

/**
 * A file can be looked at only where browsers reach the bot, so without `PUBLIC_URL` none is taken. With SQLite files
 * lie in a folder; with Cosmos DB, which several computers may share, in Blob Storage alone.
 */
export function readFiles(given: Environment, store: StorePlace, isLocal: boolean): FilesConfig {
  const { BLOB_CONTAINER_URL: url, BLOB_KEY: key, FILES_FOLDER, PUBLIC_URL, CLAMD_ADDRESS } = given;
  if (url && FILES_FOLDER)
    throw new ConfigFault(['FILES_FOLDER: can not go together with BLOB_CONTAINER_URL']);
  if (PUBLIC_URL && !isLocal && !PUBLIC_URL.startsWith('https:')) {
    throw new ConfigFault(['PUBLIC_URL: must begin with https']);
  }
  const publicUrl = PUBLIC_URL?.replace(/\/+$/, '');
  return { place: placeOf(), scanner: scannerOf(CLAMD_ADDRESS), publicUrl };

  function placeOf(): FilesPlace {
    if (!publicUrl && !isLocal) return { kind: 'none' };
    if (url) return { kind: 'blob', url, key };
    if (FILES_FOLDER) return { kind: 'folder', folder: FILES_FOLDER };
    return store.kind === 'sqlite'
      ? { kind: 'folder', folder: join(dirname(store.file), 'files') }
      : { kind: 'none' };
  }
}

function scannerOf(address: string | undefined): FilesConfig['scanner'] {
  if (!address) return undefined;
  if (address.startsWith('/')) return { socket: address };
  const [host = '', port] = address.split(':');
  return { host, port: Number(port) };
}
