import { createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { CompactEncrypt, compactDecrypt } from 'jose';
import { z } from 'zod';
import { Fault } from '../fault.ts';

const jwkSchema = z.object({
  kty: z.literal('oct'),
  /** 256 bits, base64url. */
  k: z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'must be 256 bits in base64url'),
  kid: z.string().min(1).max(100),
});

/** A JWK set: the first key seals, all of them open. */
export const keySetSchema = z
  .object({ keys: z.array(jwkSchema).min(1) })
  .refine(
    ({ keys }) => new Set(keys.map(({ kid }) => kid)).size === keys.length,
    'each key needs its own kid',
  );
export type KeySet = z.infer<typeof keySetSchema>;

/** Seals what is stored, and makes the keyed hashes under which it is found. */
export interface Seal {
  /** The id of the key that seals now. */
  readonly keyId: string;
  /** Seals a text for one document; `owner` is the document's id, and is checked on opening. */
  close(owner: string, text: string): Promise<string>;
  /** Opens what was sealed for a document. Throws where the key is missing, or it was sealed for another. */
  open(owner: string, sealed: string): Promise<string>;
  /** The keyed hash of a word, to be stored. */
  hash(word: string): string;
  /** The hashes that a word may have been stored under: one for each key, today's first. */
  hashes(word: string): string[];
}

/** A key that is missing, or is not the one that something was sealed with; `keyId` names it. */
export class KeyFault extends Fault {
  override name = 'KeyFault';
  readonly keyId: string;
  readonly reason: 'missing' | 'wrong';
  constructor(keyId: string, reason: 'missing' | 'wrong', options?: ErrorOptions) {
    super(
      reason === 'missing'
        ? `the sealing key ${keyId} is missing`
        : `what was sealed under ${keyId} can not be opened with it`,
      options,
    );
    this.keyId = keyId;
    this.reason = reason;
  }
}

/** A fresh key, with an id that tells the day on which it was made. */
export function newKey(day: string): KeySet['keys'][number] {
  const kid = `${day}-${randomBytes(4).toString('hex')}`;
  return { kty: 'oct', k: randomBytes(32).toString('base64url'), kid };
}

/** The id of the key under which something was sealed. */
export function keyIdOf(sealed: string): string {
  const header = JSON.parse(Buffer.from(sealed.split('.')[0] ?? '', 'base64url').toString()) as {
    kid?: unknown;
  };
  return String(header.kid);
}

const importKey = (secret: Uint8Array<ArrayBuffer>) =>
  crypto.subtle.importKey('raw', secret, 'AES-KW', false, ['wrapKey', 'unwrapKey']);

/** Makes the seal of a key set: JWE with A256KW and A256GCM. */
export function createSeal({ keys }: KeySet): Seal {
  const [first] = keys;
  if (!first) throw new Fault('there is no key to seal with');
  const secrets = new Map(keys.map(({ kid, k }) => [kid, Buffer.from(k, 'base64url')]));
  // Imported once: doing so at each opening took a tenth of a turn.
  const imported = new Map<string, ReturnType<typeof importKey>>();
  const keyOf = (kid: string, secret: Uint8Array<ArrayBuffer>) => {
    const known = imported.get(kid) ?? importKey(secret);
    imported.set(kid, known);
    return known;
  };
  // The key that seals is not the key that hashes: what is learnt of one says nothing of the other.
  // As key objects: what is looked for is hashed at each turn, and remembering that would tell by its time who is known.
  const hashKeys = [...secrets.values()].map((secret) =>
    createSecretKey(createHmac('sha256', secret).update('audience').digest()),
  );
  const hashWith = (key: KeyObject, word: string) =>
    createHmac('sha256', key).update(word).digest('base64url').slice(0, 27);

  return {
    keyId: first.kid,
    close: async (owner, text) =>
      new CompactEncrypt(new TextEncoder().encode(text))
        .setProtectedHeader({ alg: 'A256KW', enc: 'A256GCM', kid: first.kid, owner })
        .encrypt(await keyOf(first.kid, secrets.get(first.kid) as Uint8Array<ArrayBuffer>)),
    open: async (owner, sealed) => {
      const kid = keyIdOf(sealed);
      const secret = secrets.get(kid);
      if (!secret) throw new KeyFault(kid, 'missing');
      const { plaintext, protectedHeader } = await compactDecrypt(sealed, await keyOf(kid, secret), {
        keyManagementAlgorithms: ['A256KW'],
        contentEncryptionAlgorithms: ['A256GCM'],
      }).catch((cause: unknown) => {
        throw new KeyFault(kid, 'wrong', { cause });
      });
      if (protectedHeader['owner'] !== owner)
        throw new Fault('a sealed part stands in another document than its own');
      return new TextDecoder().decode(plaintext);
    },
    hash: (word) => hashWith(hashKeys[0] as KeyObject, word),
    hashes: (word) => hashKeys.map((key) => hashWith(key, word)),
  };
}
