// Who may come in, by botbuilder's own authentication, with tokens of an issuer on loopback.
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CryptoKey, exportSPKI, importJWK, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { drawIcons } from '../../manifest/icons.ts';
import { handleLog } from '../../src/app/handle-command.ts';
import { createLog } from '../../src/log.ts';
import { type Running, start } from '../../src/main.ts';
import { openStore } from '../../src/store/open-store.ts';
import { employee, intake, now, seal, testKeys } from '../fixtures.ts';
import { botToken, type Issuer, issuerName, startIssuer } from './issuer.ts';

const appId = '8f2b1c9e-3d54-4a6b-9c01-5e7d2f3a4b6c';
const tenantId = '33333333-3333-4333-8333-333333333333';
const otherTenant = '44444444-4444-4444-8444-444444444444';

let issuer: Issuer;
let bot: Running;
let folder: string;
/** A complaint that the employee handles. */
const complaintId = 'f'.repeat(32);
const lines: string[] = [];

const databaseOf = ({ url }: Issuer) => join(folder, `${url.replace(/\W/g, '')}.db`);

async function startBot(trusted: Issuer, metadataUrl = trusted.metadataUrl): Promise<Running> {
  const config = {
    port: 0,
    host: '127.0.0.1',
    auth: {
      kind: 'UserAssignedMSI',
      appId,
      tenantId,
      channel: { issuer: issuerName, metadataUrl, hosts: ['127.0.0.1'] },
    },
    store: { kind: 'sqlite', file: databaseOf(trusted) },
    keys: { kind: 'given', keys: JSON.stringify(testKeys) },
    files: { place: { kind: 'folder', folder: join(folder, 'files') } },
    organisationFile: new URL('../../demo/organisation.json', import.meta.url).pathname,
    noticesLateAfter: 15,
    logLevel: 'debug',
  } as const;
  return start(config, createLog('debug', { write: (line) => void lines.push(line) }));
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'klachten-'));
  issuer = await startIssuer(appId);
  // How App Service tells a managed identity where it gets its tokens.
  process.env['IDENTITY_ENDPOINT'] = `${issuer.url}identity`;
  process.env['IDENTITY_HEADER'] = 'header';
  // botbuilder writes its own words about tokens to the console.
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  bot = await startBot(issuer);
  const store = await openStore({ kind: 'sqlite', file: databaseOf(issuer) }, tenantId, seal);
  const around = { store, clock: () => now, noticesOwed: () => undefined };
  await handleLog({ kind: 'logComplaint', id: complaintId, content: intake() }, employee, around);
  await store.close();
});
afterAll(async () => {
  await bot.stop();
  await issuer.close();
  rmSync(folder, { recursive: true });
});
afterEach(() => {
  issuer.calls.length = 0;
  issuer.roster = {};
});

type Json = Record<string, unknown>;

/** An activity of the employee, in their own chat. */
const activity = (changed: Json = {}): Json => ({
  type: 'invoke',
  name: 'task/fetch',
  value: { data: { verb: 'open-log-complaint' } },
  id: '1',
  channelId: 'msteams',
  serviceUrl: issuer.url,
  locale: 'nl-NL',
  conversation: { id: 'a:1', conversationType: 'personal', tenantId },
  from: { id: '29:1', name: 'Medewerker', aadObjectId: employee.id },
  recipient: { id: `28:${appId}` },
  channelData: { tenant: { id: tenantId } },
  ...changed,
});

