import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { contactSchema, type Store } from '../app/store.ts';
import { organisationSchema } from '../domain/organisation.ts';
import { fromBody, toRecord } from './record.ts';
import { upgradeSchema } from './sqlite-schema.ts';

/** How long a write waits for another process that holds the file, in milliseconds; the whole process waits along. */
const busyTimeout = 2000;

type Row = Record<string, string | number | null>;

/** The statements, each prepared once. */
const statements = {
  load: 'SELECT body, version FROM complaint WHERE id = ?',
  findByReference: 'SELECT body, version FROM complaint WHERE reference = ?',
  findMyReference: `SELECT body, version FROM complaint WHERE reference = ? AND id IN (
      SELECT complaint_id FROM audience WHERE complaint_id = complaint.id AND key IN (SELECT value FROM json_each(?))
    )`,
  insert: `INSERT INTO complaint (id, reference, logged_at, active, due_at, body, version)
    VALUES (?, ?, ?, ?, ?, ?, 1) ON CONFLICT (id) DO NOTHING`,
  update: `UPDATE complaint SET active = ?, due_at = ?, body = ?, version = version + 1
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
    SELECT mine.logged_at, mine.complaint_id, body FROM mine JOIN complaint ON complaint.id = mine.complaint_id
    ORDER BY mine.logged_at DESC, mine.complaint_id DESC`,
  search: `SELECT body FROM search JOIN complaint ON complaint.id = complaint_id
    WHERE key = ? ORDER BY search.logged_at DESC, complaint_id DESC LIMIT ?`,
  active: 'SELECT id FROM complaint WHERE active = 1 AND id > ? ORDER BY id LIMIT ?',
  due: 'SELECT id FROM complaint WHERE due_at <= ? ORDER BY due_at LIMIT ?',
  nextNumber: `INSERT INTO counter (year, number) VALUES (?, 1)
    ON CONFLICT (year) DO UPDATE SET number = number + 1 RETURNING number`,
  lease: `INSERT INTO lease (task, holder, until) VALUES (?, ?, ?)
    ON CONFLICT (task) DO UPDATE SET holder = excluded.holder, until = excluded.until
    WHERE lease.holder = excluded.holder OR lease.until <= ?`,
  loadOrganisation: 'SELECT body, version FROM organisation',
  insertOrganisation:
    'INSERT INTO organisation (id, body, version) VALUES (1, ?, 1) ON CONFLICT (id) DO NOTHING',
  updateOrganisation: 'UPDATE organisation SET body = ?, version = version + 1 WHERE version = ?',
  loadContact: 'SELECT body FROM contact WHERE person_id = ?',
  anyContact: 'SELECT body FROM contact LIMIT 1',
  saveContact: `INSERT INTO contact (person_id, body) VALUES (?, ?)
    ON CONFLICT (person_id) DO UPDATE SET body = excluded.body`,
  recordLook: 'INSERT INTO look (at, person_id, reference) VALUES (?, ?, ?)',
  recordChange: 'INSERT INTO organisation_change (at, person_id, change) VALUES (?, ?, ?)',
};

/**
 * Opens the embedded store, making the file (readable by its owner alone) or upgrading it where needed.
 * Throws where the file is no database, or one of a newer version of this program.
 */
