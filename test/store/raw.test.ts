import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/app/store.ts';
import { pagesOf, type RawOf, type RawRecord, type RawStore, rawKinds } from '../../src/store/raw.ts';
import { copyRecords } from '../../src/store/raw-copy.ts';
import { openRaw } from '../../src/store/raw-open.ts';
import { employee, now, organisation, seal } from '../fixtures.ts';
import { everyPlace, type Place, sqlitePlace } from './places.ts';
import { liveIn, livesWithEveryCommand, logMany } from './whole-lives.ts';

const places = everyPlace();
const [, [, freshCosmos]] = places;

const everything = async (raw: RawStore) => {
  const found: RawRecord[] = [];
  for await (const records of pagesOf(raw, rawKinds, 3)) found.push(...records);
  const sorted = found.map((each) => ({
    ...each,
    ...('audience' in each && { audience: each.audience.toSorted(), searchKeys: each.searchKeys.toSorted() }),
  }));
  return sorted.sort((a, b) => `${a.kind}${a.id}`.localeCompare(`${b.kind}${b.id}`));
};

describe('copying', () => {
  it('from SQLite to Cosmos DB and back gives the same records, and a store that works', async () => {
    const [first, between, last] = [await sqlitePlace(), await freshCosmos(), await sqlitePlace()];
    const store = await first.open(seal);
    await liveIn(store, livesWithEveryCommand().slice(0, 4));
    await logMany(store, 30, 'more');
    const { version = '' } = (await store.load('more-0')) ?? {};
    await store.destroy('more-0', version, now.toISOString(), 'R14');
    const mine = (await store.list([employee.id], { limit: 100 })).items;

    const raws = await Promise.all([first.raw(), between.raw(), last.raw()]);
    const [from, over, to] = raws as [RawStore, RawStore, RawStore];
    const there = await copyRecords(from, over);
    const back = await copyRecords(over, to);
    for (const copied of [there, back]) expect(copied).toMatchObject({ differing: 0, kept: 0, beyond: 0 });
    expect(there.verified).toBe(there.written);
    expect(await everything(over)).toEqual(await everything(from));
    expect(await everything(to)).toEqual(await everything(from));

    const restored = await last.open(seal);
    expect((await restored.list([employee.id], { limit: 100 })).items).toEqual(mine);
    expect(await restored.nextNumber(2026)).toBe(await store.nextNumber(2026));
    const records = (await store.records({ year: 2026 }, { limit: 100 })).items;
    expect(records.length).toBeGreaterThan(3);
    expect((await restored.records({ year: 2026 }, { limit: 100 })).items).toEqual(records);
    expect(await restored.loadContact(employee.id)).toEqual(await store.loadContact(employee.id));
    expect((await restored.readLog('look', { limit: 100 })).items).toEqual(
      (await store.readLog('look', { limit: 100 })).items,
    );
    await Promise.all([...raws.map((raw) => raw.close()), store.close(), restored.close()]);
    for (const place of [first, between, last]) await place.remove();
  });

  it('of an embedded store takes it as it is at one moment, whatever the bot writes meanwhile', async () => {
    const [from, to] = [await sqlitePlace(), await sqlitePlace()];
    const store = await from.open(seal);
    await logMany(store, 30, 'form');
    const source = await openRaw(from.place, 'local', { mustExist: true, snapshot: true });
    await logMany(store, 5, 'later');
    const target = await to.raw();
    const copied = await copyRecords(source, target);
    expect(copied).toMatchObject({ differing: 0, counts: { complaint: 30 } });
    expect(await target.count('complaint')).toBe(30);
    await Promise.all([source.close(), target.close(), store.close()]);
    for (const place of [from, to]) await place.remove();
  });
});

it('what was replaced is not said to be wiped while somebody still reads it', async () => {
  const place = await sqlitePlace();
  const store = await place.open(seal);
  await logMany(store, 1, 'form');
  const reader = await openRaw(place.place, 'local', { mustExist: true, snapshot: true });
  const raw = await place.raw();
  await raw.put([{ kind: 'contact', id: 'contact:x', sealed: 'x' }]);
  expect(await raw.settle(1)).toBe(false);
  await reader.close();
  expect(await raw.settle()).toBe(true);
  await Promise.all([raw.close(), store.close()]);
  await place.remove();
});

