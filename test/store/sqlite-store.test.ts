import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '../../src/domain/people.ts';
import { referenceOf } from '../../src/domain/reference.ts';
import { openRawSqlite } from '../../src/store/raw-sqlite.ts';
import { toRecord } from '../../src/store/record.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import { accepted, colleague, log, now, organisation, seal, senior } from '../fixtures.ts';
import { storeContract } from '../store.contract.ts';
import { sqlitePlace } from './places.ts';

storeContract('SQLite', async () => {
  const { open, bytes, remove } = await sqlitePlace();
  return { open: () => open(seal), bytes, remove };
});

describe('the SQLite file', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'klachten-'));
    file = join(folder, 'data', 'test.db');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('R13: is readable by its owner alone, its log and its folder too', async () => {
    const store = openSqliteStore(file, seal);
    await store.commit({ complaint: accepted(log()), outbox: [], posted: [] });
    const modes = readdirSync(join(folder, 'data')).map(
      (name) => statSync(join(folder, 'data', name)).mode & 0o777,
    );
    expect(modes).toEqual([0o600, 0o600, 0o600]);
    expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700);
    await store.close();
  });

  it('is written through to the disk at each commit', async () => {
    await openSqliteStore(file, seal).close();
    const db = new DatabaseSync(file);
    expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    db.close();
  });

  it('of an older program is upgraded when it is opened', async () => {
    await openSqliteStore(file, seal).close();
    const db = new DatabaseSync(file);
    db.exec(`DROP TABLE record; DROP INDEX complaint_owed; ALTER TABLE complaint DROP COLUMN owed_since;
      PRAGMA user_version = 1`);
    db.close();
    const store = openSqliteStore(file, seal);
    expect(await store.records({ year: 2026 }, { limit: 1 })).toEqual({ items: [] });
    expect(await store.waiting()).toBe(0);
    await store.close();
  });

  it('of a newer program is left alone, with a message that says so', async () => {
    await openSqliteStore(file, seal).close();
    const db = new DatabaseSync(file);
    db.exec('PRAGMA user_version = 99');
    db.close();
    expect(() => openSqliteStore(file, seal)).toThrow('the database has version 99');
  });

  it('that is no database is not overwritten', () => {
    rmSync(join(folder, 'data'), { recursive: true, force: true });
    writeFileSync(
      join(folder, 'notes.txt'),
      'some other file, long enough to be taken for a database'.repeat(20),
    );
    expect(() => openSqliteStore(join(folder, 'notes.txt'), seal)).toThrow('not a database');
  });

  it('R13: a search finds what a name and a viewer share, also where both have many', async () => {
    const many = 201;
    const shared = [17, 42, 99];
    const raw = openRawSqlite(file);
    for (const [name, others] of [
      ['Kanarie', (n: number) => !shared.includes(n)],
      ['Merel', () => false],
    ] as const) {
      const records = Array.from({ length: many }, (_each, n) => {
        const moment = { now: new Date(now.getTime() + n * 1000), organisation };
        const made = accepted(
          log({ name, concerned: others(n) ? [] : [colleague] }, senior, `${name}-${n}`, moment),
        );
        return toRecord(
          {
            complaint: { ...made, reference: referenceOf(2026, name.length * 1000 + n) },
            outbox: [],
            posted: [],
          },
          seal,
        );
      });
      await raw.put((await Promise.all(records)).map((record) => ({ kind: 'complaint', ...record })));
    }
    await raw.close();
    const store = openSqliteStore(file, seal);
    const found = async (limit: number, viewer: Person) =>
      (await store.search(['name:kanarie'], limit, [viewer.id])).map(({ id }) => id);
    expect(await found(9, colleague)).toEqual(['Kanarie-99', 'Kanarie-42', 'Kanarie-17']);
    expect(await found(2, colleague)).toEqual(['Kanarie-99', 'Kanarie-42']);
    expect(await found(1, senior)).toEqual(['Kanarie-200']);
    await store.close();
  });

  it('is well only while it can be written', async () => {
    const store = openSqliteStore(file, seal);
    const other = new DatabaseSync(file);
    other.exec('BEGIN EXCLUSIVE');
    await expect(store.check()).rejects.toThrow('locked');
    other.exec('ROLLBACK');
    await expect(store.check()).resolves.toBeUndefined();
    other.close();
    await store.close();
  });

  it('a document that was tampered with is a fault, never an empty complaint', async () => {
    const store = openSqliteStore(file, seal);
    const complaint = accepted(log());
    await store.commit({ complaint, outbox: [], posted: [] });
    const db = new DatabaseSync(file);
    db.exec(`UPDATE complaint SET sealed = substr(sealed, 1, length(sealed) - 4) || 'AAAA'`);
    db.close();
    await expect(store.load(complaint.id)).rejects.toThrow('can not be opened');
    await store.close();
  });
});
