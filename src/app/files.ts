import type { EvidenceKind } from '../domain/vocabulary.ts';
import type { ComplaintDocument } from './store.ts';

/** A file that was sealed and stored, and the key that opens it: of that file alone, and kept with its complaint. */
export interface StoredFile {
  id: string;
  key: string;
}

/** A file as it lies stored. */
export interface FileEntry {
  id: string;
  writtenAt: Date;
}

/**
 * Where the files of complaints lie, each sealed under a key of its own. Without its key, which lies in the sealed part
 * of the complaint, nobody opens a file again. Faults are thrown; a write that came back is stored.
 */
export interface Files {
  /** Seals a file and stores it under a fresh id. */
  put(complaintId: string, content: Uint8Array): Promise<StoredFile>;
  /** Opens a file; nothing where it is not there. Throws where the key is another's. */
  get(complaintId: string, file: StoredFile): Promise<Uint8Array | undefined>;
  remove(complaintId: string, fileId: string): Promise<void>;
  /** The files that lie stored of a complaint. */
  list(complaintId: string): Promise<FileEntry[]>;
  /** The ids of the complaints of which files lie stored. */
  complaints(): AsyncIterable<string>;
}

/** What a file of a complaint holds; nothing where its key or the file itself is gone. */
export async function contentOf(
  { complaint, fileKeys }: ComplaintDocument,
  fileId: string,
  files: Pick<Files, 'get'>,
): Promise<Uint8Array | undefined> {
  const key = fileKeys?.[fileId];
  return key === undefined ? undefined : files.get(complaint.id, { id: fileId, key });
}

/** What a file is, by its content; nothing where it is none of the kinds that may be evidence. */
export type TellKind = (content: Uint8Array, fileName: string) => Promise<EvidenceKind | undefined>;

/** Whether a virus was found in a file. Throws where the scanner can't be asked. */
export type Scan = (content: Uint8Array) => Promise<'clean' | 'infected'>;

/** What is needed to keep files. */
export interface FileParts {
  files: Files;
  tellKind: TellKind;
  scan: Scan;
}
