import { isActive } from '../domain/complaint.ts';
import { evidenceOf } from '../domain/evidence.ts';
import { holdersOf } from '../domain/organisation.ts';
import { Fault } from '../fault.ts';
import { contentOf, type Files } from './files.ts';
import { currentOrganisation, type Surroundings } from './handle-command.ts';
import { type Part, partsOf, type Sought } from './person-parts.ts';
import type { ComplaintDocument, Destroyed, LogEntry, Store } from './store.ts';
import { removeFiles } from './sweep-files.ts';
import { leaveRecord } from './write-record.ts';

const pageSize = 100;
/** How many complaints are opened at once. */
const atOnce = 10;
/** How often destroying is decided anew because somebody else wrote first. */
const mostAttempts = 20;

/** What the tool of the privacy officer needs; `by` is who uses it, as the machine knows them. */
export type Officer = Pick<Surroundings, 'store' | 'clock'> & { by: string; files?: Files | undefined };

/** A complaint in which somebody was found, and as what. */
export interface Found {
  document: ComplaintDocument;
  parts: Part[];
}

/** An entry of a log, with the name of who did it where it is known. */
export type NamedEntry = LogEntry & { name: string };

const record = ({ store, clock, by }: Officer, use: string) =>
  store.recordPrivacyUse({ at: clock().toISOString(), by, use });

/**
 * R14: opens every complaint, active or ended, and gives those in which somebody has a part. What was sought is not
 * recorded, what was found is. Throws where one complaint can't be opened: silence would say that there is nothing.
 */
export async function findPerson(
  sought: Sought,
  officer: Officer,
  progress: (done: number, total: number) => void = () => undefined,
): Promise<Found[]> {
  const { store } = officer;
  const ids: string[] = [];
  for await (const page of pagesOf((place) => store.all(place))) ids.push(...page);
  const found: Found[] = [];
  for (let from = 0; from < ids.length; from += atOnce) {
    const documents = await Promise.all(ids.slice(from, from + atOnce).map((id) => store.load(id)));
    for (const document of documents) {
      // Destroyed since its id was read.
      if (!document) continue;
      const parts = partsOf(document, sought);
      if (parts.length > 0) found.push({ document, parts });
    }
    progress(Math.min(from + atOnce, ids.length), ids.length);
  }
  const orderOf = ({ document: { complaint } }: Found) => `${complaint.loggedAt} ${complaint.reference}`;
  found.sort((a, b) => orderOf(a).localeCompare(orderOf(b)));
  const references = found.map(({ document }) => document.complaint.reference);
  await record(officer, `find by ${sought.by}: ${references.join(', ') || 'nothing'}`);
  return found;
}

/** R14: gives everything of a complaint; that it was given is recorded first. */
export async function showComplaint(
  reference: string,
  officer: Officer,
): Promise<ComplaintDocument | Destroyed | undefined> {
  await record(officer, `show ${reference}`);
  return findAnyway(reference, officer.store);
}

/** Finds a complaint, or what is left of it. */
export async function findAnyway(
  reference: string,
  store: Pick<Store, 'findByReference' | 'findDestroyed'>,
): Promise<ComplaintDocument | Destroyed | undefined> {
  return (await store.findByReference(reference)) ?? (await store.findDestroyed(reference));
}

/**
 * R14: destroys the personal data of a complaint on request; one that is active only with a reason. The use is
 * recorded before it is done. `files-left`: its files could not be removed now; their keys are gone, and the bot's sweep
 * removes them. Throws where the store fails.
 */
