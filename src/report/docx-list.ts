import type { Block, Item } from './blocks.ts';
import { escapeXml, linesOf } from './readable.ts';

/** The element that stands in the place of a list, until its items are written. No text can look like it. */
export const listElement = 'list';

const lists = new RegExp(`<${listElement}>(.*?)</${listElement}>`, 's');
const paragraphEnd = '</w:p>';

/** How many items are written between two calls of `progress`. */
const stride = 500;

/** How many characters are handed on at a time. */
const chunkSize = 65_536;

/**
 * The text of a document.xml with, in the place of each list, its items: a paragraph for each text and for each line
 * under it, as the library would have written them. Lists are read no faster than this is. `progress` is told how many
 * items were read, now and then and at the end.
 */
export async function* withItems(
  document: string,
  blocks: readonly Block[],
  progress: (items: number) => void,
): AsyncGenerator<string> {
  let count = 0;
  const counted = async function* (items: AsyncIterable<Item>) {
    for await (const item of items) {
      yield item;
      count += 1;
      if (count % stride === 0) progress(count);
    }
  };
  // Between what stands before, among and after lists stand the paragraphs to write their items like.
  const [start = '', ...rest] = document.split(lists);
  yield start;
  for (const block of blocks) {
    if (block.kind !== 'list') continue;
    const [models = '', after = ''] = rest.splice(0, 2);
    yield* inChunks(paragraphsOf(counted(block.items()), models));
    yield after;
  }
  if (count % stride > 0) progress(count);
}

async function* paragraphsOf(items: AsyncIterable<Item>, models: string): AsyncGenerator<string> {
  const [item = '', under = ''] = models.split(paragraphEnd);
  for await (const { text, under: lines } of items) {
    yield paragraphOf(text, item);
    for (const line of lines) yield paragraphOf(line, under);
  }
}

const paragraphOf = (text: string, start: string) =>
  `${start}<w:r>${linesOf(text).map(textElementOf).join('<w:br/>')}</w:r>${paragraphEnd}`;

const textElementOf = (line: string) => `<w:t xml:space="preserve">${escapeXml(line)}</w:t>`;

async function* inChunks(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let chunk = '';
  for await (const text of texts) {
    chunk += text;
    if (chunk.length < chunkSize) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}
