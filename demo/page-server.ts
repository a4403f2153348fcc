// The page's side of the server: its files, what it shows, and what people do on it.
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { BotError, type Client } from './client.ts';
import type { Conversations } from './conversations.ts';
import { personalChat } from './conversations.ts';
import type { Command } from './extension.ts';
import type { UploadedFile } from './files.ts';

interface Page {
  conversations: Conversations;
  client: Client;
  commands: (locale: string) => Command[];
}

const here = new URL('./page/', import.meta.url);
const renderer = new URL('../node_modules/adaptivecards/dist/adaptivecards.min.js', import.meta.url);
const types: Record<string, string> = { html: 'text/html', css: 'text/css', js: 'text/javascript' };
const security = {
  'content-security-policy': "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** Answers the browser: a file, the stream of changes, or a call under /page/. */
export async function answerPage(
  page: Page,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (request.method === 'POST' && pathname.startsWith('/page/')) {
    return act(page, pathname.slice('/page/'.length), request, response);
  }
  if (request.method !== 'GET') return json(response, 405, undefined);
  if (pathname === '/page/events') return stream(page.conversations, response);
  if (pathname === '/page/world') return json(response, 200, world(page));
  if (pathname === '/page/messages') {
    const { conversation = '', viewer = '' } = Object.fromEntries(searchParams);
    return json(response, 200, page.conversations.messages(conversation, viewer));
  }
  if (pathname.startsWith('/page/files/')) {
    return download(page.conversations.files.get(pathname.slice('/page/files/'.length)), response);
  }
  return file(pathname, response);
}

async function act(
  { client, conversations }: Page,
  call: string,
  request: IncomingMessage,
  response: ServerResponse,
) {
  // Asking for JSON keeps other sites out: a browser lets them send no JSON here.
  if (request.headers['content-type'] !== 'application/json') return json(response, 415, undefined);
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  const { person, conversation, activity, said, data, action, accepted, ...more } = JSON.parse(text);
  const { chosen, query, result, name, content, locale } = more;
  const calls: Record<string, () => Promise<unknown>> = {
    say: () => client.say(person, said, { conversationId: conversation }),
    language: async () => {
      conversations.locale = locale;
    },
    'send-file': () => client.sendFile(person, name, Buffer.from(content, 'base64'), said),
    submit: () => client.submit(person, conversation, activity, data),
    'open-dialog': () => client.openDialog(person, conversation, activity, data),
    'submit-dialog': () => client.submitDialog(person, conversation, data),
    execute: () => client.execute(person, conversation, activity, action),
    refresh: () => client.refresh(person, conversation, activity),
    consent: () => client.answerConsent(person, conversation, activity, accepted),
    'open-extension': () => client.openExtension(person, conversation, chosen),
    'submit-extension': () => client.submitExtension(person, conversation, chosen, data),
    'query-extension': () => client.queryExtension(person, conversation, query),
    'insert-result': () => client.insertResult(person, conversation, result),
  };
  const asked = Object.hasOwn(calls, call) ? calls[call] : undefined;
  if (!asked) return json(response, 404, undefined);
  try {
    json(response, 200, (await asked()) ?? null);
  } catch (error) {
    if (!(error instanceof BotError)) throw error;
    json(response, 502, { status: error.status });
  }
}

function stream(conversations: Conversations, response: ServerResponse): void {
  response.writeHead(200, { ...security, 'content-type': 'text/event-stream' });
  response.write(': ready\n\n');
  const tell = (conversationId: string) => response.write(`data: ${JSON.stringify(conversationId)}\n\n`);
  conversations.on('change', tell);
  response.on('close', () => conversations.off('change', tell));
}

function world({ conversations: { people, channels, locale }, commands }: Page) {
  const known = people.map((person) => ({ ...person, chat: personalChat(person.id) }));
  return { people: known, channels, commands: commands(locale) };
}

async function file(pathname: string, response: ServerResponse): Promise<void> {
  const name = pathname === '/' ? 'index.html' : pathname.slice(1);
  const address = name === 'vendor/adaptivecards.min.js' ? renderer : new URL(name, here);
  const type = types[name.split('.').at(-1) ?? ''];
  const mine = /^[a-z-]+\.[a-z]+$/.test(name) || address === renderer;
  const content = type && mine ? await readFile(address).catch(() => undefined) : undefined;
  if (content === undefined) return json(response, 404, undefined);
  response.writeHead(200, { ...security, 'content-type': `${type}; charset=utf-8` });
  response.end(content);
}

function download(found: UploadedFile | undefined, response: ServerResponse): void {
  if (!found) {
    json(response, 404, undefined);
    return;
  }
  const code = (character: string) => `%${character.charCodeAt(0).toString(16)}`;
  const name = encodeURIComponent(found.name.toWellFormed()).replace(/['()*]/g, code);
  response.writeHead(200, {
    ...security,
    'content-type': 'application/octet-stream',
    'content-length': found.content.length,
    'content-disposition': `attachment; filename*=UTF-8''${name}`,
  });
  response.end(found.content);
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { ...security, 'content-type': 'application/json' });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
