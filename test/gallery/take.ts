// `npm run gallery`: pictures of every card and dialog, and a page to look at them all.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { languages } from '../../src/cards/texts.ts';
import { drawEach, launch, themes, type Width, widths } from './draw.ts';
import { galleryPage } from './gallery-page.ts';
import { type Specimen, specimensIn } from './specimens.ts';

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'data/gallery' },
    /** Part of a specimen's name: only those are taken. */
    only: { type: 'string', default: '' },
    language: { type: 'string', multiple: true, default: [...languages] },
    theme: { type: 'string', multiple: true, default: [...themes] },
    width: { type: 'string', multiple: true, default: Object.keys(widths) },
    /** Text at 200%. */
    large: { type: 'boolean', default: false },
  },
});
const chosen = <T extends string>(all: readonly T[], asked: readonly string[]) => {
  const unknown = asked.find((each) => !(all as readonly string[]).includes(each));
  if (unknown !== undefined) throw new Error(`${unknown} is none of ${all.join(', ')}`);
  return all.filter((each) => asked.includes(each));
};
const looks = {
  languages: chosen(languages, values.language),
  themes: chosen(themes, values.theme),
  widths: chosen(Object.keys(widths) as Width[], values.width),
};
const text = values.large ? 2 : 1;

const started = performance.now();
let specimens: Specimen[] = [];
const work = [];
for (const language of looks.languages) {
  specimens = (await specimensIn(language)).specimens.filter(({ name }) => name.includes(values.only));
  for (const theme of looks.themes) {
    for (const width of looks.widths) {
      const folder = join(values.out, `${language}-${theme}-${width}`);
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      const look = { language, theme, width, text } as const;
      work.push(...specimens.map((specimen) => ({ specimen, look, folder })));
    }
  }
}
if (work.length === 0) throw new Error(`no specimen has ${values.only} in its name`);
const browser = await launch();
try {
  await drawEach(browser, work, async (easel, { specimen, folder }) => {
    await easel.locator('main').screenshot({ path: join(folder, `${specimen.name}.png`) });
  });
} finally {
  await browser.close();
}
const index = join(values.out, 'index.html');
writeFileSync(index, galleryPage(specimens, looks));
const seconds = Math.round((performance.now() - started) / 1000);
console.log(`${specimens.length} specimens, ${work.length} pictures, ${seconds} s: ${index}`);
