import { randomUUID } from 'node:crypto';
import type { Container, CosmosClient, JSONValue, SqlQuerySpec } from '@azure/cosmos';
import type { ComplaintDocument, LogEntry, Store, Versioned } from '../app/store.ts';
import { containers } from './cosmos-containers.ts';
import {
  type ComplaintRecord,
  contactIdsOf,
  fromContactRecord,
  fromRecord,
  openOrganisation,
  organisationId,
  sealOrganisation,
  toContactRecord,
  toLogRecord,
  toRecord,
} from './record.ts';
import type { Seal } from './seal.ts';

/** A complaint as it lies in Cosmos DB. */
type Item = ComplaintRecord & {
  pk: string;
  /** Where it stands in a list: when it was logged, then its id. */
  place: string;
  /** Of the write that made it so: tells after an unclear answer whether our own write arrived. */
  writeId: string;
  _etag: string;
};

interface Setting {
  id: string;
  pk: string;
  kind: string;
  _etag: string;
  writeId?: string;
  sealed?: string;
  number?: number;
  holder?: string;
  until?: string;
}

interface Query {
  where: string;
  order?: string;
  top: number;
  parameters?: Record<string, JSONValue>;
}

const codeOf = (fault: unknown): unknown => (fault as { code?: unknown })?.code;

/**
 * The store in Cosmos DB, for one organisation: point reads, conditional writes on the etag, and queries within the
 * organisation's partition on indexed paths. After a write whose answer is unclear it reads back and decides by the
 * write's own id, so that nothing is said to be written that is not. Throws where the account does not answer.
 */
