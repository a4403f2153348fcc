// Draws specimens in Chromium, with Microsoft's renderer and the styles of the demo's page.
import { readFile } from 'node:fs/promises';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Language } from '../../src/cards/texts.ts';
import { everybody } from '../fixtures.ts';
import type { Specimen } from './specimens.ts';

export const themes = ['light', 'dark', 'contrast'] as const;
export type Theme = (typeof themes)[number];

/** How wide a card is, in CSS pixels: a dialog of Teams on a desktop, and the narrowest phone. */
export const widths = { desktop: 640, phone: 320 } as const;
export type Width = keyof typeof widths;

/** How a specimen is looked at. */
export interface Look {
  language: Language;
  theme: Theme;
  width: Width;
  /** How large text is: 1, or 2 for who sets it to 200%. */
  text?: 1 | 2;
}

const files = new URL('../../demo/page/', import.meta.url);
const renderer = new URL('../../node_modules/adaptivecards/dist/adaptivecards.min.js', import.meta.url);
/** Answered from disk: no request leaves the browser. */
const site = 'http://127.0.0.1:1/';
const types: Record<string, string> = { css: 'text/css', js: 'text/javascript', html: 'text/html' };

const frame = `<!doctype html>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Klachtenbot</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="page.css"><link rel="stylesheet" href="chat.css"><link rel="stylesheet" href="card.css">
<style>
  body { height: auto; }
  main { display: block; }
  dialog[open] { position: static; display: block; width: 100%; height: auto; margin: 0; border-radius: 0; box-shadow: none; border: 0; }
  .messages { padding: 16px; }
  .messages > li { max-width: none; margin: 0; }
  .unseen { position: absolute; width: 1px; height: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); }
</style>
<main></main>
<script src="vendor/adaptivecards.min.js" defer></script>
<script type="module">
  import { drawCard } from './card.js';
  const made = (tag, more, ...inside) => {
    const element = Object.assign(document.createElement(tag), more);
    element.append(...inside);
    return element;
  };
  globalThis.show = ({ card, dialog, title }, people, { language, theme, text }) => {
    Object.assign(document.documentElement, { lang: language });
    document.documentElement.dataset.theme = theme;
    document.documentElement.style.fontSize = text === 2 ? '200%' : '';
    const drawn = drawCard(card, people, async () => {});
    const shown = dialog
      ? made('dialog', { open: true, ariaLabel: dialog },
          made('header', {}, made('h2', { textContent: dialog })), made('div', { className: 'content' }, drawn))
      : made('ol', { className: 'messages' }, made('li', { className: 'other' }, drawn));
    const heading = made('h1', { className: 'unseen', textContent: title });
    const chat = dialog ? [] : [made('h2', { className: 'unseen', textContent: 'Klachtenbot' })];
    document.querySelector('main').replaceChildren(heading, ...chat, shown);
  };
  document.documentElement.dataset.ready = 'true';
</script>`;

/** Starts Chromium. */
export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      ...['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
      ...['--disable-component-update', '--disable-sync'],
    ],
  });
}

/** A page on which specimens are shown, one after the other. */
async function openEasel(browser: Browser, language: Language): Promise<Page> {
  const locale = language === 'nl' ? 'nl-NL' : 'en-GB';
  const easel = await browser.newPage({ locale, timezoneId: 'Europe/Amsterdam', reducedMotion: 'reduce' });
  await easel.route('**/*', async (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    if (name === '') return route.fulfill({ contentType: 'text/html', body: frame });
    const address = name === 'vendor/adaptivecards.min.js' ? renderer : new URL(name, files);
    return route.fulfill({
      contentType: `${types[name.split('.').at(-1) ?? '']}; charset=utf-8`,
      body: await readFile(address),
    });
  });
  await easel.goto(site);
  await easel.locator('html[data-ready]').waitFor({ state: 'attached' });
  return easel;
}

/** Draws a specimen on an easel. */
async function draw(easel: Page, specimen: Specimen, look: Look): Promise<void> {
  const width = widths[look.width];
  if (easel.viewportSize()?.width !== width) await easel.setViewportSize({ width, height: 800 });
  await easel.evaluate(
    ([shown, people, how]) =>
      (globalThis as unknown as { show(...all: unknown[]): void }).show(shown, people, how),
    [specimen, everybody, look] as const,
  );
}

/** Some pages at once: as many as a small machine has cores. */
const atOnce = 2;

/** Draws each, and does something with it. */
export async function drawEach<T extends { specimen: Specimen; look: Look }>(
  browser: Browser,
  work: readonly T[],
  act: (easel: Page, item: T) => Promise<void>,
): Promise<void> {
  const queue = [...work];
  const paint = async () => {
    let easel: { page: Page; language: Language } | undefined;
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
      const { language } = item.look;
      if (easel?.language !== language) {
        await easel?.page.close();
        easel = { page: await openEasel(browser, language), language };
      }
      await draw(easel.page, item.specimen, item.look);
      await act(easel.page, item);
    }
    await easel?.page.close();
  };
  await Promise.all(Array.from({ length: atOnce }, paint));
}
