// The twelve cases of docs/gevallen.md, each from beginning to end.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Delivery, deliverNotices } from '../src/app/deliver-notices.ts';
import { handleCommand, handleLog, type Surroundings } from '../src/app/handle-command.ts';
import type { Store } from '../src/app/store.ts';
import { keepUp } from '../src/app/upkeep.ts';
import { accessOf } from '../src/domain/access.ts';
import type { Command, ContentOf } from '../src/domain/commands.ts';
import type { Complaint } from '../src/domain/complaint.ts';
import type { Intake } from '../src/domain/intake.ts';
import type { Organisation } from '../src/domain/organisation.ts';
import type { Person } from '../src/domain/people.ts';
import {
  administrator,
  closing,
  colleague,
  conversation,
  coordinator,
  director,
  employee,
  intake,
  lead,
  newCommandId,
  now,
  organisation,
  outcomeOf,
  seal,
  senior,
} from './fixtures.ts';
import { type Place, sqlitePlace } from './store/places.ts';

let place: Place;
let store: Store;
let around: Surroundings;
/** What people were told, as 'kind -> whom'. */
let told: string[];

beforeEach(async () => {
  place = await sqlitePlace();
  store = await place.open(seal);
  await store.saveOrganisation(organisation);
  around = { store, clock: () => now, noticesOwed: () => undefined };
  told = [];
});
afterEach(async () => {
  await store.close();
  await place.remove();
});

async function log(by: Person, changed: Partial<Intake> = {}): Promise<string> {
  const id = newCommandId();
  const decision = await handleLog({ kind: 'logComplaint', id, content: intake(changed) }, by, around);
  expect(outcomeOf(decision)).toBe('accepted');
  return id;
}

const give = async <K extends Command['kind']>(id: string, by: Person, kind: K, content: ContentOf<K>) =>
  outcomeOf(await handleCommand(id, { kind, id: newCommandId(), content } as unknown as Command, by, around));

async function complaintOf(id: string): Promise<Complaint> {
  const stored = await store.load(id);
  if (!stored) throw new Error('the complaint is gone');
  return stored.complaint;
}
const sees = async (id: string, { id: personId }: Person) => {
  const loaded = await store.loadOrganisation();
  return accessOf(await complaintOf(id), personId, loaded?.organisation ?? organisation);
};
const accept = async (id: string, by: Person) => {
  const complaint = await complaintOf(id);
  const escalation = complaint.state === 'pending' ? complaint.escalation.id : '-';
  return give(id, by, 'acceptEscalation', { escalation });
};
const wish = { wish: 'De klager is niet tevreden' };
const notWanted = { held: false, reason: 'not-wanted', explanation: 'De klager wil hoger op' } as const;
const up = async (id: string, by: Person) => {
  await give(id, by, 'recordConversation', notWanted);
  return give(id, by, 'requestEscalation', wish);
};
const change = async (changed: Partial<Organisation>) => {
  const loaded = await store.loadOrganisation();
  await store.saveOrganisation({ ...organisation, ...changed }, loaded?.version);
};

/** Delivers everything that is owed, and writes down what people are told. */
async function deliver(): Promise<void> {
  const record = async (whom: string, kind: string) => {
    told.push(`${kind} -> ${whom}`);
    return {};
  };
  const delivery: Delivery = {
    store,
    clock: () => now,
    random: () => 1,
    report: () => undefined,
    postponed: () => undefined,
    unreadable: new Map(),
    taken: new Map(),
    messenger: {
      toPerson: ({ name }, { notice }) => record(name, notice.kind),
      toChannel: ({ name }, { notice }) => record(`#${name}`, notice.kind),
      update: async () => undefined,
    },
  };
  for (let rounds = 0; rounds < 4; rounds++) await deliverNotices(delivery);
}