export async function destroyOnRequest(
  reference: string,
  whileActive: string | undefined,
  officer: Officer,
): Promise<'destroyed' | 'files-left' | 'active' | 'not-there'> {
  const { store, clock } = officer;
  let isRecorded = false;
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const complaint = (await store.findByReference(reference))?.complaint;
    if (!complaint) return 'not-there';
    if (isActive(complaint) && whileActive === undefined) return 'active';
    if (!isRecorded) {
      const why = isActive(complaint) ? ` while active: ${whileActive}` : '';
      await record(officer, `destroy ${reference}${why}`);
      isRecorded = true;
    }
    await leaveRecord(complaint.id, { store, clock });
    const left = await store.load(complaint.id);
    // Ended or reopened meanwhile: decided anew.
    if (!left || left.complaint.state !== complaint.state) continue;
    const outcome = await store.destroy(complaint.id, left.version, clock().toISOString(), 'R14: on request');
    if (outcome !== 'committed') continue;
    return removed(complaint.id, officer);
  }
  throw new Fault(`gave up after ${mostAttempts} version conflicts`);
}

async function removed(complaintId: string, { files }: Officer): Promise<'destroyed' | 'files-left'> {
  if (!files) return 'destroyed';
  return removeFiles(files, complaintId).then(
    () => 'destroyed',
    () => 'files-left',
  );
}

/** R14: hands over the files of a complaint, one after the other, by their names; `content` is left out where it is gone. */
export async function* filesOf(
  document: ComplaintDocument,
  { files }: Officer,
): AsyncGenerator<{ fileName: string; content?: Uint8Array }> {
  for (const { id, fileName } of evidenceOf(document.complaint)) {
    const content = files && (await contentOf(document, id, files));
    yield content ? { fileName, content } : { fileName };
  }
}

/**
 * R13, R14: who looked at what, who changed roles, and who used this tool, oldest first; of one complaint, or of all.
 * Asking is itself recorded, and the last entry.
 */
export async function* accessLog(
  reference: string | undefined,
  officer: Officer,
): AsyncGenerator<NamedEntry> {
  const { store } = officer;
  await record(officer, reference === undefined ? 'access-log' : `access-log ${reference}`);
  const nameOf = await namesIn(store);
  const logs = (['look', 'change', 'privacy'] as const).map((log) => entriesOf(log, store));
  const heads = await Promise.all(logs.map((log) => log.next()));
  for (;;) {
    const moments = heads.map(({ value, done }) => (done ? undefined : (value as LogEntry).at));
    const [first] = moments.filter((at) => at !== undefined).sort();
    if (first === undefined) return;
    const index = moments.indexOf(first);
    const entry = heads[index]?.value as LogEntry;
    if (reference === undefined || isAbout(entry, reference)) {
      yield { ...entry, name: entry.log === 'privacy' ? entry.by : await nameOf(entry.personId) };
    }
    heads[index] = await (logs[index] as AsyncGenerator<LogEntry>).next();
  }
}

const isAbout = (entry: LogEntry, reference: string) =>
  entry.log === 'look'
    ? entry.reference === reference
    : entry.log === 'privacy' && entry.use.split(/[^\w-]+/).includes(reference);

async function* entriesOf(log: LogEntry['log'], store: Pick<Store, 'readLog'>): AsyncGenerator<LogEntry> {
  for await (const page of pagesOf((place) => store.readLog(log, place))) yield* page;
}

async function* pagesOf<T>(
  read: (place: { limit: number; after?: string }) => Promise<{ items: T[]; next?: string }>,
): AsyncGenerator<T[]> {
  let after: string | undefined;
  do {
    const page = await read({ limit: pageSize, ...(after !== undefined && { after }) });
    yield page.items;
    after = page.next;
  } while (after !== undefined);
}

/** Names of people by id: those with a role, and those who ever spoke with the bot; else the id itself. */
async function namesIn(store: Pick<Store, 'loadOrganisation' | 'loadContact'>) {
  const names = new Map(holdersOf(await currentOrganisation(store)).map(({ id, name }) => [id, name]));
  return async (id: string): Promise<string> => {
    const known = names.get(id) ?? (await store.loadContact(id))?.person.name ?? id;
    names.set(id, known);
    return known;
  };
}
