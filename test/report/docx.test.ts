import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as streamText } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPromise } from 'yauzl';
import { ZipFile } from 'yazl';
import type { About, Block, Item } from '../../src/report/blocks.ts';
import { writeDocx } from '../../src/report/docx.ts';
import { textsIn } from '../../src/report/docx-text.ts';

const about: About = {
  title: 'Jaarverslag klachten 2025',
  organisation: 'Stichting Welzijn Middelland',
  madeAt: new Date('2026-01-12T10:00:00Z'),
};

const list = (...items: Item[]): Block => ({
  kind: 'list',
  async *items() {
    yield* items;
  },
});
const item = (text: string, ...under: string[]): Item => ({ text, under });
const items: Item[] = [item('Bel binnen twee dagen terug.', 'Wijkteam Noord', 'Afgerond'), item('Leg vast.')];

const figures: Block[] = [
  { kind: 'title', text: 'Jaarverslag klachten', under: 'Over 2025' },
  { kind: 'heading', level: 1, text: 'Cijfers' },
  { kind: 'heading', level: 2, text: 'Aard' },
  { kind: 'paragraph', text: 'Er kwamen 112 klachten binnen.' },
  {
    kind: 'table',
    caption: 'Klachten naar aard',
    head: ['Aard', 'Aantal'],
    rows: [
      ['Wachttijd', '12'],
      ['Privacy', 'minder dan 3'],
    ],
  },
  { kind: 'paragraph', text: 'Dat zijn er meer dan vorig jaar.' },
  {
    kind: 'chart',
    title: 'Langs welke weg',
    alternative: 'Telefoon 48, website 31.',
    bars: [
      { label: 'telefoon', value: 48, said: '48' },
      { label: 'website', value: 31, said: '31' },
    ],
  },
  {
    kind: 'chart',
    title: 'Aard in beeld',
    alternative: 'Wachttijd 12.',
    bars: [{ label: 'wachttijd', value: 12, said: '12' }],
  },
  { kind: 'heading', level: 1, text: 'Leerpunten' },
];

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docx-'));
  file = join(folder, 'jaarverslag.docx');
});
afterEach(() => rm(folder, { recursive: true }));

async function partsOf(path: string): Promise<Record<string, string>> {
  const parts: Record<string, string> = {};
  const zip = await openPromise(path);
  for await (const entry of zip.eachEntry())
    parts[entry.fileName] = await streamText(await zip.openReadStreamPromise(entry));
  return parts;
}

async function textsOf(path: string): Promise<string[]> {
  const texts: string[] = [];
  for await (const text of textsIn(path)) texts.push(text);
  return texts;
}

async function written(blocks: readonly Block[]) {
  await writeDocx(blocks, about, file);
  const parts = await partsOf(file);
  return { parts, document: parts['word/document.xml'] ?? '', styles: parts['word/styles.xml'] ?? '' };
}

/** The style and the text of each paragraph. */
const paragraphsOf = (document: string) =>
  [...document.matchAll(/<w:p>(.*?)<\/w:p>/gs)].map(([, inside = '']) => [
    /<w:pStyle w:val="(\w+)"/.exec(inside)?.[1],
    [...inside.matchAll(/<w:t [^>]*>([^<]*)<\/w:t>/g)].map(([, text]) => text).join(''),
  ]);

