// `npm run picture`: takes docs/demo.png, the picture in the README, from a bot and a local Teams of its own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { createLog } from '../src/log.ts';
import { type Running, start } from '../src/main.ts';
import { type LocalTeams, startLocalTeams } from './local-teams.ts';
import people from './people.json' with { type: 'json' };

const pathTo = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const picture = pathTo('docs/demo.png');
const browserFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** The page lays a dialog over everything; in the picture it keeps to the pane that opened it. */
const dialogOnTheLeft = `
  dialog { margin-left: 24px; width: 592px; height: 480px; }
  dialog::backdrop { background: linear-gradient(to right, rgb(0 0 0 / 40%) 638px, transparent 638px); }`;

const folder = mkdtempSync(join(tmpdir(), 'klachtenbot-picture-'));
let bot: Running | undefined;
let teams: LocalTeams | undefined;
try {
  const config = {
    port: 0,
    host: '127.0.0.1',
    auth: { kind: 'none' as const },
    store: { kind: 'sqlite' as const, file: join(folder, 'picture.db') },
    keys: { kind: 'made' as const, file: join(folder, 'keys.json') },
    files: { place: { kind: 'none' as const } },
    organisationFile: pathTo('demo/organisation.json'),
    noticesLateAfter: 15,
    logLevel: 'warn',
  };
  bot = await start(config, createLog(config.logLevel));
  teams = await startLocalTeams({ botUrl: `http://127.0.0.1:${bot.port}/api/messages`, people });
  for (const { id } of people) await teams.install(id);
  await takePicture(teams.url);
  console.log(picture);
} finally {
  await teams?.close();
  await bot?.stop();
  rmSync(folder, { recursive: true });
}

async function takePicture(url: string): Promise<void> {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: browserFlags });
  try {
    const page = await browser.newPage({
      viewport: { width: 1280, height: 800 },
      locale: 'nl-NL',
      timezoneId: 'Europe/Amsterdam',
    });
    await page.goto(`${url}?links=Medewerker&rechts=Tweede medewerker&thema=licht`);
    await page.addStyleTag({ content: dialogOnTheLeft });
    const dialog = page.locator('dialog');
    await page.locator('[data-pane=left]').getByRole('button', { name: 'Klacht registreren' }).click();
    await dialog.getByLabel('Naam van de klager').fill('Mevrouw Voorbeeld');
    await dialog.getByRole('button', { name: 'Verder' }).click();
    await dialog.getByLabel('Wat is er gebeurd?').fill('De afspraak ging zonder bericht niet door.');
    await dialog.getByLabel('Afdeling').selectOption({ label: 'Welzijn' });
    await dialog.getByLabel('Aard van de klacht').selectOption({ label: 'houding of communicatie' });
    await dialog.getByLabel('Tweede medewerker').check();
    await dialog.getByLabel('Telefoon van de klager').fill('070 763 06 06');
    await dialog.getByRole('button', { name: 'Vastleggen' }).click();
    await dialog.getByText('De klacht is vastgelegd').waitFor();
    await page
      .locator('[data-pane=right]')
      .getByRole('button', { name: /^K-.* openen$/ })
      .waitFor();
    await page.screenshot({ path: picture });
  } finally {
    await browser.close();
  }
}
