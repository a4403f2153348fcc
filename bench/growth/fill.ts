// Databases with more and more complaints in them, each with all that the smaller one has.
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { toRecord } from '../../src/store/record.ts';
import { createSeal, type Seal } from '../../src/store/seal.ts';
import { atomically, openSqliteFile } from '../../src/store/sqlite-file.ts';
import { statements } from '../../src/store/sqlite-statements.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import { largeOrganisation } from '../large-organisation.ts';
import { benchKeys } from '../turns/world.ts';
import { createLives, ofTheMeasured } from './lives.ts';

/** Complaints that are written in one transaction. */
const batch = 1000;

/** What is asked of every database. */
export interface Asked {
  now: string;
  /** The measured employee's own. */
  ids: string[];
  references: string[];
  commonName: string;
  rareName: string;
}

export const databaseOf = (folder: string, size: number) => join(folder, `${size}.db`);

/** Fills a database of each size, each complaint sealed for itself under the schema of the bot. */
export async function fill(
  folder: string,
  sizes: readonly number[],
  progress: (done: number) => void,
): Promise<Asked> {
  const seal = createSeal(benchKeys);
  const now = new Date();
  const { tell, commonName, rareName } = await createLives(seal, now);
  const asked: Asked = { now: now.toISOString(), ids: [], references: [], commonName, rareName };
  const file = join(folder, 'filling.db');
  await prepare(file, seal);
  const db = openSqliteFile(file);
  // Nothing of this need outlive a crash, and it is not what is measured.
  db.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1500000');
  const insert = db.prepare(statements.insert);
  const addAudience = db.prepare(statements.audienceAdded);
  const addSearch = db.prepare(statements.searchAdded);
  let done = 0;
  for (const size of sizes) {
    while (done < size) {
      const count = Math.min(batch, size - done);
      const documents = Array.from({ length: count }, (_each, index) => tell(done + index));
      const records = await Promise.all(documents.map((document) => toRecord(document, seal)));
      atomically(db, () => {
        for (const record of records) {
          const { id, reference, loggedAt, active, endedAt, dueAt, owedSince, keyId, sealed } = record;
          insert.run(id, reference, loggedAt, Number(active), endedAt, dueAt, owedSince, keyId, sealed, id);
          for (const key of record.audience) addAudience.run(key, loggedAt, id);
          for (const key of record.searchKeys) addSearch.run(key, loggedAt, id);
        }
      });
      if (done === 0) {
        const own = documents.slice(0, ofTheMeasured).map(({ complaint }) => complaint);
        asked.ids = own.map(({ id }) => id);
        asked.references = own.map(({ reference }) => reference);
      }
      done += count;
      progress(done);
    }
    copyFileSync(file, databaseOf(folder, size));
  }
  db.close();
  return asked;
}

/** Makes the database with its organisation, and with the numbers of this year given already. */
async function prepare(file: string, seal: Seal): Promise<void> {
  const store = openSqliteStore(file, seal);
  await store.saveOrganisation(largeOrganisation());
  await store.close();
  const db = openSqliteFile(file);
  db.prepare('INSERT INTO counter (year, number) VALUES (?, 9000000)').run(new Date().getFullYear());
  db.close();
}
