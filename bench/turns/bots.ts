// Bots in processes of their own, and what stands between them and Teams.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import project from '../../package.json' with { type: 'json' };
import type { Turn } from './world.ts';

/** A Bot Connector that takes everything, and knows everybody. */
export interface Connector {
  serviceUrl: string;
  close(): void;
}

/** Starts it; `taken` is told of what is sent to it. */
export async function startConnector(taken: (body: string) => void = () => undefined): Promise<Connector> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      taken(body);
      response.setHeader('content-type', 'application/json');
      response.end('{"id":"1"}');
    });
  });
  // Longer than a bot is busy with something else: a connection that closes as it is taken up again is no fault of it.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    serviceUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** A bot that runs. */
export interface Bot {
  process: ChildProcess;
  url: string;
  /** How Teams is reached, as each activity says. */
  serviceUrl: string;
}

/** What bounds the bot's heap, with `npm start` and in the image. */
export const heapFlags = project.scripts.start.split(' ').filter((word) => word.startsWith('--max-'));

/** Starts a bot, and waits until it listens; `execArgv` are flags of Node. */
export async function startBot(
  script: string,
  args: string[],
  serviceUrl: string,
  execArgv: string[] = [],
): Promise<Bot> {
  const process = fork(new URL(script, import.meta.url), args, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // What is bundled asks for a part of Node that is deprecated.
    execArgv: [...execArgv, '--disable-warning=DEP0040'],
  });
  const [{ port }] = (await once(process, 'message')) as [{ port: number }];
  return { process, url: `http://127.0.0.1:${port}/api/messages`, serviceUrl };
}

/** Asks a bot's process something of itself. */
export async function ask<T>({ process }: Bot, question: string): Promise<T> {
  process.send(question);
  const [answer] = (await once(process, 'message')) as [T];
  return answer;
}

/** The chat of somebody with a bot. */
export const chatOf = ({ id }: { id: string }) => `a:${id}`;

/**
 * Sends a turn as Teams does, and gives the answer; an echo is asked to send so many messages beside it. Throws where the
 * answer is not 200, or does not come in time.
 */
export async function send({ url, serviceUrl }: Bot, { by, activity }: Turn, sends = 0): Promise<string> {
  const body = JSON.stringify({
    ...{ id: '1', channelId: 'msteams', serviceUrl, locale: 'nl-NL' },
    conversation: { id: chatOf(by), conversationType: 'personal', tenantId: 't' },
    from: { id: `29:${by.id}`, name: by.name, aadObjectId: by.id },
    recipient: { id: '28:bot' },
    channelData: { tenant: { id: 't' }, sends },
    ...activity,
  });
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(patience) });
  const answer = await response.text();
  if (response.status !== 200) throw new Error(`answered with ${response.status}`);
  return answer;
}

/** How long Teams waits for a bot, in milliseconds. */
const patience = 15_000;
