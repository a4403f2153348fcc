import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ConfigFault, type KeySource } from '../config.ts';
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

/** Writes a key set in a file that its owner alone can read. */
export function writeKeys(file: string, keys: KeySet): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
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
