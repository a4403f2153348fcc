import type { IncomingMessage, ServerResponse } from 'node:http';
import { create as contentDisposition } from 'content-disposition';
import { pino } from 'pino';
import restify from 'restify';
import { z } from 'zod';
import { textsFor } from '../cards/texts.ts';
import type { Log } from '../log.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import type { BotAdapter } from './adapter.ts';
import { EntryRefused } from './authentication.ts';
import type { KlachtenBot } from './bot.ts';
import { endWith, refuseRequest } from './entry.ts';
import type { Give, GivenFile } from './giving.ts';
import { turnKindOf } from './turn-kind.ts';

/** Largest body that is read, in bytes. */
const largestBody = 256 * 1024;

const words = z.string().nullish();
/** An id becomes part of an address. */
const id = z
  .string()
  .min(1)
  .max(2000)
  .refine((value) => value.isWellFormed());

/** That of a conversation goes out in a header too. */
const conversationId = id.regex(/^[\x21-\x7e]+$/);

/** As much of an activity as a turn can't do without, and the kind of what it goes by where that is there. */
const activitySchema = z.looseObject({
  type: z.string().min(1),
  id: id.nullish(),
  name: words,
  text: words,
  locale: words,
  replyToId: id.nullish(),
  channelId: z.string().min(1),
  serviceUrl: z.url(),
  conversation: z.looseObject({ id: conversationId, conversationType: words, tenantId: words }),
  from: z.looseObject({ id, name: words, aadObjectId: words }),
  recipient: z.looseObject({ id }),
  entities: z.array(z.looseObject({})).nullish(),
  attachments: z.array(z.looseObject({ contentType: z.string() })).nullish(),
});

export interface ServerParts {
  adapter: BotAdapter;
  bot: Pick<KlachtenBot, 'run'>;
  /** Whether the bot can do its work. */
  ready: () => Promise<boolean>;
  /** Files of complaints, for holders of tickets; nothing where none are kept. */
  give: Give | undefined;
  /** Whether nobody is checked. */
  isLocal: boolean;
  log: Log;
  telemetry: Telemetry;
}

/** What restify's types leave out: a look at each request before restify's own. */
interface First {
  first(look: (request: IncomingMessage, response: ServerResponse) => boolean): void;
}

/** The bot's HTTP side: activities in, alive and ready; no answer tells more than its status. */
export function createServer({
  adapter,
  bot,
  ready,
  give,
  isLocal,
  log,
  telemetry,
}: ServerParts): restify.Server {
  // restify's own log would quote whole requests, and with them what people typed (R13).
  const server = restify.createServer({ name: '', log: pino({ level: 'silent' }) as never });
  server.on('restifyError', (_request, response, fault, done) => {
    const status = fault.statusCode >= 400 && fault.statusCode < 500 ? fault.statusCode : 500;
    if (status === 500) log.error('request failed', { status }, fault);
    response.sendRaw(status, '');
    done();
  });
  (server as unknown as First).first((request, response) => {
    const status = refuseRequest(request, isLocal);
    if (status !== undefined) endWith(status, response);
    return status === undefined;
  });

  server.get('/healthz', async (_request, response) => {
    response.sendRaw(200, '');
  });
  server.get('/readyz', async (_request, response) => {
    response.sendRaw((await ready()) ? 200 : 503, '');
  });

  server.get('/files', async (request, response) => {
    for (const [name, value] of Object.entries(fileHeaders)) response.header(name, value);
    try {
      const ticket = new URL(request.url ?? '', 'http://bot').searchParams.get('ticket') ?? '';
      const given = (await give?.(ticket)) ?? 'gone';
      log.info('file asked for', { outcome: typeof given === 'string' ? given : 'given' });
      if (given === 'gone') say(request, response, 404, 'evidence.link-expired');
      else if (given === 'busy') say(request, response, 429, 'evidence.link-busy');
      else sendFile(response, given);
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
    const turn = async () => {
      const started = performance.now();
      try {
        const authorization = request.header('authorization') ?? '';
        const answer = await adapter.turn(authorization, request.body, (context) => bot.run(context));
        const status = answer?.status ?? 200;
        if (status === 200 && answer?.body !== undefined) response.json(status, answer.body);
        else response.sendRaw(status, '');
        log.info('turn', { status, ms: Math.round(performance.now() - started) });
        return status;
      } catch (fault) {
        const status = fault instanceof EntryRefused ? fault.status : 500;
        log.warn('turn refused', { status }, fault);
        response.sendRaw(status, '');
        return status;
      }
    };
    await telemetry.turn(() => turnKindOf(request.body), turn);
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

/** How long a reader may take over a file, in milliseconds: it is held in memory that long. */
const readingTime = 60_000;

/** What a browser can show is shown, so that no copy need be kept on the reader's computer. */
function sendFile(
  response: restify.Response,
  { fileName, mediaType, isShown, content, done }: GivenFile,
): void {
  // Gone before the file was there.
  if (response.closed || response.destroyed) {
    done();
    return;
  }
  const timer = setTimeout(() => response.destroy(), readingTime);
  response.once('close', () => {
    clearTimeout(timer);
    done();
  });
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
