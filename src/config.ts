import { readFileSync } from 'node:fs';
import { type BotAuth, readAuth } from './config/auth.ts';
import { parseEnvironment } from './config/environment.ts';
import { ConfigFault } from './config/fault.ts';
import { type FilesConfig, readFiles } from './config/files.ts';
import { type KeySource, readKeySource, readStore, type StorePlace } from './config/store.ts';
import { readTelemetry, type TelemetryConfig } from './config/telemetry.ts';
import { type Organisation, organisationSchema } from './domain/organisation.ts';

export interface Config {
  port: number;
  host: string;
  auth: BotAuth;
  store: StorePlace;
  keys: KeySource;
  files: FilesConfig;
  organisationFile: string | undefined;
  /** After how many minutes a notice that waits is late. */
  noticesLateAfter: number;
  /** Where measurements go; nowhere where it is left out. */
  telemetry?: TelemetryConfig | undefined;
  logLevel: string;
}

/** Reads the configuration; an empty variable counts as left out. Throws a `ConfigFault` naming every fault. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const parsed = parseEnvironment(environment);
  const { PORT, HOST, ORGANISATION_FILE, NOTICES_LATE_AFTER, LOG_LEVEL } = parsed;
  const auth = readAuth(parsed);
  const store = readStore(parsed);
  return {
    port: PORT,
    host: HOST ?? (auth.kind === 'none' ? '127.0.0.1' : '0.0.0.0'),
    auth,
    store,
    keys: readKeySource(parsed, auth.kind === 'none', store),
    files: readFiles(parsed, store, auth.kind === 'none'),
    organisationFile: ORGANISATION_FILE,
    noticesLateAfter: NOTICES_LATE_AFTER,
    telemetry: readTelemetry(parsed),
    logLevel: LOG_LEVEL,
  };
}

/** What the tools need to reach the data: the store, the keys, and whose partition it is. */
export interface StoreConfig {
  store: StorePlace;
  keys: KeySource;
  files: FilesConfig;
  /** The tenant, or nothing in local use. */
  tenantId: string | undefined;
}

/**
 * Reads of the bot's configuration what the tools need, as the bot itself would; a key is never made.
 * Throws a `ConfigFault` naming every fault.
 */
export function readStoreConfig(environment: Record<string, string | undefined>): StoreConfig {
  const parsed = parseEnvironment(environment);
  const { MicrosoftAppTenantId, BOT_AUTH } = parsed;
  const isLocal = BOT_AUTH === 'none';
  const store = readStore(parsed);
  if (store.kind === 'cosmos' && !isLocal && !MicrosoftAppTenantId) {
    throw new ConfigFault(['MicrosoftAppTenantId: is missing; for local use set BOT_AUTH=none instead']);
  }
  const keys = readKeySource(parsed, isLocal, store);
  return {
    store,
    keys: keys.kind === 'made' ? { kind: 'file', file: keys.file } : keys,
    // A tool shows nothing in a browser.
    files: readFiles(parsed, store, true),
    tenantId: isLocal ? undefined : MicrosoftAppTenantId,
  };
}

/** Reads and checks the organisation file. Throws a `ConfigFault` naming each fault in it. */
export function readOrganisationFile(file: string): Organisation {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (fault) {
    const reason = fault instanceof SyntaxError ? 'is no valid JSON' : 'can not be read';
    throw new ConfigFault([
      `ORGANISATION_FILE: ${file} ${reason}; see demo/organisation.json for an example`,
    ]);
  }
  const parsed = organisationSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new ConfigFault(
    parsed.error.issues.map(
      ({ path, message }) =>
        `ORGANISATION_FILE: ${path.join('.') || 'the file'}: ${message}; see demo/organisation.json`,
    ),
  );
}
