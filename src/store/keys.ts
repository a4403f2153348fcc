import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fchownSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { ConfigFault } from '../config/fault.ts';
import type { KeySource } from '../config/store.ts';
import { dayOf } from '../domain/calendar.ts';
import { type KeySet, keySetSchema, newKey } from './seal.ts';

/** Reads the key set. Throws a `ConfigFault` that says what is wrong with it, never quoting a key. */
export function readKeys(source: KeySource, now: Date): KeySet {
  if (source.kind === 'given') return parseKeys(source.keys, 'SEALING_KEYS');
  if (source.kind === 'made' && !existsSync(source.file))
    writeKeys(source.file, { keys: [newKey(dayOf(now))] });
  let content: string;
  try {
    content = readFileSync(source.file, 'utf8');
  } catch {
    throw new ConfigFault([
      `SEALING_KEY_FILE: ${source.file} can not be read; make one with: npm run keys -- new`,
    ]);
  }
  return parseKeys(content, 'SEALING_KEY_FILE');
}

/**
 * Writes a key set in a file that its owner alone can read, at one stroke: a crash leaves the old file or the new one.
 * A file that is there keeps its owner.
 */
export function writeKeys(file: string, keys: KeySet): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const there = statSync(file, { throwIfNoEntry: false });
  const target = there ? realpathSync(file) : file;
  const fresh = `${target}.${randomBytes(6).toString('hex')}.new`;
  try {
    const descriptor = openSync(fresh, 'wx', 0o600);
    writeSync(descriptor, `${JSON.stringify(keys, null, 2)}\n`);
    if (there && there.uid !== process.getuid?.()) fchownSync(descriptor, there.uid, there.gid);
    fsyncSync(descriptor);
    closeSync(descriptor);
    renameSync(fresh, target);
  } finally {
    rmSync(fresh, { force: true });
  }
}

/** Makes a key that seals from now on, with those that are in the file behind it. Gives its id. */
export function addKey(file: string, now: Date): string {
  const older = existsSync(file) ? readKeys({ kind: 'file', file }, now).keys : [];
  const key = newKey(dayOf(now));
  writeKeys(file, { keys: [key, ...older] });
  return key.kid;
}

function parseKeys(text: string, variable: string): KeySet {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new ConfigFault([
      `${variable}: is no valid JSON; it must be a JWK set: {"keys":[{"kty":"oct","k":"…","kid":"…"}]}`,
    ]);
  }
  const parsed = keySetSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new ConfigFault(
    parsed.error.issues.map(({ path, message }) => `${variable}: ${path.join('.') || 'the set'}: ${message}`),
  );
}
