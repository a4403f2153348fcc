import { type Activity, CallerIdConstants, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import {
  AuthenticationConstants,
  AuthenticationError,
  type ClaimsIdentity,
  type ConnectorClient,
  type ConnectorFactory,
  type UserTokenClient,
} from 'botframework-connector';
import { decodeJwt } from 'jose';
import { LRUCache } from 'lru-cache';
import type { BotAuth, Channel } from '../config/auth.ts';
import { Fault } from '../fault.ts';
import { within } from '../within.ts';
import { askingOnce } from './connector-client.ts';

/** How long fetching the keys of the Bot Connector may take, in milliseconds; Teams waits 15 seconds for an answer. */
const keysTimeout = 10_000;

/** Addresses of the Bot Connector whose client is kept; Teams has one for each part of the world. */
const mostClients = 20;

/** The Bot Connector's own: what Teams gives as the address to answer to. */
const connectorHosts = ['smba.trafficmanager.net', '.botframework.com'];

/** An activity that may not come in, or (503) whose token can't be checked now; the status is what is answered. */
export class EntryRefused extends Fault {
  override name = 'EntryRefused';
  readonly status: 401 | 403 | 503;
  constructor(status: 401 | 403 | 503, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

/**
 * botbuilder's authentication, held to what this bot needs: activities of Teams, with a token of the Bot Connector.
 * botbuilder would also take tokens that the bot's own registration can get (for its emulator, for other bots), and
 * would send the bot's tokens to whatever address an activity names.
 */
export class ChannelAuthentication extends ConfigurationBotFrameworkAuthentication {
  readonly #channel: Channel | undefined;
  readonly #made: (client: ConnectorClient) => void;
  // All of these act as the bot itself: a token for another is not let in.
  #signIn: UserTokenClient | undefined;
  readonly #clients = new LRUCache<string, ConnectorClient>({ max: mostClients });

  /** `made` is told of each client of the Bot Connector. */
  constructor(auth: BotAuth, made: (client: ConnectorClient) => void = () => undefined) {
    super(settingsOf(auth));
    this.#made = made;
    this.#channel = auth.kind === 'none' ? undefined : auth.channel;
  }

  /** Throws an `EntryRefused` where the activity may not come in. */
  override async authenticateRequest(activity: Activity, authorization: string) {
    if (activity.channelId !== 'msteams') throw new EntryRefused(403, 'an activity of another channel');
    if (!isServiceAddress(activity.serviceUrl, this.#channel)) {
      throw new EntryRefused(403, 'the service address is not one of the Bot Connector');
    }
    if (this.#channel) refuseIssuer(authorization, this.#channel);
    const authenticated = super.authenticateRequest(activity, authorization);
    try {
      const entry = await within(keysTimeout, authenticated, 'the keys did not come in time');
      const { connectorFactory } = entry;
      return connectorFactory ? { ...entry, connectorFactory: this.#guarded(connectorFactory) } : entry;
    } catch (cause) {
      throw isRefusal(cause)
        ? new EntryRefused(401, 'the token was refused', { cause })
        : new EntryRefused(503, 'the token can not be checked now', { cause });
    }
  }

  override createConnectorFactory(identity: ClaimsIdentity): ConnectorFactory {
    return this.#guarded(super.createConnectorFactory(identity));
  }

  /** Nobody signs in at this bot, but botbuilder wants a client for it at each turn. */
  override async createUserTokenClient(identity: ClaimsIdentity): Promise<UserTokenClient> {
    this.#signIn ??= await super.createUserTokenClient(identity);
    return this.#signIn;
  }

  /**
   * Gives clients for the Bot Connector's own addresses alone: a client sends the bot's token along. One for each address,
   * since making it takes a tenth of a turn.
   */
  #guarded(factory: ConnectorFactory): ConnectorFactory {
    return {
      create: async (serviceUrl, audience) => {
        if (!isServiceAddress(serviceUrl, this.#channel))
          throw new Fault('the service address is not one of the Bot Connector');
        const key = JSON.stringify([serviceUrl, audience]);
        const known = this.#clients.get(key);
        if (known) return known;
        const client = askingOnce(await factory.create(serviceUrl, audience));
        this.#made(client);
        this.#clients.set(key, client);
        return client;
      },
    };
  }
}

/** Whether an address may be answered to; without a channel, in local use, this computer's alone. */
function isServiceAddress(address: string, channel: Channel | undefined): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password } = new URL(address);
  if (username !== '' || password !== '') return false;
  const isLoopback = hostname === '127.0.0.1' || hostname === '[::1]' || hostname === 'localhost';
  if (!channel) return isLoopback;
  if (protocol !== 'https:' && !isLoopback) return false;
  return [...connectorHosts, ...channel.hosts].some((host) =>
    host.startsWith('.') ? hostname.endsWith(host) : hostname === host,
  );
}

/** Refuses a token of another issuer than the Bot Connector, whatever else it says. */
function refuseIssuer(authorization: string, { issuer }: Channel): void {
  const [scheme, token = ''] = authorization.split(' ');
  let claimed: unknown;
  try {
    claimed = scheme === 'Bearer' ? decodeJwt(token).iss : undefined;
  } catch (cause) {
    throw new EntryRefused(401, 'the token is none', { cause });
  }
  if (claimed !== issuer) throw new EntryRefused(401, 'the token is not of the Bot Connector');
}

/** Whether a token was found wanting; any other fault is one of fetching the keys. */
function isRefusal(fault: unknown): boolean {
  if (fault instanceof AuthenticationError) return fault.statusCode === 401;
  const { name } = fault as { name?: unknown };
  return name === 'JsonWebTokenError' || name === 'NotBeforeError' || name === 'TokenExpiredError';
}

/** botbuilder takes these settings all together or not at all. */
function settingsOf(auth: BotAuth) {
  if (auth.kind === 'none') return {};
  const { channel } = auth;
  return {
    MicrosoftAppId: auth.appId,
    MicrosoftAppTenantId: auth.tenantId,
    MicrosoftAppType: auth.kind,
    ...(auth.kind === 'SingleTenant' && { MicrosoftAppPassword: auth.password }),
    CallerId: CallerIdConstants.PublicAzureChannel,
    OAuthUrl: AuthenticationConstants.OAuthUrl,
    ToBotFromChannelOpenIdMetadataUrl: channel.metadataUrl,
    ToBotFromChannelTokenIssuer: channel.issuer,
    ToBotFromEmulatorOpenIdMetadataUrl: AuthenticationConstants.ToBotFromEmulatorOpenIdMetadataUrl,
    ToChannelFromBotLoginUrl: AuthenticationConstants.ToChannelFromBotLoginUrl,
    ToChannelFromBotOAuthScope: AuthenticationConstants.ToChannelFromBotOAuthScope,
  };
}
