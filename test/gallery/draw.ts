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

/** Answered from disk: no request leaves the browser. */
const site = 'http://127.0.0.1:1/';
const root = new URL('../../', import.meta.url);
const types: Record<string, string> = { css: 'text/css', js: 'text/javascript' };
const page = `<!doctype html>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Klachtenbot</title>
<link rel="icon" href="data:,">
${['demo/page/page', 'demo/page/chat', 'demo/page/card', 'test/gallery/easel']
  .map((name) => `<link rel="stylesheet" href="${name}.css">`)
  .join('\n')}
<main></main>
<script src="node_modules/adaptivecards/dist/adaptivecards.min.js"></script>
<script src="test/gallery/easel.js" type="module"></script>`;

/** What the page offers. */
interface Easel {
  show(specimen: Specimen, people: readonly object[], look: Look): void;
  misplaced(): string[];
}

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
    if (name === '') return route.fulfill({ contentType: 'text/html', body: page });
    const contentType = `${types[name.split('.').at(-1) ?? '']}; charset=utf-8`;
    return route.fulfill({ contentType, body: await readFile(new URL(name, root)) });
  });
  await easel.goto(site);
  await easel.waitForFunction(() => 'easel' in globalThis);
  return easel;
}

/** Draws a specimen on an easel. */
async function draw(easel: Page, specimen: Specimen, look: Look): Promise<void> {
  const width = widths[look.width];
  if (easel.viewportSize()?.width !== width) await easel.setViewportSize({ width, height: 800 });
  await easel.evaluate(
    ([shown, people, how]) => (globalThis as unknown as { easel: Easel }).easel.show(shown, people, how),
    [specimen, everybody, look] as const,
  );
}

/** What on the card that is drawn is wider than its place, cut off, or laid over something else. */
export function misplacedOn(easel: Page): Promise<string[]> {
  return easel.evaluate(() => (globalThis as unknown as { easel: Easel }).easel.misplaced());
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
