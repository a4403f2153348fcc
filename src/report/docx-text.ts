import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { openPromise } from 'yauzl';

/** Attributes that are read aloud or shown, of pictures in Word and of SVG. */
const readAttributes = ['descr', 'title', 'name', 'aria-label'];
const described = /:(docPr|cNvPr)$|^(svg|g|path|text)$/;

/** What divides words without a letter. A tab that has a value is a place to stop at. */
const whiteSpace: Readonly<Record<string, string>> = {
  'w:br': '\n',
  'w:cr': '\n',
  'w:tab': '\t',
  tspan: ' ',
};

/** Text that a program reads, and no person. */
const unread = ['w:instrText', 'style'];

/**
 * All that can be read in a Word document, a piece at a time: each paragraph of the text, headers and footers, what is
 * said of pictures and stands in them, and the properties of the document. Reads no more of the file at once than a
 * piece needs. Throws where the file is no zip file, or has a part that is no XML or ends too soon.
 */
export async function* textsIn(file: string): AsyncGenerator<string> {
  const zip = await openPromise(file);
  for await (const entry of zip.eachEntry()) {
    if (!/\.(xml|svg)$/.test(entry.fileName)) continue;
    yield* textsOf(await zip.openReadStreamPromise(entry));
  }
}

async function* textsOf(part: NodeJS.ReadableStream): AsyncGenerator<string> {
  const { write, end, taken } = reader();
  part.setEncoding('utf8');
  for await (const chunk of part) {
    write(`${chunk}`);
    yield* taken();
  }
  end();
}

/** Reads XML a chunk at a time: `taken` gives the pieces that were complete since it was last asked. */
function reader() {
  const parser = new SaxesParser();
  let pieces: string[] = [];
  let text = '';
  let isInParagraph = false;
  let isUnread = false;
  const add = (piece: string) => {
    if (piece.trim() !== '') pieces.push(piece);
  };
  const endPiece = () => {
    add(text);
    text = '';
  };
  parser.on('opentag', ({ name, attributes }: SaxesTagPlain) => {
    if (name === 'w:p') isInParagraph = true;
    isUnread = unread.includes(name);
    if (text !== '' && attributes['w:val'] === undefined) text += whiteSpace[name] ?? '';
    if (described.test(name)) for (const attribute of readAttributes) add(attributes[attribute] ?? '');
  });
  parser.on('text', (piece) => {
    if (!isUnread) text += piece;
  });
  parser.on('closetag', ({ name }) => {
    isUnread = false;
    if (name === 'w:p') isInParagraph = false;
    if (!isInParagraph && name !== 'tspan') endPiece();
  });
  return {
    write: (chunk: string) => void parser.write(chunk),
    end: () => void parser.close(),
    taken: () => {
      const taken = pieces;
      pieces = [];
      return taken;
    },
  };
}
