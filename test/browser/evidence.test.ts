import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawIcons } from '../../manifest/icons.ts';
import {
  type Demo,
  dialogOn,
  dialogSays,
  finish,
  logComplaint,
  openPage,
  paneOf,
  picture,
  startDemo,
  type Watched,
} from './demo.ts';

let demo: Demo;
let page: Page;
let watched: Watched;
let reference = '';

beforeAll(async () => {
  demo = await startDemo();
  watched = await openPage(demo);
  page = watched.page;
  await watched.show('links=Medewerker&rechts=Tweede medewerker&thema=licht');
  reference = await logComplaint(page, 'left', {
    name: 'Kanarie van der Berg',
    description: 'Twee keer niet teruggebeld',
    concerned: ['Tweede medewerker'],
  });
  await finish(page);
});
afterAll(() => demo.stop());

const left = () => paneOf(page, 'left');

describe('evidence', () => {
  it('R10: is sent in the chat with the bot, and added to the complaint that is chosen', async () => {
    const buffer = (await drawIcons()).color;
    const photo = { name: 'foto van de brief.png', mimeType: 'image/png', buffer };
    await left().pane.locator('input[type=file]').setInputFiles(photo);
    const asked = left().card('Bij welke klacht hoort');
    await asked.waitFor();
    await picture(page, '85-file-asked');
    await asked.getByRole('button', { name: `Toevoegen aan ${reference}` }).click();
    await left().card(`is toegevoegd aan ${reference}`).waitFor();
    await picture(page, '86-file-added');
  });

  it('R13: is looked at from the complaint, in the browser', async () => {
    await left()
      .card('is toegevoegd aan')
      .getByRole('button', { name: `${reference} openen` })
      .click();
    await dialogSays(page, 'Bestand toegevoegd');
    await picture(page, '87-file-in-complaint');
    await dialogOn(page).getByRole('button', { name: 'foto van de brief.png' }).click();
    await dialogSays(page, 'werkt twee minuten');
    await picture(page, '88-file');
    const [shown] = await Promise.all([
      page.context().waitForEvent('page'),
      dialogOn(page).getByRole('link', { name: 'Bestand bekijken' }).click(),
    ]);
    await shown.waitForLoadState();
    expect(await shown.evaluate('document.images[0].naturalWidth')).toBe(192);
    await shown.screenshot({ path: new URL('./screenshots/89-file-shown.png', import.meta.url).pathname });
    await shown.close();
  });

  it('is taken out again, with a reason', async () => {
    await dialogOn(page).getByRole('button', { name: 'Terug naar de klacht' }).click();
    await dialogOn(page).getByRole('button', { name: 'Bestand verwijderen' }).click();
    await dialogOn(page).getByLabel('Welk bestand').selectOption({ label: 'foto van de brief.png' });
    await dialogOn(page).getByLabel('Waarom hoort het hier niet').fill('Hoort bij een andere klacht');
    await picture(page, '89-file-remove');
    await dialogOn(page).getByRole('button', { name: 'Vastleggen' }).click();
    await dialogSays(page, 'Het bestand is verwijderd.');
    expect(await dialogOn(page).getByRole('button', { name: 'foto van de brief.png' }).count()).toBe(0);
    await dialogOn(page).getByRole('button', { name: 'Sluiten', exact: true }).click();
  });

  it('the page met no fault', () => {
    expect(watched.faults).toEqual([]);
  });
});
