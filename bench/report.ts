// Measures the yearly report over more and more anonymous records: time, memory, size. Each in a process of its own.
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { liveYear } from '../demo/a-year.ts';
import { createChance } from '../demo/chance.ts';
import organisation from '../demo/organisation.json' with { type: 'json' };
import { endings, subjects } from '../demo/year-texts.ts';
import type { AnonymousRecord } from '../src/domain/anonymous-record.ts';
import { organisationSchema } from '../src/domain/organisation.ts';
import { eligibleRelations, natures, waysIn } from '../src/domain/vocabulary.ts';
import { type Format, formats, makeReport } from '../src/report/make-report.ts';
import { openStore } from '../src/store/open-store.ts';
import { openRaw } from '../src/store/raw-open.ts';
import { toRecordRecord } from '../src/store/record.ts';
import { createSeal } from '../src/store/seal.ts';

const sizes = [1_000, 10_000, 100_000];
const year = 2025;
/** What the process gets at most for its objects: with more, V8 collects later, and memory would tell nothing. */
const heap = '--max-old-space-size=128';
const seal = createSeal({
  keys: [{ kty: 'oct', k: Buffer.alloc(32, 1).toString('base64url'), kid: 'bench' }],
});
const placeOf = (file: string) => ({ kind: 'sqlite', file }) as const;

const [file, format, out] = process.argv.slice(2);
if (file && format && out) await measure(file, format as Format, out);
else await compare();

async function compare(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const rows: Record<string, object> = {};
  for (const size of sizes) {
    const database = join(folder, `${size}.db`);
    await fill(database, size);
    for (const each of formats) {
      const report = join(folder, `${size}.${each}`);
      const told = execFileSync(process.execPath, [heap, import.meta.filename, database, each, report], {
        encoding: 'utf8',
      });
      const { seconds, megabytes } = JSON.parse(told) as { seconds: number; megabytes: number };
      const kilobytes = Math.round(statSync(report).size / 1000);
      rows[`${size} records, ${each}`] = { seconds, 'peak memory (MB)': megabytes, 'file (kB)': kilobytes };
    }
  }
  console.table(rows);
  rmSync(folder, { recursive: true });
}

/** Makes one report, and tells how long it took and how much memory the process had at most. */
async function measure(database: string, of: Format, report: string): Promise<void> {
  const store = await openStore(placeOf(database), 'local', seal);
  const started = performance.now();
  await makeReport({ year, format: of, file: report }, { store, clock: () => new Date() });
  const seconds = Number(((performance.now() - started) / 1000).toFixed(1));
  console.log(JSON.stringify({ seconds, megabytes: Math.round(process.resourceUsage().maxRSS / 1000) }));
  await store.close();
}

/** Fills a store with records of plausible length, beside sixty complaints whose names are looked for. */
async function fill(database: string, size: number): Promise<void> {
  const store = await openStore(placeOf(database), 'local', seal);
  await store.saveOrganisation(organisationSchema.parse(organisation));
  await liveYear({ year, complaints: 60, seed: 1 }, store);
  await store.close();
  const raw = await openRaw(placeOf(database), 'local', { mustExist: true });
  const chance = createChance(1);
  for (let done = 0; done < size; done += 1000) {
    const records = Array.from({ length: 1000 }, () => recordOf(chance));
    const sealed = await Promise.all(records.map((record) => toRecordRecord(record, seal)));
    await raw.put(sealed.map((record) => ({ kind: 'record' as const, ...record })));
  }
  await raw.close();
}

function recordOf(chance: ReturnType<typeof createChance>): AnonymousRecord {
  const nature = chance.pick(natures);
  const sentences = Array.from({ length: 4 }, () => `${chance.pick(subjects[nature])}.`);
  return {
    ...{ id: randomUUID(), year, month: chance.between(1, 12), nature, department: 'welzijn' },
    ...{ wayIn: chance.pick(waysIn), relation: chance.pick(eligibleRelations) },
    ...{ entryStage: 'employee', stage: 'employee', state: 'complete', outcome: 'resolved' },
    conversations: { employee: 1, manager: 0, director: 0 },
    workingDays: { employee: chance.between(0, 60), manager: 0, director: 0 },
    summary: `${sentences.join(' ')} ${chance.pick(endings.resolved)}`,
    recommendations: [],
    improvements: [],
  };
}
