import { randomUUID } from 'node:crypto';
import type { LogEntry, Store } from '../app/store.ts';
import { createOpened } from './opened.ts';
import { pageOfIds } from './page.ts';
import {
  asRead,
  type ComplaintRecord,
  contactIdsOf,
  fromContactRecord,
  fromRecord,
  fromRecordRecord,
  openOrganisation,
  placesOf,
  sealOrganisation,
  toContactRecord,
  toLogRecord,
  toRecord,
  toRecordRecord,
} from './record.ts';
import type { Seal } from './seal.ts';
import { createWriter, openSqliteFile } from './sqlite-file.ts';
import { statements } from './sqlite-statements.ts';

type Value = string | number | null;
type Row = Record<string, Value>;

/**
 * Opens the embedded store, making the file (readable by its owner alone) or upgrading it where needed.
 * Throws where the file is no database, one of a newer version of this program, or sealed under other keys.
 */
export function openSqliteStore(file: string, seal: Seal): Store {
  const db = openSqliteFile(file);
  const prepared = Object.fromEntries(
    Object.entries(statements).map(([name, sql]) => [name, db.prepare(sql)]),
  ) as Record<keyof typeof statements, ReturnType<typeof db.prepare>>;
  const one = (name: keyof typeof statements, ...values: Value[]) =>
    prepared[name].get(...values) as Row | undefined;
  const all = (name: keyof typeof statements, ...values: Value[]) => prepared[name].all(...values) as Row[];
  const run = (name: keyof typeof statements, ...values: Value[]) =>
    Number(prepared[name].run(...values).changes);
  const write = createWriter(db);

  const documents = createOpened((row) => fromRecord(row, seal));
  const opened = (row: Row) => documents.open({ id: text(row, 'id'), sealed: text(row, 'sealed') });
  const stored = async (row: Row | undefined) =>
    row && { ...(await opened(row)), version: text(row, 'version') };
  const idsOf = (name: 'active' | 'all', { limit, after = '' }: { limit: number; after?: string }) =>
    pageOfIds(
      all(name, after, limit).map((row) => text(row, 'id')),
      limit,
    );
  const complaints = async (rows: Row[]) =>
    Promise.all(rows.map(async (row) => (await opened(row)).complaint));
  const contacts = createOpened((row) => fromContactRecord(row, seal));
  const record = async (row: Row) =>
    fromRecordRecord({ id: text(row, 'id'), sealed: text(row, 'sealed') }, seal);
  const contact = async (row: Row | undefined) =>
    row && contacts.open({ id: text(row, 'id'), sealed: text(row, 'sealed') });
  const hashed = (keys: readonly string[]) => JSON.stringify(keys.flatMap(seal.hashes));
  const writeLog = async (name: LogEntry['log'], { at, ...entry }: { at: string }) => {
    const record = await toLogRecord(randomUUID(), at, entry, seal);
    await write(() => run('writeLog', name, record.at, record.id, record.sealed));
  };
  /** Writes the keys under which a complaint is found; most changes leave those of an older version as they are. */
  const changeKeys = (
    of: 'audience' | 'search',
    { id, loggedAt, audience, searchKeys }: ComplaintRecord,
    isNew: boolean,
  ) => {
    const is = new Set(of === 'audience' ? audience : searchKeys);
    const was = new Set(isNew ? [] : all(`${of}Of`, id).map((row) => text(row, 'key')));
    for (const key of was) if (!is.has(key)) run(`${of}Removed`, key, loggedAt, id);
    for (const key of is) if (!was.has(key)) run(`${of}Added`, key, loggedAt, id);
  };
  return {
    load: async (id, viewerKeys) =>
      stored(viewerKeys === undefined ? one('load', id) : one('loadMine', id, hashed(viewerKeys))),
    findByReference: async (reference, viewerKeys) =>
      stored(
        viewerKeys === undefined
          ? one('findByReference', reference)
          : one('findMyReference', reference, hashed(viewerKeys)),
      ),
    commit: async (document, version) => {
      const record = await toRecord(document, seal);
      const { id, reference, loggedAt, endedAt, dueAt, owedSince, keyId, sealed } = record;
      const active = Number(record.active);
      const result = await write(() => {
        const changes =
          version === undefined
            ? run('insert', id, reference, loggedAt, active, endedAt, dueAt, owedSince, keyId, sealed, id)
            : run('update', active, endedAt, dueAt, owedSince, keyId, sealed, id, Number(version));
        if (changes > 0) {
          changeKeys('audience', record, version === undefined);
          changeKeys('search', record, version === undefined);
        }
        return outcomeOf(changes);
      });
      if (result === 'committed') documents.keep(record, asRead(document));
      return result;
    },
    list: async (viewerKeys, { limit, after }) => {
      const [loggedAt, id] = after === undefined ? ['9999', ''] : readPlace(after);
      const hashes = viewerKeys.flatMap(seal.hashes);
      const [only, ...others] = hashes;
      const rows =
        only !== undefined && others.length === 0
          ? all('listOne', only, loggedAt, id, limit + 1)
          : all('list', JSON.stringify(hashes), loggedAt, id, limit + 1);
      const items = await complaints(rows.slice(0, limit));
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      return last ? { items, next: `${text(last, 'logged_at')}/${text(last, 'id')}` } : { items };
    },
    search: async (searchKeys, limit, viewerKeys) =>
      complaints(
        viewerKeys === undefined
          ? all('search', hashed(searchKeys), '9999', '', limit)
          : all('searchMine', hashed(searchKeys), hashed(viewerKeys), limit),
      ),
    active: async (page) => idsOf('active', page),
    all: async (page) => idsOf('all', page),
    findDestroyed: async (reference) => {
      const row = one('findDestroyed', reference);
      return row && { reference, destroyedAt: text(row, 'destroyed_at'), rule: text(row, 'rule') };
    },
    wasDestroyed: async (id) => one('wasDestroyed', id) !== undefined,
    endedBefore: async (moment, limit) => all('endedBefore', moment, limit).map((row) => text(row, 'id')),
    destroy: async (id, version, destroyedAt, rule) => {
      const result = await write(() => {
        const gone = one('destroy', id, Number(version));
        if (!gone) return 'conflict';
        run('bury', id, text(gone, 'reference'), text(gone, 'logged_at'), destroyedAt, rule);
        return 'committed';
      });
      if (result === 'committed') documents.forget(id);
      // What was written before must not stay behind in the log of writes.
      db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      return result;
    },
    due: async (now, limit) => all('due', now, limit).map((row) => text(row, 'id')),
    waiting: async () => Number(one('waiting')?.['count']),
    waitingSince: async (after = '') => {
      const since = one('waitingSince', after)?.['since'];
      return since === null ? undefined : String(since);
    },
    loadRecord: async (id) => {
      const row = one('loadRecord', id);
      return row && { record: await record(row), version: text(row, 'version') };
    },
    saveRecord: async (given, version) => {
      const { id, place, sealed } = await toRecordRecord(given, seal);
      return write(() =>
        outcomeOf(
          version === undefined
            ? run('insertRecord', id, place, sealed)
            : run('updateRecord', place, sealed, id, Number(version)),
        ),
      );
    },
    records: async (of, { limit, after }) => {
      const { from, to } = placesOf(of);
      const rows = all('records', after ?? from, to, limit);
      const items = await Promise.all(rows.map(record));
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return last ? { items, next: text(last, 'place') } : { items };
    },
    nextNumber: (year) => write(() => Number(one('nextNumber', year)?.['number'])),
    lease: (task, holder, now, until) => write(() => run('lease', task, holder, until, now) > 0),
    loadOrganisation: async () => {
      const row = one('loadOrganisation');
      return (
        row && {
          organisation: await openOrganisation(text(row, 'sealed'), seal),
          version: text(row, 'version'),
        }
      );
    },
    saveOrganisation: async (organisation, version) => {
      const sealed = await sealOrganisation(organisation, seal);
      return write(() =>
        outcomeOf(
          version === undefined
            ? run('insertOrganisation', sealed)
            : run('updateOrganisation', sealed, Number(version)),
        ),
      );
    },
    loadContact: async (personId) => {
      // Today's key first: what lies under an older one is older.
      const found = contactIdsOf(personId, seal).map((id) => one('loadContact', id));
      return contact(found.find((row) => row !== undefined));
    },
    anyContact: async () => contact(one('anyContact')),
    saveContact: async (given) => {
      const { id, sealed } = await toContactRecord(given, seal);
      await write(() => run('saveContact', id, sealed));
    },
    recordLook: async (look) => writeLog('look', look),
    recordChange: async (change) => writeLog('change', change),
    recordPrivacyUse: async (use) => writeLog('privacy', use),
    readLog: async (name, { limit, after }) => {
      const [at, id] = after === undefined ? ['', ''] : readPlace(after);
      const rows = all('readLog', name, at, id, limit);
      const items = await Promise.all(
        rows.map(async (row) => {
          const entry = JSON.parse(await seal.open(text(row, 'id'), text(row, 'sealed')));
          return { log: name, ...entry } as LogEntry;
        }),
      );
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return last ? { items, next: `${text(last, 'at')}/${text(last, 'id')}` } : { items };
    },
    check: async () => {
      // Only a write tells of a full disk, or of a file that somebody else holds.
      await write(() => run('writeCheck'));
    },
    close: async () => {
      if (!db.isOpen) return;
      // What was asked for before goes first.
      await write(() => undefined);
      db.close();
    },
  };
}

const text = (row: Row, column: string) => String(row[column]);

const outcomeOf = (changes: number) => (changes === 0 ? 'conflict' : 'committed');

/** Reads where a page begins; a place that was tampered with gives the end of the list. */
function readPlace(after: string): [string, string] {
  const slash = after.indexOf('/');
  return slash < 0 ? ['', ''] : [after.slice(0, slash), after.slice(slash + 1)];
}
