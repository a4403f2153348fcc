import { randomUUID } from 'node:crypto';
import type { Container, CosmosClient, JSONValue, SqlQuerySpec } from '@azure/cosmos';
import { Fault } from '../fault.ts';
import { containers } from './cosmos-containers.ts';

/** What every item has beside its content. */
export interface Stored {
  id: string;
  /** Of the write that made it so: tells after an unclear answer whether our own write arrived. */
  writeId?: string;
  _etag: string;
}

export interface Query {
  where: string;
  order?: string;
  top: number;
  parameters?: Record<string, JSONValue>;
}

/**
 * How long an operation may take in all, in milliseconds: the SDK would repeat some faults for minutes, and whoever
 * asked is to be told long before Teams gives up.
 */
const deadline = 5000;

/** Carries out an operation, or throws where it isn't done in time; then it is unclear whether it was carried out. */
export async function inTime<T>(act: (abortSignal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(deadline);
  const late = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Fault('the database did not answer in time')));
  });
  const acting = act(signal);
  // What fails after its time is up has been told already.
  acting.catch(() => undefined);
  return Promise.race([acting, late]);
}

export const codeOf = (fault: unknown): unknown => (fault as { code?: unknown })?.code;

/** The containers of an account, as one organisation reads and writes them: within its own partition. */
export function openPartition(client: CosmosClient, database: string, pk: string) {
  const container = (name: string): Container => client.database(database).container(name);

  /** Reads one item by its id, or gives nothing where there is none. */
  async function read<T extends Stored>(from: Container, id: string): Promise<T | undefined> {
    const { resource, statusCode } = await inTime((abortSignal) =>
      from.item(id, pk).read<T>({ abortSignal }),
    );
    return statusCode === 404 ? undefined : resource;
  }

  /** The first items that a condition holds for. */
  async function query<T>(
    from: Container,
    select: string,
    { where, order = '', top, parameters = {} }: Query,
  ): Promise<T[]> {
    const given: Record<string, JSONValue> = { '@pk': pk, '@top': top, ...parameters };
    const spec: SqlQuerySpec = {
      query: `SELECT TOP @top ${select} FROM c WHERE c.pk = @pk AND ${where} ${order}`,
      parameters: Object.entries(given).map(([name, value]) => ({ name, value })),
    };
    return inTime(async (abortSignal) => {
      const pages = from.items.query<T>(spec, { partitionKey: pk, maxItemCount: top, abortSignal });
      const found: T[] = [];
      // A page may come back short; the next is asked for only while something is still missing.
      while (found.length < top && pages.hasMoreResults()) {
        found.push(...((await pages.fetchNext()).resources ?? []));
      }
      return found;
    });
  }

  /** How many items a condition holds for. */
  async function count(from: Container, where: string, abortSignal?: AbortSignal): Promise<number> {
    const spec: SqlQuerySpec = {
      query: `SELECT VALUE COUNT(1) FROM c WHERE c.pk = @pk AND ${where}`,
      parameters: [{ name: '@pk', value: pk }],
    };
    const options = { partitionKey: pk, ...(abortSignal && { abortSignal }) };
    const { resources } = await from.items.query<number>(spec, options).fetchAll();
    return resources[0] ?? 0;
  }

  /** Writes conditionally; where the answer is unclear, reads back and tells by the write's own id. */
  async function write<T extends object>(
    into: Container,
    body: T & { id: string },
    version?: string,
  ): Promise<'committed' | 'conflict'> {
    const writeId = randomUUID();
    const item = { ...body, pk, writeId };
    try {
      await inTime<unknown>((abortSignal) =>
        version === undefined
          ? into.items.create(item, { abortSignal })
          : into
              .item(body.id, pk)
              .replace(item, { abortSignal, accessCondition: { type: 'IfMatch', condition: version } }),
      );
      return 'committed';
    } catch (fault) {
      if ([409, 412, 404].includes(Number(codeOf(fault)))) return 'conflict';
      const stored = await read<Stored>(into, body.id);
      if (stored?.writeId === writeId) return 'committed';
      if (stored?._etag === version) throw fault;
      return 'conflict';
    }
  }

  /** Takes an item out if it is still at `version`; where it is gone already, that is as well. */
  async function remove(from: Container, id: string, version: string): Promise<void> {
    await from
      .item(id, pk)
      .delete({ accessCondition: { type: 'IfMatch', condition: version } })
      .catch((fault) => {
        if (![404, 412].includes(Number(codeOf(fault)))) throw fault;
      });
  }

  return {
    complaints: container(containers.complaints),
    settings: container(containers.settings),
    logs: container(containers.logs),
    records: container(containers.records),
    ...{ read, query, count, write, remove },
  };
}
export type Partition = ReturnType<typeof openPartition>;
