import { DateTime } from 'luxon';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handleCommand, handleLog, type Surroundings } from '../../src/app/handle-command.ts';
import { destroyExpired } from '../../src/app/retention.ts';
import type { Store } from '../../src/app/store.ts';
import { timeZone } from '../../src/domain/calendar.ts';
import type { Command } from '../../src/domain/commands.ts';
import { copyRecords } from '../../src/store/raw-copy.ts';
import {
  accepted,
  closing,
  conversation,
  employee,
  intake,
  newCommandId,
  now,
  organisation,
  seal,
} from '../fixtures.ts';
import { everyPlace, type Place, sqlitePlace } from './places.ts';

/** When the retention period of what ended at `from` is over, to the millisecond. */
const over = (from: Date) =>
  DateTime.fromJSDate(from, { zone: timeZone }).plus({ months: organisation.retentionMonths }).toJSDate();
const justBefore = (moment: Date) => new Date(moment.getTime() - 1);

describe.each(everyPlace())('R14: retention on %s', (_name, makePlace) => {
  let place: Place;
  let store: Store;
  let clock: Date;
  let around: Surroundings;
  beforeEach(async () => {
    place = await makePlace();
    store = await place.open(seal);
    await store.saveOrganisation(organisation);
    clock = now;
    around = { store, clock: () => clock, noticesOwed: () => undefined };
  });
  afterEach(async () => {
    await store.close();
    await place.remove();
  });

  const log = async (id: string) => {
    const content = intake({ concerned: [] });
    accepted(await handleLog({ kind: 'logComplaint', id, content }, employee, around));
  };
  const give = async (id: string, kind: Command['kind'], content: object) =>
    accepted(await handleCommand(id, { kind, id: newCommandId(), content } as Command, employee, around));
  const close = async (id: string) => {
    await give(id, 'recordConversation', conversation());
    await give(id, 'close', closing());
  };

  it('the personal data of a closed complaint go when the period is over, and not a moment before', async () => {
    await log('form-1');
    await close('form-1');
    clock = justBefore(over(now));
    expect(await destroyExpired(around)).toBe(0);
    expect(await store.load('form-1')).toBeDefined();
    clock = over(now);
    expect(await destroyExpired(around)).toBe(1);
    expect(await store.load('form-1')).toBeUndefined();
    expect(await store.findDestroyed('K-2026-0001')).toEqual({
      reference: 'K-2026-0001',
      destroyedAt: clock.toISOString(),
      rule: 'R14: retention period passed',
    });
    expect(await destroyExpired(around)).toBe(0);
  });

  it('a complaint that is open or waits to be accepted stays, however long', async () => {
    await log('form-1');
    clock = over(over(now));
    expect(await destroyExpired(around)).toBe(0);
    expect(await store.load('form-1')).toBeDefined();
  });

  it('a complaint that was reopened counts anew from its second end', async () => {
    await log('form-1');
    await close('form-1');
    clock = DateTime.fromJSDate(now).plus({ months: 12 }).toJSDate();
    await give('form-1', 'reopen', { reason: 'Toch niet opgelost' });
    const second = DateTime.fromJSDate(now).plus({ months: 13 }).toJSDate();
    clock = over(now);
    expect(await destroyExpired(around)).toBe(0);
    clock = second;
    await close('form-1');
    clock = justBefore(over(second));
    expect(await destroyExpired(around)).toBe(0);
    clock = over(second);
    expect(await destroyExpired(around)).toBe(1);
  });

  it('what comes back from a copy goes again; into a store that destroyed it, it does not come back', async () => {
    await log('form-1');
    await close('form-1');
    const backup = await sqlitePlace();
    const [source, copy] = [await place.raw(), await backup.raw()];
    expect(await copyRecords(source, copy)).toMatchObject({ differing: 0, kept: 0 });
    clock = over(now);
    expect(await destroyExpired(around)).toBe(1);

    expect(await copyRecords(copy, source)).toMatchObject({ differing: 0, kept: 1, written: 0 });
    expect(await store.load('form-1')).toBeUndefined();

    const restored = await backup.open(seal);
    expect(await restored.load('form-1')).toBeDefined();
    expect(await destroyExpired({ ...around, store: restored })).toBe(1);
    expect(await restored.load('form-1')).toBeUndefined();
    await Promise.all([restored.close(), source.close(), copy.close()]);
    await backup.remove();
  });
});
