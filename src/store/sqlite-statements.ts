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

/**
 * Complaints under one of the viewer's keys (?2) and of others (?1), the latest (?3). Goes through those of the viewer
 * alone, so that the work does not tell how many others have (R13).
 */
const searchMine = `WITH latest AS (
      SELECT DISTINCT logged_at, complaint_id FROM audience
      WHERE key IN (SELECT value FROM json_each(?2)) AND EXISTS (
        SELECT 1 FROM search WHERE search.key IN (SELECT value FROM json_each(?1))
          AND search.logged_at = audience.logged_at AND search.complaint_id = audience.complaint_id
      )
      ORDER BY logged_at DESC, complaint_id DESC LIMIT ?3
    )
    ${opened}`;

/**
 * What the embedded store asks its database, by name. What is looked for with a viewer begins with the viewer's keys, so
 * that the work is the same whether others have such a complaint or nobody has (R13: `npm run bench:oracle`).
 */
export const statements = {
  load: 'SELECT id, sealed, version FROM complaint WHERE id = ?',
  findByReference: 'SELECT id, sealed, version FROM complaint WHERE reference = ?',
  loadMine: `SELECT complaint.id, sealed, version FROM json_each(?2) AS mine
    CROSS JOIN audience ON audience.complaint_id = ?1 AND audience.key = mine.value
    CROSS JOIN complaint ON complaint.id = audience.complaint_id LIMIT 1`,
  findMyReference: `SELECT complaint.id, sealed, version FROM json_each(?2) AS mine
    CROSS JOIN audience ON audience.complaint_id = coalesce((SELECT id FROM complaint WHERE reference = ?1), '')
      AND audience.key = mine.value
    CROSS JOIN complaint ON complaint.id = audience.complaint_id LIMIT 1`,
  insert: `INSERT INTO complaint (id, reference, logged_at, active, ended_at, due_at, owed_since, key_id, sealed, version)
    SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, 1 WHERE NOT EXISTS (SELECT 1 FROM tombstone WHERE id = ?)
    ON CONFLICT (id) DO NOTHING`,
  update: `UPDATE complaint SET active = ?, ended_at = ?, due_at = ?, owed_since = ?, key_id = ?, sealed = ?,
    version = version + 1 WHERE id = ? AND version = ?`,
  audienceOf: 'SELECT key FROM audience WHERE complaint_id = ?',
  audienceAdded: 'INSERT INTO audience (key, logged_at, complaint_id) VALUES (?, ?, ?)',
  audienceRemoved: 'DELETE FROM audience WHERE key = ? AND logged_at = ? AND complaint_id = ?',
  searchOf: 'SELECT key FROM search WHERE complaint_id = ?',
  searchAdded: 'INSERT INTO search (key, logged_at, complaint_id) VALUES (?, ?, ?)',
  searchRemoved: 'DELETE FROM search WHERE key = ? AND logged_at = ? AND complaint_id = ?',
  list: latest('audience'),
  /** What most people ask for, who have no role: in half the time. */
  listOne: `SELECT audience.logged_at, id, sealed FROM audience JOIN complaint ON complaint.id = complaint_id
    WHERE key = ?1 AND (audience.logged_at, complaint_id) < (?2, ?3)
    ORDER BY audience.logged_at DESC, complaint_id DESC LIMIT ?4`,
  search: latest('search'),
  searchMine,
  active: 'SELECT id FROM complaint WHERE active = 1 AND id > ? ORDER BY id LIMIT ?',
  all: 'SELECT id FROM complaint WHERE id > ? ORDER BY id LIMIT ?',
  endedBefore: 'SELECT id FROM complaint WHERE ended_at < ? ORDER BY ended_at LIMIT ?',
  destroy: 'DELETE FROM complaint WHERE id = ? AND version = ? RETURNING reference, logged_at',
  findDestroyed: 'SELECT reference, destroyed_at, rule FROM tombstone WHERE reference = ?',
  wasDestroyed: 'SELECT 1 FROM tombstone WHERE id = ?',
  bury: 'INSERT INTO tombstone (id, reference, logged_at, destroyed_at, rule) VALUES (?, ?, ?, ?, ?)',
  due: 'SELECT id FROM complaint WHERE due_at <= ? ORDER BY due_at LIMIT ?',
  waiting: 'SELECT count(*) AS count FROM complaint WHERE owed_since IS NOT NULL',
  waitingSince: 'SELECT min(owed_since) AS since FROM complaint WHERE owed_since > ?',
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
  writeCheck: `INSERT INTO lease (task, holder, until) VALUES ('check', '', hex(randomblob(8)))
    ON CONFLICT (task) DO UPDATE SET until = excluded.until`,
  loadContact: 'SELECT id, sealed FROM contact WHERE id = ?',
  anyContact: 'SELECT id, sealed FROM contact LIMIT 1',
  saveContact: `INSERT INTO contact (id, sealed) VALUES (?, ?)
    ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed`,
  writeLog: 'INSERT INTO log (name, at, id, sealed) VALUES (?, ?, ?, ?)',
  readLog: `SELECT at, id, sealed FROM log WHERE name = ? AND (at, id) > (?, ?) ORDER BY at, id LIMIT ?`,
};
