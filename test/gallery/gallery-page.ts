// The page on which all pictures hang: by group, in a language, a theme and a width of one's choice.
import type { Specimen } from './specimens.ts';

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const idOf = (group: string) => group.toLowerCase().replace(/[^a-z]+/g, '-');

/** The page, as HTML. */
export function galleryPage(
  specimens: readonly Specimen[],
  { languages, themes, widths }: Record<'languages' | 'themes' | 'widths', readonly string[]>,
): string {
  const groups = [...new Set(specimens.map(({ group }) => group))];
  const choice = (name: string, values: readonly string[]) =>
    `<label>${name} <select id="${name}">${values.map((value) => `<option>${value}</option>`).join('')}</select></label>`;
  const figure = ({ name, title }: Specimen) => `
    <figure id="${name}">
      <figcaption><a href="#${name}">${escaped(title)}</a> <small>${name}</small></figcaption>
      <a class="picture"><img data-name="${name}" alt="${escaped(title)}" loading="lazy"></a>
    </figure>`;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Cards of the Klachtenbot</title>
<link rel="icon" href="data:,">
<style>
  body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: #eee; color: #111; }
  header { position: sticky; top: 0; display: flex; flex-wrap: wrap; gap: 8px 24px; align-items: center; padding: 8px 24px; background: #fff; border-bottom: 1px solid #bbb; }
  h1 { margin: 0; font-size: 1.1rem; }
  main, nav { padding: 8px 24px; }
  nav a { margin-right: 16px; }
  section > div { display: flex; flex-wrap: wrap; gap: 24px; align-items: flex-start; }
  figure { margin: 0; max-width: 100%; scroll-margin-top: 80px; }
  figcaption { margin-bottom: 4px; }
  figcaption a { color: inherit; font-weight: 600; }
  small { color: #555; }
  img { display: block; max-width: 100%; min-width: 320px; min-height: 40px; border: 1px solid #999; background: #fff; }
</style>
<header>
  <h1>Cards of the Klachtenbot</h1>
  ${choice('language', languages)} ${choice('theme', themes)} ${choice('width', widths)}
  <label><input type="checkbox" id="all"> every theme and width</label>
</header>
<nav>${groups.map((group) => `<a href="#${idOf(group)}">${escaped(group)}</a>`).join('\n')}</nav>
<main>
${groups
  .map(
    (group) => `<section id="${idOf(group)}"><h2>${escaped(group)}</h2><div>${specimens
      .filter((each) => each.group === group)
      .map(figure)
      .join('')}
</div></section>`,
  )
  .join('\n')}
</main>
<script>
  const at = (id) => document.getElementById(id);
  const themes = ${JSON.stringify(themes)}, widths = ${JSON.stringify(widths)};
  const hang = () => {
    const every = at('all').checked;
    const looks = every
      ? themes.flatMap((theme) => widths.map((width) => [theme, width]))
      : [[at('theme').value, at('width').value]];
    for (const frame of document.querySelectorAll('.picture')) {
      const first = frame.querySelector('img');
      const images = looks.map(([theme, width]) => {
        const image = first.cloneNode();
        image.src = [at('language').value + '-' + theme + '-' + width, first.dataset.name + '.png'].join('/');
        return image;
      });
      frame.replaceChildren(...images);
      if (every) frame.style.cssText = 'display:flex;gap:8px;align-items:flex-start';
      else { frame.style.cssText = ''; frame.href = images[0].src; }
    }
  };
  for (const id of ['language', 'theme', 'width', 'all']) at(id).onchange = hang;
  hang();
</script>
</html>
`;
}
