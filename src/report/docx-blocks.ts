import type { FileChild, Paragraph } from 'docx';
import type { Block } from './blocks.ts';
import { drawChart } from './chart.ts';
import { listElement } from './docx-list.ts';
import { type Docx, runsOf } from './docx-runs.ts';
import { listLevels, listReference } from './docx-style.ts';
import { tableOf } from './docx-table.ts';
import { onOneLine } from './readable.ts';

/** The room for a picture on a page, in pixels of 1/96 inch. */
const mostHeight = 850;

/**
 * Blocks as they stand in a Word document. Of a list only its place is given: an element that Word does not know, with
 * an empty paragraph of each level to write the items like.
 */
export async function childrenOf(blocks: readonly Block[], docx: Docx): Promise<FileChild[]> {
  const children: FileChild[] = [];
  for (const [index, block] of blocks.entries()) {
    const isAfterTable = blocks[index - 1]?.kind === 'table';
    children.push(...(await childrenOfBlock(block, { index, isAfterTable }, docx)));
  }
  return children;
}

interface Place {
  index: number;
  isAfterTable: boolean;
}

async function childrenOfBlock(block: Block, place: Place, docx: Docx): Promise<FileChild[]> {
  const { Paragraph } = docx;
  const styled = (style: string, text: string) => new Paragraph({ style, children: runsOf(text, docx) });
  switch (block.kind) {
    case 'title':
      return [styled('Title', block.text), ...(block.under ? [styled('Subtitle', block.under)] : [])];
    case 'heading':
      return [styled(`Heading${block.level}`, block.text)];
    case 'paragraph':
      return [styled(place.isAfterTable ? 'AfterTable' : 'Normal', block.text)];
    case 'table':
      return [styled('Caption', block.caption), tableOf(block, docx)];
    case 'chart':
      return [
        block.bars.length > 0
          ? await pictureOf(block, place.index, docx)
          : styled('Normal', block.alternative),
      ];
    case 'list':
      return [placeOfList(docx)];
  }
}

async function pictureOf(
  { title, alternative, bars }: Extract<Block, { kind: 'chart' }>,
  index: number,
  { ImageRun, Paragraph }: Docx,
): Promise<Paragraph> {
  const { svg, png, width, height } = await drawChart(title, bars);
  const scale = Math.min(1, mostHeight / height);
  const picture = new ImageRun({
    type: 'svg',
    data: Buffer.from(svg),
    fallback: { type: 'png', data: png },
    transformation: { width: width * scale, height: height * scale },
    altText: {
      // Without an id the library goes on counting from the document before.
      id: `${index + 1}`,
      name: onOneLine(title),
      title: onOneLine(title),
      description: onOneLine(alternative),
    },
  });
  return new Paragraph({ style: 'Picture', children: [picture] });
}

function placeOfList({ FileChild, Paragraph }: Docx): FileChild {
  const list = new FileChild(listElement);
  for (const { level } of listLevels)
    list.addChildElement(
      new Paragraph({ style: 'ListBullet', numbering: { reference: listReference, level } }),
    );
  return list;
}
