import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Demo,
  dialogOn,
  dialogSays,
  openPage,
  paneOf,
  picture,
  startDemo,
  type Watched,
} from './demo.ts';

let demo: Demo;
let page: Page;
let watched: Watched;

beforeAll(async () => {
  demo = await startDemo();
  watched = await openPage(demo);
  page = watched.page;
});
afterAll(() => demo.stop());

const show = (query: string) => watched.show(query);
const text = (words: string) => dialogSays(page, words);

describe('from the phone to a recorded complaint', () => {
  let reference = '';

  it('the medewerker types "klacht", and the form opens', async () => {
    await show('links=Medewerker&rechts=Tweede medewerker&thema=licht');
    const left = paneOf(page, 'left');
    await left.say('klacht');
    await left.card('Een klacht registreren').getByRole('button', { name: 'Klacht registreren' }).click();
    await dialogOn(page).getByLabel('Naam van de klager').waitFor();
    await picture(page, '01-screening');
  });

  it('R5: without a name there are words to read aloud, and a way back', async () => {
    const dialog = dialogOn(page);
    await dialog.getByLabel('Naam van de klager').fill('anoniem');
    await dialog.getByRole('button', { name: 'Verder' }).click();
    await text('Een anonieme klacht kunnen wij niet behandelen');
    await picture(page, '02-not-taken-up');
    await dialog.getByRole('button', { name: 'Terug' }).click();
    await dialog.getByLabel('Naam van de klager').fill('Kanarie van der Berg');
    await dialog.getByRole('button', { name: 'Verder' }).click();
    await dialog.getByLabel('Wat is er gebeurd?').waitFor();
    await picture(page, '03-complaint');
  });

  it('a fault stands beside its field, and nothing typed is lost', async () => {
    const dialog = dialogOn(page);
    await dialog
      .getByLabel('Wat is er gebeurd?')
      .fill('Twee keer niet teruggebeld. [Klik](https://example.org) *nu*');
    await dialog.getByLabel('Afdeling').selectOption({ label: 'Welzijn' });
    await dialog.getByLabel('Aard van de klacht').selectOption({ label: 'houding of communicatie' });
    await dialog.getByRole('checkbox', { name: 'Tweede medewerker' }).check();
    await dialog.getByLabel('Telefoon van de klager').fill('12');
    await dialog.getByRole('button', { name: 'Vastleggen' }).click();
    await text('Dit is geen geldig telefoonnummer');
    await dialog.getByText('Dit is geen geldig telefoonnummer').scrollIntoViewIfNeeded();
    expect(await dialog.getByLabel('Wat is er gebeurd?').inputValue()).toContain(
      'Twee keer niet teruggebeld',
    );
    await picture(page, '04-fault');
  });

  it('the receipt can be read aloud', async () => {
    const dialog = dialogOn(page);
    await dialog.getByLabel('Telefoon van de klager').fill('070 763 06 06');
    await dialog.getByRole('button', { name: 'Vastleggen' }).click();
    await text('Uw klacht is vastgelegd onder nummer');
    reference = /K-\d{4}-\d{4}/.exec((await dialog.textContent()) ?? '')?.[0] ?? '';
    expect(reference).toMatch(/^K-\d{4}-0001$/);
    await picture(page, '05-receipt');
  });

  it('the medewerker reads the complaint back; what was typed is text, not markdown', async () => {
    const dialog = dialogOn(page);
    await dialog.getByRole('button', { name: 'Klacht openen' }).click();
    await text('Twee keer niet teruggebeld. [Klik](https://example.org) *nu*');
    expect(await dialog.locator('a').count()).toBe(0);
    await picture(page, '06-details');
    await dialog.getByRole('button', { name: 'Klaar' }).click();
    await dialog.waitFor({ state: 'detached' }).catch(() => dialog.waitFor({ state: 'hidden' }));
  });

  it('the employee concerned hears of it in their own chat, and can open it', async () => {
    const card = paneOf(page, 'right').card('Er is een klacht vastgelegd die over jou gaat');
    await card.waitFor();
    expect(await card.textContent()).not.toMatch(/kanarie/i);
    await picture(page, '07-both-told');
    await card.getByRole('button', { name: `${reference} openen` }).click();
    await text('Kanarie van der Berg');
    await picture(page, '08-concerned');
  });

  it('the employee concerned records the conversation', async () => {
    const dialog = dialogOn(page);
    await dialog.getByRole('button', { name: 'Gesprek vastleggen' }).click();
    await dialog.getByLabel('Hoe ging het gesprek?').fill('Uitleg gegeven en een nieuwe afspraak gemaakt.');
    await dialog.getByLabel('Is de klager tevreden?').selectOption({ label: 'ja' });
    await picture(page, '09-conversation');
    await dialog.getByRole('button', { name: 'Vastleggen' }).click();
    await text('Uitleg gegeven en een nieuwe afspraak gemaakt.');
    await picture(page, '10-timeline');
    await dialog.getByRole('button', { name: 'Klaar' }).click();
  });

  it('another employee who types the reference is told that there is no such complaint', async () => {
    await show('links=Senior&thema=licht');
    const left = paneOf(page, 'left');
    await left.say(`klacht ${reference}`);
    await left.card('Ik ken geen klacht met dit nummer die jij mag inzien').waitFor();
    await picture(page, '11-stranger');
  });

  it('the medewerker closes it, from the list of complaints', async () => {
    await show('links=Medewerker&thema=donker');
    const left = paneOf(page, 'left');
    await left.say('mijn klachten');
    await left
      .card('Mijn klachten')
      .getByRole('button', { name: `${reference} openen` })
      .click();
    const dialog = dialogOn(page);
    await dialog.getByRole('button', { name: 'Klacht afsluiten' }).click();
    await dialog
      .getByLabel('Samenvatting zonder persoonsgegevens')
      .fill('Een afspraak ging mis; een medewerker gaf uitleg.');
    await picture(page, '12-closing-dark');
    await dialog.getByRole('button', { name: 'Vastleggen' }).click();
    await text('De klacht is afgesloten.');
    await picture(page, '13-closed-dark');
  });
});

