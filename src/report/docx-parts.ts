import { buffer } from 'node:stream/consumers';
import { fromBufferPromise } from 'yauzl';
import type { About, Block } from './blocks.ts';
import { childrenOf } from './docx-blocks.ts';
import type { Docx } from './docx-runs.ts';
import { listLevels, listReference, page, styles } from './docx-style.ts';
import { onOneLine } from './readable.ts';

/** The part of a Word document that holds its text. */
export const documentPart = 'word/document.xml';

const corePart = 'docProps/core.xml';
const contentTypesPart = '[Content_Types].xml';

/**
 * The parts of the Word document that these blocks make, by their paths, with in the place of each list an element
 * still. But for the moment in its core properties it is the same whenever it is made.
 */
export async function partsOf(blocks: readonly Block[], about: About): Promise<Map<string, Buffer>> {
  const docx = await import('docx');
  const packed = await docx.Packer.toBuffer(await documentOf(blocks, about, docx));
  const parts = await unpack(packed);
  const core = parts.get(corePart)?.toString() ?? '';
  return parts.set(corePart, Buffer.from(dated(core, about.madeAt)));
}

async function documentOf(blocks: readonly Block[], { title, organisation }: About, docx: Docx) {
  const { size, margin } = { size: { width: page.width, height: page.height }, margin: page.margin };
  return new docx.Document({
    title: onOneLine(title),
    creator: onOneLine(organisation),
    lastModifiedBy: onOneLine(organisation),
    styles,
    numbering: { config: [{ reference: listReference, levels: listLevels }] },
    sections: [
      {
        properties: { page: { size, margin: { top: margin, right: margin, bottom: margin, left: margin } } },
        footers: { default: footerOf(title, docx) },
        children: await childrenOf(blocks, docx),
      },
    ],
  });
}

/** The title, and the page of all pages, since a page may be read without the others. */
function footerOf(title: string, { Footer, PageNumber, Paragraph, Tab, TextRun }: Docx) {
  const { CURRENT, TOTAL_PAGES } = PageNumber;
  return new Footer({
    children: [
      new Paragraph({
        style: 'Footer',
        tabStops: [{ type: 'right', position: page.text }],
        children: [
          new TextRun(onOneLine(title)),
          new TextRun({ children: [new Tab(), CURRENT, ' / ', TOTAL_PAGES] }),
        ],
      }),
    ],
  });
}

async function unpack(packed: Buffer): Promise<Map<string, Buffer>> {
  // Programs that look at the first part alone tell by it what the file is.
  const parts = new Map([[contentTypesPart, Buffer.alloc(0)]]);
  const zip = await fromBufferPromise(packed);
  for await (const entry of zip.eachEntry())
    parts.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
  return parts;
}

/** The library writes the moment at which it was called. */
const dated = (core: string, madeAt: Date) =>
  core.replaceAll(/[^<>]+(?=<\/dcterms:(?:created|modified)>)/g, madeAt.toISOString());