describe.each(places)('%s as it lies', (_name, makePlace) => {
  let place: Place;
  let raw: RawStore;
  let store: Store;
  beforeEach(async () => {
    place = await makePlace();
    store = await place.open(seal);
    await logMany(store, 3, 'form');
    raw = await place.raw();
  });
  afterEach(async () => {
    await Promise.all([raw.close(), store.close()]);
    await place.remove();
  });

  const complaint = async () => {
    const { items } = await raw.page('complaint', { limit: 1 });
    return items[0] as RawOf<'complaint'>;
  };
  const tombstone = ({ id, reference, loggedAt }: RawOf<'complaint'>, rule = 'R14'): RawRecord => ({
    kind: 'tombstone',
    ...{ id, reference, loggedAt, destroyedAt: now.toISOString(), rule },
  });

  it('the same record again changes nothing, another content is written', async () => {
    const there = await complaint();
    expect(await raw.put([there])).toEqual(['same']);
    expect(await raw.put([{ ...there, audience: [...there.audience].reverse() }])).toEqual(['same']);
    expect(await raw.put([{ ...there, dueAt: null }])).toEqual(['written']);
    expect(await complaint()).toMatchObject({ dueAt: null });
  });

  it('a write makes the version that somebody read an old one', async () => {
    const there = await complaint();
    const { version, ...document } = (await store.load(there.id)) ?? { version: '', outbox: [] };
    await raw.put([{ ...there, dueAt: null }]);
    expect(await store.commit(document as Parameters<Store['commit']>[0], version)).toBe('conflict');
  });

  it('R14: a complaint that was destroyed is never brought back, and a tombstone destroys', async () => {
    const there = await complaint();
    expect(await raw.put([tombstone(there)])).toEqual(['written']);
    expect(await store.load(there.id)).toBeUndefined();
    expect(await raw.put([there])).toEqual(['kept']);
    expect(await raw.put([tombstone(there), tombstone(there, 'another')])).toEqual(['same', 'kept']);
    expect(await raw.find(there)).toEqual(tombstone(there));
    expect(await raw.count('complaint')).toBe(2);
    expect(await raw.count('tombstone')).toBe(1);
  });

  it('counters only go up', async () => {
    const counter = (number: number): RawRecord => ({ kind: 'counter', id: 'counter-2026', number });
    expect(await raw.put([counter(2)])).toEqual(['kept']);
    expect(await raw.put([counter(3)])).toEqual(['same']);
    expect(await raw.put([counter(9)])).toEqual(['written']);
    expect(await store.nextNumber(2026)).toBe(10);
  });

  it('a reference that names another complaint is a fault, and nothing of that page is written', async () => {
    const there = await complaint();
    const stranger = { ...there, id: 'of another store' };
    await expect(raw.put([stranger])).rejects.toThrow(`${there.reference} names another complaint`);
    expect(await raw.find(stranger)).toBeUndefined();
  });

  it('something sealed again replaces only what it was made of', async () => {
    await store.saveContact({ person: employee, locale: 'nl', reference: {} });
    await store.recordChange({ at: now.toISOString(), personId: employee.id, change: 'x' });
    const [contact] = (await raw.page('contact', { limit: 9 })).items as RawOf<'contact'>[];
    const [entry] = (await raw.page('log', { limit: 9 })).items as RawOf<'log'>[];
    if (!contact || !entry) throw new Error('nothing there');
    await raw.replace(entry, { ...entry, sealed: 'a.b' });
    await raw.replace(entry, { ...entry, sealed: 'too late' });
    expect(await raw.find(entry)).toMatchObject({ sealed: 'a.b' });
    await raw.replace(contact, { ...contact, id: 'contact:new' });
    expect(await raw.find(contact)).toBeUndefined();
    expect(await raw.find({ ...contact, id: 'contact:new' })).toBeDefined();
    expect(await raw.count('contact')).toBe(1);
  });

  it('a contact that was saved anew meanwhile stands, and the old one goes', async () => {
    await store.saveContact({ person: employee, locale: 'nl', reference: {} });
    const [contact] = (await raw.page('contact', { limit: 9 })).items as RawOf<'contact'>[];
    if (!contact) throw new Error('nothing there');
    const fresh = { ...contact, id: 'contact:new', sealed: 'fresh' };
    await raw.put([fresh]);
    await raw.replace(contact, { ...contact, id: 'contact:new' });
    expect((await raw.page('contact', { limit: 9 })).items).toEqual([fresh]);
  });

  it('has no leases: those are of the moment', async () => {
    await store.lease('upkeep', 'one', now.toISOString(), now.toISOString());
    expect((await everything(raw)).map(({ kind }) => kind)).not.toContain('lease');
    expect((await store.loadOrganisation())?.organisation).toEqual(organisation);
  });
});