describe('the twelve cases', () => {
  it('1. a receptionist logs a complaint about a colleague, who talks it through', async () => {
    const id = await log(employee);
    await deliver();
    expect(told).toEqual(['receipt -> Medewerker', 'concerns-you -> Tweede medewerker']);
    expect(await sees(id, colleague)).toBe('full');
    expect(await give(id, colleague, 'recordConversation', conversation('yes'))).toBe('accepted');
    expect(await give(id, employee, 'close', closing())).toBe('accepted');
  });

  it('2. an employee logs a complaint about themselves: closed only as resolved, satisfied, and not unseen', async () => {
    const id = await log(employee, { concerned: [employee] });
    expect(await give(id, employee, 'close', closing())).toBe('not-satisfied-on-record');
    await give(id, employee, 'recordConversation', conversation('yes'));
    const unresolved = closing({ outcome: 'unresolved', declinesNextStage: true });
    expect(await give(id, employee, 'close', unresolved)).toBe('concerned');
    expect(await give(id, employee, 'close', closing())).toBe('accepted');
    await deliver();
    expect(told).toContain('ended-by-person-concerned -> Senior');
  });

  it('2. or goes up, on the complainant’s wish, and out of their sight', async () => {
    const id = await log(employee, { concerned: [employee] });
    expect(await up(id, employee)).toBe('accepted');
    expect(await sees(id, employee)).toBe('status');
    expect(await accept(id, senior)).toBe('accepted');
  });

  it('3. the sole approver is concerned: the director is asked, and the approver never decides', async () => {
    const id = await log(employee, { department: 'ondersteuning', concerned: [lead] });
    await up(id, employee);
    expect(await complaintOf(id)).toMatchObject({ state: 'pending', stage: 'director' });
    expect(await accept(id, lead)).toBe('concerned');
    expect(await accept(id, director)).toBe('accepted');
  });

  it('4. the handler leaves the organisation: another approver is asked, or the coordinator appoints', async () => {
    const [atManager, atEmployee] = [await log(employee), await log(colleague, { concerned: [] })];
    await up(atManager, employee);
    await accept(atManager, senior);
    await change({ former: [senior.id, colleague.id] });
    await keepUp('one', around);
    expect(await sees(atManager, senior)).toBe('none');
    expect(await accept(atManager, lead)).toBe('accepted');
    await deliver();
    expect(told).toContain('appointment-needed -> Klachtencoördinator');
    expect(await give(atEmployee, coordinator, 'reassign', { to: employee })).toBe('accepted');
    expect(await complaintOf(atEmployee)).toMatchObject({ state: 'open', handler: employee });
  });

  it('5. a caller asks for the director: each stage says why there was no talk, and none is skipped', async () => {
    const id = await log(employee);
    expect(await give(id, employee, 'requestEscalation', wish)).toBe('no-conversation-yet');
    await up(id, employee);
    await accept(id, senior);
    await up(id, senior);
    expect(await accept(id, director)).toBe('accepted');
    expect(await complaintOf(id)).toMatchObject({ stage: 'director', handler: director });
  });

  it('6. the director is concerned: the coordinator names a handler, by reference alone', async () => {
    const id = await log(employee, { concerned: [director] });
    await up(id, employee);
    await accept(id, senior);
    await up(id, senior);
    await deliver();
    expect(told).toContain('appointment-needed -> Klachtencoördinator');
    expect(await sees(id, coordinator)).toBe('status');
    expect(await accept(id, director)).toBe('concerned');
    expect(await give(id, coordinator, 'reassign', { to: colleague })).toBe('accepted');
    expect(await sees(id, colleague)).toBe('full');
    expect(await give(id, colleague, 'close', closing({ outcome: 'unresolved' }))).toBe('accepted');
  });

  it('7. a complaint about a process, with nobody concerned', async () => {
    const id = await log(employee, { nature: 'processes', concerned: [] });
    await deliver();
    expect(told).toEqual(['receipt -> Medewerker']);
    await up(id, employee);
    expect(await accept(id, senior)).toBe('accepted');
  });

  it('8. withdrawn while pending: nobody is asked any more', async () => {
    const id = await log(employee);
    await up(id, employee);
    expect(await give(id, employee, 'withdraw', { reason: 'Bedacht zich' })).toBe('accepted');
    await deliver();
    expect(told.filter((each) => each.startsWith('escalation-requested'))).toEqual([]);
    expect(await accept(id, senior)).toBe('wrong-state');
  });

  it('9. two accept at once: exactly one has it', async () => {
    const id = await log(employee);
    await up(id, employee);
    const outcomes = await Promise.all([accept(id, senior), accept(id, lead)]);
    expect(outcomes.sort()).toEqual(['accepted', 'wrong-state']);
  });

  it('10. logged twice by two people: who sees both closes one as a duplicate; nobody learns of the other', async () => {
    const first = await log(employee);
    const second = await log(administrator, { concerned: [] });
    const { reference } = await complaintOf(first);
    const duplicate = closing({ outcome: 'duplicate', duplicateOf: reference });
    expect(await give(second, administrator, 'close', duplicate)).toBe('unknown-duplicate');
    for (const [id, by] of [
      [first, employee],
      [second, administrator],
    ] as const) {
      await up(id, by);
      await accept(id, senior);
    }
    expect(await give(second, senior, 'close', duplicate)).toBe('accepted');
    expect(await complaintOf(second)).toMatchObject({ state: 'closed', outcome: 'duplicate' });
  });

  it('11. the intake is corrected after it went up, and its handler turns out to be concerned', async () => {
    const id = await log(employee);
    await up(id, employee);
    await accept(id, senior);
    const correction = { intake: intake({ concerned: [senior] }), reason: 'Het ging over de senior' };
    expect(await give(id, senior, 'correct', correction)).toBe('accepted');
    expect(await complaintOf(id)).toMatchObject({ state: 'pending', stage: 'manager' });
    expect(await sees(id, senior)).toBe('status');
    expect(await accept(id, senior)).toBe('concerned');
    expect(await accept(id, lead)).toBe('accepted');
  });

  it('12. no channel is linked: the approvers are told themselves, and an administrator hears that one is missing', async () => {
    const id = await log(employee, { concerned: [] });
    await up(id, employee);
    await deliver();
    expect(told).toEqual([
      'receipt -> Medewerker',
      'escalation-requested -> Senior',
      'escalation-requested -> Leidinggevende',
      'channel-missing -> Beheerder',
    ]);
    expect(await accept(id, senior)).toBe('accepted');
  });
});
