// A Teams on this computer: people and channels to try a bot with, that the bot can't tell from the real one.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Client, clientOf } from './client.ts';
import { answerBot, type BotCall, type Reply } from './connector.ts';
import { type Channel, Conversations, type Message, type Person, personalChat } from './conversations.ts';
import type { Command } from './extension.ts';
import type { UploadedFile } from './files.ts';
import { answerPage } from './page-server.ts';
import { answerUpload } from './upload.ts';

export interface LocalTeamsOptions {
  /** Where the bot takes activities, such as http://127.0.0.1:3978/api/messages. */
  botUrl: string;
  people: Person[];
  channels?: Channel[];
  /** The commands of the app's message extension, in a language. */
  commands?: (locale: string) => Command[];
  tenantId?: string;
  botId?: string;
  /** 0, the default, takes any free port. */
  port?: number;
  /**
   * Asked first at each call of the bot, to try faults: an answer of its own, or one of the faults. The upload of a file
   * is such a call (`PUT /upload/...`), without a body here.
   */
  intercept?: (request: BotCall) => Reply | Fault | undefined;
}

/**
 * `drop`: the connection ends without an answer; `hang`: nothing is answered; `take-drop` and `take-hang`: the same once
 * the call was carried out.
 */
export type Fault = 'drop' | 'hang' | 'take-drop' | 'take-hang';

export interface LocalTeams extends Client {
  /** The address of the page, which is the service URL that the bot is given. */
  url: string;
  personalChat(personId: string): string;
  /** The messages in a conversation, with the answers of Action.Execute that this viewer got. */
  messages(conversationId: string, viewerId?: string): Message[];
  /** A file that the bot uploaded, by the id in a message's `file` or in what the bot was told (`uniqueId`). */
  file(id: string): UploadedFile | undefined;
  waitFor: Conversations['waitFor'];
  on(event: 'change', listener: (conversationId: string) => void): void;
  off(event: 'change', listener: (conversationId: string) => void): void;
  close(): Promise<void>;
}

export const exampleTenant = '11111111-1111-4111-8111-111111111111';
const exampleBot = '22222222-2222-4222-8222-222222222222';

/** Starts a Teams on loopback; rejects where the port is in use. */
export async function startLocalTeams(options: LocalTeamsOptions): Promise<LocalTeams> {
  const {
    people,
    channels = [],
    commands = () => [],
    tenantId = exampleTenant,
    botId = exampleBot,
  } = options;
  const conversations = new Conversations({ people, channels, tenantId, botId });

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      console.error(error);
      send(response, { status: 500, body: { error: { code: 'ServiceError', message: String(error) } } });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const client = clientOf(conversations, options.botUrl, url);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET' } = request;
    const path = new URL(request.url ?? '/', url).pathname;
    const [, part, uploadId = ''] = path.split('/');
    if (part !== 'v3' && part !== 'upload')
      return answerPage({ conversations, client, commands }, request, response);
    const call = { method, path, body: part === 'v3' ? await json(request) : undefined };
    const carryOut = () =>
      part === 'v3' ? answerBot(conversations, call) : answerUpload(conversations.files, uploadId, request);
    const intercepted = options.intercept?.(call);
    if (typeof intercepted !== 'string') return send(response, intercepted ?? (await carryOut()));
    if (intercepted.startsWith('take-')) await carryOut();
    if (intercepted.endsWith('drop')) response.destroy();
  }

  return {
    ...client,
    url,
    personalChat,
    messages: (conversationId, viewerId) => conversations.messages(conversationId, viewerId),
    file: (id) => conversations.files.get(id),
    waitFor: (...asked) => conversations.waitFor(...asked),
    on: (event, listener) => void conversations.on(event, listener),
    off: (event, listener) => void conversations.off(event, listener),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function json(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, { status, headers, body, text }: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(text ?? (body === undefined ? undefined : JSON.stringify(body)));
}