describe('on a phone', () => {
  it('the form fits the width, and nothing hides behind its edge', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await show('links=Medewerker&thema=licht');
    const left = paneOf(page, 'left');
    await left.say('klacht');
    await left.card('Een klacht registreren').getByRole('button', { name: 'Klacht registreren' }).click();
    const dialog = dialogOn(page);
    await dialog.getByLabel('Naam van de klager').fill('Kanarie van der Berg');
    await dialog.getByRole('button', { name: 'Verder' }).click();
    await dialog.getByLabel('Wat is er gebeurd?').waitFor();
    const { wide, inner } = await dialog.evaluate((element) => ({
      wide: element.scrollWidth,
      inner: element.clientWidth,
    }));
    expect(wide).toBeLessThanOrEqual(inner);
    await picture(page, '14-phone');
  });

  it('R16: the procedure can be opened part by part', async () => {
    await show('links=Tweede medewerker&thema=licht');
    const left = paneOf(page, 'left');
    await left.say('regeling');
    const card = left.card('Klachtenregeling SenW LV');
    await card.getByRole('button', { name: 'Vertrouwelijkheid' }).click();
    await card.getByText('met de grootst mogelijke vertrouwelijkheid').waitFor();
    await picture(page, '15-procedure-phone');
  });
});

it('the page met no fault of its own, and asked nothing of another site', () => {
  expect(watched.faults).toEqual([]);
});

describe('in English', () => {
  it('the bot answers who chose it, from the greeting to the receipt', async () => {
    await page.setViewportSize({ width: 1280, height: 900 });
    await show('links=Senior&thema=licht&taal=en-GB');
    const left = paneOf(page, 'left');
    await left.say('complaint');
    await left.card('Log a complaint').getByRole('button', { name: 'Log a complaint' }).click();
    await text('Step 1 of 2.');
    await picture(page, '12-english');
    await dialogOn(page).getByRole('button', { name: 'Sluiten', exact: true }).click();
    await page.getByLabel('Taal van de bot').selectOption('Nederlands');
    await left.say('help');
    await left.card('Dit kan ik voor je doen').waitFor();
  });
});
