import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type Put,
  putOver,
  type RawKind,
  type RawOf,
  type RawRecord,
  type RawStore,
  rawRecordSchema,
  referenceTaken,
  type SealedRecord,
} from './raw.ts';
import { organisationId } from './record.ts';
import { atomically, openSqliteFile } from './sqlite-file.ts';

/** How often it is tried to leave nothing behind while others are at work, and how long it waits, in milliseconds. */
const settleAttempts = 5;
const settlePause = 500;

type Row = Record<string, SQLInputValue>;

const keysOf = (table: string) =>
  `(SELECT json_group_array(key) FROM (SELECT key FROM ${table} WHERE complaint_id = complaint.id ORDER BY key))`;

/** The columns of each kind, and those of its key, by which pages are ordered. */
const tables: Record<RawKind, { table: string; columns: string; key: string }> = {
  tombstone: {
    table: 'tombstone',
    columns: 'id, reference, logged_at AS loggedAt, destroyed_at AS destroyedAt, rule',
    key: 'id',
  },
  counter: { table: 'counter', columns: `'counter-' || year AS id, number`, key: 'year' },
  complaint: {
    table: 'complaint',
    columns: `id, reference, logged_at AS loggedAt, active, ended_at AS endedAt, due_at AS dueAt, owed_since AS owedSince,
      key_id AS keyId, sealed, ${keysOf('audience')} AS audience, ${keysOf('search')} AS searchKeys`,
    key: 'id',
  },
  record: { table: 'record', columns: 'id, place, sealed', key: 'id' },
  organisation: { table: 'organisation', columns: `'${organisationId}' AS id, sealed`, key: 'id' },
  contact: { table: 'contact', columns: 'id, sealed', key: 'id' },
  log: { table: 'log', columns: 'name AS log, at, id, sealed', key: 'name, at, id' },
};

/** The values of a record's key. */
function keyOf(record: RawRecord): SQLInputValue[] {
  if (record.kind === 'counter') return [Number(record.id.slice('counter-'.length))];
  if (record.kind === 'organisation') return [1];
  return record.kind === 'log' ? [record.log, record.at, record.id] : [record.id];
}

/**
 * Opens the embedded store as it lies. With `snapshot` it is read as it is at this moment, whatever a bot writes
 * meanwhile. Throws where the file is no database, or one of a newer version of this program.
 */
export function openRawSqlite(file: string, { snapshot = false } = {}): RawStore {
  const db = openSqliteFile(file);
  if (snapshot) db.exec('BEGIN; SELECT count(*) FROM complaint');

  const find = (record: RawRecord): RawRecord | undefined => {
    const one = (kind: RawKind) => {
      const { table, columns, key } = tables[kind];
      const values = keyOf(record);
      const sql = `SELECT ${columns} FROM ${table} WHERE (${key}) = (${marks(values)})`;
      const row = db.prepare(sql).get(...values) as Row | undefined;
      return row && parse(kind, row);
    };
    if (record.kind !== 'complaint' && record.kind !== 'tombstone') return one(record.kind);
    return one('tombstone') ?? one('complaint');
  };

  const put = (record: RawRecord): Put => {
    const outcome = putOver(find(record), record);
    if (outcome === 'written') write(db, record);
    return outcome;
  };

  return {
    count: async (kind) =>
      Number(db.prepare(`SELECT count(*) AS count FROM ${tables[kind].table}`).get()?.['count']),
    page: async (kind, { limit, after }) => {
      const { table, columns, key } = tables[kind];
      const values: SQLInputValue[] = after === undefined ? [] : JSON.parse(after);
      const from = after === undefined ? '' : `WHERE (${key}) > (${marks(values)})`;
      const sql = `SELECT ${columns} FROM ${table} ${from} ORDER BY ${key} LIMIT ?`;
      const items = (db.prepare(sql).all(...values, limit) as Row[]).map((row) => parse(kind, row));
      const last = items.length === limit ? items.at(-1) : undefined;
      return last ? { items, next: JSON.stringify(keyOf(last)) } : { items };
    },
    find: async (record) => find(record),
    put: async (records) => atomically(db, () => records.map(put)),
    replace: async (before, after) =>
      atomically(db, () => {
        const there = find(before);
        if (!there || !('sealed' in there) || there.sealed !== before.sealed) return;
        if (before.id !== after.id) remove(db, before);
        if (before.id === after.id || !find(after)) write(db, after);
      }),
    settle: async (attempts = settleAttempts) => {
      for (let attempt = 0; attempt < attempts; attempt++) {
        if (attempt > 0) await pause(settlePause);
        if (rewrite(db)) return true;
      }
      return false;
    },
    close: async () => db.close(),
  };
}

