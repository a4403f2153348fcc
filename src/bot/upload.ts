import { z } from 'zod';
import { Fault } from '../fault.ts';

/** How long putting a file may take, in milliseconds. */
const uploadTimeout = 60_000;

/** Where Teams says that an accepted file goes. */
export const uploadSchema = z.object({
  uploadUrl: z.url(),
  contentUrl: z.url(),
  name: z.string().min(1).max(400),
  uniqueId: z.string().min(1).max(200),
  fileType: z.string().max(50),
});

/**
 * Puts a file in the place that Teams named for it, whole. Only OneDrive's own addresses are taken, and in local use
 * this computer's: an answer that was tampered with must not send a report elsewhere. Throws where it was not taken.
 */
export async function putFile(
  content: Uint8Array,
  { uploadUrl }: Pick<z.infer<typeof uploadSchema>, 'uploadUrl'>,
  { isLocal }: { isLocal: boolean },
): Promise<void> {
  if (!isFileAddress(uploadUrl, isLocal)) throw new Fault('a file may not be put at this address');
  const { length } = content;
  const response = await fetch(uploadUrl, {
    method: 'PUT',
    headers: {
      'content-length': String(length),
      'content-range': `bytes 0-${length - 1}/${length}`,
      'content-type': 'application/octet-stream',
    },
    body: content as Uint8Array<ArrayBuffer>,
    redirect: 'error',
    signal: AbortSignal.timeout(uploadTimeout),
  });
  if (!response.ok) throw new Fault(`the file was not taken: ${response.status}`);
}

/** Whether an address is one where files of people in Teams lie: OneDrive's, and in local use this computer's. */
export function isFileAddress(address: string, isLocal: boolean): boolean {
  const { protocol, hostname, username, password } = new URL(address);
  if (username !== '' || password !== '') return false;
  if (isLocal) return protocol === 'http:' && hostname === '127.0.0.1';
  return protocol === 'https:' && hostname.endsWith('.sharepoint.com');
}
