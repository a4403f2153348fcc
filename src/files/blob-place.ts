import type { ContainerClient } from '@azure/storage-blob';
import type { FilePlace } from './sealed-files.ts';

/** How often and how long a request is tried, times in milliseconds: an answer in Teams is waited for 15 seconds. */
const retryOptions = { maxTries: 3, retryDelayInMs: 200, maxRetryDelayInMs: 1000, tryTimeoutInMs: 10_000 };

/** A container in Azure Blob Storage, with the account's key, or without one by managed identity. */
export interface BlobPlace {
  url: string;
  key: string | undefined;
}

/** Files in a container in Azure Blob Storage, as `complaint/file`; the SDK is loaded when the first file needs it. */
export function blobPlace(place: BlobPlace): FilePlace {
  let connecting: Promise<ContainerClient> | undefined;
  const container = () => {
    connecting ??= connect(place);
    return connecting;
  };
  const blob = async (complaintId: string, fileId: string) =>
    (await container()).getBlockBlobClient(`${complaintId}/${fileId}`);
  return {
    write: async (complaintId, fileId, bytes) => {
      await (await blob(complaintId, fileId)).uploadData(bytes);
    },
    read: async (complaintId, fileId) => {
      try {
        return await (await blob(complaintId, fileId)).downloadToBuffer();
      } catch (fault) {
        if ((fault as { statusCode?: unknown }).statusCode === 404) return undefined;
        throw fault;
      }
    },
    remove: async (complaintId, fileId) => {
      await (await blob(complaintId, fileId)).deleteIfExists({ deleteSnapshots: 'include' });
    },
    list: async (complaintId) => {
      const prefix = `${complaintId}/`;
      const files = [];
      for await (const { name, properties } of (await container()).listBlobsFlat({ prefix })) {
        files.push({ id: name.slice(prefix.length), writtenAt: properties.lastModified });
      }
      return files;
    },
    complaints: async function* () {
      for await (const item of (await container()).listBlobsByHierarchy('/')) {
        if (item.kind === 'prefix') yield item.name.slice(0, -1);
      }
    },
  };
}

async function connect({ url, key }: BlobPlace): Promise<ContainerClient> {
  const { ContainerClient: Client, StorageSharedKeyCredential } = await import('@azure/storage-blob');
  const credential = key
    ? new StorageSharedKeyCredential(accountOf(url), key)
    : new (await import('@azure/identity')).DefaultAzureCredential();
  return new Client(url, credential, { retryOptions });
}

/** The account: the first part of the host, or where the host is an address of a path as in local use, of the path. */
function accountOf(url: string): string {
  const { hostname, pathname } = new URL(url);
  const [first = ''] = /^[\d.]+$|^localhost$/.test(hostname)
    ? pathname.slice(1).split('/')
    : hostname.split('.');
  return first;
}
