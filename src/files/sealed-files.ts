import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto';
import type { FileEntry, Files } from '../app/files.ts';
import { Fault } from '../fault.ts';

/** Where bytes lie under two names, that of the complaint and that of the file; what they say is none of its business. */
export interface FilePlace {
  write(complaintId: string, fileId: string, bytes: Uint8Array): Promise<void>;
  read(complaintId: string, fileId: string): Promise<Uint8Array | undefined>;
  remove(complaintId: string, fileId: string): Promise<void>;
  list(complaintId: string): Promise<FileEntry[]>;
  complaints(): AsyncIterable<string>;
}

const algorithm = 'aes-256-gcm';
const nonceLength = 12;
const tagLength = 16;

/** Names go into paths: nothing else than what the bot's own ids are made of. */
function checked(name: string): string {
  if (!/^[A-Za-z0-9_-]{1,100}$/.test(name)) throw new Fault('an id that can not name a file');
  return name;
}

/** Files in a place, each sealed under a key of its own, and bound to its complaint: AES-256-GCM. */
export function createFiles(place: FilePlace): Files {
  const owner = (complaintId: string, fileId: string) => Buffer.from(`${complaintId}/${fileId}`);
  return {
    put: async (complaintId, content) => {
      const id = randomUUID();
      const [key, nonce] = [randomBytes(32), randomBytes(nonceLength)];
      const cipher = createCipheriv(algorithm, key, nonce).setAAD(owner(complaintId, id));
      const sealed = Buffer.concat([nonce, cipher.update(content), cipher.final(), cipher.getAuthTag()]);
      await place.write(checked(complaintId), id, sealed);
      return { id, key: key.toString('base64url') };
    },
    get: async (complaintId, { id, key }) => {
      const sealed = await place.read(checked(complaintId), checked(id));
      if (!sealed) return undefined;
      const nonce = sealed.subarray(0, nonceLength);
      const opening = createDecipheriv(algorithm, Buffer.from(key, 'base64url'), nonce)
        .setAAD(owner(complaintId, id))
        .setAuthTag(sealed.subarray(sealed.length - tagLength));
      return Buffer.concat([
        opening.update(sealed.subarray(nonceLength, sealed.length - tagLength)),
        opening.final(),
      ]);
    },
    remove: (complaintId, fileId) => place.remove(checked(complaintId), checked(fileId)),
    list: (complaintId) => place.list(checked(complaintId)),
    complaints: () => place.complaints(),
  };
}
