import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Demo,
  dialogOn,
  dialogSays,
  finish,
  logComplaint,
  openPage,
  paneOf,
  picture,
  recordTalk,
  startDemo,
  type Watched,
} from './demo.ts';

let folder: string;
let demo: Demo;
let page: Page;
let watched: Watched;
const lastYear = new Date().getFullYear() - 1;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'klachten-'));
  const settings = { SQLITE_FILE: join(folder, 'demo.db') };
  execFileSync('npm', ['run', 'demo:year'], { env: { ...process.env, ...settings } });
  demo = await startDemo(settings);
  watched = await openPage(demo);
  page = watched.page;
});
afterAll(async () => {
  await demo.stop();
  rmSync(folder, { recursive: true });
});

const left = () => paneOf(page, 'left');
const press = (name: string) => dialogOn(page).getByRole('button', { name, exact: true }).click();

describe('the Klachtencoördinator', () => {
  it('looks at the figures of the year that npm run demo:year made, as tables here', async () => {
    await watched.show('links=Klachtencoördinator&thema=licht');
    await left().say(`analyse ${lastYear}`);
    await left()
      .card('Analyse van klachten')
      .getByRole('button', { name: `Klachten in ${lastYear}` })
      .click();
    await dialogSays(page, `Klachten ingediend in ${lastYear}`);
    await picture(page, '90-analysis');
    await dialogOn(page).getByRole('table').first().waitFor();
    expect(await dialogOn(page).getByRole('table').count()).toBe(7);
    await dialogOn(page).getByRole('table').nth(4).scrollIntoViewIfNeeded();
    await picture(page, '91-analysis-tables');
  });

  it('reads the records of one nature, and writes down what is improved', async () => {
    await dialogOn(page)
      .getByRole('button', { name: /^houding of communicatie/ })
      .click();
    await dialogSays(page, `houding of communicatie, ${lastYear}`);
    await picture(page, '92-records');
    await dialogOn(page)
      .getByRole('button', { name: /^Registratie .+ openen$/ })
      .first()
      .click();
    await press('Verbetering toevoegen');
    await dialogOn(page).getByLabel('Verbetering').fill('Bel de klager op 06 12345678 terug.');
    await press('Vastleggen');
    await dialogSays(page, 'Nog niet vastgelegd');
    await picture(page, '93-marked-improvement');
    await dialogOn(page).getByLabel('Verbetering').fill('Wie terugbelt, staat op een lijst.');
    await press('Vastleggen');
    await dialogSays(page, 'Vastgelegd.');
    await picture(page, '94-record');
    await finish(page);
  });

  it('gets the yearly report as a file, when they allow it', async () => {
    await left().say(`rapport ${lastYear}`);
    const offer = left().pane.getByRole('button', { name: 'Toestaan' });
    await offer.waitFor();
    await picture(page, '95-report-offered');
    await offer.click();
    const link = left().pane.getByRole('link', { name: new RegExp(`klachtenverslag-${lastYear}`) });
    await link.waitFor();
    await picture(page, '96-report-given');
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toBe(`klachtenverslag-${lastYear}.docx`);
    const content = readFileSync(await download.path());
    expect(content.subarray(0, 2).toString()).toBe('PK');
    expect(content.length).toBeGreaterThan(50_000);
  });
});

describe('the Medewerker closes a complaint', () => {
  it('R11: sees marked what must not be in the summary, and takes the suggestions over', async () => {
    await watched.show('links=Medewerker&thema=licht');
    await logComplaint(page, 'left', { name: 'Kanarie van der Berg', description: 'Niet teruggebeld.' });
    await press('Klacht openen');
    await recordTalk(page, 'Uitleg gegeven.', 'ja');
    await press('Klacht afsluiten');
    const summary = dialogOn(page).getByLabel('Samenvatting zonder persoonsgegevens');
    await summary.fill(
      'Mevrouw Van der Berg werd niet teruggebeld op 070 763 06 06. Buurvrouw Merel belde ook.',
    );
    await press('Vastleggen');
    await dialogSays(page, 'Nog niet vastgelegd');
    await picture(page, '97-marked-summary');
    await press('Voorstellen overnemen');
    await dialogSays(page, 'De voorstellen staan nu in de tekst.');
    await picture(page, '98-suggestions');
    expect(await summary.inputValue()).not.toMatch(/Berg|070/);
    await press('Vastleggen');
    await dialogSays(page, 'De klacht is afgesloten.');
    await finish(page);
  });

  it('met no error, and nobody else', () => {
    expect(watched.faults).toEqual([]);
  });
});
