// On the narrowest phone, and with text twice as large, every card can be read and used without scrolling sideways.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { drawEach, type Look, launch, misplacedOn } from '../gallery/draw.ts';
import { type Specimen, specimensIn } from '../gallery/specimens.ts';

let browser: Browser;
const specimens: Partial<Record<Look['language'], Specimen[]>> = {};

beforeAll(async () => {
  browser = await launch();
  for (const language of ['nl', 'en'] as const) {
    specimens[language] = (await specimensIn(language)).specimens;
  }
});
afterAll(() => browser.close());

const looks: Look[] = [
  { language: 'nl', theme: 'light', width: 'phone' },
  { language: 'en', theme: 'light', width: 'phone' },
  { language: 'nl', theme: 'light', width: 'phone', text: 2 },
  { language: 'en', theme: 'light', width: 'phone', text: 2 },
  { language: 'nl', theme: 'light', width: 'desktop', text: 2 },
];

it.each(looks)('nothing is cut off, laid over or beside the page: %o', async (look) => {
  const work = (specimens[look.language] ?? []).map((specimen) => ({ specimen, look }));
  const found: string[] = [];
  await drawEach(browser, work, async (easel, { specimen }) => {
    for (const fault of await misplacedOn(easel)) found.push(`${specimen.name}: ${fault}`);
  });
  expect(found).toEqual([]);
  expect(work.length).toBeGreaterThan(200);
});
