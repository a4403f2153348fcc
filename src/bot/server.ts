import { pino } from 'pino';
import restify from 'restify';
import { z } from 'zod';
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
  log: Log;
}

/** The bot's HTTP side: activities in, alive and ready; no answer tells more than its status. */
export function createServer({ adapter, bot, ready, log }: ServerParts): restify.Server {
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
