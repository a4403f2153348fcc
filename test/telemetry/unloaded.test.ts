// Whether anything of OpenTelemetry is loaded is seen by a hook in a process of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'klachten-'));
let bot: ChildProcess | undefined;
afterAll(() => {
  bot?.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

const hook = `import { registerHooks } from 'node:module';
registerHooks({
  load(url, context, next) {
    const found = /node_modules\\/(@opentelemetry|@azure\\/monitor-opentelemetry)[^/]*\\/?[^/]*/.exec(url);
    if (found) process.stderr.write(found[0] + '\\n');
    return next(url, context);
  },
});`;

/** The packages that a bot loads until it listens, ended when it does. */
async function loadedWith(environment: Record<string, string>): Promise<string[]> {
  const args = ['--import', `data:text/javascript,${encodeURIComponent(hook)}`, 'src/main.ts'];
  const env = {
    ...{ BOT_AUTH: 'none', PORT: '0', SQLITE_FILE: join(folder, 'test.db') },
    ORGANISATION_FILE: 'demo/organisation.json',
    ...environment,
  };
  bot = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  bot.stderr?.on('data', (part) => {
    errors += part;
  });
  const [line] = await once(bot.stdout as NodeJS.ReadableStream, 'data');
  await fetch(`http://127.0.0.1:${JSON.parse(String(line)).port}/readyz`);
  bot.kill('SIGTERM');
  expect(await once(bot, 'exit')).toEqual([0, null]);
  return [...new Set(errors.split('\n').filter(Boolean))];
}

it('nothing of it is loaded without an address', async () => {
  expect(await loadedWith({})).toEqual([]);
});

it('with one only what sends there is, and a collector that is away stops nothing', async () => {
  const loaded = await loadedWith({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' });
  expect(loaded.join()).toContain('@opentelemetry/exporter-trace-otlp-http');
  expect(loaded.join()).not.toContain('monitor-opentelemetry');
});

it('with the connection string of Azure Monitor its exporter is, and nothing that watches HTTP', async () => {
  const loaded = await loadedWith({
    APPLICATIONINSIGHTS_CONNECTION_STRING: `InstrumentationKey=00000000-0000-4000-8000-000000000000;IngestionEndpoint=http://127.0.0.1:9/`,
  });
  expect(loaded.join()).toContain('@azure/monitor-opentelemetry-exporter');
  expect(loaded.join()).not.toMatch(/exporter-trace-otlp-http|instrumentation/);
});
