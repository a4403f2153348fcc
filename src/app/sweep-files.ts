import { evidenceOf } from '../domain/evidence.ts';
import type { Files } from './files.ts';
import type { Surroundings } from './handle-command.ts';

/**
 * How old a file must be before it is taken to belong nowhere, in milliseconds: a week. One that is being added is
 * younger, and so is one that an older copy of the database, put back by mistake, does not know. Nothing opens a file
 * that its complaint does not name, so there is no haste.
 */
const leastAge = 7 * 24 * 60 * 60_000;

/**
 * R14: removes files whose complaint was destroyed, files that were taken out of their complaint, and files that a crash
 * left without one. Files of complaints that this store never held are left alone: they may be another's. Gives how
 * many went; a complaint that can't be read is reported, and passed over.
 */
export async function sweepFiles(
  files: Files,
  { store, clock }: Pick<Surroundings, 'store' | 'clock'>,
  report: (fault: unknown) => void = () => undefined,
  stopping?: AbortSignal,
): Promise<number> {
  let removed = 0;
  for await (const complaintId of files.complaints()) {
    if (stopping?.aborted) break;
    try {
      const listed = await files.list(complaintId);
      // Read after the files: one that was added meanwhile is named.
      const document = await store.load(complaintId);
      if (!document && !(await store.wasDestroyed(complaintId))) continue;
      const kept = new Set(document && evidenceOf(document.complaint).map(({ id }) => id));
      for (const { id, writtenAt } of listed) {
        const isYoung = clock().getTime() - writtenAt.getTime() < leastAge;
        if (kept.has(id) || (document && isYoung)) continue;
        await files.remove(complaintId, id);
        removed++;
      }
    } catch (fault) {
      report(fault);
    }
  }
  return removed;
}

/** R14: removes the files of a complaint that was just destroyed; what can't be removed now the sweep removes later. */
export async function removeFiles(files: Files, complaintId: string): Promise<void> {
  for (const { id } of await files.list(complaintId)) await files.remove(complaintId, id);
}