export function openSqliteStore(file: string): Store {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
  const db = new DatabaseSync(file, { timeout: busyTimeout });
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
  upgradeSchema(db);

  const prepared = Object.fromEntries(
    Object.entries(statements).map(([name, sql]) => [name, db.prepare(sql)]),
  ) as Record<keyof typeof statements, ReturnType<typeof db.prepare>>;
  const one = (name: keyof typeof statements, ...values: (string | number | null)[]) =>
    prepared[name].get(...values) as Row | undefined;
  const all = (name: keyof typeof statements, ...values: (string | number | null)[]) =>
    prepared[name].all(...values) as Row[];
  const run = (name: keyof typeof statements, ...values: (string | number | null)[]) =>
    Number(prepared[name].run(...values).changes);

  const atomically = <T>(write: () => T): T => {
    db.exec('BEGIN IMMEDIATE');
    try {
      const result = write();
      db.exec('COMMIT');
      return result;
    } catch (fault) {
      if (db.isTransaction) db.exec('ROLLBACK');
      throw fault;
    }
  };
  const stored = (row: Row | undefined) =>
    row && { ...fromBody(text(row, 'body')), version: text(row, 'version') };
  const outcome = (changes: number) => (changes === 0 ? 'conflict' : 'committed');

  return {
    load: async (id) => stored(one('load', id)),
    findByReference: async (reference, viewerKeys) =>
      stored(
        viewerKeys === undefined
          ? one('findByReference', reference)
          : one('findMyReference', reference, JSON.stringify(viewerKeys)),
      ),
    commit: async (document, version) => {
      const { id, reference, loggedAt, active, dueAt, audience, searchKeys, body } = toRecord(document);
      return atomically(() => {
        const changes =
          version === undefined
            ? run('insert', id, reference, loggedAt, Number(active), dueAt, body)
            : run('update', Number(active), dueAt, body, id, Number(version));
        if (changes > 0) {
          run('clearAudience', id);
          for (const key of audience) run('addAudience', key, loggedAt, id);
          run('clearSearch', id);
          for (const key of searchKeys) run('addSearch', key, loggedAt, id);
        }
        return outcome(changes);
      });
    },
    list: async (viewerKeys, { limit, after }) => {
      const [loggedAt, id] = after === undefined ? ['9999', ''] : readPlace(after);
      const rows = all('list', JSON.stringify(viewerKeys), loggedAt, id, limit + 1);
      const items = rows.slice(0, limit).map((row) => fromBody(text(row, 'body')).complaint);
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      return last ? { items, next: `${last['logged_at']}/${last['complaint_id']}` } : { items };
    },
    search: async (searchKey, limit) =>
      all('search', searchKey, limit).map((row) => fromBody(text(row, 'body')).complaint),
    active: async ({ limit, after = '' }) => {
      const items = all('active', after, limit).map((row) => text(row, 'id'));
      const last = items.length === limit ? items.at(-1) : undefined;
      return last === undefined ? { items } : { items, next: last };
    },
    due: async (now, limit) => all('due', now, limit).map((row) => text(row, 'id')),
    nextNumber: async (year) => Number(one('nextNumber', year)?.['number']),
    lease: async (task, holder, now, until) => run('lease', task, holder, until, now) > 0,
    loadOrganisation: async () => {
      const row = one('loadOrganisation');
      return (
        row && {
          organisation: organisationSchema.parse(JSON.parse(text(row, 'body'))),
          version: text(row, 'version'),
        }
      );
    },
    saveOrganisation: async (organisation, version) => {
      const body = JSON.stringify(organisation);
      return outcome(
        version === undefined
          ? run('insertOrganisation', body)
          : run('updateOrganisation', body, Number(version)),
      );
    },
    loadContact: async (personId) => contactOf(one('loadContact', personId)),
    anyContact: async () => contactOf(one('anyContact')),
    saveContact: async (contact) => {
      run('saveContact', contact.person.id, JSON.stringify(contact));
    },
    recordLook: async ({ at, personId, reference }) => {
      run('recordLook', at, personId, reference);
    },
    recordChange: async ({ at, personId, change }) => {
      run('recordChange', at, personId, change);
    },
    check: async () => {
      one('loadOrganisation');
    },
    close: async () => db.close(),
  };
}

const text = (row: Row, column: string) => String(row[column]);

const contactOf = (row: Row | undefined) => row && contactSchema.parse(JSON.parse(text(row, 'body')));

/** Reads where a page begins; a place that was tampered with gives the end of the list. */
function readPlace(after: string): [string, string] {
  const slash = after.indexOf('/');
  return slash < 0 ? ['', ''] : [after.slice(0, slash), after.slice(slash + 1)];
}
