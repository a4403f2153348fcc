import { randomUUID } from 'node:crypto';
import type { CosmosClient } from '@azure/cosmos';
import type { ComplaintDocument, LogEntry, Store, Versioned } from '../app/store.ts';
import { inTime, openPartition, type Query, type Stored } from './cosmos-partition.ts';
import { openSettings } from './cosmos-settings.ts';
import { createOpened } from './opened.ts';
import { pageOfIds } from './page.ts';
import {
  asRead,
  type ComplaintRecord,
  forViewer,
  fromRecord,
  fromRecordRecord,
  placesOf,
  type RecordRecord,
  toLogRecord,
  toRecord,
  toRecordRecord,
} from './record.ts';
import type { Seal } from './seal.ts';

/** A complaint as it lies in Cosmos DB; `place` is where it stands in a list: when it was logged, then its id. */
type Item = ComplaintRecord & Stored & { place: string };

/**
 * The store in Cosmos DB, for one organisation: point reads, conditional writes on the etag, and queries within the
 * organisation's partition on indexed paths. After a write whose answer is unclear it reads back and decides by the
 * write's own id, so that nothing is said to be written that is not. Throws where the account does not answer.
 */
export function createCosmosStore(client: CosmosClient, database: string, pk: string, seal: Seal): Store {
  const partition = openPartition(client, database, pk);
  const { complaints, logs, records, read, query, count, write } = partition;

  const documents = createOpened((item) => fromRecord(item, seal));
  const opened = ({ id, sealed }: Pick<Item, 'id' | 'sealed'>) => documents.open({ id, sealed });
  const versioned = async (item: Item | undefined): Promise<Versioned<ComplaintDocument> | undefined> =>
    item && isThere(item) ? { ...(await opened(item)), version: item._etag } : undefined;

  /** One of the hashes of the keys stands in an indexed list. */
  function holdsOneOf(list: string, keys: readonly string[]): Pick<Query, 'where' | 'parameters'> {
    const hashes = keys.flatMap(seal.hashes);
    const where = hashes.map((_hash, index) => `ARRAY_CONTAINS(c.${list}, @${list}${index})`).join(' OR ');
    return {
      where: hashes.length > 0 ? `(${where})` : 'false',
      parameters: Object.fromEntries(hashes.map((hash, index) => [`@${list}${index}`, hash])),
    };
  }

  const idsOf = async (asked: Query) =>
    (await query<{ id: string }>(complaints, 'c.id', asked)).map(({ id }) => id);
  const idsWhere = async (condition: string, { limit, after = '' }: { limit: number; after?: string }) => {
    const where = `${condition} AND c.id > @after`;
    const parameters = { '@after': after };
    return pageOfIds(await idsOf({ where, order: 'ORDER BY c.id', top: limit, parameters }), limit);
  };

  const writeLog = async (log: LogEntry['log'], { at, ...entry }: { at: string }) => {
    const record = await toLogRecord(randomUUID(), at, entry, seal);
    const item = { ...record, pk, log, place: `${record.at}/${record.id}` };
    await inTime((abortSignal) => logs.items.create(item, { abortSignal }));
  };

  return {
    // A point read costs half of a query; what others may not see is not opened.
    load: async (id, viewerKeys) => versioned(forViewer(await read<Item>(complaints, id), viewerKeys, seal)),
    findByReference: async (reference, viewerKeys) => {
      const viewer =
        viewerKeys === undefined ? { where: 'true', parameters: {} } : holdsOneOf('audience', viewerKeys);
      const [item] = await query<Item>(complaints, '*', {
        where: `c.reference = @reference AND ${viewer.where}`,
        top: 1,
        parameters: { '@reference': reference, ...viewer.parameters },
      });
      return versioned(item);
    },
    commit: async (document, version) => {
      const record = await toRecord(document, seal);
      const place = `${record.loggedAt}/${record.id}`;
      const result = await write(complaints, { ...record, place }, version);
      if (result === 'committed') documents.keep(record, asRead(document));
      return result;
    },
    list: async (viewerKeys, { limit, after = '9999' }) => {
      if (!/^\d{4}/.test(after)) return { items: [] };
      const viewer = holdsOneOf('audience', viewerKeys);
      const found = await query<Item>(complaints, '*', {
        where: `c.place < @after AND ${viewer.where}`,
        order: 'ORDER BY c.place DESC',
        top: limit + 1,
        parameters: { '@after': after, ...viewer.parameters },
      });
      const items = await Promise.all(
        found.slice(0, limit).map(async (item) => (await opened(item)).complaint),
      );
      const last = found.length > limit ? found[limit - 1] : undefined;
      return last ? { items, next: last.place } : { items };
    },
    search: async (searchKeys, limit, viewerKeys) => {
      const named = holdsOneOf('searchKeys', searchKeys);
      const viewer = viewerKeys === undefined ? { where: 'true' } : holdsOneOf('audience', viewerKeys);
      const found = await query<Item>(complaints, '*', {
        where: `${named.where} AND ${viewer.where}`,
        parameters: { ...named.parameters, ...viewer.parameters },
        order: 'ORDER BY c.place DESC',
        top: limit,
      });
      return Promise.all(found.map(async (item) => (await opened(item)).complaint));
    },
    active: (page) => idsWhere('c.active = true', page),
    // What was destroyed has no place in a list; the sealed part tells it too, but has no index.
    all: (page) => idsWhere('IS_DEFINED(c.place)', page),
    findDestroyed: async (reference) => {
      const [found] = await query<{ destroyedAt: string; rule: string }>(complaints, '*', {
        where: 'c.reference = @reference AND IS_DEFINED(c.destroyedAt)',
        top: 1,
        parameters: { '@reference': reference },
      });
      return found && { reference, destroyedAt: found.destroyedAt, rule: found.rule };
    },
    wasDestroyed: async (id) => {
      const item = await read<Item>(complaints, id);
      return item !== undefined && !isThere(item);
    },
    endedBefore: (moment, limit) =>
      idsOf({
        where: 'c.endedAt < @moment AND c.endedAt > ""',
        order: 'ORDER BY c.endedAt',
        top: limit,
        parameters: { '@moment': moment },
      }),
    destroy: async (id, version, destroyedAt, rule) => {
      const item = await read<Item>(complaints, id);
      if (!item || item._etag !== version) return 'conflict';
      const { reference, loggedAt } = item;
      const result = await write(complaints, { id, reference, loggedAt, destroyedAt, rule }, version);
      // Afterwards: who read it meanwhile has remembered it anew (R14).
      if (result === 'committed') documents.forget(id);
      return result;
    },
    due: (now, limit) =>
      idsOf({
        where: 'c.dueAt <= @now AND c.dueAt > ""',
        order: 'ORDER BY c.dueAt',
        top: limit,
        parameters: { '@now': now },
      }),
    waiting: () => inTime((abortSignal) => count(complaints, 'c.owedSince > ""', abortSignal)),
    waitingSince: async (after = '') => {
      const [first] = await query<{ owedSince: string }>(complaints, 'c.owedSince', {
        where: 'c.owedSince > @after',
        order: 'ORDER BY c.owedSince',
        top: 1,
        parameters: { '@after': after },
      });
      return first?.owedSince;
    },
    loadRecord: async (id) => {
      const item = await read<RecordRecord & Stored>(records, id);
      return item && { record: await fromRecordRecord(item, seal), version: item._etag };
    },
    saveRecord: async (record, version) => write(records, await toRecordRecord(record, seal), version),
    records: async (of, { limit, after }) => {
      const { from, to } = placesOf(of);
      const found = await query<RecordRecord>(records, '*', {
        where: 'c.place > @from AND c.place < @to',
        order: 'ORDER BY c.place',
        top: limit,
        parameters: { '@from': after ?? from, '@to': to },
      });
      const items = await Promise.all(found.map((item) => fromRecordRecord(item, seal)));
      const last = found.length === limit ? found.at(-1) : undefined;
      return last ? { items, next: last.place } : { items };
    },
    ...openSettings(partition, pk, seal),
    recordLook: async (look) => writeLog('look', look),
    recordChange: async (change) => writeLog('change', change),
    recordPrivacyUse: async (use) => writeLog('privacy', use),
    readLog: async (log, { limit, after = '' }) => {
      const found = await query<{ id: string; sealed: string; place: string }>(logs, '*', {
        where: 'c.log = @log AND c.place > @after',
        order: 'ORDER BY c.place',
        top: limit,
        parameters: { '@log': log, '@after': after },
      });
      const items = await Promise.all(
        found.map(
          async ({ id, sealed }) => ({ log, ...JSON.parse(await seal.open(id, sealed)) }) as LogEntry,
        ),
      );
      const last = found.length === limit ? found.at(-1) : undefined;
      return last ? { items, next: last.place } : { items };
    },
    close: async () => client.dispose(),
  };
}

/** What was destroyed has no sealed part any more. */
const isThere = (item: Partial<Item>): item is Item => item.sealed !== undefined;
