import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { type Delivery, deliverNotices } from './app/deliver-notices.ts';
import { createLookout } from './app/lookout.ts';
import { startLoop } from './app/loop.ts';
import { Busy } from './app/messenger.ts';
import { withOrganisationCache } from './app/organisation-cache.ts';
import type { Taken } from './app/outbox.ts';
import { createReadiness } from './app/readiness.ts';
import type { Store } from './app/store.ts';
import type { Ticket } from './app/tickets.ts';
import { appIdOf, createAdapter } from './bot/adapter.ts';
import { KlachtenBot } from './bot/bot.ts';
import { createMessenger } from './bot/conversations.ts';
import { createGiving } from './bot/giving.ts';
import { createLimit, relaying } from './bot/limit.ts';
import { createReports } from './bot/reports.ts';
import { createServer } from './bot/server.ts';
import { createTurns } from './bot/turns.ts';
import { createRender } from './cards/render.ts';
import { textsFor } from './cards/texts.ts';
import { ConfigFault } from './config/fault.ts';
import { type Config, readConfig, readOrganisationFile } from './config.ts';
import { openFiles } from './files/open-files.ts';
import { createLog, type Log } from './log.ts';
import { readKeys } from './store/keys.ts';
import { localOrganisation, openStore } from './store/open-store.ts';
import { createSeal } from './store/seal.ts';
import { createTickets } from './store/tickets.ts';
import { measuredScan, measuredStore, waitingIn } from './telemetry/measured.ts';
import { openTelemetry } from './telemetry/open-telemetry.ts';

/** How long turns under way may take to end when the bot is stopped, in milliseconds. */
const stopTimeout = 20_000;
/** How often the outbox is looked at without being woken, in milliseconds. */
const outboxInterval = 5000;
/** How long a notice that nobody answers keeps others waiting, in milliseconds. */
const outboxPatience = 1000;
/** How often it is looked whether notices wait too long, in milliseconds. */
const lookInterval = 10_000;
/** When complaints are gone through for who must be reminded or asked anew: every hour, as a cron pattern. */
const upkeepPattern = '7 * * * *';

/** When it is tried again where another instance was at it, in milliseconds. */
const upkeepRetry = 60_000;

/** A bot that listens. */
export interface Running {
  port: number;
  /** Goes through the complaints now, as the clock does every hour. */
  keepUp(): Promise<void>;
  /** Looks now whether notices wait too long, as it does every ten seconds. */
  lookOut(): Promise<void>;
  /** Ends turns and notices under way, then closes the store. */
  stop(): Promise<void>;
}

/**
 * Puts the parts together and listens; `mayAsk` says whether somebody may ask one thing more. Throws a `ConfigFault` where
 * the store has no organisation and none is given.
 */
