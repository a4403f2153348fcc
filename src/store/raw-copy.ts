import { countAll, hashOf, pagesOf, putOver, type RawKind, type RawStore, rawKinds } from './raw.ts';

const pageSize = 25;
/** How often it is gone through again where the source changed meanwhile. */
const mostRounds = 3;

/** What a copy came to. */
export interface Copied {
  /** How many records of each kind the source has. */
  counts: Record<RawKind, number>;
  /** How many were written. */
  written: number;
  /** How many were found at the target with the same hash. */
  verified: number;
  /** How many are something else at the target, which stands: destroyed there, or a counter that is further. */
  kept: number;
  /** How many the target has of which the source knows nothing. */
  beyond: number;
  /** How many are not there, or differ; 0 when all is well. */
  differing: number;
}

/**
 * Copies all that a store holds to another, sealed as it is, and then compares every record by its hash. May be broken
 * off and run again. `progress` is told of each step: how many are done, and of how many.
 */
export async function copyRecords(
  source: RawStore,
  target: RawStore,
  progress: (done: number, total: number) => void = () => undefined,
): Promise<Copied> {
  const counts = {} as Record<RawKind, number>;
  for (const kind of rawKinds) counts[kind] = await source.count(kind);
  const total = 2 * (await countAll(source, rawKinds));
  let written = 0;
  for (let round = 1; ; round++) {
    let done = 0;
    for await (const records of pagesOf(source, rawKinds, pageSize)) {
      const outcomes = await target.put(records);
      written += outcomes.filter((outcome) => outcome === 'written').length;
      done += records.length;
      progress(done, total);
    }
    const compared = await compare(source, target, (count) => progress(done + count, total));
    if (compared.differing === 0 || round === mostRounds) return { counts, written, ...compared };
  }
}

/** Compares what two stores hold, record by record. */
async function compare(source: RawStore, target: RawStore, progress: (done: number) => void) {
  let [done, verified, kept, differing] = [0, 0, 0, 0];
  for await (const records of pagesOf(source, rawKinds, pageSize)) {
    const there = await Promise.all(records.map((record) => target.find(record)));
    for (const [index, record] of records.entries()) {
      const found = there[index];
      if (found && hashOf(found) === hashOf(record)) verified++;
      else if (putOver(found, record) === 'kept') kept++;
      else differing++;
    }
    done += records.length;
    progress(done);
  }
  const beyond = (await countAll(target, rawKinds)) - verified - kept;
  return { verified, kept, differing, beyond: Math.max(0, beyond) };
}
