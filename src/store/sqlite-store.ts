import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { contactSchema, type Page, type Store } from '../app/store.ts';
import type { Complaint } from '../domain/complaint.ts';
import { organisationSchema } from '../domain/organisation.ts';
import { fromBody, toRecord } from './record.ts';
import { upgradeSchema } from './sqlite-schema.ts';

/** How long a write waits for another process that holds the file, in milliseconds; the whole process waits along. */
const busyTimeout = 2000;

type Row = Record<string, string | number | null>;

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

  const loadById = db.prepare('SELECT body, version FROM complaint WHERE id = ?');
  const loadByReference = db.prepare('SELECT body, version FROM complaint WHERE reference = ?');
  const insert = db.prepare(
    'INSERT INTO complaint (id, reference, logged_at, due_at, body, version) VALUES (?, ?, ?, ?, ?, 1) ON CONFLICT (id) DO NOTHING',
  );
  const update = db.prepare(
    'UPDATE complaint SET due_at = ?, body = ?, version = version + 1 WHERE id = ? AND version = ?',
  );
  const clearAudience = db.prepare('DELETE FROM audience WHERE complaint_id = ?');
  const addAudience = db.prepare('INSERT INTO audience (key, logged_at, complaint_id) VALUES (?, ?, ?)');
  const listPage = db.prepare(`
    WITH mine AS (
      SELECT DISTINCT logged_at, complaint_id FROM audience
      WHERE key IN (SELECT value FROM json_each(?)) AND (logged_at, complaint_id) < (?, ?)
      ORDER BY logged_at DESC, complaint_id DESC LIMIT ?
    )
    SELECT mine.logged_at, mine.complaint_id, body FROM mine JOIN complaint ON complaint.id = mine.complaint_id
    ORDER BY mine.logged_at DESC, mine.complaint_id DESC`);
  const findDue = db.prepare('SELECT id FROM complaint WHERE due_at <= ? ORDER BY due_at LIMIT ?');
  const increment = db.prepare(
    'INSERT INTO counter (year, number) VALUES (?, 1) ON CONFLICT (year) DO UPDATE SET number = number + 1 RETURNING number',
  );
  const readSetting = db.prepare('SELECT body FROM setting WHERE name = ?');
  const writeSetting = db.prepare(
    'INSERT INTO setting (name, body) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET body = excluded.body',
  );
  const readContact = db.prepare('SELECT body FROM contact WHERE person_id = ?');
  const writeContact = db.prepare(
    'INSERT INTO contact (person_id, body) VALUES (?, ?) ON CONFLICT (person_id) DO UPDATE SET body = excluded.body',
  );
  const writeLook = db.prepare('INSERT INTO look (at, person_id, reference) VALUES (?, ?, ?)');

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
    row && { ...fromBody(String(row['body'])), version: String(row['version']) };

  return {
    load: async (id) => stored(loadById.get(id) as Row | undefined),
    findByReference: async (reference) => stored(loadByReference.get(reference) as Row | undefined),
    commit: async (document, version) => {
      const { id, reference, loggedAt, dueAt, audience, body } = toRecord(document);
      return atomically(() => {
        const { changes } =
          version === undefined
            ? insert.run(id, reference, loggedAt, dueAt, body)
            : update.run(dueAt, body, id, Number(version));
        if (changes === 0) return 'conflict';
        clearAudience.run(id);
        for (const key of audience) addAudience.run(key, loggedAt, id);
        return 'committed';
      });
    },
    list: async (viewerKeys, { limit, after }) => {
      const [loggedAt, id] = after === undefined ? ['9999', ''] : readPlace(after);
      const rows = listPage.all(JSON.stringify(viewerKeys), loggedAt, id, limit + 1) as Row[];
      const page: Page<Complaint> = {
        items: rows.slice(0, limit).map((row) => fromBody(String(row['body'])).complaint),
      };
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      return last ? { ...page, next: `${last['logged_at']}/${last['complaint_id']}` } : page;
    },
    due: async (now, limit) => (findDue.all(now, limit) as Row[]).map((row) => String(row['id'])),
    nextNumber: async (year) => Number((increment.get(year) as Row)['number']),
    loadOrganisation: async () => {
      const row = readSetting.get('organisation') as Row | undefined;
      return row && organisationSchema.parse(JSON.parse(String(row['body'])));
    },
    saveOrganisation: async (organisation) => {
      writeSetting.run('organisation', JSON.stringify(organisation));
    },
    loadContact: async (personId) => {
      const row = readContact.get(personId) as Row | undefined;
      return row && contactSchema.parse(JSON.parse(String(row['body'])));
    },
    saveContact: async (contact) => {
      writeContact.run(contact.person.id, JSON.stringify(contact));
    },
    recordLook: async ({ at, personId, reference }) => {
      writeLook.run(at, personId, reference);
    },
    check: async () => {
      readSetting.get('organisation');
    },
    close: async () => db.close(),
  };
}

/** Reads where a page begins; a place that was tampered with gives the end of the list. */
function readPlace(after: string): [string, string] {
  const slash = after.indexOf('/');
  return slash < 0 ? ['', ''] : [after.slice(0, slash), after.slice(slash + 1)];
}
