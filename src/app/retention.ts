import { DateTime } from 'luxon';
import { retentionEnds } from '../domain/retention.ts';
import { currentContext, type Surroundings } from './handle-command.ts';

const pageSize = 100;

/**
 * R14: destroys the personal data of complaints whose retention period has passed since they ended; a complaint that
 * was reopened counts anew. Run again after a restore from a copy it does the same again. Gives how many it destroyed.
 */
export async function destroyExpired(
  { store, clock }: Pick<Surroundings, 'store' | 'clock'>,
  stopping?: AbortSignal,
): Promise<number> {
  const { organisation, now } = await currentContext({ store, clock });
  const cutoff = DateTime.fromJSDate(now).minus({ months: organisation.retentionMonths }).plus({ days: 3 });
  let destroyed = 0;
  for (const id of await store.endedBefore(cutoff.toUTC().toISO() ?? '', pageSize)) {
    if (stopping?.aborted) return destroyed;
    const document = await store.load(id);
    if (!document || !('endedAt' in document.complaint)) continue;
    if (retentionEnds(document.complaint.endedAt, organisation) > now) continue;
    const outcome = await store.destroy(
      id,
      document.version,
      now.toISOString(),
      'R14: retention period passed',
    );
    if (outcome === 'committed') destroyed++;
  }
  return destroyed;
}
