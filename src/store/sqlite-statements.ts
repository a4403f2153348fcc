/** What the embedded store asks its database, by name. */
export const statements = {
  load: 'SELECT id, sealed, version FROM complaint WHERE id = ?',
  findByReference: 'SELECT id, sealed, version FROM complaint WHERE reference = ?',
  findMyReference: `SELECT id, sealed, version FROM complaint WHERE reference = ? AND id IN (
      SELECT complaint_id FROM audience WHERE complaint_id = complaint.id AND key IN (SELECT value FROM json_each(?))
    )`,
  insert: `INSERT INTO complaint (id, reference, logged_at, active, ended_at, due_at, owed_since, key_id, sealed, version)
    SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, 1 WHERE NOT EXISTS (SELECT 1 FROM tombstone WHERE id = ?)
    ON CONFLICT (id) DO NOTHING`,
  update: `UPDATE complaint SET active = ?, ended_at = ?, due_at = ?, owed_since = ?, key_id = ?, sealed = ?,
    version = version + 1 WHERE id = ? AND version = ?`,
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
  loadContact: 'SELECT id, sealed FROM contact WHERE id = ?',
  anyContact: 'SELECT id, sealed FROM contact LIMIT 1',
  saveContact: `INSERT INTO contact (id, sealed) VALUES (?, ?)
    ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed`,
  writeLog: 'INSERT INTO log (name, at, id, sealed) VALUES (?, ?, ?, ?)',
  readLog: `SELECT at, id, sealed FROM log WHERE name = ? AND (at, id) > (?, ?) ORDER BY at, id LIMIT ?`,
};
