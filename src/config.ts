import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { type Organisation, organisationSchema } from './domain/organisation.ts';
import { Fault } from './fault.ts';

const loopbackHosts = ['127.0.0.1', '::1', 'localhost'];
const uuid = z.uuid('must be a UUID, for example 8f2b1c9e-3d54-4a6b-9c01-5e7d2f3a4b6c');

const environmentSchema = z.object({
  PORT: z.coerce.number('must be a port, for example 3978').int().min(0).max(65535).default(3978),
  HOST: z.string().optional(),
  MicrosoftAppId: uuid.optional(),
  MicrosoftAppPassword: z.string().optional(),
  MicrosoftAppType: z
    .enum(['SingleTenant', 'UserAssignedMSI'], 'must be SingleTenant or UserAssignedMSI')
    .default('SingleTenant'),
  MicrosoftAppTenantId: uuid.optional(),
  BOT_AUTH: z.literal('none', 'can only be none, or left out').optional(),
  SQLITE_FILE: z.string().default('data/klachten.db'),
  ORGANISATION_FILE: z.string().optional(),
  COSMOS_ENDPOINT: z
    .url('must be an address, for example https://klachten.documents.azure.com:443/')
    .optional(),
  COSMOS_KEY: z.string().optional(),
  COSMOS_DATABASE: z.string().default('klachten'),
  SEALING_KEYS: z.string().optional(),
  SEALING_KEY_FILE: z.string().optional(),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'silent'],
      'must be one of fatal, error, warn, info, debug, silent',
    )
    .default('info'),
});

/** The name of every variable that is read. */
export const variableNames: readonly string[] = Object.keys(environmentSchema.shape);

/** How the bot proves who it is; `none` is for local use and trusts whoever can reach the port. */
export type BotAuth =
  | { kind: 'none' }
  | { kind: 'SingleTenant'; appId: string; tenantId: string; password: string }
  | { kind: 'UserAssignedMSI'; appId: string; tenantId: string };

/** Where complaints are stored. */
export type StorePlace =
  | { kind: 'sqlite'; file: string }
  | { kind: 'cosmos'; endpoint: string; key: string | undefined; database: string };

/** Where the sealing keys come from: the environment, a file, or a file that is made at first (local use). */
export type KeySource =
  | { kind: 'given'; keys: string }
  | { kind: 'file'; file: string }
  | { kind: 'made'; file: string };

export interface Config {
  port: number;
  host: string;
  auth: BotAuth;
  store: StorePlace;
  keys: KeySource;
  organisationFile: string | undefined;
  logLevel: string;
}

/** The faults of a configuration, one readable line each. */
export class ConfigFault extends Fault {
  override name = 'ConfigFault';
  readonly lines: string[];
  constructor(lines: string[]) {
    super(lines.join('\n'));
    this.lines = lines;
  }
}

/** Reads the configuration; an empty variable counts as left out. Throws a `ConfigFault` naming every fault. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const parsed = parseEnvironment(environment);
  const { PORT, HOST, ORGANISATION_FILE, LOG_LEVEL } = parsed;
  const auth = readAuth(parsed);
  const store = readStore(parsed);
  return {
    port: PORT,
    host: HOST ?? (auth.kind === 'none' ? '127.0.0.1' : '0.0.0.0'),
    auth,
    store,
    keys: readKeySource(parsed, auth.kind === 'none', store),
    organisationFile: ORGANISATION_FILE,
    logLevel: LOG_LEVEL,
  };
}

function parseEnvironment(environment: Record<string, string | undefined>) {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new ConfigFault(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
}

/** What the tools need to reach the data: the store, the keys, and whose partition it is. */
export interface StoreConfig {
  store: StorePlace;
  keys: KeySource;
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
    tenantId: isLocal ? undefined : MicrosoftAppTenantId,
  };
}

function readAuth(given: z.infer<typeof environmentSchema>): BotAuth {
  const {
    BOT_AUTH,
    HOST,
    MicrosoftAppId: appId,
    MicrosoftAppTenantId: tenantId,
    MicrosoftAppPassword: password,
  } = given;
  const faults: string[] = [];
  if (BOT_AUTH === 'none') {
    if (appId) faults.push('BOT_AUTH: none can not go together with MicrosoftAppId; leave one of them out');
    if (HOST && !loopbackHosts.includes(HOST)) {
      faults.push(`HOST: with BOT_AUTH=none only a loopback address is allowed, for example 127.0.0.1`);
    }
    if (faults.length > 0) throw new ConfigFault(faults);
    return { kind: 'none' };
  }
  const example = 'for example 8f2b1c9e-3d54-4a6b-9c01-5e7d2f3a4b6c';
  if (!appId) faults.push(`MicrosoftAppId: is missing, ${example}; for local use set BOT_AUTH=none instead`);
  if (!tenantId) faults.push(`MicrosoftAppTenantId: is missing, ${example}`);
  if (given.MicrosoftAppType === 'SingleTenant' && !password) {
    faults.push('MicrosoftAppPassword: is missing; it is the client secret of the app registration');
  }
  if (!appId || !tenantId || faults.length > 0) throw new ConfigFault(faults);
  return given.MicrosoftAppType === 'SingleTenant'
    ? { kind: 'SingleTenant', appId, tenantId, password: password ?? '' }
    : { kind: 'UserAssignedMSI', appId, tenantId };
}

function readStore(given: z.infer<typeof environmentSchema>): StorePlace {
  const { COSMOS_ENDPOINT: endpoint, COSMOS_KEY: key, COSMOS_DATABASE: database, SQLITE_FILE: file } = given;
  return endpoint ? { kind: 'cosmos', endpoint, key, database } : { kind: 'sqlite', file };
}

/** In production keys are given; for local use a file is made at first, beside the database. */
function readKeySource(
  { SEALING_KEYS: keys, SEALING_KEY_FILE: file, SQLITE_FILE }: z.infer<typeof environmentSchema>,
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
