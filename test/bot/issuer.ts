// What the bot trusts, and talks to, outside itself: an issuer of tokens with its keys, a managed identity, and a
// Bot Connector that writes down what it is called with. All on loopback.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

export interface Call {
  method: string;
  path: string;
  authorization: string | undefined;
  body: unknown;
}

export interface Issuer {
  /** Where it answers, with a slash at the end; also the service address of its Bot Connector. */
  url: string;
  metadataUrl: string;
  /** What its Bot Connector was asked, but for the roster. */
  calls: Call[];
  /** What the roster tells of people, beside who they are; a fault where there is none. */
  roster: Record<string, unknown> | undefined;
  /** What every attachment holds. */
  attachment: Buffer;
  /** How the keys are answered for: as usual, with a fault, or never. */
  keys: { answer: 'well' | 'fault' | 'never' };
  /** A token as the Bot Connector gives it, with other claims or another key where asked for. */
  token(claims?: JWTPayload, options?: { expires?: string; key?: CryptoKey; kid?: string }): Promise<string>;
  close(): Promise<void>;
}

export const issuerName = 'https://issuer.test';
/** The token with which the bot proves itself, as its managed identity gets it. */
export const botToken = 'token-of-the-bot';

/** Starts all three; `appId` is whom its tokens are for. */
export async function startIssuer(appId: string): Promise<Issuer> {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const listed = { ...(await exportJWK(publicKey)), kid: 'key-1', use: 'sig', endorsements: ['msteams'] };
  const calls: Call[] = [];
  const keys: Issuer['keys'] = { answer: 'well' };

  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', url).pathname;
    if (path.startsWith('/keys') || path.startsWith('/metadata')) {
      if (keys.answer === 'never') return;
      if (keys.answer === 'fault') return send(response, 500, {});
      return send(response, 200, path.startsWith('/keys') ? { keys: [listed] } : { jwks_uri: `${url}keys` });
    }
    if (path === '/identity') {
      const expires_on = String(Math.floor(Date.now() / 1000) + 3600);
      return send(response, 200, { access_token: botToken, expires_on, token_type: 'Bearer', resource: '' });
    }
    if (path.includes('/members/')) {
      const { roster } = issuer;
      return roster ? send(response, 200, { id: '29:1', name: 'x', ...roster }) : send(response, 500, {});
    }
    const { method = 'GET', headers } = request;
    calls.push({ method, path, authorization: headers.authorization, body: await read(request) });
    if (path.startsWith('/v3/attachments/')) return void response.end(issuer.attachment);
    return send(response, 200, { id: '1' });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

  const issuer: Issuer = {
    url,
    // Keys are kept by the address of their metadata: each issuer has an address of its own.
    metadataUrl: `${url}metadata`,
    calls,
    roster: {},
    attachment: Buffer.alloc(0),
    keys,
    token: (claims = {}, { expires = '1h', key = privateKey, kid = 'key-1' } = {}) =>
      new SignJWT({ iss: issuerName, aud: appId, serviceurl: url, ...claims })
        .setProtectedHeader({ alg: 'RS256', kid })
        .setIssuedAt()
        .setExpirationTime(expires)
        .sign(key),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return issuer;
}

async function read(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text === '' ? undefined : JSON.parse(text);
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
