import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Demo,
  dialogOn,
  dialogSays,
  finish,
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
});
afterAll(() => demo.stop());

const left = () => paneOf(page, 'left').pane;
const composeMenu = () => left().getByLabel('Meer met de Klachtenbot');
const inChannel = 'links=Senior/Klachten Welzijn&rechts=Leidinggevende/Klachten Welzijn&thema=licht';

describe('on a message', () => {
  it("'Klacht registreren' opens the form, and its text stands in the second step", async () => {
    await watched.show(inChannel);
    await paneOf(page, 'left').say('Een bezoeker is twee keer niet teruggebeld & wil dat we bellen.');
    const message = left().locator('.messages > .own').last();
    await message.getByLabel('Meer met dit bericht').click();
    await picture(page, '95-message-menu');
    await message.getByRole('button', { name: 'Klacht registreren' }).click();
    await dialogSays(page, 'De tekst van het bericht staat straks bij');
    await picture(page, '96-message-screening');
    await dialogOn(page).getByLabel('Naam van de klager').fill('Kanarie van der Berg');
    await dialogOn(page).getByRole('button', { name: 'Verder' }).click();
    await dialogSays(page, 'Haal weg wat niet bij de klacht hoort');
    expect(await dialogOn(page).getByLabel('Wat is er gebeurd?').inputValue()).toContain(
      'Een bezoeker is twee keer niet teruggebeld & wil dat we bellen.',
    );
    await picture(page, '97-message-description');
  });

  it('R13: the receipt is for who logged it; nothing of it is put in the channel', async () => {
    const dialog = dialogOn(page);
    await dialog.getByLabel('Aard van de klacht').selectOption({ label: 'houding of communicatie' });
    await dialog.getByLabel('Telefoon van de klager').fill('070 763 06 06');
    await dialog.getByRole('button', { name: 'Vastleggen' }).click();
    await dialogSays(page, 'Uw klacht is vastgelegd onder nummer');
    reference = /K-\d{4}-\d{4}/.exec((await dialog.textContent()) ?? '')?.[0] ?? '';
    await finish(page);
    for (const side of ['left', 'right'] as const) {
      const said = await paneOf(page, side).pane.locator('.messages').textContent();
      expect(said).not.toMatch(/kanarie|K-\d{4}/i);
    }
  });
});

describe('in the box to type in', () => {
  it('opens by the keyboard, closes with Escape, and gives the focus back', async () => {
    await composeMenu().focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await picture(page, '98-compose-menu');
    expect(await left().getByRole('button', { name: 'Mijn klachten' }).isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await left().getByRole('button', { name: 'Mijn klachten' }).isVisible()).toBe(false);
    expect(await composeMenu().evaluate((element) => element.matches(':focus'))).toBe(true);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await dialogSays(page, 'Stap 1 van 2');
    await page.keyboard.press('Escape');
    await dialogOn(page).waitFor({ state: 'detached' });
  });

  it('R13: the search shows reference, state and stage, and puts the bare reference in the channel', async () => {
    await composeMenu().click();
    await left().getByRole('button', { name: 'Mijn klachten' }).click();
    const dialog = dialogOn(page);
    await dialog.getByRole('button', { name: reference }).waitFor();
    await dialog.getByLabel('Nummer of naam').fill('niemand');
    await dialogSays(page, 'Geen klacht gevonden die jij mag inzien');
    await dialog.getByLabel('Nummer of naam').fill('kanarie');
    await dialog.getByRole('button', { name: reference }).waitFor();
    await picture(page, '99-search');
    expect(await dialog.getByRole('list', { name: 'Gevonden' }).textContent()).not.toMatch(/kanarie/i);
    await dialog.getByRole('button', { name: reference }).click();
    await dialog.waitFor({ state: 'detached' });
    const card = paneOf(page, 'right').card(reference);
    await card.waitFor();
    expect(await card.textContent()).not.toMatch(/kanarie|behandeling/i);
    await picture(page, '99-search-inserted');
  });

  it('R13: the card opens for who may see the complaint, and for another as if it were not there', async () => {
    await paneOf(page, 'left')
      .card(reference)
      .getByRole('button', { name: `${reference} openen` })
      .click();
    await dialogSays(page, 'Kanarie van der Berg');
    await finish(page);
    await paneOf(page, 'right')
      .card(reference)
      .getByRole('button', { name: `${reference} openen` })
      .click();
    await dialogSays(page, 'Ik ken geen klacht met dit nummer');
    await picture(page, '99-search-stranger');
  });
});

it('the page met no fault of its own, and asked nothing of another site', () => {
  expect(watched.faults).toEqual([]);
});
