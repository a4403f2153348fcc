import { describe, expect, it } from 'vitest';
import { accessOf, audienceOf, viewerKeysOf } from '../../src/domain/access.ts';
import type { Complaint } from '../../src/domain/complaint.ts';
import {
  accepted,
  administrator,
  closing,
  colleague,
  coordinator,
  director,
  employee,
  everybody,
  give,
  lead,
  log,
  organisation,
  senior,
} from '../fixtures.ts';

/** What everybody may see, by name. */
const sight = (complaint: Complaint) =>
  Object.fromEntries(everybody.map(({ id, name }) => [name, accessOf(complaint, id, organisation)]));

const nobodyElse = {
  'Directeur-bestuurder': 'none',
  Klachtencoördinator: 'none',
  Beheerder: 'none',
} as const;

describe('who sees a complaint (R13)', () => {
  it('at the employee: its handler and the people concerned', () => {
    expect(sight(accepted(log()))).toEqual({
      Medewerker: 'full',
      'Tweede medewerker': 'full',
      Senior: 'none',
      Leidinggevende: 'none',
      ...nobodyElse,
    });
  });

  it('pending at the manager: its handler until then and the approvers; the people concerned its status', () => {
    expect(sight(accepted(log({ entryStage: 'manager' })))).toEqual({
      Medewerker: 'full',
      'Tweede medewerker': 'status',
      Senior: 'full',
      Leidinggevende: 'full',
      ...nobodyElse,
    });
  });

  it('R8: pending, an approver whom it is about sees its status alone', () => {
    expect(sight(accepted(log({ entryStage: 'manager', concerned: [senior] })))).toMatchObject({
      Senior: 'status',
      Leidinggevende: 'full',
    });
  });

  it('accepted by one approver: the others keep its status', () => {
    const pending = accepted(log({ entryStage: 'manager' }));
    const taken = { ...pending, state: 'open', handler: senior, earlierHandlers: [employee] } as Complaint;
    expect(sight(taken)).toMatchObject({ Medewerker: 'status', Senior: 'full', Leidinggevende: 'status' });
  });

  it('R9: who is involved sees it, who no longer is does not', () => {
    const taken = {
      ...accepted(log({ entryStage: 'manager' }, senior)),
      involved: [coordinator],
    } as Complaint;
    expect(sight(taken)).toMatchObject({ Klachtencoördinator: 'full', 'Tweede medewerker': 'status' });
    expect(sight({ ...taken, involved: [] })).toMatchObject({ Klachtencoördinator: 'none' });
    expect(sight({ ...taken, involved: [colleague] })).toMatchObject({ 'Tweede medewerker': 'full' });
  });

  it('closed: its last handler alone', () => {
    const closed = accepted(give({ ...accepted(log()), involved: [lead] }, 'close', closing(), employee));
    expect(sight(closed)).toMatchObject({
      Medewerker: 'full',
      'Tweede medewerker': 'status',
      Leidinggevende: 'none',
    });
  });

  it('a role that was lost is a sight that is lost', () => {
    const pending = { ...accepted(log({ entryStage: 'manager' })), informed: [] } as Complaint;
    const without = {
      ...organisation,
      departments: organisation.departments.map((d) => ({ ...d, approvers: [] })),
    };
    expect(accessOf(pending, senior.id, organisation)).toBe('full');
    expect(accessOf(pending, senior.id, without)).toBe('none');
  });

  it.each([coordinator, administrator])('a $name sees nothing by their role', ({ id }) => {
    for (const entryStage of ['employee', 'manager'] as const) {
      expect(accessOf(accepted(log({ entryStage })), id, organisation)).toBe('none');
    }
  });
});

describe('the keys under which a complaint is found', () => {
  it('are those of the people who know of it, and of the role asked while it is pending', () => {
    expect(audienceOf(accepted(log())).sort()).toEqual([employee.id, colleague.id, `act:${employee.id}`]);
    expect(audienceOf(accepted(log({ entryStage: 'manager' })))).toContain('approver:welzijn:manager');
  });

  it('are shared with everybody who may see something of it', () => {
    for (const changed of [
      {},
      { entryStage: 'manager' },
      { entryStage: 'manager', concerned: [senior, lead] },
    ] as const) {
      const complaint = accepted(
        log({ ...changed, concerned: [...((changed as { concerned?: [] }).concerned ?? [])] }),
      );
      const keys = audienceOf(complaint);
      for (const { id } of everybody.filter(
        (each) => accessOf(complaint, each.id, organisation) !== 'none',
      )) {
        expect(viewerKeysOf(id, organisation).some((key) => keys.includes(key))).toBe(true);
      }
    }
  });

  it('of a viewer are their own and those of the roles they hold', () => {
    expect(viewerKeysOf(lead.id, organisation)).toEqual([
      lead.id,
      'approver:welzijn:manager',
      'approver:ondersteuning:manager',
    ]);
    expect(viewerKeysOf(director.id, organisation)).toContain('approver:welzijn:director');
    expect(viewerKeysOf(employee.id, organisation)).toEqual([employee.id]);
  });
});