export function createCosmosStore(client: CosmosClient, database: string, pk: string, seal: Seal): Store {
  const container = (name: string): Container => client.database(database).container(name);
  const complaints = container(containers.complaints);
  const settings = container(containers.settings);
  const logs = container(containers.logs);

  async function read<T extends { _etag: string }>(from: Container, id: string): Promise<T | undefined> {
    const { resource, statusCode } = await from.item(id, pk).read<T>();
    return statusCode === 404 ? undefined : resource;
  }

  async function query<T>(
    from: Container,
    select: string,
    { where, order = '', top, parameters = {} }: Query,
  ) {
    const given: Record<string, JSONValue> = { '@pk': pk, '@top': top, ...parameters };
    const spec: SqlQuerySpec = {
      query: `SELECT TOP @top ${select} FROM c WHERE c.pk = @pk AND ${where} ${order}`,
      parameters: Object.entries(given).map(([name, value]) => ({ name, value })),
    };
    const pages = from.items.query<T>(spec, { partitionKey: pk, maxItemCount: top });
    const found: T[] = [];
    // A page may come back short; the next is asked for only while something is still missing.
    while (found.length < top && pages.hasMoreResults())
      found.push(...((await pages.fetchNext()).resources ?? []));
    return found;
  }

  /** Writes conditionally; where the answer is unclear, reads back and tells by the write's own id. */
  async function write<T extends object>(into: Container, body: T & { id: string }, version?: string) {
    const writeId = randomUUID();
    const item = { ...body, pk, writeId };
    try {
      if (version === undefined) await into.items.create(item);
      else
        await into
          .item(body.id, pk)
          .replace(item, { accessCondition: { type: 'IfMatch', condition: version } });
      return 'committed' as const;
    } catch (fault) {
      if ([409, 412, 404].includes(Number(codeOf(fault)))) return 'conflict' as const;
      const stored = await read<Setting>(into, body.id);
      if (stored?.writeId === writeId) return 'committed' as const;
      if (stored?._etag === version) throw fault;
      return 'conflict' as const;
    }
  }

  const opened = (item: Pick<Item, 'id' | 'sealed'>) => fromRecord(item, seal);
  const versioned = async (item: Item | undefined): Promise<Versioned<ComplaintDocument> | undefined> =>
    item && isThere(item) ? { ...(await opened(item)), version: item._etag } : undefined;

  /** One of the hashes of the keys stands in an indexed list. */
  function holdsOneOf(list: string, keys: readonly string[]): Pick<Query, 'where' | 'parameters'> {
    const hashes = keys.flatMap(seal.hashes);
    const where = hashes.map((_hash, index) => `ARRAY_CONTAINS(c.${list}, @key${index})`).join(' OR ');
    return {
      where: hashes.length > 0 ? `(${where})` : 'false',
      parameters: Object.fromEntries(hashes.map((hash, index) => [`@key${index}`, hash])),
    };
  }

  const writeLog = async (log: LogEntry['log'], { at, ...entry }: { at: string }) => {
    const record = await toLogRecord(randomUUID(), at, entry, seal);
    await logs.items.create({ ...record, pk, log, place: `${record.at}/${record.id}` });
  };

  return {
    load: async (id) => versioned(await read<Item>(complaints, id)),
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
      return write(complaints, { ...record, place: `${record.loggedAt}/${record.id}` }, version);
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
    search: async (searchKey, limit) => {
      const found = await query<Item>(complaints, '*', {
        ...holdsOneOf('searchKeys', [searchKey]),
        order: 'ORDER BY c.place DESC',
        top: limit,
      });
      return Promise.all(found.map(async (item) => (await opened(item)).complaint));
    },
    active: async ({ limit, after = '' }) => {
      const found = await query<{ id: string }>(complaints, 'c.id', {
        where: 'c.active = true AND c.id > @after',
        order: 'ORDER BY c.id',
        top: limit,
        parameters: { '@after': after },
      });
      const items = found.map(({ id }) => id);
      const last = items.length === limit ? items.at(-1) : undefined;
      return last === undefined ? { items } : { items, next: last };
    },
    endedBefore: async (moment, limit) => {
      const found = await query<{ id: string }>(complaints, 'c.id', {
        where: 'c.endedAt < @moment AND c.endedAt > ""',
        order: 'ORDER BY c.endedAt',
        top: limit,
        parameters: { '@moment': moment },
      });
      return found.map(({ id }) => id);
    },
    destroy: async (id, version, destroyedAt, rule) => {
      const item = await read<Item>(complaints, id);
      if (!item || item._etag !== version) return 'conflict';
      const { reference, loggedAt } = item;
      return write(complaints, { id, reference, loggedAt, destroyedAt, rule }, version);
    },
    due: async (now, limit) => {
      const found = await query<{ id: string }>(complaints, 'c.id', {
        where: 'c.dueAt <= @now AND c.dueAt > ""',
        order: 'ORDER BY c.dueAt',
        top: limit,
        parameters: { '@now': now },
      });
      return found.map(({ id }) => id);
    },
    nextNumber: async (year) => {
      const id = `counter-${year}`;
      const increment = async (): Promise<number | undefined> => {
        const { resource } = await settings
          .item(id, pk)
          .patch<Setting>([{ op: 'incr', path: '/number', value: 1 }])
          .catch((fault) => {
            if (codeOf(fault) === 404) return { resource: undefined };
            throw fault;
          });
        return resource?.number;
      };
      const number = await increment();
      if (number !== undefined) return number;
      if ((await write(settings, { id, kind: 'counter', number: 1 })) === 'committed') return 1;
      return Number(await increment());
    },
    lease: async (task, holder, now, until) => {
      const id = `lease-${task}`;
      const held = await read<Setting>(settings, id);
      if (held && held.holder !== holder && String(held.until) > now) return false;
      return (await write(settings, { id, kind: 'lease', holder, until }, held?._etag)) === 'committed';
    },
    loadOrganisation: async () => {
      const item = await read<Setting>(settings, organisationId);
      return item?.sealed === undefined
        ? undefined
        : { organisation: await openOrganisation(item.sealed, seal), version: item._etag };
    },
    saveOrganisation: async (organisation, version) => {
      const sealed = await sealOrganisation(organisation, seal);
      return write(settings, { id: organisationId, kind: 'organisation', sealed }, version);
    },
    loadContact: async (personId) => {
      for (const id of contactIdsOf(personId, seal)) {
        const item = await read<Setting>(settings, id);
        if (item?.sealed !== undefined) return fromContactRecord({ id, sealed: item.sealed }, seal);
      }
      return undefined;
    },
    anyContact: async () => {
      const [item] = await query<Setting>(settings, '*', { where: 'c.kind = "contact"', top: 1 });
      return item?.sealed === undefined
        ? undefined
        : fromContactRecord({ id: item.id, sealed: item.sealed }, seal);
    },
    saveContact: async (contact) => {
      await settings.items.upsert({ ...(await toContactRecord(contact, seal)), pk, kind: 'contact' });
    },
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
    check: async () => {
      await read<Setting>(settings, organisationId);
    },
    close: async () => client.dispose(),
  };
}

/** What was destroyed has no sealed part any more. */
const isThere = (item: Partial<Item>): item is Item => item.sealed !== undefined;
