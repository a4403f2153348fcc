// What is measured in a database of some size, in a process of its own: started by `bench/growth.ts`.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { handleLog } from '../../src/app/handle-command.ts';
import { findByReference, listMine, listWaiting, openDetails, searchByName } from '../../src/app/look-up.ts';
import { withOrganisationCache } from '../../src/app/organisation-cache.ts';
import { keepUp } from '../../src/app/upkeep.ts';
import { intakeSchema } from '../../src/domain/intake.ts';
import { createSeal } from '../../src/store/seal.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import { benchKeys } from '../turns/world.ts';
import type { Asked } from './fill.ts';
import { measured } from './lives.ts';

/** Complaints on a page of a list, and taken up in one page of a sweep. */
const page = { limit: 5 };
const swept = 20;
const { employee, approver } = measured;

const [database = '', askedFile = ''] = process.argv.slice(2);
const asked = JSON.parse(readFileSync(askedFile, 'utf8')) as Asked;
const store = withOrganisationCache(openSqliteStore(database, createSeal(benchKeys)));
const clock = () => new Date(asked.now);
const around = { store, clock, noticesOwed: () => undefined };
const tomorrow = new Date(clock().getTime() + 2 * 24 * 60 * 60_000).toISOString();

const content = intakeSchema.parse({
  ...{ relation: 'client', name: 'Kanarie van der Berg', externalBody: false, compensation: false },
  ...{ phone: '+31707630606', submittedOn: asked.now.slice(0, 10), wayIn: 'phone', entryStage: 'employee' },
  ...{ concerned: [], department: 'afdeling-1', nature: 'conduct' },
  description: 'Twee keer niet teruggebeld. '.repeat(10),
});
const of = (all: readonly string[], n: number) => all[n % all.length] ?? '';

/** Goes through the first complaints that are being handled, as many as a page of a sweep has. */
async function keepUpPage(): Promise<void> {
  const enough = new AbortController();
  let loads = 0;
  const load: typeof store.load = (id) => {
    if (++loads === 2 * swept) enough.abort();
    return store.load(id);
  };
  await keepUp('bench', { ...around, store: { ...store, load } }, undefined, enough.signal);
}

/** What is done, by its name, and how many calls a figure has; each gives what it found, to see that it did. */
const operations: Record<string, (n: number) => Promise<unknown>> = {
  'list of mine': () => listMine(employee, page, around),
  'list of mine, an approver': () => listMine(approver, page, around),
  'what waits for me': () => listWaiting(employee, page.limit, around),
  'what waits for me, an approver': () => listWaiting(approver, page.limit, around),
  'opening details by id': (n) => openDetails(of(asked.ids, n), employee, around),
  'look-up by reference': (n) => findByReference(of(asked.references, n), employee, around),
  'search by a rare name': () => searchByName(asked.rareName, employee, around),
  'search by a common name': () => searchByName(asked.commonName, employee, around),
  'search by a common name, an approver': () => searchByName(asked.commonName, approver, around),
  logging: () => handleLog({ kind: 'logComplaint', id: randomUUID(), content }, approver, around),
  'outbox: nothing due': () => store.due(asked.now, 50),
  'outbox: fifty due': () => store.due(tomorrow, 50),
  'a page of what is handled': () => store.active({ limit: swept }),
  'a page of what ended long ago': () => store.endedBefore(asked.now, swept),
  'keeping up, twenty complaints': keepUpPage,
};
export type Told = { names: string[] } | Taken;
/** In milliseconds: of each call until its answer, and of the processor for a call. */
export interface Taken {
  times: number[];
  cpu: number;
}

/** Takes an operation so many times. */
process.on('message', async ({ name, count }: { name: string; count: number }) => {
  const act = operations[name];
  const times: number[] = [];
  const before = process.cpuUsage();
  for (let n = 0; act && n < count; n++) {
    const begun = performance.now();
    await act(n);
    times.push(performance.now() - begun);
  }
  const { user, system } = process.cpuUsage(before);
  process.send?.({ times, cpu: (user + system) / 1000 / count } satisfies Told);
});
process.once('disconnect', () => store.close().then(() => process.exit(0)));
await store.loadOrganisation();
process.send?.({ names: Object.keys(operations) } satisfies Told);
