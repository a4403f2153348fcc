import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { deliverNotices, type Report } from './app/deliver-notices.ts';
import { type OutboxLoop, startOutboxLoop } from './app/outbox-loop.ts';
import type { Store } from './app/store.ts';
import { appIdOf, createAdapter } from './bot/adapter.ts';
import { KlachtenBot } from './bot/bot.ts';
import { createSender } from './bot/conversations.ts';
import { createServer } from './bot/server.ts';
import { createRender } from './cards/render.ts';
import { textsFor } from './cards/texts.ts';
import { type Config, ConfigFault, readConfig, readOrganisationFile } from './config.ts';
import { createLog, type Log } from './log.ts';
import { openSqliteStore } from './store/sqlite-store.ts';

/** How long turns under way may take to end when the bot is stopped, in milliseconds. */
const stopTimeout = 20_000;

/** A bot that listens. */
export interface Running {
  port: number;
  /** Ends turns and notices under way, then closes the store. */
  stop(): Promise<void>;
}

/** Puts the parts together and listens. Throws a `ConfigFault` where the store has no organisation and none is given. */
export async function start(
  config: Config,
  log: Log,
  clock: () => Date = () => new Date(),
): Promise<Running> {
  const store = openSqliteStore(config.sqliteFile);
  await takeOrganisation(store, config.organisationFile);
  const { auth } = config;
  const render = createRender();
  const adapter = createAdapter(auth);
  adapter.onTurnError = async (context, fault) => {
    log.error('turn failed', {}, fault);
    if (context.activity.type === 'message')
      await context.sendActivity(textsFor(context.activity.locale)('bot.fault'));
  };

  const report: Report = ({ failure, ...event }) => {
    if (failure === undefined) log.info('notice sent', event);
    else log.warn('notice failed', event, failure);
  };
  const send = createSender(adapter, appIdOf(auth), { store, render });
  let outbox: OutboxLoop | undefined;
  const parts = { store, clock, render, log, newId: randomUUID, noticesOwed: () => outbox?.wake() };
  const bot = new KlachtenBot(parts, auth.kind === 'none' ? undefined : auth.tenantId);
  const server = createServer({ adapter, bot, ready: () => store.check(), log });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  log.info('listening', { port });
  outbox = startOutboxLoop((stopping) => deliverNotices(parts, send, report, stopping), log);

  const stop = async () => {
    const timer = setTimeout(() => server.server.closeAllConnections(), stopTimeout);
    await new Promise<void>((resolve) => server.close(() => resolve()));
    clearTimeout(timer);
    await outbox?.stop();
    await store.close();
    log.info('stopped');
  };
  return { port, stop };
}

/** The organisation comes from its file once; from then on the store's own stands. */
async function takeOrganisation(store: Store, file: string | undefined): Promise<void> {
  if (await store.loadOrganisation()) return;
  if (!file) {
    throw new ConfigFault([
      'ORGANISATION_FILE: is missing, and the store holds no organisation yet, for example demo/organisation.json',
    ]);
  }
  await store.saveOrganisation(readOrganisationFile(file));
}

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const running = await start(config, createLog(config.logLevel));
  for (const signal of ['SIGTERM', 'SIGINT']) {
    process.once(signal, () => running.stop().then(() => process.exit(0)));
  }
}

if (import.meta.main) {
  main().catch((fault: unknown) => {
    process.stderr.write(
      fault instanceof ConfigFault ? `${fault.lines.join('\n')}\n` : `${readable(fault)}\n`,
    );
    process.exit(1);
  });
}

function readable(fault: unknown): string {
  const { code, port } = fault as { code?: string; port?: number };
  if (code === 'EADDRINUSE') return `PORT: ${port} is in use; choose another, for example PORT=3988`;
  return fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
}