describe('writeDocx', () => {
  it('writes each block in its style', async () => {
    const { document } = await written([...figures, list(...items)]);
    expect(paragraphsOf(document)).toEqual([
      ['Title', 'Jaarverslag klachten'],
      ['Subtitle', 'Over 2025'],
      ['Heading1', 'Cijfers'],
      ['Heading2', 'Aard'],
      ['Normal', 'Er kwamen 112 klachten binnen.'],
      ['Caption', 'Klachten naar aard'],
      ['TableHeading', 'Aard'],
      ['TableHeading', 'Aantal'],
      ['TableHeading', 'Wachttijd'],
      ['TableText', '12'],
      ['TableHeading', 'Privacy'],
      ['TableText', 'minder dan 3'],
      ['AfterTable', 'Dat zijn er meer dan vorig jaar.'],
      ['Picture', ''],
      ['Picture', ''],
      ['Heading1', 'Leerpunten'],
      ['ListBullet', 'Bel binnen twee dagen terug.'],
      ['ListBullet', 'Wijkteam Noord'],
      ['ListBullet', 'Afgerond'],
      ['ListBullet', 'Leg vast.'],
    ]);
  });

  it('uses no style that it does not define', async () => {
    const { document, styles } = await written([...figures, list(...items)]);
    for (const [style] of paragraphsOf(document)) expect(styles).toContain(`w:styleId="${style}"`);
  });

  it('marks the head of a table, which stands anew on each page, and its first column', async () => {
    const { document } = await written(figures);
    const rows = [...document.matchAll(/<w:tr>.*?<\/w:tr>/gs)].map(([row]) => row.includes('<w:tblHeader/>'));
    expect(rows).toEqual([true, false, false]);
    expect(document).toMatch(/<w:tblLook w:firstRow="true" w:firstColumn="true"/);
  });

  it('sets a column of figures to the right, and one of words to the left', async () => {
    const head = ['Leerpunt', 'Aantal', 'Toelichting'];
    const table: Block = {
      kind: 'table',
      caption: '',
      head,
      rows: [
        ['Bel', '12', 'Twee dagen'],
        ['Leg vast', 'minder dan 3'],
      ],
    };
    const { document } = await written([table]);
    const isRight = (row: string) =>
      row
        .split('</w:tc>')
        .slice(0, 3)
        .map((cell) => cell.includes('"right"/></w:pPr>'));
    const rows = [...document.matchAll(/<w:tr>.*?<\/w:tr>/gs)].map(([row]) => isRight(row));
    expect(rows).toEqual(Array(3).fill([false, true, false]));
  });

  it('gives each picture a text for who cannot see it, and an image for programs that know no SVG', async () => {
    const { document, parts } = await written(figures);
    const [first, second, ...others] = [...document.matchAll(/<wp:docPr ([^>]*)\/>/g)].map(
      ([, said]) => said,
    );
    expect(first).toMatch(
      / name="Langs welke weg" descr="Telefoon 48, website 31." title="Langs welke weg"$/,
    );
    expect(second).toMatch(/ descr="Wachttijd 12." title="Aard in beeld"$/);
    expect(others).toEqual([]);
    expect(first?.split(' ')[0]).not.toBe(second?.split(' ')[0]);
    const media = Object.keys(parts).filter((path) => path.startsWith('word/media/'));
    expect(media.map((path) => path.slice(-4)).sort()).toEqual(['.png', '.png', '.svg', '.svg']);
  });

  it('writes the alternative of a chart without bars', async () => {
    const { document } = await written([
      { kind: 'chart', title: 'Aard', alternative: 'Er waren geen klachten.', bars: [] },
    ]);
    expect(paragraphsOf(document)).toEqual([['Normal', 'Er waren geen klachten.']]);
  });

  it('lets no picture be higher than a page', async () => {
    const bars = Array.from({ length: 60 }, (_, team) => ({
      label: `team ${team}`,
      value: team,
      said: `${team}`,
    }));
    const { document } = await written([{ kind: 'chart', title: 'Teams', alternative: 'Per team', bars }]);
    const [, width, height] = /<wp:extent cx="(\d+)" cy="(\d+)"/.exec(document) ?? [];
    expect(Number(height)).toBe(850 * 9525);
    expect(Number(width)).toBeLessThan(600 * 9525);
  });

  it('speaks Dutch, on A4, with the page below', async () => {
    const { document, styles, parts } = await written(figures);
    expect(styles).toMatch(/<w:docDefaults>.*<w:lang w:val="nl-NL".*<\/w:docDefaults>/);
    expect(document).toContain('<w:pgSz w:w="11906" w:h="16838" w:orient="portrait"/>');
    expect(parts['word/footer1.xml']).toMatch(/Jaarverslag klachten 2025.*<w:tab\/>.*PAGE.*NUMPAGES/);
  });

  it('tells in its properties the title, the organisation and the moment, and of nobody else', async () => {
    const { parts } = await written(figures);
    const core = [...(parts['docProps/core.xml'] ?? '').matchAll(/<([\w:]+)[^>]*>([^<]+)<\/\1>/g)];
    expect(core.map(([, name, value]) => [name, value])).toEqual([
      ['dc:title', 'Jaarverslag klachten 2025'],
      ['dc:creator', 'Stichting Welzijn Middelland'],
      ['cp:lastModifiedBy', 'Stichting Welzijn Middelland'],
      ['cp:revision', '1'],
      ['dcterms:created', '2026-01-12T10:00:00.000Z'],
      ['dcterms:modified', '2026-01-12T10:00:00.000Z'],
    ]);
  });

  it('can be read by its owner alone', async () => {
    await writeDocx(figures, about, file);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });
});

