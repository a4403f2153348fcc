// A complaint is logged without a mouse, from the chat to the receipt, and one always sees where one is.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demo, dialogOn, dialogSays, openPage, picture, startDemo, type Watched } from './demo.ts';

let demo: Demo;
let page: Page;
let watched: Watched;

beforeAll(async () => {
  demo = await startDemo();
  watched = await openPage(demo);
  page = watched.page;
});
afterAll(() => demo.stop());

const opener = 'button "Klacht registreren"';

/** What has the focus, by its role and name; nothing where the whole page has it. */
async function focused(): Promise<string> {
  const element = page.locator(':focus');
  if ((await element.count()) === 0) return 'nothing';
  return (await element.ariaSnapshot()).split('\n')[0]?.replace(/^- /, '') ?? '';
}

/** Why it can't be seen where the focus is, or nothing. */
function hidden(): Promise<string[]> {
  return page.locator(':focus').evaluate((element) => {
    const { defaultView: view } = element.ownerDocument;
    const style = view.getComputedStyle(element);
    const { left, top, width, height } = element.getBoundingClientRect();
    const there = element.ownerDocument.elementFromPoint(left + width / 2, top + height / 2);
    const faults = [];
    const reach = Number.parseFloat(style.outlineOffset) + Number.parseFloat(style.outlineWidth);
    for (let around = element.parentElement; around !== null; around = around.parentElement) {
      const inside = around.getBoundingClientRect();
      const cuts =
        left - reach < inside.left ||
        top - reach < inside.top ||
        left + width + reach > inside.right ||
        top + height + reach > inside.bottom;
      if (cuts && view.getComputedStyle(around).overflowX !== 'visible')
        faults.push('an outline that is cut off');
    }
    if (style.outlineStyle === 'none' || Number.parseFloat(style.outlineWidth) < 2) faults.push('no outline');
    if (style.outlineColor === style.backgroundColor) faults.push('an outline as the ground');
    if (!element.contains(there)) faults.push('covered or out of sight');
    return faults;
  });
}

/** Presses Tab until the focus is there; at every step it must be seen. */
async function tabTo(wanted: string, most = 40): Promise<void> {
  for (let steps = 0; steps < most; steps++) {
    await page.keyboard.press('Tab');
    const name = await focused();
    if (name === 'nothing') continue;
    expect({ name, faults: await hidden() }).toEqual({ name, faults: [] });
    if (name.includes(wanted)) return;
  }
  throw new Error(`Tab does not reach ${wanted}`);
}

const isInDialog = async () => (await dialogOn(page).locator(':focus').count()) === 1;

/** From the top of the page to the form for a new complaint. */
async function openForm(theme: string): Promise<void> {
  await watched.show(`links=Medewerker&thema=${theme}`);
  await page.getByRole('button', { name: 'Klacht registreren' }).first().waitFor();
  await tabTo(opener);
  await page.keyboard.press('Enter');
  await dialogOn(page).getByLabel('Naam van de klager').waitFor();
}

describe('with the keyboard alone', () => {
  it('the form opens, and the focus goes into it', async () => {
    await openForm('licht');
    await expect.poll(focused).toContain('Naam van de klager');
    expect(await hidden()).toEqual([]);
  });

  it('the first step is answered', async () => {
    await page.keyboard.type('Kanarie van der Berg');
    await tabTo('De klager is');
    await page.keyboard.press('ArrowDown');
    await tabTo('externe instantie');
    await page.keyboard.press('Space');
    await page.keyboard.press('Space');
    await tabTo('button "Verder"');
    await page.keyboard.press('Enter');
    await dialogSays(page, 'Stap 2 van 2. Klager: Kanarie van der Berg.');
    expect(await dialogOn(page).getByLabel('De klager is').inputValue()).toBe('participant');
  });

  it('the second step is filled in, with a fault put right, and recorded', async () => {
    await expect.poll(focused).toContain('Wat is er gebeurd?');
    await page.keyboard.type('Twee keer niet teruggebeld.');
    await tabTo('Afdeling');
    await page.keyboard.type('Wel');
    await tabTo('Aard van de klacht');
    await page.keyboard.type('houd');
    await tabTo('checkbox "Tweede medewerker"');
    await page.keyboard.press('Space');
    await tabTo('Telefoon van de klager');
    await page.keyboard.type('12');
    await tabTo('button "Vastleggen"');
    await page.keyboard.press('Enter');
    await dialogSays(page, 'Dit is geen geldig telefoonnummer');
    await expect.poll(isInDialog).toBe(true);
    expect(await hidden()).toEqual([]);
    await tabTo('Telefoon van de klager');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('070 763 06 06');
    await tabTo('button "Vastleggen"');
    await page.keyboard.press('Enter');
    await dialogSays(page, 'Uw klacht is vastgelegd onder nummer');
  });

  it('the receipt closes, and the focus is back where the form was opened', async () => {
    await expect.poll(focused).toBe('button "Klaar"');
    expect(await hidden()).toEqual([]);
    await picture(page, '16-keyboard');
    await page.keyboard.press('Enter');
    await dialogOn(page).waitFor({ state: 'detached' });
    expect(await focused()).toBe(opener);
  });

  it('Escape closes the form, and the focus is back; nothing was recorded', async () => {
    await page.keyboard.press('Enter');
    await dialogOn(page).getByLabel('Naam van de klager').waitFor();
    await page.keyboard.type('Merel');
    await page.keyboard.press('Escape');
    await dialogOn(page).waitFor({ state: 'detached' });
    expect(await focused()).toBe(opener);
    expect(await hidden()).toEqual([]);
  });

  it('the focus does not leave the dialog while it is open', async () => {
    await page.keyboard.press('Enter');
    await dialogOn(page).getByLabel('Naam van de klager').waitFor();
    for (let steps = 0; steps < 15; steps++) {
      await page.keyboard.press(steps < 10 ? 'Tab' : 'Shift+Tab');
      const name = await focused();
      if (name !== 'nothing') expect({ name, inside: await isInDialog() }).toEqual({ name, inside: true });
    }
    await page.keyboard.press('Escape');
  });

  it.each(['donker', 'contrast'])('one sees where one is in the colours: %s', async (theme) => {
    await openForm(theme);
    await tabTo('button "Verder"');
    await page.keyboard.press('Escape');
  });

  it('one sees where one is where the system forces its own colours', async () => {
    await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
    await openForm('');
    expect(await page.locator('html').getAttribute('data-theme')).toBe('contrast');
    await tabTo('button "Verder"');
    await picture(page, '17-forced-colors');
    await page.emulateMedia({ forcedColors: 'none', colorScheme: 'light' });
    await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('light');
  });
});

it('the page met no fault of its own', () => {
  expect(watched.faults).toEqual([]);
});
