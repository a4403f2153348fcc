import type { Environment } from './environment.ts';
import { ConfigFault } from './fault.ts';

const loopbackHosts = ['127.0.0.1', '::1', 'localhost'];
/** Whose tokens are trusted, and beside the Bot Connector's own which hosts the bot's tokens may be sent to. */
export interface Channel {
  issuer: string;
  metadataUrl: string;
  hosts: readonly string[];
}

/** How the bot proves who it is; `none` is for local use and trusts whoever can reach the port. */
export type BotAuth =
  | { kind: 'none' }
  | { kind: 'SingleTenant'; appId: string; tenantId: string; password: string; channel: Channel }
  | { kind: 'UserAssignedMSI'; appId: string; tenantId: string; channel: Channel };

/** How the bot proves who it is, from the environment. Throws a `ConfigFault` naming every fault. */
export function readAuth(given: Environment): BotAuth {
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
  const channel = readChannel(given);
  return given.MicrosoftAppType === 'SingleTenant'
    ? { kind: 'SingleTenant', appId, tenantId, password: password ?? '', channel }
    : { kind: 'UserAssignedMSI', appId, tenantId, channel };
}

/** Keys that come over the network unprotected could be anybody's. */
function readChannel(given: Environment): Channel {
  const { CHANNEL_TOKEN_ISSUER: issuer, CHANNEL_METADATA_URL: metadataUrl, CHANNEL_HOSTS } = given;
  const { protocol, hostname } = new URL(metadataUrl);
  if (protocol !== 'https:' && !loopbackHosts.includes(hostname)) {
    throw new ConfigFault(['CHANNEL_METADATA_URL: must begin with https']);
  }
  const hosts = CHANNEL_HOSTS.split(',').flatMap((host) => host.trim().toLowerCase() || []);
  const unclear = hosts.filter((host) => !/^[a-z0-9[\]:.-]+$/.test(host) || host.startsWith('.'));
  if (unclear.length > 0) {
    throw new ConfigFault([`CHANNEL_HOSTS: ${unclear[0]} is no host, for example connector.example`]);
  }
  return { issuer, metadataUrl, hosts };
}
