import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { type PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { About, Block } from './blocks.ts';
import { withItems } from './docx-list.ts';
import { documentPart, partsOf } from './docx-parts.ts';

/** Nothing in the file tells when it was made but its core properties. */
const zipOptions = { mtime: new Date(1980, 0, 1), mode: 0o100644, forceDosTimestamp: true };

/**
 * Writes blocks as a Word document to a file, readable by its owner alone; what bore that name is replaced. The same
 * blocks and `about` give the same bytes; another `madeAt` changes nothing but the core properties.
 *
 * Lists are read while they are written, so that they may be as long as they like. Of a chart without bars the
 * alternative is written instead. `progress` is told how many items of lists were written so far, now and then and at
 * the end. Throws what reading a list threw, or where the file can't be written; then there is no new file.
 */
export async function writeDocx(
  blocks: readonly Block[],
  about: About,
  file: string,
  progress: (items: number) => void = () => {},
): Promise<void> {
  const parts = await partsOf(blocks, about);
  const document = parts.get(documentPart)?.toString() ?? '';
  const body = Readable.from(withItems(document, blocks, progress), { objectMode: false });
  const partial = `${file}.${randomUUID()}.part`;
  try {
    await pipeline(zip(parts, body), createWriteStream(partial, { flags: 'wx', mode: 0o600, flush: true }));
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  } finally {
    body.destroy();
  }
}

/** The parts as a zip file, with `body` for the text of the document. */
function zip(parts: ReadonlyMap<string, Buffer>, body: Readable): Readable {
  const file = new ZipFile();
  const output = file.outputStream as PassThrough;
  body.on('error', (error) => output.destroy(error));
  for (const [path, data] of parts) {
    if (path === documentPart) file.addReadStream(body, path, zipOptions);
    else file.addBuffer(data, path, zipOptions);
  }
  file.end();
  return output;
}
