import type { FilePlace } from './sealed-files.ts';

/** What copying files came to. */
export interface CopiedFiles {
  written: number;
  /** How many lie in the target with the same bytes as in the source. */
  verified: number;
}

/**
 * Copies files as they lie, sealed, and reads each back. A file never changes once it is written, so one that is there
 * already is compared alone; run again after a break it goes on. Throws where one lies in the target with other bytes.
 */
export async function copyFiles(source: FilePlace, target: FilePlace): Promise<CopiedFiles> {
  const copied = { written: 0, verified: 0 };
  for await (const complaintId of source.complaints()) {
    for (const { id } of await source.list(complaintId)) {
      const bytes = await source.read(complaintId, id);
      // Removed since it was listed.
      if (!bytes) continue;
      if (!(await target.read(complaintId, id))) {
        await target.write(complaintId, id, bytes);
        copied.written++;
      }
      const there = await target.read(complaintId, id);
      if (!there || Buffer.compare(there, bytes) !== 0) throw new DifferingFile(complaintId, id);
      copied.verified++;
    }
  }
  return copied;
}

/** A file that lies in the target with other bytes than in the source. */
export class DifferingFile extends Error {
  override name = 'DifferingFile';
  readonly path: string;
  constructor(complaintId: string, fileId: string) {
    super('a file differs in the target');
    this.path = `${complaintId}/${fileId}`;
  }
}
