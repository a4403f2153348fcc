import { gatherKnown, type Known } from '../domain/anonymise.ts';
import { type AnonymousRecord, isCounted } from '../domain/anonymous-record.ts';
import { intakesOf } from '../domain/complaint.ts';
import { holdersOf, type Organisation } from '../domain/organisation.ts';
import { count, type Figures, noFigures } from '../domain/report.ts';
import { Fault } from '../fault.ts';
import type { Page, RecordsOf, Store } from './store.ts';

const pageSize = 200;

/** Told now and then how many records or complaints were gone through. */
export type Progress = (done: number) => void;

/** The anonymous records of a year, or of a year and a nature, one after the other; only a page of them is in memory. */
export async function* recordsIn(
  of: RecordsOf,
  store: Pick<Store, 'records'>,
  progress: Progress = () => undefined,
): AsyncGenerator<AnonymousRecord> {
  let done = 0;
  let after: string | undefined;
  do {
    const page = await store.records(of, { limit: pageSize, ...(after !== undefined && { after }) });
    yield* page.items;
    done += page.items.length;
    progress(done);
    after = page.next;
  } while (after !== undefined);
}

/** The records of several natures as one row, by their random ids: the order tells nothing of the nature. */
export async function* recordsTogether(
  year: number,
  natures: readonly AnonymousRecord['nature'][],
  store: Pick<Store, 'records'>,
): AsyncGenerator<AnonymousRecord> {
  const rows = natures.map((nature) => recordsIn({ year, nature }, store));
  const heads = await Promise.all(rows.map((row) => row.next()));
  for (;;) {
    const waiting = heads.flatMap(({ value, done }, index) => (done ? [] : [{ index, record: value }]));
    const [first] = waiting.sort((one, other) => (one.record.id < other.record.id ? -1 : 1));
    if (!first) return;
    yield first.record;
    heads[first.index] = await (rows[first.index] as AsyncGenerator<AnonymousRecord>).next();
  }
}

/**
 * A page of the records of a year and a nature that who analyses them may read: not those still being handled, which
 * could be tied to a reference by their stage, and no duplicates.
 */
export async function listRecords(
  of: RecordsOf,
  { limit, after }: { limit: number; after?: string },
  store: Pick<Store, 'records'>,
): Promise<Page<AnonymousRecord>> {
  const items: AnonymousRecord[] = [];
  let place = after;
  for (;;) {
    const page = await store.records(of, { limit: limit - items.length, ...(place && { after: place }) });
    items.push(...page.items.filter((record) => record.state !== 'open' && isCounted(record)));
    place = page.next;
    if (place === undefined) return { items };
    if (items.length < limit) continue;
    // There is a next page only where it shows something.
    const { items: more } = await listRecords(of, { limit: 1, after: place }, store);
    return more.length > 0 ? { items, next: place } : { items };
  }
}

/** Counts the records of a year (R12). */
export async function figuresOf(
  year: number,
  departments: readonly { id: string }[],
  store: Pick<Store, 'records'>,
  progress?: Progress,
): Promise<Figures> {
  const known = new Set(departments.map(({ id }) => id));
  const figures = noFigures(year);
  for await (const record of recordsIn({ year }, store, progress)) count(figures, record, known);
  return figures;
}

/** How many complaints are opened at once. */
const atOnce = 20;

/**
 * The names and numbers that the complaints of a year know, as far as their personal data are still there, and the names
 * of who holds a role. Throws where one can't be opened: what it knows could then stand in the report.
 */
export async function knownOfYear(
  year: number,
  organisation: Organisation,
  store: Pick<Store, 'all' | 'load'>,
  progress: Progress = () => undefined,
): Promise<Known> {
  const gathered = gatherKnown(holdersOf(organisation));
  let done = 0;
  let after: string | undefined;
  do {
    const page = await store.all({ limit: atOnce, ...(after !== undefined && { after }) });
    const documents = await Promise.all(page.items.map((id) => store.load(id))).catch((cause: unknown) => {
      throw new Fault('a complaint can not be opened, so that the report can not be checked for its names', {
        cause,
      });
    });
    for (const document of documents) {
      if (!document) continue;
      const { complaint } = document;
      const isOfYear = intakesOf(complaint).some(({ submittedOn }) => submittedOn.startsWith(`${year}-`));
      if (isOfYear) gathered.add(complaint);
    }
    done += page.items.length;
    progress(done);
    after = page.next;
  } while (after !== undefined);
  return gathered.known();
}