describe('a list', () => {
  it('has bullets, and another level for what belongs to an item', async () => {
    const { document, parts } = await written([list(...items)]);
    const levels = [...document.matchAll(/<w:ilvl w:val="(\d)"\/><w:numId w:val="(\d+)"\/>/g)];
    expect(levels.map(([, level]) => level)).toEqual(['0', '1', '1', '0']);
    const numbering = parts['word/numbering.xml'];
    for (const [, , number] of levels) expect(numbering).toContain(`<w:num w:numId="${number}"`);
  });

  it.each([
    ['marks of XML', '<w:p>&amp; "x" \'y\' ]]> <!-- -->', '<w:p>&amp; "x" \'y\' ]]> <!-- -->'],
    ['emoji', 'blij 😀 👩‍👩‍👧', 'blij 😀 👩‍👩‍👧'],
    ['characters that XML has not', 'a\u0000b\u0008c\u001bd\ufffee\ud800f', 'abcdef'],
    ['the ends of lines of any system', 'a\nb\r\nc\rd\ve\u2028f', 'a\nb\nc\nd\ne\nf'],
    ['space before, behind and between', '  a  b\t', '  a  b '],
    ['the place of a list', '<list></list>', '<list></list>'],
    ['a pattern of replacement', "$& $1 $' {list-0}", "$& $1 $' {list-0}"],
  ])('keeps %s', async (_, text, expected) => {
    await writeDocx([{ kind: 'paragraph', text }, list(item(text, text)), list(item(text))], about, file);
    const texts = await textsOf(file);
    expect(texts.slice(0, 4)).toEqual(Array(4).fill(expected));
  });

  it('leaves nothing behind where it is empty', async () => {
    const { document } = await written([
      { kind: 'paragraph', text: 'voor' },
      list(),
      { kind: 'paragraph', text: 'na' },
    ]);
    expect(paragraphsOf(document)).toEqual([
      ['Normal', 'voor'],
      ['Normal', 'na'],
    ]);
    expect(document).not.toContain('list>');
  });

  it('tells how far it is, over all lists', async () => {
    const told: number[] = [];
    const many = list(...Array.from({ length: 1_100 }, (_, number) => item(`${number}`)));
    await writeDocx([many, list(), list(...items)], about, file, (count) => told.push(count));
    expect(told).toEqual([500, 1_000, 1_102]);
  });

  it('stands between the blocks around it, in the order of the items', async () => {
    const many = Array.from({ length: 5_000 }, (_, number) => item(`nummer ${number} ${'é'.repeat(50)}`));
    await writeDocx([list(...items), { kind: 'paragraph', text: 'dan' }, list(...many)], about, file);
    const texts = await textsOf(file);
    expect(texts.slice(3, 5)).toEqual(['Leg vast.', 'dan']);
    expect(texts.slice(5, 5_005)).toEqual(many.map(({ text }) => text));
  });
});

