import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handleCommand, handleLog, type Surroundings } from '../../src/app/handle-command.ts';
import { findByReference, listMine, openDetails } from '../../src/app/look-up.ts';
import type { Store } from '../../src/app/store.ts';
import type { Command, LogComplaint } from '../../src/domain/commands.ts';
import {
  accepted,
  closing,
  colleague,
  conversation,
  employee,
  intake,
  lead,
  newCommandId,
  now,
  organisation,
  outcomeOf,
  seal,
} from '../fixtures.ts';
import { type Place, sqlitePlace } from '../store/places.ts';

let place: Place;
let store: Store;
let woken: number;
let clock: Date;
let around: Surroundings;

beforeEach(async () => {
  place = await sqlitePlace();
  store = await place.open(seal);
  await store.saveOrganisation(organisation);
  woken = 0;
  clock = now;
  around = { store, clock: () => clock, noticesOwed: () => woken++ };
});
afterEach(async () => {
  await store.close();
  await place.remove();
});

const logged = (id = newCommandId(), changed = {}): LogComplaint => ({
  kind: 'logComplaint',
  id,
  content: intake(changed),
});
const recorded = (id = newCommandId()): Command => ({
  kind: 'recordConversation',
  id,
  content: conversation(),
});

describe('handleLog', () => {
  it('gives a reference of the year, and owes the notices with the same write', async () => {
    const complaint = accepted(await handleLog(logged('form-1'), employee, around));
    expect(complaint.reference).toBe('K-2026-0001');
    expect((await store.load('form-1'))?.outbox.map(({ notice }) => notice.kind)).toEqual([
      'receipt',
      'concerns-you',
    ]);
    expect(woken).toBe(1);
  });

  it('counts anew in a new year, by Dutch time', async () => {
    await handleLog(logged(), employee, around);
    clock = new Date('2026-12-31T23:00:00Z');
    const complaint = accepted(await handleLog(logged(), employee, around));
    expect(complaint.reference).toBe('K-2027-0001');
  });

  it('sent again gives the first answer, and draws no further number', async () => {
    const first = accepted(await handleLog(logged('form-1'), employee, around));
    const again = await handleLog(logged('form-1'), employee, around);
    expect(again).toMatchObject({
      accepted: true,
      repeated: true,
      complaint: { reference: first.reference },
    });
    expect(await store.nextNumber(2026)).toBe(2);
  });

  it('sent twenty times at once is recorded once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => handleLog(logged('form-1'), employee, around)),
    );
    expect(new Set(answers.map((answer) => accepted(answer).reference)).size).toBe(1);
    expect((await store.list([employee.id], { limit: 50 })).items).toHaveLength(1);
  });

  it('is refused visibly with other content under the same form', async () => {
    await handleLog(logged('form-1'), employee, around);
    expect(outcomeOf(await handleLog(logged('form-1', { nature: 'other' }), employee, around))).toBe(
      'used-before',
    );
  });

  it.each([{ name: 'anoniem' }, { relation: 'intern' }, { compensation: true }, { externalBody: true }])(
    'R1, R3, R4, R5: refused for %j, it draws no number and stores nothing',
    async (changed) => {
      expect((await handleLog(logged('form-1', changed), employee, around)).accepted).toBe(false);
      expect(await store.load('form-1')).toBeUndefined();
      expect(await store.nextNumber(2026)).toBe(1);
    },
  );
});

describe('handleCommand', () => {
  it('decides again on the fresh state when somebody else wrote first', async () => {
    await handleLog(logged('form-1'), employee, around);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => handleCommand('form-1', recorded(), employee, around)),
    );
    expect(answers.every(({ accepted }) => accepted)).toBe(true);
    expect((await store.load('form-1'))?.complaint.timeline).toHaveLength(11);
  });

  it('R8: of two who end it at once, exactly one does', async () => {
    await handleLog(logged('form-1'), employee, around);
    const ending = (): Command => ({ kind: 'close', id: newCommandId(), content: closing() });
    const answers = await Promise.all(
      [1, 2, 3].map(() => handleCommand('form-1', ending(), employee, around)),
    );
    expect(answers.map(outcomeOf).sort()).toEqual(['accepted', 'wrong-state', 'wrong-state']);
  });

  it('R13: answers for a complaint that is not there as for one that the person may not know of', async () => {
    await handleLog(logged('form-1'), employee, around);
    const absent = await handleCommand('nowhere', recorded(), lead, around);
    expect(await handleCommand('form-1', recorded(), lead, around)).toEqual(absent);
  });

  it('throws where the store fails, and claims nothing', async () => {
    await handleLog(logged('form-1'), employee, around);
    const failing = { ...around, store: { ...store, commit: async () => Promise.reject(new Error('away')) } };
    await expect(handleCommand('form-1', recorded(), employee, failing)).rejects.toThrow('away');
    expect((await store.load('form-1'))?.complaint.timeline).toHaveLength(1);
  });
});

describe('looking up', () => {
  it('R13: a reference tells nothing to a stranger', async () => {
    await handleLog(logged('form-1'), employee, around);
    expect(await findByReference('K-2026-0001', lead, around)).toBeUndefined();
    expect(await findByReference('K-2026-0001', colleague, around)).toMatchObject({ access: 'full' });
  });

  it('R13: a look at full details is recorded, one at the status is not', async () => {
    const looks: unknown[] = [];
    const watched = {
      ...around,
      store: { ...store, recordLook: async (look: unknown) => void looks.push(look) },
    };
    await handleLog(logged('form-1', { entryStage: 'manager' }), employee, around);
    await openDetails('form-1', colleague, watched);
    await openDetails('form-1', lead, watched);
    expect(looks).toEqual([{ at: now.toISOString(), personId: lead.id, reference: 'K-2026-0001' }]);
  });

  it('R13: details that can not be recorded as looked at are not given', async () => {
    const failing = {
      ...around,
      store: { ...store, recordLook: async () => Promise.reject(new Error('full')) },
    };
    await handleLog(logged('form-1'), employee, around);
    await expect(openDetails('form-1', employee, failing)).rejects.toThrow('full');
  });

  it('lists what a person may know of, page by page', async () => {
    for (let count = 0; count < 3; count++) await handleLog(logged(), employee, around);
    await handleLog(logged(newCommandId(), { concerned: [] }), lead, around);
    const first = await listMine(employee, { limit: 2 }, around);
    const second = await listMine(employee, { limit: 2, ...(first.next && { after: first.next }) }, around);
    expect([first.items.length, second.items.length, second.next]).toEqual([2, 1, undefined]);
  });
});
