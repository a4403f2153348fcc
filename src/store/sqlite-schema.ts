import type { DatabaseSync } from 'node:sqlite';
import { Fault } from '../fault.ts';

/** Each step takes the database one version up; a step that was released is never changed. */
const steps = [
  `
  CREATE TABLE complaint (
    id TEXT PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    logged_at TEXT NOT NULL,
    active INTEGER NOT NULL,
    ended_at TEXT,
    due_at TEXT,
    version INTEGER NOT NULL,
    key_id TEXT NOT NULL,
    sealed TEXT NOT NULL
  ) STRICT;
  CREATE INDEX complaint_due ON complaint (due_at) WHERE due_at IS NOT NULL;
  CREATE INDEX complaint_active ON complaint (id) WHERE active = 1;
  CREATE INDEX complaint_ended ON complaint (ended_at) WHERE ended_at IS NOT NULL;
  CREATE TABLE tombstone (
    id TEXT PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    logged_at TEXT NOT NULL,
    destroyed_at TEXT NOT NULL,
    rule TEXT NOT NULL
  ) STRICT;
  CREATE TABLE audience (
    key TEXT NOT NULL,
    logged_at TEXT NOT NULL,
    complaint_id TEXT NOT NULL REFERENCES complaint (id) ON DELETE CASCADE,
    PRIMARY KEY (key, logged_at, complaint_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX audience_complaint ON audience (complaint_id);
  CREATE TABLE search (
    key TEXT NOT NULL,
    logged_at TEXT NOT NULL,
    complaint_id TEXT NOT NULL REFERENCES complaint (id) ON DELETE CASCADE,
    PRIMARY KEY (key, logged_at, complaint_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX search_complaint ON search (complaint_id);
  CREATE TABLE counter (year INTEGER PRIMARY KEY, number INTEGER NOT NULL) STRICT;
  CREATE TABLE organisation (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    version INTEGER NOT NULL,
    sealed TEXT NOT NULL
  ) STRICT;
  CREATE TABLE contact (id TEXT PRIMARY KEY, sealed TEXT NOT NULL) STRICT;
  CREATE TABLE lease (task TEXT PRIMARY KEY, holder TEXT NOT NULL, until TEXT NOT NULL) STRICT;
  CREATE TABLE log (
    name TEXT NOT NULL,
    at TEXT NOT NULL,
    id TEXT NOT NULL,
    sealed TEXT NOT NULL,
    PRIMARY KEY (name, at, id)
  ) STRICT, WITHOUT ROWID;
  `,
  // Without row ids, which would tell the order in which records were made, and so whose they are.
  `
  CREATE TABLE record (
    id TEXT PRIMARY KEY,
    place TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    sealed TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  ALTER TABLE complaint ADD COLUMN owed_since TEXT;
  CREATE INDEX complaint_owed ON complaint (owed_since) WHERE owed_since IS NOT NULL;
  `,
];

/** Brings a database to today's version, step by step, in one transaction. Throws on one of a newer program. */
export function upgradeSchema(db: DatabaseSync): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    const version = Number(Object.values(db.prepare('PRAGMA user_version').get() ?? {})[0]);
    if (version > steps.length) {
      throw new Fault(`the database has version ${version}; this program knows up to ${steps.length}`);
    }
    for (const step of steps.slice(version)) db.exec(step);
    db.exec(`PRAGMA user_version = ${steps.length}`);
    db.exec('COMMIT');
  } catch (fault) {
    db.exec('ROLLBACK');
    throw fault;
  }
}
