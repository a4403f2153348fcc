import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWriter, openSqliteFile, type Writer } from '../../src/store/sqlite-file.ts';

let folder: string;
let db: DatabaseSync;
let write: Writer;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'klachten-'));
  db = openSqliteFile(join(folder, 'test.db'));
  write = createWriter(db);
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

const add = (year: number, number: number) => () =>
  Number(db.prepare('INSERT INTO counter (year, number) VALUES (?, ?)').run(year, number).changes);
/** What another process finds on the disk. */
const years = () => {
  const other = openSqliteFile(join(folder, 'test.db'));
  const found = other.prepare('SELECT year FROM counter ORDER BY year').all();
  other.close();
  return found.map(({ year }) => year);
};

describe('writes that are asked for at once', () => {
  it('go to disk together, each with an answer of its own', async () => {
    const answers = await Promise.all([write(add(2024, 1)), write(() => 'asked'), write(add(2025, 1))]);
    expect(answers).toEqual([1, 'asked', 1]);
    expect(years()).toEqual([2024, 2025]);
  });

  it('one that fails is told so, wholly undone, and leaves the others', async () => {
    const partly = () => {
      add(2026, 1)();
      add(2024, 2)();
    };
    const settled = await Promise.allSettled([write(add(2024, 1)), write(partly), write(add(2025, 1))]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(years()).toEqual([2024, 2025]);
  });

  it('none is said to be written where the disk is full', async () => {
    const { page_count: pages } = db.prepare('PRAGMA page_count').get() as { page_count: number };
    db.exec(`PRAGMA max_page_count = ${pages}`);
    const large = () =>
      db.prepare('INSERT INTO contact (id, sealed) VALUES (?, ?)').run('a', 'x'.repeat(100_000));
    const settled = await Promise.allSettled([write(add(2024, 1)), write(large), write(add(2025, 1))]);
    expect(settled.some(({ status }) => status === 'rejected')).toBe(true);
    const told = settled.flatMap(({ status }, index) => (status === 'fulfilled' ? [2024 + index / 2] : []));
    expect(years()).toEqual(told);
    db.exec('PRAGMA max_page_count = 1000000');
    await write(add(2026, 1));
    expect(years()).toContain(2026);
  });

  it('none is said to be written where another process holds the file', async () => {
    db.exec('PRAGMA busy_timeout = 1');
    const other = openSqliteFile(join(folder, 'test.db'));
    other.exec('BEGIN IMMEDIATE');
    const settled = await Promise.allSettled([write(add(2024, 1)), write(add(2025, 1))]);
    other.exec('ROLLBACK');
    other.close();
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(years()).toEqual([]);
  });
});
