import { z } from 'zod';
import { ConfigFault } from './fault.ts';

const uuid = z.uuid('must be a UUID, for example 8f2b1c9e-3d54-4a6b-9c01-5e7d2f3a4b6c');

/** Every variable that the bot reads. */
export const environmentSchema = z.object({
  PORT: z.coerce.number('must be a port, for example 3978').int().min(0).max(65535).default(3978),
  HOST: z.string().optional(),
  MicrosoftAppId: uuid.optional(),
  MicrosoftAppPassword: z.string().optional(),
  MicrosoftAppType: z
    .enum(['SingleTenant', 'UserAssignedMSI'], 'must be SingleTenant or UserAssignedMSI')
    .default('SingleTenant'),
  MicrosoftAppTenantId: uuid.optional(),
  CHANNEL_TOKEN_ISSUER: z.string().default('https://api.botframework.com'),
  CHANNEL_METADATA_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address of OpenID metadata' })
    .default('https://login.botframework.com/v1/.well-known/openidconfiguration'),
  CHANNEL_HOSTS: z.string().default(''),
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
  BLOB_CONTAINER_URL: z
    .url('must be the address of a container, for example https://klachten.blob.core.windows.net/bestanden')
    .optional(),
  BLOB_KEY: z.string().optional(),
  FILES_FOLDER: z.string().optional(),
  PUBLIC_URL: z
    .url({
      protocol: /^https?$/,
      error: 'must be an address, for example https://klachtenbot.azurewebsites.net',
    })
    .optional(),
  CLAMD_ADDRESS: z
    .string()
    .regex(/^(\/.+|[^/:]+:\d{1,5})$/, 'must be host:port or the path of a socket, for example 127.0.0.1:3310')
    .optional(),
  NOTICES_LATE_AFTER: z.coerce
    .number('must be a number of minutes, for example 15')
    .int()
    .min(1)
    .max(24 * 60)
    .default(15),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be an address, for example http://127.0.0.1:4318' })
    .optional(),
  OTEL_METRIC_EXPORT_INTERVAL: z.coerce
    .number('must be a number of milliseconds, for example 60000')
    .int()
    .min(100)
    .default(60_000),
  APPLICATIONINSIGHTS_CONNECTION_STRING: z
    .string()
    .regex(/^InstrumentationKey=[0-9a-f-]{36}(;|$)/i, 'must begin with InstrumentationKey=')
    .optional(),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'silent'],
      'must be one of fatal, error, warn, info, debug, silent',
    )
    .default('info'),
});
/** The names of the variables. */
export const variableNames = Object.keys(environmentSchema.shape);
export type Environment = z.infer<typeof environmentSchema>;

/** Reads the environment; an empty variable counts as left out. Throws a `ConfigFault` naming every fault. */
export function parseEnvironment(environment: Record<string, string | undefined>): Environment {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new ConfigFault(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
}
