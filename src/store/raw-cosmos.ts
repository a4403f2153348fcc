import type { Container, CosmosClient } from '@azure/cosmos';
import { Fault } from '../fault.ts';
import { codeOf, openPartition, type Stored } from './cosmos-partition.ts';
import {
  putOver,
  type RawKind,
  type RawRecord,
  type RawStore,
  rawRecordSchema,
  referenceTaken,
} from './raw.ts';

/** How often a record is put anew because somebody else wrote first. */
const mostAttempts = 10;

/** Which items of which container are of a kind, and by what they are ordered. */
const lying: Record<
  RawKind,
  { of: 'complaints' | 'settings' | 'logs' | 'records'; where: string; key: 'id' | 'place' }
> = {
  tombstone: { of: 'complaints', where: 'IS_DEFINED(c.destroyedAt)', key: 'id' },
  complaint: { of: 'complaints', where: 'IS_DEFINED(c.sealed)', key: 'id' },
  counter: { of: 'settings', where: 'c.kind = "counter"', key: 'id' },
  record: { of: 'records', where: 'IS_DEFINED(c.sealed)', key: 'place' },
  organisation: { of: 'settings', where: 'c.kind = "organisation"', key: 'id' },
  contact: { of: 'settings', where: 'c.kind = "contact"', key: 'id' },
  log: { of: 'logs', where: 'IS_DEFINED(c.log)', key: 'place' },
};

type Item = Stored & { place?: string };
type RawContent = { id: string; kind?: string; place?: string };

/**
 * Opens what one organisation has in Cosmos DB as it lies. Throws a `Fault` where the database or a container is
 * not there.
 */
export async function openRawCosmos(client: CosmosClient, database: string, pk: string): Promise<RawStore> {
  const partition = openPartition(client, database, pk);
  const { complaints, read, query, count, write, remove } = partition;
  for (const each of [complaints, partition.settings, partition.logs, partition.records])
    await refuseAbsent(each, database);

  const containerOf = (kind: RawKind) => partition[lying[kind].of];
  const itemOf = (record: RawRecord) => read<Item>(containerOf(record.kind), record.id);

  async function put(record: RawRecord) {
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      const item = await itemOf(record);
      const outcome = putOver(item && parse(record.kind, item), record);
      if (outcome !== 'written') return outcome;
      if (!item) await refuseTaken(record);
      if ((await write(containerOf(record.kind), toItem(record), item?._etag)) === 'committed')
        return outcome;
    }
    throw new Fault(`gave up after ${mostAttempts} version conflicts`);
  }

  async function refuseTaken(record: RawRecord): Promise<void> {
    if (record.kind !== 'complaint' && record.kind !== 'tombstone') return;
    const { id, reference } = record;
    const [taken] = await query(complaints, 'c.id', {
      where: 'c.reference = @reference AND c.id != @id',
      top: 1,
      parameters: { '@reference': reference, '@id': id },
    });
    if (taken) throw referenceTaken(reference);
  }

  return {
    count: (kind) => count(containerOf(kind), lying[kind].where),
    page: async (kind, { limit, after = '' }) => {
      const { where, key } = lying[kind];
      const found = await query<Item>(containerOf(kind), '*', {
        where: `${where} AND c.${key} > @after`,
        order: `ORDER BY c.${key}`,
        top: limit,
        parameters: { '@after': after },
      });
      const items = found.map((item) => parse(kind, item));
      const last = found.length === limit ? found.at(-1) : undefined;
      return last ? { items, next: String(last[key]) } : { items };
    },
    find: async (record) => {
      const item = await itemOf(record);
      return item && parse(record.kind, item);
    },
    put: (records) => Promise.all(records.map(put)),
    replace: async (before, after) => {
      const item = await itemOf(before);
      const there = item && parse(before.kind, item);
      if (!item || !there || !('sealed' in there) || there.sealed !== before.sealed) return;
      const isMoved = before.id !== after.id;
      await write(containerOf(after.kind), toItem(after), isMoved ? undefined : item._etag);
      if (isMoved) await remove(containerOf(before.kind), before.id, item._etag);
    },
    settle: async () => true,
    close: async () => client.dispose(),
  };
}

async function refuseAbsent(container: Container, database: string): Promise<void> {
  await container.read().catch((fault) => {
    if (codeOf(fault) !== 404) throw fault;
    throw new Fault(
      `the database ${database} or its container ${container.id} is not there; make it with: npm run cosmos:setup`,
      { cause: fault },
    );
  });
}

/** An item of the complaints says itself whether it was destroyed. */
function parse(kind: RawKind, item: Item): RawRecord {
  const isDestroyed = kind === 'complaint' || kind === 'tombstone' ? 'destroyedAt' in item : undefined;
  const truly = isDestroyed === undefined ? kind : isDestroyed ? 'tombstone' : 'complaint';
  return rawRecordSchema.parse({ ...item, kind: truly });
}

/** A record as the store writes it: its kind stands in it only among the settings. */
function toItem({ kind, ...content }: RawRecord): RawContent {
  if (lying[kind].of === 'settings') return { ...content, kind };
  const moment =
    'at' in content ? content.at : 'sealed' in content && 'loggedAt' in content && content.loggedAt;
  return moment ? { ...content, place: `${moment}/${content.id}` } : content;
}
