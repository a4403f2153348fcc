import { DateTime } from 'luxon';
import type { Context } from '../domain/refusal.ts';
import { retentionEnds } from '../domain/retention.ts';
import type { Files } from './files.ts';
import { currentContext, type Surroundings } from './handle-command.ts';
import { removeFiles } from './sweep-files.ts';
import { leaveRecord } from './write-record.ts';

const pageSize = 100;

/**
 * R14: destroys the personal data of complaints whose retention period has passed since they ended; a complaint that
 * was reopened counts anew. Run again after a restore from a copy it does the same again. Gives how many it destroyed;
 * a document that can't be read is reported, and passed over.
 */
export async function destroyExpired(
  { store, clock, files }: Pick<Surroundings, 'store' | 'clock'> & { files?: Files | undefined },
  report: (fault: unknown) => void = () => undefined,
  stopping?: AbortSignal,
): Promise<number> {
  const context = await currentContext({ store, clock });
  const { organisation, now } = context;
  // Months differ in length; what the margin takes in too much is looked at by its own date.
  const cutoff = DateTime.fromJSDate(now).minus({ months: organisation.retentionMonths }).plus({ days: 3 });
  let destroyed = 0;
  let unread = 0;
  for (;;) {
    const ended = await store.endedBefore(cutoff.toUTC().toISO() ?? '', pageSize + unread);
    let progress = 0;
    for (const id of ended) {
      if (stopping?.aborted) return destroyed;
      const isDestroyed = await destroyOne(id, { store, files, report }, context).catch((fault) => {
        report(fault);
        unread++;
      });
      if (isDestroyed) progress++;
    }
    destroyed += progress;
    if (progress === 0) return destroyed;
  }
}

interface Destroying extends Pick<Surroundings, 'store'> {
  files: Files | undefined;
  report: (fault: unknown) => void;
}

async function destroyOne(
  id: string,
  { store, files, report }: Destroying,
  { organisation, now }: Context,
): Promise<boolean> {
  const expired = async () => {
    const document = await store.load(id);
    if (!document || !('endedAt' in document.complaint)) return undefined;
    return retentionEnds(document.complaint.endedAt, organisation) <= now ? document : undefined;
  };
  if (!(await expired())) return false;
  await leaveRecord(id, { store, clock: () => now });
  const document = await expired();
  if (!document) return false;
  const outcome = await store.destroy(
    id,
    document.version,
    now.toISOString(),
    'R14: retention period passed',
  );
  // The file's key is gone with the complaint; a file that can't be removed now the sweep removes.
  if (outcome === 'committed' && files) await removeFiles(files, id).catch(report);
  return outcome === 'committed';
}