export async function start(
  config: Config,
  log: Log,
  clock: () => Date = () => new Date(),
  mayAsk = createLimit(),
): Promise<Running> {
  const { auth } = config;
  const seal = createSeal(readKeys(config.keys, clock()));
  const telemetry = await openTelemetry(config.telemetry, log);
  const opened = await openStore(
    config.store,
    auth.kind === 'none' ? localOrganisation : auth.tenantId,
    seal,
  );
  const store = withOrganisationCache(measuredStore(opened, telemetry));
  telemetry.watch(() => waitingIn(store, clock));
  await takeOrganisation(store, config.organisationFile);
  const { place } = config.files;
  // There from the start, so that a backup that does not find it is known to look in the wrong place.
  if (place.kind === 'folder') mkdirSync(place.folder, { recursive: true, mode: 0o700 });
  const filesKept = openFiles(config.files);
  const fileParts = filesKept && config.files.scanner ? measuredScan(filesKept, telemetry) : filesKept;
  if (!fileParts) log.info('files are not kept');
  const render = createRender();
  const adapter = createAdapter(auth, telemetry);
  adapter.onTurnError = async (context, fault) => {
    log.error('turn failed', {}, fault);
    if (context.activity.type === 'message') {
      await context.sendActivity(textsFor(context.activity.locale)('bot.fault'));
    }
  };

  const messenger = createMessenger(adapter, appIdOf(auth), { store, render });
  const { noticesLateAfter: lateAfter } = config;
  const notTold = (fault: unknown) => log.warn('administrator not told that notices wait', {}, fault);
  const lookout = createLookout({ store, clock, reminder: messenger, lateAfter, report: notTold });
  const lookouts = startLoop(lookout.look, lookInterval, log);
  const outbox = startLoop(
    (stopping) => deliverNotices(delivery, stopping),
    outboxInterval,
    log,
    outboxPatience,
  );
  const taken: Taken = new Map();
  const delivery: Delivery = {
    ...{ store, clock, messenger, taken },
    report: (event) => {
      lookout.hear(event);
      telemetry.noticed(event);
      logEvent(log, event);
    },
    postponed: outbox.wakeIn,
    unreadable: new Map(),
    random: Math.random,
  };
  const around = { store, clock, noticesOwed: outbox.wake, taken };
  const holder = randomUUID();
  const upkeep = startLoop(
    async (stopping) => {
      const report = (fault: unknown) => log.error('complaint passed over', {}, fault);
      const { destroyExpired } = await import('./app/retention.ts');
      const destroyed = await destroyExpired({ ...around, files: fileParts?.files }, report, stopping);
      if (destroyed > 0) log.info('personal data destroyed', { count: destroyed });
      const { remindOfEvaluation } = await import('./app/evaluation.ts');
      const told = await remindOfEvaluation(around, messenger, report);
      if (told > 0) log.info('reminded of the evaluation', { count: told });
      // Counting working days takes long to load; nothing before the first round needs it.
      const { keepUp } = await import('./app/upkeep.ts');
      const changed = await keepUp(holder, around, report, stopping);
      // Somebody else is at it, and may have passed what was changed since.
      if (changed === undefined) upkeep.wakeIn(upkeepRetry);
      if (changed) log.info('complaints asked anew or reminded of', { count: changed });
      // Last: where files can't be reached, nobody's reminder waits for them.
      if (fileParts) {
        const { sweepFiles } = await import('./app/sweep-files.ts');
        const swept = await sweepFiles(fileParts.files, around, report, stopping);
        if (swept > 0) log.info('files removed', { count: swept });
      }
    },
    upkeepPattern,
    log,
  );

  const isLocal = auth.kind === 'none';
  const tickets = createTickets(seal);
  const reports = createReports({ ...around, sender: messenger, render, log, isLocal });
  const evidence = fileParts && {
    ...fileParts,
    inTurn: createTurns({ atOnce: 4, mostOfOne: 5 }),
    isLocal,
    addressOf: async (ticket: Ticket) => `${publicUrl()}/files?ticket=${await tickets.issue(ticket)}`,
  };
  const parts = {
    ...{ ...around, render, log, reports, evidence },
    newId: randomUUID,
    mayRelay: createLimit(relaying),
    organisationChanged: upkeep.wake,
  };
  const give = evidence && createGiving({ ...around, ...evidence, tickets, mayAsk });
  const bot = new KlachtenBot(parts, auth.kind === 'none' ? undefined : auth.tenantId, mayAsk);
  const server = createServer({
    adapter,
    bot,
    ready: createReadiness(store, lookout, log),
    give,
    isLocal,
    log,
    telemetry,
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const publicUrl = () => config.files.publicUrl ?? `http://${config.host}:${port}`;
  log.info('listening', { port });
  outbox.wake();

  const stop = async () => {
    const timer = setTimeout(() => server.server.closeAllConnections(), stopTimeout);
    await new Promise<void>((resolve) => server.close(() => resolve()));
    clearTimeout(timer);
    await Promise.all([outbox.stop(), lookouts.stop(), upkeep.stop(), reports.idle()]);
    await telemetry.stop();
    await store.close();
    log.info('stopped');
  };
  return { port, keepUp: upkeep.run, lookOut: lookouts.run, stop };
}

/** Tells the log what became of a notice or a card. */
function logEvent(log: Log, { failure, ...event }: Parameters<Delivery['report']>[0]): void {
  if (failure === undefined || failure instanceof Busy) log.info('notice', event);
  else log.warn('notice', event, failure);
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
