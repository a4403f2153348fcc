import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { returnSummary } from '../../src/app/analysis.ts';
import { type Delivery, deliverNotices } from '../../src/app/deliver-notices.ts';
import { handleCommand, handleLog, type Surroundings } from '../../src/app/handle-command.ts';
import type { Messenger } from '../../src/app/messenger.ts';
import { destroyOnRequest } from '../../src/app/privacy.ts';
import { destroyExpired } from '../../src/app/retention.ts';
import type { Store } from '../../src/app/store.ts';
import { keepUp } from '../../src/app/upkeep.ts';
import { writeRecord } from '../../src/app/write-record.ts';
import type { Command, ContentOf } from '../../src/domain/commands.ts';
import { recordKey } from '../../src/domain/words.ts';
import {
  closing,
  coordinator,
  employee,
  intake,
  newCommandId,
  now,
  organisation,
  seal,
} from '../fixtures.ts';
import { type Place, sqlitePlace } from '../store/places.ts';
import { countingCommits } from './counting.ts';

const messenger: Messenger = {
  toPerson: async () => ({}),
  toChannel: async () => ({}),
  update: async () => undefined,
};

describe('writeRecord', () => {
  let place: Place;
  let store: Store;
  let around: Surroundings;
  let clock = now;
  beforeEach(async () => {
    clock = now;
    place = await sqlitePlace();
    store = await place.open(seal);
    await store.saveOrganisation(organisation);
    around = { store, clock: () => clock, noticesOwed: () => undefined };
  });
  afterEach(async () => {
    await store.close();
    await place.remove();
  });

  const delivery = (over: Partial<Delivery> = {}): Delivery => ({
    ...{ store, clock: () => clock, messenger, random: () => 1, unreadable: new Map(), taken: new Map() },
    report: () => undefined,
    postponed: () => undefined,
    ...over,
  });
  const logged = async (id = newCommandId()) => {
    await handleLog({ kind: 'logComplaint', id, content: intake() }, employee, around);
    return id;
  };
  const give = <K extends Command['kind']>(id: string, kind: K, content: ContentOf<K>) =>
    handleCommand(id, { kind, id: newCommandId(), content } as Command, employee, around);
  const recordIn = async (id: string) => {
    const link = (await store.load(id))?.record;
    return link && (await store.loadRecord(link.id))?.record;
  };

  it('R11: logging owes a record, which the outbox writes', async () => {
    const id = await logged();
    expect(await recordIn(id)).toBeUndefined();
    await deliverNotices(delivery());
    expect(await recordIn(id)).toMatchObject({ state: 'open', nature: 'conduct' });
    expect((await store.load(id))?.record?.dueAt).toBeUndefined();
  });

  it('R11: closing completes it, reopening opens it again', async () => {
    const id = await logged();
    await give(id, 'close', closing());
    await deliverNotices(delivery());
    expect(await recordIn(id)).toMatchObject({ state: 'complete', outcome: 'resolved' });
    await give(id, 'reopen', { reason: 'Toch niet' });
    await deliverNotices(delivery());
    expect(await recordIn(id)).toMatchObject({ state: 'open' });
  });

  it('owes nothing where nothing changes that the record says', async () => {
    const id = await logged();
    await deliverNotices(delivery());
    await give(id, 'relay', { note: 'Belde terug' });
    expect((await store.load(id))?.record?.dueAt).toBeUndefined();
  });

  it('is under an id that nothing in the clear tells', async () => {
    const id = await logged();
    await writeRecord(id, { store });
    const link = (await store.load(id))?.record;
    const rows = await (await place.raw()).page('complaint', { limit: 1 });
    expect(link?.id).not.toBe(id);
    expect(JSON.stringify(rows)).not.toContain(link?.id);
  });

  it('that fails is tried again, and is not lost', async () => {
    const id = await logged();
    const faults: unknown[] = [];
    const broken: Store = { ...store, saveRecord: () => Promise.reject(new Error('away')) };
    await deliverNotices(
      delivery({ store: broken, report: ({ failure }) => failure && faults.push(failure) }),
    );
    expect(faults).toHaveLength(1);
    const { dueAt = '', attempts } = (await store.load(id))?.record ?? {};
    expect(dueAt > clock.toISOString()).toBe(true);
    expect(attempts).toBe(1);
    clock = new Date(dueAt);
    await deliverNotices(delivery());
    expect(await recordIn(id)).toMatchObject({ state: 'open' });
  });

  it('is saved while a notice is sent: one write tells of both', async () => {
    const id = await logged();
    const { counted, commits } = countingCommits(store);
    await deliverNotices(delivery({ store: counted }));
    const { outbox, posted, record } = (await store.load(id)) ?? {};
    expect([outbox, record?.dueAt]).toEqual([[], undefined]);
    // Claimed and settled, each.
    expect(commits()).toBe(2 * (posted?.length ?? 0));
  });

  it('saved while a notice is sent, and passed at once, is still owed', async () => {
    const id = await logged();
    let closed = false;
    const passed: Store = {
      ...store,
      saveRecord: async (...given) => {
        const outcome = await store.saveRecord(...given);
        if (!closed) await give(id, 'close', closing());
        closed = true;
        return outcome;
      },
    };
    await deliverNotices(delivery({ store: passed }));
    await deliverNotices(delivery());
    expect(await recordIn(id)).toMatchObject({ state: 'complete', outcome: 'resolved' });
  });

  it('that takes long does not keep what was sent from being written down', async () => {
    const id = await logged();
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow: Store = {
      ...store,
      saveRecord: async (...given) => {
        await released;
        return store.saveRecord(...given);
      },
      commit: async (...given) => {
        const outcome = await store.commit(...given);
        if ((await store.load(id))?.outbox.length === 0) release();
        return outcome;
      },
    };
    await deliverNotices(delivery({ store: slow }));
    expect((await store.load(id))?.outbox).toEqual([]);
    expect(await recordIn(id)).toMatchObject({ state: 'open' });
    expect((await store.load(id))?.record?.dueAt).toBeUndefined();
  });

  it('written by two at once says what the complaint says last', async () => {
    const id = await logged();
    let ended: Promise<unknown> | undefined;
    // While the record of the open complaint is on its way, it is closed, and that record is written.
    const slow: Store = {
      ...store,
      loadRecord: async (recordId) => {
        const read = await store.loadRecord(recordId);
        ended ??= give(id, 'close', closing()).then(() => writeRecord(id, { store }));
        await ended;
        return read;
      },
    };
    await writeRecord(id, { store: slow });
    expect(await recordIn(id)).toMatchObject({ state: 'complete' });
  });

  it('R14: stays when the personal data are destroyed, and nothing leads from one to the other', async () => {
    const id = await logged();
    await give(id, 'close', closing());
    const link = (await store.load(id))?.record;
    clock = new Date('2028-12-01T09:00:00Z');
    expect(await destroyExpired(around)).toBe(1);
    expect((await store.loadRecord(link?.id ?? ''))?.record).toMatchObject({ state: 'complete' });
    expect(await store.search([recordKey(link?.id ?? '')], 1)).toEqual([]);
  });

  it('R14: of a complaint whose data were destroyed while it was handled says that it was discontinued', async () => {
    const id = await logged();
    const stored = await store.load(id);
    const officer = { ...around, by: 'functionaris' };
    await destroyOnRequest(stored?.complaint.reference ?? '', 'op verzoek', officer);
    const record = (await store.loadRecord(stored?.record?.id ?? ''))?.record;
    const workingDays = { employee: 0, manager: 0, director: 0 };
    expect(record).toMatchObject({ state: 'complete', outcome: 'discontinued', workingDays });
    expect(record).not.toHaveProperty('summary');
  });

  it('R14: destroying the personal data does not write the record anew: nothing ties the two by its moment', async () => {
    const id = await logged();
    await give(id, 'close', closing());
    await deliverNotices(delivery());
    const link = (await store.load(id))?.record?.id ?? '';
    const before = await store.loadRecord(link);
    clock = new Date('2028-12-01T09:00:00Z');
    expect(await destroyExpired(around)).toBe(1);
    expect(await store.loadRecord(link)).toEqual(before);
  });

  it('is not written where it says the same already', async () => {
    const id = await logged();
    await writeRecord(id, { store });
    const stored = await store.load(id);
    if (!stored?.record) throw new Error('no record');
    const { version, ...document } = stored;
    const link = stored.record.id;
    const before = await store.loadRecord(link);
    await store.commit({ ...document, record: { id: link, dueAt: now.toISOString(), attempts: 0 } }, version);
    await writeRecord(id, { store });
    expect(await store.loadRecord(link)).toEqual(before);
    expect((await store.load(id))?.record?.dueAt).toBeUndefined();
  });

  it('R11: of which the summary was returned when its writer had left is complete without one', async () => {
    const id = await logged();
    await give(id, 'close', closing());
    await deliverNotices(delivery());
    const record = (await store.load(id))?.record?.id ?? '';
    const loaded = await store.loadOrganisation();
    await store.saveOrganisation({ ...organisation, former: [employee.id] }, loaded?.version);
    const returning = { record, reason: 'Een straat', command: newCommandId() };
    expect(await returnSummary(returning, coordinator, around)).toBe('done');
    expect(await recordIn(id)).toMatchObject({ state: 'complete', outcome: 'resolved' });
    expect(await recordIn(id)).not.toHaveProperty('summary');
  });

  it('R11: of which the complaint was destroyed can still lose its summary', async () => {
    const id = await logged();
    await give(id, 'close', closing({ recommendation: 'Bel terug.' }));
    await deliverNotices(delivery());
    const record = (await store.load(id))?.record?.id ?? '';
    clock = new Date('2028-12-01T09:00:00Z');
    await destroyExpired(around);
    const returning = { record, reason: 'Een straat', command: newCommandId() };
    expect(await returnSummary(returning, coordinator, around)).toBe('done');
    expect((await store.loadRecord(record))?.record).not.toHaveProperty('summary');
    expect((await store.loadRecord(record))?.record.recommendations).toEqual([]);
  });

  it('is opened in the hourly round for a complaint that was stored before there were records', async () => {
    const id = await logged();
    const stored = await store.load(id);
    if (!stored) throw new Error('no complaint');
    const { version, record: _none, ...older } = stored;
    await store.commit(older, version);
    await keepUp('round', around);
    await deliverNotices(delivery());
    expect(await recordIn(id)).toMatchObject({ state: 'open' });
  });
});
