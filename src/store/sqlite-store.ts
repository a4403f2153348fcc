import { randomUUID } from 'node:crypto';
import type { LogEntry, Store } from '../app/store.ts';
import { pageOfIds } from './page.ts';
import {
  contactIdsOf,
  fromContactRecord,
  fromRecord,
  fromRecordRecord,
  openOrganisation,
  placesOf,
  sealOrganisation,
  toContactRecord,
  toLogRecord,
  toRecord,
  toRecordRecord,
} from './record.ts';
import type { Seal } from './seal.ts';
import { atomically, openSqliteFile } from './sqlite-file.ts';

type Value = string | number | null;
type Row = Record<string, Value>;

/** The statements, each prepared once. */
const statements = {
  load: 'SELECT id, sealed, version FROM complaint WHERE id = ?',
  findByReference: 'SELECT id, sealed, version FROM complaint WHERE reference = ?',
  findMyReference: `SELECT id, sealed, version FROM complaint WHERE reference = ? AND id IN (
      SELECT complaint_id FROM audience WHERE complaint_id = complaint.id AND key IN (SELECT value FROM json_each(?))
    )`,
  insert: `INSERT INTO complaint (id, reference, logged_at, active, ended_at, due_at, key_id, sealed, version)
    SELECT ?, ?, ?, ?, ?, ?, ?, ?, 1 WHERE NOT EXISTS (SELECT 1 FROM tombstone WHERE id = ?)
    ON CONFLICT (id) DO NOTHING`,
  update: `UPDATE complaint SET active = ?, ended_at = ?, due_at = ?, key_id = ?, sealed = ?, version = version + 1
    WHERE id = ? AND version = ?`,
  clearAudience: 'DELETE FROM audience WHERE complaint_id = ?',
  addAudience: 'INSERT INTO audience (key, logged_at, complaint_id) VALUES (?, ?, ?)',
  clearSearch: 'DELETE FROM search WHERE complaint_id = ?',
  addSearch: 'INSERT INTO search (key, logged_at, complaint_id) VALUES (?, ?, ?)',
  list: `WITH mine AS (
      SELECT DISTINCT logged_at, complaint_id FROM audience
      WHERE key IN (SELECT value FROM json_each(?)) AND (logged_at, complaint_id) < (?, ?)
      ORDER BY logged_at DESC, complaint_id DESC LIMIT ?
    )
    SELECT mine.logged_at, id, sealed FROM mine JOIN complaint ON complaint.id = mine.complaint_id
    ORDER BY mine.logged_at DESC, id DESC`,
  search: `SELECT DISTINCT search.logged_at, id, sealed FROM search JOIN complaint ON complaint.id = complaint_id
    WHERE key IN (SELECT value FROM json_each(?)) ORDER BY search.logged_at DESC, id DESC LIMIT ?`,
  searchMine: `SELECT DISTINCT search.logged_at, id, sealed FROM search JOIN complaint ON complaint.id = complaint_id
    WHERE key IN (SELECT value FROM json_each(?)) AND id IN (
      SELECT complaint_id FROM audience WHERE complaint_id = complaint.id AND key IN (SELECT value FROM json_each(?))
    ) ORDER BY search.logged_at DESC, id DESC LIMIT ?`,
  active: 'SELECT id FROM complaint WHERE active = 1 AND id > ? ORDER BY id LIMIT ?',
  all: 'SELECT id FROM complaint WHERE id > ? ORDER BY id LIMIT ?',
  endedBefore: 'SELECT id FROM complaint WHERE ended_at < ? ORDER BY ended_at LIMIT ?',
  destroy: 'DELETE FROM complaint WHERE id = ? AND version = ? RETURNING reference, logged_at',
  findDestroyed: 'SELECT reference, destroyed_at, rule FROM tombstone WHERE reference = ?',
  bury: 'INSERT INTO tombstone (id, reference, logged_at, destroyed_at, rule) VALUES (?, ?, ?, ?, ?)',
  due: 'SELECT id FROM complaint WHERE due_at <= ? ORDER BY due_at LIMIT ?',
  loadRecord: 'SELECT id, sealed, version FROM record WHERE id = ?',
  insertRecord:
    'INSERT INTO record (id, place, sealed, version) VALUES (?, ?, ?, 1) ON CONFLICT (id) DO NOTHING',
  updateRecord: 'UPDATE record SET place = ?, sealed = ?, version = version + 1 WHERE id = ? AND version = ?',
  records: 'SELECT id, place, sealed FROM record WHERE place > ? AND place < ? ORDER BY place LIMIT ?',
  nextNumber: `INSERT INTO counter (year, number) VALUES (?, 1)
    ON CONFLICT (year) DO UPDATE SET number = number + 1 RETURNING number`,
  lease: `INSERT INTO lease (task, holder, until) VALUES (?, ?, ?)
    ON CONFLICT (task) DO UPDATE SET holder = excluded.holder, until = excluded.until
    WHERE lease.holder = excluded.holder OR lease.until <= ?`,
  loadOrganisation: 'SELECT sealed, version FROM organisation',
  insertOrganisation:
    'INSERT INTO organisation (id, sealed, version) VALUES (1, ?, 1) ON CONFLICT (id) DO NOTHING',
  updateOrganisation: 'UPDATE organisation SET sealed = ?, version = version + 1 WHERE version = ?',
  loadContact: 'SELECT id, sealed FROM contact WHERE id = ?',
  anyContact: 'SELECT id, sealed FROM contact LIMIT 1',
  saveContact: `INSERT INTO contact (id, sealed) VALUES (?, ?)
    ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed`,
  writeLog: 'INSERT INTO log (name, at, id, sealed) VALUES (?, ?, ?, ?)',
  readLog: `SELECT at, id, sealed FROM log WHERE name = ? AND (at, id) > (?, ?) ORDER BY at, id LIMIT ?`,
};

