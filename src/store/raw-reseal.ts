import type { Store } from '../app/store.ts';
import { Fault } from '../fault.ts';
import { countAll, pagesOf, type RawStore, type SealedRecord, sealedKinds } from './raw.ts';
import { fromContactRecord, toContactRecord } from './record.ts';
import { keyIdOf, type Seal } from './seal.ts';

const pageSize = 25;
/** How often it is gone through again where a bot wrote under an older key meanwhile. */
const mostRounds = 3;
/** How often one record is sealed again because somebody else wrote first. */
const mostAttempts = 20;

/** What sealing again needs: the store as it lies, the store as the bot has it, and the seal with all the keys. */
export interface Resealing {
  raw: RawStore;
  store: Pick<
    Store,
    'load' | 'commit' | 'loadRecord' | 'saveRecord' | 'loadOrganisation' | 'saveOrganisation'
  >;
  seal: Seal;
}

/** How many records lie under each key, by its id. */
export async function countByKey(raw: Pick<RawStore, 'page'>): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for await (const records of pagesOf(raw, sealedKinds, 100)) {
    for (const record of records) {
      const kid = keyIdOf((record as SealedRecord).sealed);
      counts.set(kid, (counts.get(kid) ?? 0) + 1);
    }
  }
  return counts;
}

/**
 * Seals everything under the first key again, with the hashes by which it is found. May be broken off and run again,
 * and beside a bot that has the same keys. Gives how many records were sealed again, and how many remain under older
 * keys. Throws where a key is missing or wrong.
 */
export async function reseal(
  { raw, store, seal }: Resealing,
  progress: (done: number, total: number) => void = () => undefined,
): Promise<{ resealed: number; remaining: number }> {
  let resealed = 0;
  for (let round = 1; ; round++) {
    const total = await countAll(raw, sealedKinds);
    let done = 0;
    for await (const records of pagesOf(raw, sealedKinds, pageSize)) {
      for (const record of records as SealedRecord[]) {
        if (keyIdOf(record.sealed) !== seal.keyId) {
          await resealOne(record, { raw, store, seal });
          resealed++;
        }
        progress(++done, total);
      }
    }
    const counts = await countByKey(raw);
    counts.delete(seal.keyId);
    const remaining = [...counts.values()].reduce((sum, count) => sum + count, 0);
    if (remaining === 0 || round === mostRounds) return { resealed, remaining };
  }
}

async function resealOne(record: SealedRecord, { raw, store, seal }: Resealing): Promise<void> {
  switch (record.kind) {
    case 'complaint':
      return untilCommitted(async () => {
        const document = await store.load(record.id);
        // Destroyed meanwhile.
        if (!document) return 'committed';
        const { version, ...content } = document;
        return store.commit(content, version);
      });
    case 'record':
      return untilCommitted(async () => {
        const loaded = await store.loadRecord(record.id);
        return loaded ? store.saveRecord(loaded.record, loaded.version) : 'committed';
      });
    case 'organisation':
      return untilCommitted(async () => {
        const loaded = await store.loadOrganisation();
        return loaded ? store.saveOrganisation(loaded.organisation, loaded.version) : 'committed';
      });
    case 'contact': {
      const after = await toContactRecord(await fromContactRecord(record, seal), seal);
      return raw.replace(record, { kind: 'contact', ...after });
    }
    case 'log': {
      const sealed = await seal.close(record.id, await seal.open(record.id, record.sealed));
      return raw.replace(record, { ...record, sealed });
    }
  }
}

async function untilCommitted(attempt: () => Promise<'committed' | 'conflict'>): Promise<void> {
  for (let count = 0; count < mostAttempts; count++) if ((await attempt()) === 'committed') return;
  throw new Fault(`gave up after ${mostAttempts} version conflicts`);
}
