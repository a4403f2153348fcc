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
  return bracketed(db, 'BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK', write);
}

function bracketed<T>(db: DatabaseSync, begin: string, end: string, undo: string, write: () => T): T {
  db.exec(begin);
  try {
    const result = write();
    db.exec(end);
    return result;
  } catch (fault) {
    // Some faults, such as a full disk, have undone everything already.
    if (db.isTransaction) db.exec(undo);
    throw fault;
  }
}

/** Carries a write out, and resolves once it is on disk. Throws where it failed, or did not get there. */
export type Writer = <T>(write: () => T) => Promise<T>;

interface Waiting {
  write: () => unknown;
  done: (result: never) => void;
  failed: (fault: unknown) => void;
}

/**
 * Makes a writer: what is asked for in one turn of the event loop goes to disk together, since waiting for the disk
 * takes longer than all else. One that fails leaves the others as they are.
 */
export function createWriter(db: DatabaseSync): Writer {
  let waiting: Waiting[] = [];
  const writeOne = ({ write, done, failed }: Waiting) => {
    try {
      const result = bracketed(db, 'SAVEPOINT one', 'RELEASE one', 'ROLLBACK TO one; RELEASE one', write);
      return () => done(result as never);
    } catch (fault) {
      if (!db.isTransaction) throw fault;
      return () => failed(fault);
    }
  };
  const writeAll = () => {
    const all = waiting;
    waiting = [];
    try {
      for (const answer of atomically(db, () => all.map(writeOne))) answer();
    } catch (fault) {
      for (const { failed } of all) failed(fault);
    }
  };
  return (write) =>
    new Promise((done, failed) => {
      if (waiting.length === 0) setImmediate(writeAll);
      waiting.push({ write, done, failed });
    });
}