async function send(body: Json, authorization: string | undefined, { port } = bot) {
  const response = await fetch(`http://127.0.0.1:${port}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
    body: JSON.stringify(body),
  });
  return { status: response.status, text: await response.text() };
}

const bearer = async (...asked: Parameters<Issuer['token']>) => `Bearer ${await issuer.token(...asked)}`;

describe('a token', () => {
  it('that is right comes in', async () => {
    const { status, text } = await send(activity(), await bearer());
    expect(status).toBe(200);
    expect(text).toContain('Klacht registreren');
  });

  it('that is right lets the bot answer, under its own token', async () => {
    expect((await send(activity({ type: 'message', text: 'help' }), await bearer())).status).toBe(200);
    expect(issuer.calls).toHaveLength(1);
    expect(issuer.calls[0]).toMatchObject({ method: 'POST', authorization: `Bearer ${botToken}` });
  });

  const { privateKey: strange } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const strangeKey = async () => (await importJWK(strange.export({ format: 'jwk' }), 'RS256')) as CryptoKey;

  it.each<[string, () => Promise<string | undefined>]>([
    ['that is missing', async () => undefined],
    ['that is empty', async () => 'Bearer '],
    ['that is none', async () => 'Bearer abc'],
    ['under another scheme', async () => `Basic ${await issuer.token()}`],
    ['for another bot (audience)', () => bearer({ aud: tenantId })],
    ['without an audience', () => bearer({ aud: undefined as never })],
    ['of another issuer', () => bearer({ iss: 'https://issuer.example' })],
    [
      'that the registration of a bot can get itself (the emulator)',
      () =>
        bearer({
          iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/',
          appid: appId,
          ver: '1.0',
        }),
    ],
    ['that has expired', () => bearer({}, { expires: '-6m' })],
    ['signed by somebody else', async () => bearer({}, { key: await strangeKey() })],
    ['under a key that is not listed', () => bearer({}, { kid: 'key-2' })],
    ['for another service address', () => bearer({ serviceurl: 'https://smba.trafficmanager.net/emea/' })],
    ['without a service address', () => bearer({ serviceurl: undefined })],
    [
      "signed by nobody ('none')",
      async () => {
        const claims = { iss: issuerName, aud: appId, serviceurl: issuer.url };
        const [, payload] = new UnsecuredJWT(claims).setExpirationTime('1h').encode().split('.');
        const header = Buffer.from('{"alg":"none","kid":"key-1"}').toString('base64url');
        return `Bearer ${header}.${payload}.`;
      },
    ],
    [
      'signed with the public key as if it were a shared secret',
      async () => {
        const { keys } = (await (await fetch(`${issuer.url}keys`)).json()) as { keys: Json[] };
        const key = await importJWK(keys[0] as never, 'RS256', { extractable: true });
        const secret = new TextEncoder().encode(await exportSPKI(key as CryptoKey));
        const token = await new SignJWT({ iss: issuerName, aud: appId, serviceurl: issuer.url })
          .setProtectedHeader({ alg: 'HS256', kid: 'key-1' })
          .setExpirationTime('1h')
          .sign(secret);
        return `Bearer ${token}`;
      },
    ],
  ])('%s stays out with 401 and no detail', async (_which, token) => {
    expect(await send(activity(), await token())).toEqual({ status: 401, text: '' });
    expect(await send(activity({ type: 'message', text: 'help' }), await token())).toEqual({
      status: 401,
      text: '',
    });
    expect(issuer.calls).toEqual([]);
  });

  it.each([
    ['https://connector.example/'],
    ['https://smba.trafficmanager.net.connector.example/'],
    ['https://evil.trafficmanager.net/emea/'],
    ['https://evilsmba.trafficmanager.net/'],
    ['https://evilbotframework.com/'],
    ['https://smba.trafficmanager.net@connector.example/'],
    ['http://smba.trafficmanager.net/emea/'],
    ['http://127.0.0.2/'],
  ])('that vouches for %s as the place to answer to stays out with 403', async (serviceUrl) => {
    const token = await bearer({ serviceurl: serviceUrl });
    expect(await send(activity({ serviceUrl }), token)).toEqual({ status: 403, text: '' });
  });

  it('that comes with another channel stays out with 403', async () => {
    for (const channelId of ['webchat', 'emulator', 'AseChannel', 'directline']) {
      expect(await send(activity({ channelId }), await bearer())).toEqual({ status: 403, text: '' });
    }
  });

  it.each(['https://smba.trafficmanager.net/emea/', 'https://webchat.botframework.com/'])(
    "comes in for the Bot Connector's own %s",
    async (serviceUrl) => {
      const { status } = await send(activity({ serviceUrl }), await bearer({ serviceurl: serviceUrl }));
      expect(status).toBe(200);
    },
  );
});

describe('while the keys can not be had', () => {
  it.each(['fault', 'never'] as const)(
    'answers 503 without a detail, and goes on when they can (%s)',
    { timeout: 30_000 },
    async (answer) => {
      const away = await startIssuer(appId);
      const other = await startBot(away);
      away.keys.answer = answer;
      const body = { ...activity(), serviceUrl: away.url };
      const token = `Bearer ${await away.token()}`;
      expect(await send(body, token, other)).toEqual({ status: 503, text: '' });
      away.keys.answer = 'well';
      expect((await send(body, token, other)).status).toBe(200);
      await other.stop();
      await away.close();
    },
  );

  it('answers 503 where nothing listens', async () => {
    const gone = await startIssuer(appId);
    const other = await startBot(gone);
    const token = `Bearer ${await gone.token()}`;
    const body = { ...activity(), serviceUrl: gone.url };
    await gone.close();
    expect(await send(body, token, other)).toEqual({ status: 503, text: '' });
    await other.stop();
  });
});

/** Every kind of activity that the bot handles. */
const kinds: [string, Json][] = [
  ['a message', { type: 'message', text: 'mijn klachten' }],
  ['a click without a dialog', { type: 'message', value: { verb: 'my-complaints' } }],
  ['the opening of a dialog', {}],
  ['a dialog', { name: 'task/submit', value: { data: { verb: 'open-log-complaint' } } }],
  [
    'a decision',
    { name: 'adaptiveCard/action', value: { action: { type: 'Action.Execute', verb: 'help' } } },
  ],
  [
    'the form of the message extension',
    { name: 'composeExtension/fetchTask', value: { commandId: 'logComplaint' } },
  ],
  [
    'a dialog of the message extension',
    {
      name: 'composeExtension/submitAction',
      value: { commandId: 'logComplaint', data: { verb: 'open-log-complaint' } },
    },
  ],
  ['a search', { name: 'composeExtension/query', value: { commandId: 'myComplaints' } }],
  [
    'a file that belongs to a complaint',
    {
      name: 'adaptiveCard/action',
      value: { action: { type: 'Action.Execute', verb: 'add-evidence', data: {} } },
    },
  ],
  [
    'a file',
    {
      type: 'message',
      attachments: [{ contentType: 'image/png', contentUrl: 'https://smba.trafficmanager.net/x' }],
    },
  ],
  ['an accepted file', { name: 'fileConsent/invoke', value: { action: 'accept', context: { year: 2025 } } }],
  ['a declined file', { name: 'fileConsent/invoke', value: { action: 'decline' }, replyToId: '7' }],
  ['an installation', { type: 'installationUpdate', action: 'add' }],
  ['a removal', { type: 'installationUpdate', action: 'remove', channelData: { team: { id: 'x' } } }],
  ['an arrival', { type: 'conversationUpdate', membersAdded: [{ id: `28:${appId}` }] }],
];

/** People who are none of the organisation's. */
const strangers: [string, Json, Json][] = [
  [
    'of another tenant',
    { conversation: { id: 'a:1', conversationType: 'personal', tenantId: otherTenant } },
    {},
  ],
  ['whose two tenants differ', { channelData: { tenant: { id: otherTenant } } }, {}],
  ['of no tenant', { conversation: { id: 'a:1', conversationType: 'personal' }, channelData: {} }, {}],
  ['without an Entra id', { from: { id: '29:1', name: 'Medewerker' } }, {}],
  ['who is a guest', {}, { userPrincipalName: 'bezoeker_elders.nl#EXT#@senw.onmicrosoft.com' }],
  ['whom the roster calls a guest', {}, { userRole: 'guest' }],
  ['whose home is another tenant', {}, { tenantId: otherTenant }],
];

describe.each(strangers)('somebody %s', (_who, changed, told) => {
  it.each(kinds)('gets nowhere with %s, and hears so politely', async (_kind, kind) => {
    const stranger = { id: `29:${Math.random()}`, name: 'Bezoeker', aadObjectId: crypto.randomUUID() };
    issuer.roster = told;
    const body = { ...activity({ from: stranger, ...kind }), ...changed };
    const { status, text } = await send(body, await bearer());
    expect(status).toBe(200);
    const said = text + JSON.stringify(issuer.calls.map((call) => call.body));
    const talks =
      body['type'] === 'message' || /^(task|adaptiveCard|composeExtension)/.test(String(body['name']));
    if (body['type'] === 'invoke' || body['type'] === 'message') {
      if (talks) expect(said).toContain('Ik kan je niet herkennen als medewerker van deze organisatie.');
    } else expect(issuer.calls).toEqual([]);
    expect(said).not.toMatch(/Klager|relation|verb/);
  });
});

describe('a picture that was pasted', () => {
  it("R10: is fetched from the Bot Connector with the bot's own token, and from nowhere else", async () => {
    issuer.attachment = (await drawIcons()).color;
    const press = async (file: Json) => {
      const data = { complaint: complaintId, form: crypto.randomUUID(), file };
      const action = { type: 'Action.Execute', verb: 'add-evidence', data };
      const body = activity({ name: 'adaptiveCard/action', value: { action } });
      return (await send(body, await bearer())).text;
    };
    const url = `${issuer.url}v3/attachments/1/views/original`;
    expect(await press({ name: 'afbeelding', url })).toContain('Het bestand is toegevoegd aan K-2026-0001.');
    const [fetched] = issuer.calls;
    expect(fetched).toMatchObject({ method: 'GET', authorization: `Bearer ${botToken}` });

    for (const elsewhere of [
      `${issuer.url}v3/conversations`,
      `${issuer.url}v3/attachments/../conversations/19:x@thread.tacv2/pagedmembers?x=`,
      `${issuer.url}v3/attachments/%2e%2e/conversations/views/x`,
      `${issuer.url}v3/attachments/1/views/../../../conversations`,
      url.replace('//', '//a:b@'),
      'https://elders.example/v3/attachments/1/views/original',
    ]) {
      issuer.calls.length = 0;
      expect(await press({ name: 'afbeelding', url: elsewhere })).toContain('Het bestand is niet toegevoegd');
      expect(issuer.calls).toEqual([]);
    }
  });
});

describe('an employee', () => {
  it.each(kinds)('is heard with %s', async (_kind, kind) => {
    const { status, text } = await send(activity(kind), await bearer());
    expect(status).toBe(200);
    expect(text + JSON.stringify(issuer.calls)).not.toContain('Ik kan je niet herkennen');
  });

  it('R13: where the bot can not read the roster, is heard only when it knows them from their own chat', async () => {
    const guest = { id: '29:8', name: 'Bezoeker', aadObjectId: crypto.randomUUID() };
    const group = { conversation: { id: '19:groep@thread.v2', conversationType: 'groupChat', tenantId } };
    issuer.roster = undefined;
    const elsewhere = async (from: Json) => (await send(activity({ from, ...group }), await bearer())).text;
    expect(await elsewhere(guest)).toContain('Ik kan je niet herkennen');
    // In their own chat while the roster is away they are let in, but that makes nobody known.
    await send(activity({ from: guest }), await bearer());
    expect(await elsewhere(guest)).toContain('Ik kan je niet herkennen');
    const known = { id: '29:7', name: 'Collega', aadObjectId: crypto.randomUUID() };
    issuer.roster = {};
    await send(activity({ from: known }), await bearer());
    issuer.roster = undefined;
    expect(await elsewhere(known)).toContain('Klacht registreren');
  });

  it('is heard while the roster can not be read', async () => {
    const colleague = { id: '29:9', name: 'Collega', aadObjectId: crypto.randomUUID() };
    issuer.roster = undefined;
    const { text } = await send(activity({ from: colleague }), await bearer());
    expect(text).toContain('Klacht registreren');
  });
});

it('nothing of a token or a person stands in the log', () => {
  const log = lines.join('');
  expect(log).toContain('"status":401');
  expect(log).not.toMatch(/eyJ|Medewerker|Bezoeker|token-of-the-bot/);
  expect(log).not.toContain(employee.id);
});
