import { create as contentDisposition } from 'content-disposition';
import { pino } from 'pino';
import restify from 'restify';
import { z } from 'zod';
import { textsFor } from '../cards/texts.ts';
import type { Log } from '../log.ts';
import type { BotAdapter } from './adapter.ts';
import { EntryRefused } from './authentication.ts';
import type { KlachtenBot } from './bot.ts';

/** Largest body that is read, in bytes. */
const largestBody = 256 * 1024;

/** As much of an activity as a turn can't do without. */
const activitySchema = z.looseObject({
  type: z.string().min(1),
  channelId: z.string().min(1),
  serviceUrl: z.url(),
  conversation: z.looseObject({ id: z.string().min(1) }),
  from: z.looseObject({ id: z.string().min(1) }),
  recipient: z.looseObject({ id: z.string().min(1) }),
});

export interface ServerParts {
  adapter: BotAdapter;
  bot: Pick<KlachtenBot, 'run'>;
  /** Resolves when the store answers. */
  ready: () => Promise<void>;
  /** A file of a complaint, for whoever holds a ticket for it; nothing where the ticket leads nowhere (any more). */
  giveFile: (ticket: string) => Promise<GivenFile | undefined>;
  log: Log;
}

export interface GivenFile {
  fileName: string;
  mediaType: string;
  content: Uint8Array;
}

/** The bot's HTTP side: activities in, alive and ready; no answer tells more than its status. */
export function createServer({ adapter, bot, ready, giveFile, log }: ServerParts): restify.Server {
  // restify's own log would quote whole requests, and with them what people typed (R13).
  const server = restify.createServer({ name: '', log: pino({ level: 'silent' }) as never });
  server.on('restifyError', (_request, response, fault, done) => {
    const status = fault.statusCode >= 400 && fault.statusCode < 500 ? fault.statusCode : 500;
    if (status === 500) log.error('request failed', { status }, fault);
    response.sendRaw(status, '');
    done();
  });
  server.pre((request, response, next) => {
    if (request.headers['content-encoding'] === undefined) return next();
    response.sendRaw(415, '');
    return next(false);
  });

  server.get('/healthz', async (_request, response) => {
    response.sendRaw(200, '');
  });
  server.get('/readyz', async (_request, response) => {
    try {
      await ready();
      response.sendRaw(200, '');
    } catch (fault) {
      log.warn('not ready', { status: 503 }, fault);
      response.sendRaw(503, '');
    }
  });

  server.get('/files', async (request, response) => {
    for (const [name, value] of Object.entries(fileHeaders)) response.header(name, value);
    try {
      const given = await giveFile(new URL(request.url ?? '', 'http://bot').searchParams.get('ticket') ?? '');
      log.info('file asked for', { outcome: given ? 'given' : 'expired' });
      if (given) sendFile(response, given);
      else say(request, response, 404, 'evidence.link-expired');
    } catch (fault) {
      log.error('file not given', { status: 503 }, fault);
      say(request, response, 503, 'evidence.link-failed');
    }
  });

  const bodyParser = restify.plugins.bodyParser({ maxBodySize: largestBody, mapParams: false });
  server.post('/api/messages', bodyParser, async (request, response) => {
    if (!activitySchema.safeParse(request.body).success) {
      response.sendRaw(400, '');
      return;
    }
    const started = performance.now();
    try {
      const authorization = request.header('authorization') ?? '';
      const answer = await adapter.turn(authorization, request.body, (context) => bot.run(context));
      if (answer?.body === undefined) response.sendRaw(answer?.status ?? 200, '');
      else response.json(answer.status, answer.body);
      log.info('turn', { status: answer?.status ?? 200, ms: Math.round(performance.now() - started) });
    } catch (fault) {
      const status = fault instanceof EntryRefused ? fault.status : 500;
      log.warn('turn refused', { status }, fault);
      response.sendRaw(status, '');
    }
  });
  return server;
}

/** A file leaves no copy on its way, tells no other site of its address, and is never taken for a page of ours. */
const fileHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** Pictures and PDFs are shown, so that no copy need be kept on the reader's computer; the rest is downloaded. */
function sendFile(response: restify.Response, { fileName, mediaType, content }: GivenFile): void {
  const isShown = mediaType === 'application/pdf' || mediaType.startsWith('image/');
  response.writeHead(200, {
    'content-type': mediaType,
    'content-length': content.length,
    'content-disposition': contentDisposition(fileName, { type: isShown ? 'inline' : 'attachment' }),
  });
  response.end(content);
}

/** A sentence for whoever followed an address, in the language of their browser. */
function say(request: restify.Request, response: restify.Response, status: number, key: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(textsFor(request.header('accept-language'))(key));
}