describe('a document that fails', () => {
  const failing = (closed: () => void = () => {}): Block => ({
    kind: 'list',
    async *items() {
      try {
        for (let number = 0; number < 2_000; number++) yield item('x'.repeat(500));
        throw new Error('the store failed');
      } finally {
        closed();
      }
    },
  });

  it('says what the list threw, and leaves no file behind', async () => {
    await expect(writeDocx([...figures, failing()], about, file)).rejects.toThrow('the store failed');
    expect(await readdir(folder)).toEqual([]);
  });

  it('keeps the document that was there', async () => {
    await writeFile(file, 'vorig jaar');
    await expect(writeDocx([failing()], about, file)).rejects.toThrow('the store failed');
    expect(await readdir(folder)).toEqual(['jaarverslag.docx']);
    expect(await readFile(file, 'utf8')).toBe('vorig jaar');
  });

  it('fails where it cannot be written', async () => {
    await expect(writeDocx(figures, about, join(folder, 'no', 'such.docx'))).rejects.toThrow('ENOENT');
  });

  it('leaves off reading a list where progress fails', async () => {
    let isClosed = false;
    const stop = () => {
      throw new Error('stopped');
    };
    const closing = failing(() => {
      isClosed = true;
    });
    await expect(writeDocx([closing], about, file, stop)).rejects.toThrow('stopped');
    expect(isClosed).toBe(true);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('the same document', () => {
  const blocks = [...figures, list(...items)];

  it('is the same, byte for byte', async () => {
    const other = join(folder, 'other.docx');
    await writeDocx(blocks, about, file);
    await writeDocx(blocks, about, other);
    expect(Buffer.compare(await readFile(file), await readFile(other))).toBe(0);
  });

  it('is the same when another process writes it, in another zone', async () => {
    const other = join(folder, 'other.docx');
    const source = `
      import { writeDocx } from ${JSON.stringify(new URL('../../src/report/docx.ts', import.meta.url).href)};
      const { figures, items, about, other } = JSON.parse(process.argv[1]);
      const list = { kind: 'list', async *items() { yield* items; } };
      await writeDocx([...figures, list], { ...about, madeAt: new Date(about.madeAt) }, other);`;
    const given = JSON.stringify({ figures, items, about, other });
    const env = { ...process.env, TZ: 'Asia/Tokyo' };
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', source, given], { env });
    await writeDocx(blocks, about, file);
    expect(Buffer.compare(await readFile(file), await readFile(other))).toBe(0);
  });

  it('differs only in its properties when it is made at another moment', async () => {
    const { parts } = await written(blocks);
    await writeDocx(blocks, { ...about, madeAt: new Date('2031-05-06T07:08:09Z') }, file);
    const others = await partsOf(file);
    expect(Object.keys(others)).toEqual(Object.keys(parts));
    expect(Object.keys(parts).filter((path) => parts[path] !== others[path])).toEqual(['docProps/core.xml']);
  });
});

describe('textsIn', () => {
  it('sees all that can be read: text, footers, what is said of pictures and stands in them, properties', async () => {
    await writeDocx([...figures, list(...items)], about, file);
    expect(new Set(await textsOf(file))).toEqual(
      new Set([
        ...['Jaarverslag klachten', 'Over 2025', 'Cijfers', 'Aard', 'Er kwamen 112 klachten binnen.'],
        ...['Klachten naar aard', 'Aantal', 'Wachttijd', '12', 'Privacy', 'minder dan 3'],
        ...['Dat zijn er meer dan vorig jaar.', 'Telefoon 48, website 31.', 'Langs welke weg'],
        ...['Wachttijd 12.', 'Aard in beeld', 'telefoon', 'website', 'wachttijd', '48', '31'],
        ...['Leerpunten', 'Bel binnen twee dagen terug.', 'Wijkteam Noord', 'Afgerond', 'Leg vast.'],
        ...['Jaarverslag klachten 2025', 'Stichting Welzijn Middelland', '1', '2026-01-12T10:00:00.000Z'],
        'Jaarverslag klachten 2025\t / ',
      ]),
    );
  });

  const zipOf = async (parts: Record<string, string>) => {
    const zip = new ZipFile();
    for (const [path, text] of Object.entries(parts)) zip.addBuffer(Buffer.from(text), path);
    zip.end();
    await writeFile(file, zip.outputStream);
  };

  it('reads a paragraph as one text, whatever stands in between', async () => {
    const name =
      '<w:r><w:t>Jan</w:t></w:r><w:bookmarkStart w:name="x"/><w:r><w:rPr><w:b/></w:rPr><w:t>sen</w:t></w:r>';
    const picture =
      '<w:r><w:drawing><wp:docPr id="1" name="Foto" descr="Een huis" title="Huis"/></w:drawing></w:r>';
    const tabs = '<w:pPr><w:tabs><w:tab w:val="right"/></w:tabs></w:pPr>';
    const rest = '<w:r><w:tab/><w:t>06</w:t><w:br/><w:t>12</w:t><w:instrText>PAGE</w:instrText></w:r>';
    const paragraph = `<w:p>${tabs}${name}${picture}${rest}</w:p><w:p><w:r><w:t>&lt;Piet&gt;</w:t></w:r></w:p>`;
    await zipOf({ 'word/document.xml': `<w:document>${paragraph}</w:document>` });
    expect(await textsOf(file)).toEqual(['Een huis', 'Huis', 'Foto', 'Jansen\t06\n12', '<Piet>']);
  });

  it('reads headers, notes, own properties and pictures too', async () => {
    await zipOf({
      'word/header1.xml': '<w:hdr><w:p><w:r><w:t>boven</w:t></w:r></w:p></w:hdr>',
      'word/footnotes.xml': '<w:footnotes><w:p><w:r><w:t>noot</w:t></w:r></w:p></w:footnotes>',
      'docProps/app.xml': '<Properties><Company>Bedrijf</Company><Manager>Chef</Manager></Properties>',
      'word/media/image1.svg':
        '<svg aria-label="Beeld"><title>Titel</title><text><tspan>op</tspan><tspan>straat</tspan></text></svg>',
      'word/media/image1.png': 'no text',
    });
    const texts = await textsOf(file);
    expect(texts).toEqual(['boven', 'noot', 'Bedrijf', 'Chef', 'Beeld', 'Titel', 'op straat']);
  });

  it('reads no more of the file than is asked for', async () => {
    await writeDocx([...figures, list(...items)], about, file);
    for await (const text of textsIn(file)) {
      expect(text).toBe('Jaarverslag klachten');
      break;
    }
  });

  it('refuses a file that is no Word document', async () => {
    await writeFile(file, 'no zip');
    await expect(textsOf(file)).rejects.toThrow();
    await zipOf({ 'word/document.xml': '<w:document><w:p></w:document>' });
    await expect(textsOf(file)).rejects.toThrow();
    await zipOf({ 'word/document.xml': '<w:document><w:p>' });
    await expect(textsOf(file)).rejects.toThrow();
  });
});
