import type { TellKind } from '../app/files.ts';
import { type EvidenceKind, evidenceKinds } from '../domain/vocabulary.ts';

/** Kinds that have several extensions, by the one that the library tells. */
const sameKind: Record<string, EvidenceKind> = { m4b: 'm4a', oga: 'ogg', opus: 'ogg', heif: 'heic' };

/** Tells what a file is by its first bytes; a text has no mark, and is told by its name and by being readable. */
export const tellKind: TellKind = async (content, fileName) => {
  const { fileTypeFromBuffer } = await import('file-type');
  const told = (await fileTypeFromBuffer(content))?.ext;
  if (told) {
    const kind = evidenceKinds.find((each) => each === (sameKind[told] ?? told) && each !== 'txt');
    return (kind === 'docx' || kind === 'xlsx') && (await hasMacros(content)) ? undefined : kind;
  }
  return /\.txt$/i.test(fileName) && isText(content) ? 'txt' : undefined;
};

/** Whether an Office document carries a program, whatever it says that it is. */
async function hasMacros(content: Uint8Array): Promise<boolean> {
  const { fromBufferPromise } = await import('yauzl');
  try {
    const zip = await fromBufferPromise(Buffer.from(content));
    for await (const { fileName } of zip.eachEntry())
      if (/vbaProject|macrosheet/i.test(fileName)) return true;
    return false;
  } catch {
    // What can't be looked into is not taken.
    return true;
  }
}

function isText(content: Uint8Array): boolean {
  try {
    // Control characters other than white space are no text.
    return !/[^\P{Cc}\t\n\r\f]/u.test(new TextDecoder('utf-8', { fatal: true }).decode(content));
  } catch {
    return false;
  }
}
