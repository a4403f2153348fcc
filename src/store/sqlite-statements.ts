/** The tables that say under which keys complaints are found, each in the order of lists. */
type Keyed = 'audience' | 'search';

const opened = `SELECT latest.logged_at, id, sealed FROM latest JOIN complaint ON complaint.id = complaint_id
    ORDER BY latest.logged_at DESC, complaint_id DESC`;

/**
 * Complaints under one of the keys (?1) before a place (?2, ?3), the latest (?4). Of each key no more than that are
 * read, however many it has.
 */
const latest = (table: Keyed) => `WITH sought AS (SELECT value AS hash FROM json_each(?1)),
    latest AS (
      SELECT DISTINCT logged_at, complaint_id FROM sought CROSS JOIN ${table}
      WHERE key = hash AND (logged_at, complaint_id) < (?2, ?3) AND logged_at >= coalesce((
        SELECT logged_at FROM ${table} WHERE key = hash AND (logged_at, complaint_id) < (?2, ?3)
        ORDER BY logged_at DESC, complaint_id DESC LIMIT 1 OFFSET ?4 - 1
      ), '')
      ORDER BY logged_at DESC, complaint_id DESC LIMIT ?4
    )
    ${opened}`;

const under = (table: Keyed, parameter: number) =>
  `SELECT logged_at, complaint_id FROM ${table} WHERE key IN (SELECT value FROM json_each(?${parameter}))`;

/**
 * Complaints under one of the keys of one table (?1) and of the other (?2), the latest (?3). Goes through those of the
 * first, and looks for each in the other.
 */
const each = (through: Keyed, other: Keyed) => `WITH latest AS (
      SELECT DISTINCT logged_at, complaint_id FROM ${through}
      WHERE key IN (SELECT value FROM json_each(?1)) AND EXISTS (
        SELECT 1 FROM ${other} WHERE complaint_id = ${through}.complaint_id AND key IN (SELECT value FROM json_each(?2))
      )
      ORDER BY logged_at DESC, complaint_id DESC LIMIT ?3
    )
    ${opened}`;

/** The same, where both have many: reading them side by side takes less than looking for each. */
const together = `WITH latest AS (
      ${under('search', 1)} INTERSECT ${under('audience', 2)}
      ORDER BY logged_at DESC, complaint_id DESC LIMIT ?3
    )
    ${opened}`;

/** How many entries there are under the keys, counted up to a number. */
const count = (table: Keyed) =>
  `SELECT count(*) AS count FROM (SELECT 1 FROM ${table} WHERE key IN (SELECT value FROM json_each(?)) LIMIT ?)`;

/** What the embedded store asks its database, by name. */
export const statements = {
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
  list: latest('audience'),
  search: latest('search'),
  searchMineByName: each('search', 'audience'),
  searchMineByViewer: each('audience', 'search'),
  searchMineTogether: together,
  countNamed: count('search'),
  countMine: count('audience'),
  active: 'SELECT id FROM complaint WHERE active = 1 AND id > ? ORDER BY id LIMIT ?',
  all: 'SELECT id FROM complaint WHERE id > ? ORDER BY id LIMIT ?',
  endedBefore: 'SELECT id FROM complaint WHERE ended_at < ? ORDER BY ended_at LIMIT ?',
  destroy: 'DELETE FROM complaint WHERE id = ? AND version = ? RETURNING reference, logged_at',
  findDestroyed: 'SELECT reference, destroyed_at, rule FROM tombstone WHERE reference = ?',
  wasDestroyed: 'SELECT 1 FROM tombstone WHERE id = ?',
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
