// The demo as a new user starts it, and a real browser on its page.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';

const root = fileURLToPath(new URL('../..', import.meta.url));
const screenshots = fileURLToPath(new URL('./screenshots/', import.meta.url));

export interface Demo {
  address: string;
  browser: Browser;
  stop(): Promise<void>;
}

/** Runs `npm run demo` on free ports with an empty database, and starts Chromium. */
export async function startDemo(): Promise<Demo> {
  mkdirSync(screenshots, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'klachten-'));
  const [port, pagePort] = [await freePort(), await freePort()];
  const environment = {
    ...process.env,
    PORT: String(port),
    PORT_PAGE: String(pagePort),
    SQLITE_FILE: join(folder, 'demo.db'),
  };
  const child = spawn('npm', ['run', 'demo'], { cwd: root, env: environment, detached: true });
  await said(child, `http://127.0.0.1:${pagePort}/`);
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
  return {
    address: `http://127.0.0.1:${pagePort}/`,
    browser,
    stop: async () => {
      await browser.close();
      // As Ctrl+C does: the signal goes to the whole group.
      process.kill(-(child.pid ?? 0), 'SIGINT');
      if (child.exitCode === null) await once(child, 'exit');
      rmSync(folder, { recursive: true });
    },
  };
}

async function said(child: ChildProcess, words: string): Promise<void> {
  let output = '';
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`the demo ended:\n${output}`)));
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (part) => {
        output += part;
        if (output.includes(words)) resolve();
      });
    }
  });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

/** Writes a picture of the page to the folder that git ignores. */
export const picture = (page: Page, name: string) =>
  page.screenshot({ path: join(screenshots, `${name}.png`) });

/** One side of the page: somebody's chat. */
export function paneOf(page: Page, side: 'left' | 'right') {
  const pane = page.locator(`[data-pane="${side}"]`);
  return {
    pane,
    /** Types a message and sends it. */
    async say(text: string): Promise<void> {
      await pane.locator('[data-compose]').fill(text);
      await pane.locator('[data-compose]').press('Enter');
    },
    /** The latest card with these words. */
    card: (words: string): Locator => pane.locator('.card', { hasText: words }).last(),
  };
}

/** The dialog that is open. */
export const dialogOn = (page: Page): Locator => page.locator('dialog[open]');
