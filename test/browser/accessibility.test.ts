// Every card and dialog of the bot, looked at by axe-core.
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { drawEach, type Look, launch } from '../gallery/draw.ts';
import { type Specimen, specimensIn } from '../gallery/specimens.ts';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

let browser: Browser;
const specimens: Partial<Record<Look['language'], Specimen[]>> = {};

beforeAll(async () => {
  browser = await launch();
  for (const language of ['nl', 'en'] as const) {
    specimens[language] = (await specimensIn(language)).specimens;
  }
});
afterAll(() => browser.close());

/** All rules of WCAG 2.0 to 2.2, A and AA, and axe's best practices. */
const everything: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
};

/** A theme changes colours alone. */
const colours: RunOptions = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };

const looks: [Look, RunOptions][] = [
  [{ language: 'nl', theme: 'light', width: 'desktop' }, everything],
  [{ language: 'en', theme: 'light', width: 'desktop' }, everything],
  [{ language: 'nl', theme: 'light', width: 'phone' }, everything],
  [{ language: 'nl', theme: 'dark', width: 'desktop' }, colours],
  [{ language: 'nl', theme: 'dark', width: 'phone' }, colours],
  [{ language: 'nl', theme: 'contrast', width: 'desktop' }, colours],
  [{ language: 'nl', theme: 'contrast', width: 'phone' }, colours],
];

/** What axe finds on the card that is drawn: rule, element and why, a line each. */
async function violationsOn(easel: Page, options: RunOptions): Promise<string[]> {
  if (!(await easel.evaluate(() => 'axe' in globalThis))) await easel.addScriptTag({ path: axe });
  const { violations } = await easel.evaluate(
    (asked) =>
      (globalThis as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } }).axe.run(asked),
    { ...options, resultTypes: ['violations'] } satisfies RunOptions,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) => `${id}: ${html}\n${failureSummary}`),
  );
}

it.each(looks)('axe finds nothing on any card in %o', async (look, options) => {
  const work = (specimens[look.language] ?? []).map((specimen) => ({ specimen, look }));
  const found: string[] = [];
  await drawEach(browser, work, async (easel, { specimen }) => {
    for (const violation of await violationsOn(easel, options)) found.push(`${specimen.name}: ${violation}`);
  });
  expect(found).toEqual([]);
  expect(work.length).toBeGreaterThan(200);
});
