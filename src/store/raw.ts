import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Page } from '../app/store.ts';
import { Fault } from '../fault.ts';
import { complaintRecordSchema } from './record.ts';

const sealedSchema = z.object({ id: z.string().min(1), sealed: z.string().min(1) });

/** A record as it lies in a store, sealed parts and all: what is copied from one store to another, without a key. */
export const rawRecordSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('tombstone'),
    id: z.string().min(1),
    reference: z.string(),
    loggedAt: z.string(),
    destroyedAt: z.string(),
    rule: z.string(),
  }),
  z.object({ kind: z.literal('counter'), id: z.string().regex(/^counter-\d{4}$/), number: z.int() }),
  complaintRecordSchema.extend({ kind: z.literal('complaint') }),
  sealedSchema.extend({ kind: z.literal('organisation') }),
  sealedSchema.extend({ kind: z.literal('contact') }),
  sealedSchema.extend({ kind: z.literal('record'), place: z.string() }),
  sealedSchema.extend({
    kind: z.literal('log'),
    log: z.enum(['look', 'change', 'privacy']),
    at: z.string(),
  }),
]);
export type RawRecord = z.infer<typeof rawRecordSchema>;
export type RawKind = RawRecord['kind'];
export type RawOf<K extends RawKind> = Extract<RawRecord, { kind: K }>;
export type SealedRecord = Extract<RawRecord, { sealed: string }>;

/**
 * What a store holds, in the order in which it is copied: first what was destroyed and which numbers were given, so
 * that a copy that broke off never shows the one, nor gives the other twice. Leases are of the moment and stay behind.
 */
export const rawKinds = [
  'tombstone',
  'counter',
  'record',
  'complaint',
  'organisation',
  'contact',
  'log',
] as const;
export const sealedKinds = ['record', 'complaint', 'organisation', 'contact', 'log'] as const;

/** What became of a record that was put: `kept` where what is there stands. */
export type Put = 'written' | 'same' | 'kept';

/** A store as it lies, for tools that copy it or seal it again. Throws a `Fault` where it can't be reached. */
export interface RawStore {
  /** How many records of a kind there are. */
  count(kind: RawKind): Promise<number>;
  /** Records of a kind, page by page in a fixed order. */
  page(kind: RawKind, page: { limit: number; after?: string }): Promise<Page<RawRecord>>;
  /** What stands in the place of a record; for a complaint that was destroyed, its tombstone. */
  find(record: RawRecord): Promise<RawRecord | undefined>;
  /** Puts records in their places, each by the rules of `putOver`; the same again changes nothing. */
  put(records: readonly RawRecord[]): Promise<Put[]>;
  /**
   * Puts a sealed record in the place of another that is still as it was read. Where its id is a new one that is
   * taken already, what is there stands, and the old one goes.
   */
  replace(before: SealedRecord, after: SealedRecord): Promise<void>;
  /** Sees to it that nothing stays behind of what was replaced; tells whether that could be done in so many attempts. */
  settle(attempts?: number): Promise<boolean>;
  close(): Promise<void>;
}

/** The hash of all that a record holds, the same in every store. */
export function hashOf(record: RawRecord): string {
  const fields = Object.entries(record).map(([name, value]) => [
    name,
    Array.isArray(value) ? [...new Set(value)].sort() : value,
  ]);
  return createHash('sha256').update(JSON.stringify(fields.sort())).digest('hex');
}

/** What putting a record over another does: what was destroyed stays so, and a counter only goes up (R14). */
export function putOver(there: RawRecord | undefined, record: RawRecord): Put {
  if (!there) return 'written';
  if (there.kind === 'tombstone')
    return record.kind === 'tombstone' && hashOf(there) === hashOf(record) ? 'same' : 'kept';
  if (hashOf(there) === hashOf(record)) return 'same';
  if (there.kind === 'counter' && record.kind === 'counter' && there.number >= record.number) return 'kept';
  return 'written';
}

/** Goes through all records of some kinds, a page at a time. */
export async function* pagesOf(
  store: Pick<RawStore, 'page'>,
  kinds: readonly RawKind[],
  limit: number,
): AsyncGenerator<RawRecord[]> {
  for (const kind of kinds) {
    let after: string | undefined;
    do {
      const page = await store.page(kind, { limit, ...(after !== undefined && { after }) });
      if (page.items.length > 0) yield page.items;
      after = page.next;
    } while (after !== undefined);
  }
}

/** How many records of some kinds there are. */
export async function countAll(store: Pick<RawStore, 'count'>, kinds: readonly RawKind[]): Promise<number> {
  const counts = await Promise.all(kinds.map((kind) => store.count(kind)));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Says that a reference names another complaint where the records go. */
export const referenceTaken = (reference: string) =>
  new Fault(`${reference} names another complaint at the target: these two stores were never one`);
