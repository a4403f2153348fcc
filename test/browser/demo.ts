// The demo as a new user starts it, and a real browser on its page.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { freePort } from '../free-port.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const screenshots = fileURLToPath(new URL('./screenshots/', import.meta.url));

export interface Demo {
  address: string;
  browser: Browser;
  stop(): Promise<void>;
}

/** Runs `npm run demo` on free ports with an empty database, and starts Chromium. */
export async function startDemo(settings: Record<string, string> = {}): Promise<Demo> {
  mkdirSync(screenshots, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'klachten-'));
  const [port, pagePort] = [await freePort(), await freePort()];
  const environment = {
    ...process.env,
    PORT: String(port),
    PORT_PAGE: String(pagePort),
    SQLITE_FILE: join(folder, 'demo.db'),
    ...settings,
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

/** Writes a picture of the page to the folder that git ignores. */
export const picture = (page: Page, name: string) =>
  page.screenshot({ path: join(screenshots, `${name}.png`) });

/** What the browser met that it should not: errors, and requests to another site. */
export interface Watched {
  page: Page;
  faults: string[];
  /** Opens the page with who stands where, as in its address. */
  show(query: string): Promise<unknown>;
}

/** A page in Dutch, whose faults are kept. */
export async function openPage({ browser, address }: Demo): Promise<Watched> {
  const page = await browser.newPage({
    viewport: { width: 1280, height: 900 },
    locale: 'nl-NL',
    timezoneId: 'Europe/Amsterdam',
  });
  const faults: string[] = [];
  page.on('pageerror', (fault) => faults.push(fault.message));
  page.on('console', (line) => line.type() === 'error' && faults.push(line.text()));
  page.on('request', (request) => {
    if (!request.url().startsWith(address)) faults.push(`asked another site: ${request.url()}`);
  });
  page.setDefaultTimeout(10_000);
  return { page, faults, show: (query) => page.goto(`${address}?${query}`) };
}

/** One side of the page: somebody's chat, or a channel as they see it. */
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

/** Waits until the open dialog holds these words. */
export const dialogSays = (page: Page, words: string): Promise<void> =>
  dialogOn(page).getByText(words).first().waitFor();

/** Presses 'Klaar' in the open dialog, and waits until it is gone. */
export async function finish(page: Page): Promise<void> {
  await dialogOn(page).getByRole('button', { name: 'Klaar' }).click();
  await dialogOn(page).waitFor({ state: 'detached' });
}

interface Complaint {
  name: string;
  description: string;
  /** Names of colleagues in the list. */
  concerned?: string[];
  /** Names that are typed. */
  typed?: string;
}

/** Logs a complaint about Welzijn from a chat, up to the receipt, and gives its reference. */
export async function logComplaint(page: Page, side: 'left' | 'right', complaint: Complaint) {
  const pane = paneOf(page, side);
  await pane.say('klacht');
  await pane.card('Een klacht registreren').getByRole('button', { name: 'Klacht registreren' }).click();
  const dialog = dialogOn(page);
  await dialog.getByLabel('Naam van de klager').fill(complaint.name);
  await dialog.getByRole('button', { name: 'Verder' }).click();
  await dialog.getByLabel('Wat is er gebeurd?').fill(complaint.description);
  await dialog.getByLabel('Afdeling').selectOption({ label: 'Welzijn' });
  await dialog.getByLabel('Aard van de klacht').selectOption({ label: 'houding of communicatie' });
  for (const name of complaint.concerned ?? []) {
    await dialog.getByRole('checkbox', { name, exact: true }).check();
  }
  await dialog.getByLabel('Betrokkenen die niet in de lijst staan').fill(complaint.typed ?? '');
  await dialog.getByLabel('Telefoon van de klager').fill('070 763 06 06');
  await dialog.getByRole('button', { name: 'Vastleggen' }).click();
  await dialogSays(page, 'Uw klacht is vastgelegd onder nummer');
  return /K-\d{4}-\d{4}/.exec((await dialog.textContent()) ?? '')?.[0] ?? '';
}

/** Records a talk from the opened complaint; with a name of its own the filled form is pictured. */
export async function recordTalk(
  page: Page,
  account: string,
  satisfied: 'ja' | 'deels' | 'nee',
  pictured?: string,
): Promise<void> {
  const dialog = dialogOn(page);
  await dialog.getByRole('button', { name: 'Gesprek vastleggen' }).click();
  await dialog.getByLabel('Hoe ging het gesprek?').fill(account);
  await dialog.getByLabel('Is de klager tevreden?').selectOption({ label: satisfied });
  if (pictured) await picture(page, pictured);
  await dialog.getByRole('button', { name: 'Vastleggen' }).click();
  await dialogSays(page, 'Vastgelegd in de klacht.');
}

/** Asks for the next stage from the opened complaint. */
export async function askNextStage(page: Page, wish: string, pictured?: string): Promise<void> {
  const dialog = dialogOn(page);
  await dialog.getByRole('button', { name: 'Naar de volgende stap' }).click();
  await dialog.getByLabel('Waarom wil de klager verder?').fill(wish);
  if (pictured) await picture(page, pictured);
  await dialog.getByRole('button', { name: 'Vastleggen' }).click();
  await dialogSays(page, 'De klacht is voorgelegd aan de volgende stap.');
}

/** A day as a date field takes it, where the organisation is: today, or some days on. */
export function dayInNetherlands(daysOn = 0): string {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Amsterdam' }).format(new Date());
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + daysOn);
  return date.toISOString().slice(0, 10);
}