const marks = (values: readonly unknown[]) => values.map(() => '?').join(', ');

function parse(kind: RawKind, row: Row): RawRecord {
  if (kind !== 'complaint') return rawRecordSchema.parse({ kind, ...row });
  const list = (column: string): unknown => JSON.parse(String(row[column]));
  const audience = list('audience');
  const searchKeys = list('searchKeys');
  return rawRecordSchema.parse({ kind, ...row, active: row['active'] === 1, audience, searchKeys });
}

function write(db: DatabaseSync, record: RawRecord): void {
  const run = (sql: string, ...values: SQLInputValue[]) => db.prepare(sql).run(...values);
  switch (record.kind) {
    case 'tombstone':
      refuseTaken(db, record);
      run('DELETE FROM complaint WHERE id = ?', record.id);
      run(
        'INSERT INTO tombstone (id, reference, logged_at, destroyed_at, rule) VALUES (?, ?, ?, ?, ?)',
        ...[record.id, record.reference, record.loggedAt, record.destroyedAt, record.rule],
      );
      return;
    case 'complaint':
      writeComplaint(db, record);
      return;
    case 'counter':
      run(
        'INSERT INTO counter (year, number) VALUES (?, ?) ON CONFLICT DO UPDATE SET number = excluded.number',
        ...[Number(record.id.slice('counter-'.length)), record.number],
      );
      return;
    case 'record':
      run(
        `INSERT INTO record (id, place, version, sealed) VALUES (?, ?, 1, ?)
          ON CONFLICT (id) DO UPDATE SET place = excluded.place, sealed = excluded.sealed, version = version + 1`,
        ...[record.id, record.place, record.sealed],
      );
      return;
    case 'organisation':
      run(
        `INSERT INTO organisation (id, version, sealed) VALUES (1, 1, ?)
          ON CONFLICT DO UPDATE SET sealed = excluded.sealed, version = version + 1`,
        record.sealed,
      );
      return;
    case 'contact':
      run('INSERT OR REPLACE INTO contact (id, sealed) VALUES (?, ?)', record.id, record.sealed);
      return;
    case 'log':
      run(
        'INSERT OR REPLACE INTO log (name, at, id, sealed) VALUES (?, ?, ?, ?)',
        ...[record.log, record.at, record.id, record.sealed],
      );
  }
}

function writeComplaint(db: DatabaseSync, record: RawOf<'complaint'>): void {
  const { id, loggedAt } = record;
  refuseTaken(db, record);
  db.prepare(
    `INSERT INTO complaint (id, reference, logged_at, active, ended_at, due_at, owed_since, key_id, sealed, version)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
      ON CONFLICT (id) DO UPDATE SET reference = excluded.reference, logged_at = excluded.logged_at,
        active = excluded.active, ended_at = excluded.ended_at, due_at = excluded.due_at,
        owed_since = excluded.owed_since, key_id = excluded.key_id, sealed = excluded.sealed, version = version + 1`,
  ).run(
    ...[id, record.reference, loggedAt, Number(record.active), record.endedAt, record.dueAt],
    ...[record.owedSince, record.keyId, record.sealed],
  );
  for (const [table, keys] of [
    ['audience', record.audience],
    ['search', record.searchKeys],
  ] as const) {
    db.prepare(`DELETE FROM ${table} WHERE complaint_id = ?`).run(id);
    const add = db.prepare(`INSERT INTO ${table} (key, logged_at, complaint_id) VALUES (?, ?, ?)`);
    for (const key of new Set(keys)) add.run(key, loggedAt, id);
  }
}

/** Two stores that were never one can't be put together: a reference names one complaint. */
function refuseTaken(db: DatabaseSync, { id, reference }: RawOf<'complaint' | 'tombstone'>): void {
  const taken = db
    .prepare(
      `SELECT id FROM complaint WHERE reference = ? AND id <> ?
        UNION ALL SELECT id FROM tombstone WHERE reference = ? AND id <> ?`,
    )
    .get(reference, id, reference, id);
  if (taken) throw referenceTaken(reference);
}

function remove(db: DatabaseSync, { kind, id }: SealedRecord): void {
  if (kind === 'contact') db.prepare('DELETE FROM contact WHERE id = ?').run(id);
}

/** Writes the whole file anew, and empties its log of writes; not where others are reading or writing. */
function rewrite(db: DatabaseSync): boolean {
  try {
    db.exec('VACUUM');
    return db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'] === 0;
  } catch (fault) {
    // SQLITE_BUSY, SQLITE_LOCKED
    if ([5, 6].includes(Number((fault as { errcode?: unknown }).errcode))) return false;
    throw fault;
  }
}
