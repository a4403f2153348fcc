import type { TellKind } from '../app/files.ts';
import { type EvidenceKind, evidenceKinds } from '../domain/vocabulary.ts';

/** Kinds that have several extensions, by the one that the library tells. */
const sameKind: Record<string, EvidenceKind> = { m4b: 'm4a', oga: 'ogg', opus: 'ogg', heif: 'heic' };

/** Tells what a file is by its first bytes; a text has no mark, and is told by its name and by being readable. */
export const tellKind: TellKind = async (content, fileName) => {
  const { fileTypeFromBuffer } = await import('file-type');
  const told = (await fileTypeFromBuffer(content))?.ext;
  if (told) return evidenceKinds.find((kind) => kind === (sameKind[told] ?? told) && kind !== 'txt');
  return /\.txt$/i.test(fileName) && isText(content) ? 'txt' : undefined;
};

function isText(content: Uint8Array): boolean {
  try {
    // Control characters other than white space are no text.
    return !/[^\P{Cc}\t\n\r\f]/u.test(new TextDecoder('utf-8', { fatal: true }).decode(content));
  } catch {
    return false;
  }
}

/** The media type under which each kind is given. */
export const mediaTypes: Record<EvidenceKind, string> = {
  pdf: 'application/pdf',
  jpg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  heic: 'image/heic',
  tif: 'image/tiff',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  txt: 'text/plain; charset=utf-8',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  ogg: 'audio/ogg',
  wav: 'audio/wav',
  mp4: 'video/mp4',
  mov: 'video/quicktime',
};
