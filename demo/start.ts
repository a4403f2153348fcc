// `npm run demo`: the bot and a local Teams beside it, to try everything without an account.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { commandsOf } from './commands.ts';
import type { Channel } from './conversations.ts';
import { type LocalTeams, startLocalTeams } from './local-teams.ts';
import organisation from './organisation.json' with { type: 'json' };
import people from './people.json' with { type: 'json' };

const root = fileURLToPath(new URL('..', import.meta.url));
const team = { id: '19:senw-lv@thread.tacv2', name: organisation.name };
const channels: Channel[] = [
  ...organisation.departments.map(({ id, name, approvers }) => channel(id, name, approvers)),
  channel('directie', 'directie', organisation.directors),
  // A place where the bot is not: its message extension can be used there all the same.
  {
    id: '19:iedereen@thread.tacv2',
    name: 'Iedereen',
    team: { id: '19:collegas@thread.tacv2', name: 'Collega’s' },
    members: people.map(({ id }) => id),
    withoutBot: true,
  },
];

const pagePort = Number(process.env['PORT_PAGE'] ?? 3979);
const host = process.env['HOST'] ?? '127.0.0.1';
const port = process.env['PORT'] ?? '3978';
const botOrigin = `http://${host}:${port}`;
const patience = 20_000;

await start().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});

async function start(): Promise<void> {
  await checkFree(Number(port), host);
  const teams = await startTeams();
  const bot = spawn(process.execPath, ['src/main.ts'], {
    cwd: root,
    stdio: 'inherit',
    env: {
      SQLITE_FILE: 'data/demo.db',
      ORGANISATION_FILE: 'demo/organisation.json',
      LOG_LEVEL: 'warn',
      ...process.env,
      BOT_AUTH: 'none',
      HOST: host,
      PORT: port,
    },
  });
  let stopping = false;
  const stop = () => {
    stopping = true;
    bot.kill('SIGTERM');
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const ended = once(bot, 'exit').then(async ([code]) => {
    await teams.close();
    if (!stopping) console.error(`De bot is gestopt (code ${code ?? 'onbekend'}); de demo stopt ook.`);
    process.exit(stopping ? (code ?? 0) : (code ?? 1));
  });

  try {
    await Promise.race([ready(), ended]);
    for (const { id } of people) await teams.install(id);
    console.log(`De demo draait. Open ${teams.url} in een browser; stop met Ctrl+C.`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    stop();
    await once(bot, 'exit');
    process.exit(1);
  }
}

async function startTeams(): Promise<LocalTeams> {
  const commands = (locale: string) => commandsOf(organisation.name, locale);
  const options = { botUrl: `${botOrigin}/api/messages`, people, channels, commands, port: pagePort };
  return startLocalTeams(options).catch((error: Error) => {
    throw inUse(error, pagePort, 'PORT_PAGE');
  });
}

/** Else a bot that runs there already would answer in this one's place. */
async function checkFree(port: number, host: string): Promise<void> {
  const probe = createServer().listen(port, host);
  await once(probe, 'listening').catch((error: Error) => {
    throw inUse(error, port, 'PORT');
  });
  probe.close();
  await once(probe, 'close');
}

function inUse(error: Error, port: number, variable: string): Error {
  if (!('code' in error) || error.code !== 'EADDRINUSE') return error;
  return new Error(`Poort ${port} is al in gebruik. Kies een andere met ${variable}.`);
}

async function ready(): Promise<void> {
  const until = Date.now() + patience;
  while (Date.now() < until) {
    const response = await fetch(`${botOrigin}/readyz`).catch(() => undefined);
    if (response?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  throw new Error(`De bot was na ${patience / 1000} seconden nog niet klaar (${botOrigin}/readyz).`);
}

function channel(id: string, name: string, members: { id: string }[]): Channel {
  return {
    id: `19:klachten-${id}@thread.tacv2`,
    name: `Klachten ${name}`,
    team,
    members: [...members, ...organisation.administrators].map((member) => member.id),
  };
}