/**
 * Opens the embedded store, making the file (readable by its owner alone) or upgrading it where needed.
 * Throws where the file is no database, one of a newer version of this program, or sealed under other keys.
 */
export function openSqliteStore(file: string, seal: Seal): Store {
  const db = openSqliteFile(file);
  const prepared = Object.fromEntries(
    Object.entries(statements).map(([name, sql]) => [name, db.prepare(sql)]),
  ) as Record<keyof typeof statements, ReturnType<typeof db.prepare>>;
  const one = (name: keyof typeof statements, ...values: Value[]) =>
    prepared[name].get(...values) as Row | undefined;
  const all = (name: keyof typeof statements, ...values: Value[]) => prepared[name].all(...values) as Row[];
  const run = (name: keyof typeof statements, ...values: Value[]) =>
    Number(prepared[name].run(...values).changes);

  const opened = async (row: Row) => fromRecord({ id: text(row, 'id'), sealed: text(row, 'sealed') }, seal);
  const stored = async (row: Row | undefined) =>
    row && { ...(await opened(row)), version: text(row, 'version') };
  const idsOf = (name: 'active' | 'all', { limit, after = '' }: { limit: number; after?: string }) =>
    pageOfIds(
      all(name, after, limit).map((row) => text(row, 'id')),
      limit,
    );
  const complaints = async (rows: Row[]) =>
    Promise.all(rows.map(async (row) => (await opened(row)).complaint));
  const record = async (row: Row) =>
    fromRecordRecord({ id: text(row, 'id'), sealed: text(row, 'sealed') }, seal);
  const contact = async (row: Row | undefined) =>
    row && fromContactRecord({ id: text(row, 'id'), sealed: text(row, 'sealed') }, seal);
  const hashed = (keys: readonly string[]) => JSON.stringify(keys.flatMap(seal.hashes));
  const writeLog = async (name: LogEntry['log'], { at, ...entry }: { at: string }) => {
    const record = await toLogRecord(randomUUID(), at, entry, seal);
    run('writeLog', name, record.at, record.id, record.sealed);
  };

  return {
    load: async (id) => stored(one('load', id)),
    findByReference: async (reference, viewerKeys) =>
      stored(
        viewerKeys === undefined
          ? one('findByReference', reference)
          : one('findMyReference', reference, hashed(viewerKeys)),
      ),
    commit: async (document, version) => {
      const record = await toRecord(document, seal);
      const { id, reference, loggedAt, endedAt, dueAt, keyId, sealed } = record;
      const active = Number(record.active);
      return atomically(db, () => {
        const changes =
          version === undefined
            ? run('insert', id, reference, loggedAt, active, endedAt, dueAt, keyId, sealed, id)
            : run('update', active, endedAt, dueAt, keyId, sealed, id, Number(version));
        if (changes > 0) {
          run('clearAudience', id);
          for (const key of record.audience) run('addAudience', key, loggedAt, id);
          run('clearSearch', id);
          for (const key of record.searchKeys) run('addSearch', key, loggedAt, id);
        }
        return outcome(changes);
      });
    },
    list: async (viewerKeys, { limit, after }) => {
      const [loggedAt, id] = after === undefined ? ['9999', ''] : readPlace(after);
      const rows = all('list', hashed(viewerKeys), loggedAt, id, limit + 1);
      const items = await complaints(rows.slice(0, limit));
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      return last ? { items, next: `${text(last, 'logged_at')}/${text(last, 'id')}` } : { items };
    },
    search: async (searchKey, limit, viewerKeys) =>
      complaints(
        viewerKeys === undefined
          ? all('search', hashed([searchKey]), limit)
          : all('searchMine', hashed([searchKey]), hashed(viewerKeys), limit),
      ),
    active: async (page) => idsOf('active', page),
    all: async (page) => idsOf('all', page),
    findDestroyed: async (reference) => {
      const row = one('findDestroyed', reference);
      return row && { reference, destroyedAt: text(row, 'destroyed_at'), rule: text(row, 'rule') };
    },
    endedBefore: async (moment, limit) => all('endedBefore', moment, limit).map((row) => text(row, 'id')),
    destroy: async (id, version, destroyedAt, rule) => {
      const result = atomically(db, () => {
        const gone = one('destroy', id, Number(version));
        if (!gone) return 'conflict';
        run('bury', id, text(gone, 'reference'), text(gone, 'logged_at'), destroyedAt, rule);
        return 'committed';
      });
      // What was written before must not stay behind in the log of writes.
      db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      return result;
    },
    due: async (now, limit) => all('due', now, limit).map((row) => text(row, 'id')),
    loadRecord: async (id) => {
      const row = one('loadRecord', id);
      return row && { record: await record(row), version: text(row, 'version') };
    },
    saveRecord: async (given, version) => {
      const { id, place, sealed } = await toRecordRecord(given, seal);
      return outcome(
        version === undefined
          ? run('insertRecord', id, place, sealed)
          : run('updateRecord', place, sealed, id, Number(version)),
      );
    },
    records: async (of, { limit, after }) => {
      const { from, to } = placesOf(of);
      const rows = all('records', after ?? from, to, limit);
      const items = await Promise.all(rows.map(record));
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return last ? { items, next: text(last, 'place') } : { items };
    },
    nextNumber: async (year) => Number(one('nextNumber', year)?.['number']),
    lease: async (task, holder, now, until) => run('lease', task, holder, until, now) > 0,
    loadOrganisation: async () => {
      const row = one('loadOrganisation');
      return (
        row && {
          organisation: await openOrganisation(text(row, 'sealed'), seal),
          version: text(row, 'version'),
        }
      );
    },
    saveOrganisation: async (organisation, version) => {
      const sealed = await sealOrganisation(organisation, seal);
      return outcome(
        version === undefined
          ? run('insertOrganisation', sealed)
          : run('updateOrganisation', sealed, Number(version)),
      );
    },
    loadContact: async (personId) => {
      // Today's key first: what lies under an older one is older.
      const found = contactIdsOf(personId, seal).map((id) => one('loadContact', id));
      return contact(found.find((row) => row !== undefined));
    },
    anyContact: async () => contact(one('anyContact')),
    saveContact: async (given) => {
      const { id, sealed } = await toContactRecord(given, seal);
      run('saveContact', id, sealed);
    },
    recordLook: async (look) => writeLog('look', look),
    recordChange: async (change) => writeLog('change', change),
    recordPrivacyUse: async (use) => writeLog('privacy', use),
    readLog: async (name, { limit, after }) => {
      const [at, id] = after === undefined ? ['', ''] : readPlace(after);
      const rows = all('readLog', name, at, id, limit);
      const items = await Promise.all(
        rows.map(async (row) => {
          const entry = JSON.parse(await seal.open(text(row, 'id'), text(row, 'sealed')));
          return { log: name, ...entry } as LogEntry;
        }),
      );
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return last ? { items, next: `${text(last, 'at')}/${text(last, 'id')}` } : { items };
    },
    check: async () => {
      one('loadOrganisation');
    },
    close: async () => {
      if (db.isOpen) db.close();
    },
  };
}

const text = (row: Row, column: string) => String(row[column]);

const outcome = (changes: number) => (changes === 0 ? 'conflict' : 'committed');

/** Reads where a page begins; a place that was tampered with gives the end of the list. */
function readPlace(after: string): [string, string] {
  const slash = after.indexOf('/');
  return slash < 0 ? ['', ''] : [after.slice(0, slash), after.slice(slash + 1)];
}
