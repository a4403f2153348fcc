import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { upgradeSchema } from './sqlite-schema.ts';

/** How long a write waits for another process that holds the file, in milliseconds; the whole process waits along. */
const busyTimeout = 2000;

/**
 * Opens a database file, making it (readable by its owner alone) or upgrading it where needed.
 * Throws where the file is no database, or one of a newer version of this program.
 */
export function openSqliteFile(file: string): DatabaseSync {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
  const db = new DatabaseSync(file, { timeout: busyTimeout });
  db.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON',
  );
  upgradeSchema(db);
  return db;
}

/** Writes everything or nothing; where another process is writing, it waits its turn. */
export function atomically<T>(db: DatabaseSync, write: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = write();
    db.exec('COMMIT');
    return result;
  } catch (fault) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw fault;
  }
}
