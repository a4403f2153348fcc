import { describe, expect, it } from 'vitest';
import { accessOf } from '../../src/domain/access.ts';
import type { Complaint } from '../../src/domain/complaint.ts';
import { isWorkingDay, remind, workingDaysSince } from '../../src/domain/deadlines.ts';
import {
  accepted,
  closing,
  colleague,
  conversation,
  coordinator,
  director,
  employee,
  give,
  lead,
  log,
  organisation,
  outcomeOf,
  senior,
} from '../fixtures.ts';

describe('working days', () => {
  it.each([
    ['2026-11-24', true],
    ['2026-11-28', false],
    ['2026-11-29', false],
    ['2026-04-27', false],
    ['2026-05-14', false],
    ['2026-05-25', false],
    ['2026-12-25', false],
    ['2026-04-03', true],
    ['2026-12-31', true],
  ])('%s: %s', (day, works) => expect(isWorkingDay(day)).toBe(works));

  it('are counted from the day after, in Dutch time, over weekends and holidays', () => {
    const friday = '2026-12-18T10:00:00Z';
    expect(workingDaysSince(friday, new Date('2026-12-18T22:59:00Z'))).toBe(0);
    expect(workingDaysSince(friday, new Date('2026-12-18T23:00:00Z'))).toBe(0);
    expect(workingDaysSince(friday, new Date('2026-12-20T23:00:00Z'))).toBe(1);
    // Monday to Thursday; Christmas falls on Friday and Saturday.
    expect(workingDaysSince(friday, new Date('2026-12-28T12:00:00Z'))).toBe(5);
  });
});

/** So many working days after the Tuesday of the fixtures. */
const dayAfter: Record<number, string> = {
  4: '2026-11-30',
  5: '2026-12-01',
  9: '2026-12-07',
  10: '2026-12-08',
  15: '2026-12-15',
};
const daysLater = (days: number) => ({ now: new Date(`${dayAfter[days]}T09:00:00Z`), organisation });

const told = (reminder: ReturnType<typeof remind>) =>
  reminder?.notices.map(
    ({ kind, to }) => `${kind} -> ${'id' in to ? to.name : `${to.department}/${to.stage}`}`,
  );
const reminded = (complaint: Complaint, days: number) => {
  const reminder = remind(complaint, daysLater(days));
  if (!reminder) throw new Error('nobody was reminded');
  return reminder;
};

describe('reminders', () => {
  it('come after five working days without progress, once', () => {
    const complaint = accepted(log());
    expect(remind(complaint, daysLater(4))).toBeUndefined();
    expect(told(remind(complaint, daysLater(5)))).toEqual(['reminder -> Medewerker']);
    expect(remind(reminded(complaint, 5).complaint, daysLater(9))).toBeUndefined();
  });

  it('of a pending escalation go to whoever was asked', () => {
    expect(told(remind(accepted(log({ entryStage: 'manager' })), daysLater(5)))).toEqual([
      'reminder -> welzijn/manager',
    ]);
  });

  it('after ten, one stage up hears of it by reference alone', () => {
    const first = reminded(accepted(log()), 5).complaint;
    const second = reminded(first, 10);
    expect(told(second)).toEqual([
      'reminder -> Medewerker',
      'waiting-below -> Senior',
      'waiting-below -> Leidinggevende',
    ]);
    expect(accessOf(second.complaint, senior.id, organisation)).toBe('status');
  });

  it('of an escalation that nobody accepts, the director hears', () => {
    const pending = accepted(log({ entryStage: 'manager' }));
    expect(told(reminded(pending, 10))).toEqual([
      'reminder -> welzijn/manager',
      'waiting-below -> Directeur-bestuurder',
    ]);
  });

  it('R8: never somebody concerned', () => {
    const complaint = accepted(log({ concerned: [senior, lead] }));
    expect(told(reminded(complaint, 10))).toEqual([
      'reminder -> Medewerker',
      'waiting-below -> Directeur-bestuurder',
    ]);
  });

  it('after fifteen, the coordinator hears, and may name another handler by reference', () => {
    const silent = reminded(accepted(log()), 15).complaint;
    expect(accessOf(silent, coordinator.id, organisation)).toBe('status');
    const appointed = give(silent, 'reassign', { to: colleague }, coordinator, { around: daysLater(15) });
    expect(outcomeOf(appointed)).toBe('not-eligible');
    expect(
      accepted(give(silent, 'reassign', { to: lead }, coordinator, { around: daysLater(15) })),
    ).toMatchObject({
      handler: lead,
      appointed: true,
    });
  });

  it('the coordinator may not before that, nor once something happened', () => {
    const early = reminded(accepted(log()), 10).complaint;
    expect(outcomeOf(give(early, 'reassign', { to: lead }, coordinator, { around: daysLater(10) }))).toBe(
      'not-found',
    );
    const silent = reminded(accepted(log()), 15).complaint;
    const moved = accepted(
      give(silent, 'recordConversation', conversation(), employee, { around: daysLater(15) }),
    );
    expect(outcomeOf(give(moved, 'reassign', { to: lead }, coordinator, { around: daysLater(15) }))).toBe(
      'not-handler',
    );
  });

  it('begin anew at each progress', () => {
    const silent = reminded(accepted(log()), 5).complaint;
    const moved = accepted(
      give(silent, 'recordConversation', conversation(), employee, { around: daysLater(5) }),
    );
    expect(remind(moved, daysLater(9))).toBeUndefined();
    expect(told(remind(moved, daysLater(10)))).toEqual(['reminder -> Medewerker']);
  });

  it('of a complaint that needs an appointment go to the coordinator', () => {
    const stuck = accepted(log({ entryStage: 'manager', concerned: [senior, lead, director] }));
    expect(told(remind(stuck, daysLater(5)))).toEqual(['appointment-needed -> Klachtencoördinator']);
  });

  it('of a complaint that nobody may appoint for go to an administrator, without a word of it', () => {
    const stuck = accepted(log({ entryStage: 'manager', concerned: [senior, lead, director, coordinator] }));
    expect(told(remind(stuck, daysLater(5)))).toEqual(['coordinator-missing -> Beheerder']);
  });

  it('are not put off by a note that the complainant called back', () => {
    const noted = accepted(give(accepted(log()), 'relay', { note: 'x' }, director, { around: daysLater(4) }));
    expect(told(remind(noted, daysLater(5)))).toEqual(['reminder -> Medewerker']);
  });

  it('end with the complaint', () => {
    const closed = accepted(give(accepted(log()), 'close', closing(), employee));
    expect(remind(closed, daysLater(15))).toBeUndefined();
  });
});
