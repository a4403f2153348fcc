import { describe, expect, it } from 'vitest';
import { accessOf } from '../../src/domain/access.ts';
import type { Complaint } from '../../src/domain/complaint.ts';
import type { Organisation } from '../../src/domain/organisation.ts';
import type { Context } from '../../src/domain/refusal.ts';
import {
  accepted,
  administrator,
  closing,
  colleague,
  context,
  conversation,
  coordinator,
  director,
  employee,
  give,
  intake,
  lead,
  log,
  noticesOf,
  now,
  organisation,
  outcomeOf,
  senior,
} from '../fixtures.ts';

const wish = { wish: 'De klager is niet tevreden' };
/** Logged, and talked through at the employee. */
const talked = (changed = {}, by = employee) =>
  accepted(give(accepted(log(changed, by)), 'recordConversation', conversation('no'), by));
/** Asked for at the manager. */
const asked = (changed = {}, by = employee) =>
  accepted(give(talked(changed, by), 'requestEscalation', wish, by));
const escalationOf = (complaint: Complaint) =>
  complaint.state === 'pending' ? complaint.escalation.id : '-';
const accept = (complaint: Complaint, by = senior, extra = {}, around: Context = context) =>
  give(complaint, 'acceptEscalation', { escalation: escalationOf(complaint), ...extra }, by, { around });
/** Taken over by the senior, and talked through there. */
const handled = () =>
  accepted(give(accepted(accept(asked())), 'recordConversation', conversation('no'), senior));
/** Taken over by the director. */
const atDirector = () =>
  accepted(accept(accepted(give(handled(), 'requestEscalation', wish, senior)), director));
const inOrganisation = (changed: Partial<Organisation>): Context => ({
  now,
  organisation: { ...organisation, ...changed },
});

describe('requestEscalation', () => {
  it('R7: is refused before a conversation is recorded at this stage', () => {
    expect(outcomeOf(give(accepted(log()), 'requestEscalation', wish, employee))).toBe('no-conversation-yet');
    const fresh = accepted(accept(asked()));
    expect(outcomeOf(give(fresh, 'requestEscalation', wish, senior))).toBe('no-conversation-yet');
  });

  it('R7: a recorded reason why there was no conversation suffices', () => {
    const reason = { held: false, reason: 'not-wanted', explanation: 'x' } as const;
    const complaint = accepted(give(accepted(log()), 'recordConversation', reason, employee));
    expect(outcomeOf(give(complaint, 'requestEscalation', wish, employee))).toBe('accepted');
  });

  it('R7: goes from the employee to the approvers of the department, and they are asked', () => {
    const decision = give(talked(), 'requestEscalation', wish, employee);
    expect(accepted(decision)).toMatchObject({
      state: 'pending',
      stage: 'manager',
      informed: [senior, lead],
    });
    expect(noticesOf(decision)).toEqual(['escalation-requested -> welzijn/manager']);
  });

  it('R7: goes from the manager to the director', () => {
    const decision = give(handled(), 'requestEscalation', wish, senior);
    expect(accepted(decision)).toMatchObject({ state: 'pending', stage: 'director' });
    expect(noticesOf(decision)).toEqual(['escalation-requested -> welzijn/director']);
  });

  it('R8: skips a department whose every approver is concerned', () => {
    expect(asked({ concerned: [senior, lead] })).toMatchObject({ state: 'pending', stage: 'director' });
  });

  it('R8: where the director is concerned too, the coordinator is asked by reference', () => {
    const complaint = talked({ concerned: [senior, lead, director] });
    const decision = give(complaint, 'requestEscalation', wish, employee);
    expect(noticesOf(decision)).toEqual(['appointment-needed -> Klachtencoördinator']);
    expect(accessOf(accepted(decision), coordinator.id, organisation)).toBe('status');
  });

  it('the complainant’s right: somebody concerned who logged it may request it', () => {
    expect(outcomeOf(give(talked({ concerned: [employee] }), 'requestEscalation', wish, employee))).toBe(
      'accepted',
    );
  });

  it.each([colleague, senior, director])('is refused to $name', (by) => {
    expect(outcomeOf(give(talked(), 'requestEscalation', wish, by))).not.toBe('accepted');
  });

  it('ends at the director', () => {
    const talkedThere = accepted(give(atDirector(), 'recordConversation', conversation('no'), director));
    expect(outcomeOf(give(talkedThere, 'requestEscalation', wish, director))).toBe('wrong-state');
  });
});

describe('acceptEscalation', () => {
  it('makes the approver the handler; who handled it until then and logged it hears so', () => {
    const decision = accept(asked());
    expect(accepted(decision)).toMatchObject({
      state: 'open',
      stage: 'manager',
      handler: senior,
      earlierHandlers: [employee],
    });
    expect(noticesOf(decision)).toEqual(['escalation-accepted -> Medewerker']);
  });

  it('R13: from then on who handed it on, the other approver and the people concerned see its status', () => {
    const taken = accepted(accept(asked()));
    for (const { id } of [employee, lead, colleague])
      expect(accessOf(taken, id, organisation)).toBe('status');
    expect(accessOf(taken, senior.id, organisation)).toBe('full');
  });

  it('two at once: one has it, the other is refused', () => {
    expect(outcomeOf(accept(accepted(accept(asked())), lead))).toBe('wrong-state');
  });

  it('R8: is refused to an approver whom it is about', () => {
    expect(outcomeOf(accept(asked({ concerned: [senior] })))).toBe('concerned');
  });

  it.each([employee, director, coordinator, administrator])('is refused to $name, who is not asked', (by) => {
    expect(outcomeOf(accept(asked(), by))).not.toBe('accepted');
  });

  it('R8: where names were typed, asks whether one is theirs, and records the answer', () => {
    const typed = asked({ concerned: [{ name: 'Getypte naam' }] });
    expect(outcomeOf(accept(typed))).toBe('asks-whether-concerned');
    expect(accepted(accept(typed, senior, { notConcerned: true })).timeline.at(-1)).toMatchObject({
      kind: 'escalationAccepted',
      content: { notConcerned: true },
    });
  });
});

describe('declareConcerned', () => {
  it('R8: an approver who says that a typed name is theirs is concerned; the others are asked', () => {
    const typed = asked({ concerned: [{ name: 'Getypte naam' }] });
    const decision = give(typed, 'declareConcerned', { escalation: escalationOf(typed) }, senior);
    expect(accepted(decision)).toMatchObject({ state: 'pending', stage: 'manager' });
    expect(noticesOf(decision)).toEqual([]);
    expect(outcomeOf(accept(accepted(decision), senior, { notConcerned: true }))).toBe('concerned');
    expect(outcomeOf(accept(accepted(decision), lead, { notConcerned: true }))).toBe('accepted');
  });

  it('R8: makes room by a typed name, never by somebody who was picked', () => {
    const typed = Array.from({ length: 9 }, (_, index) => ({ name: `Getypt ${index}` }));
    const full = asked({ concerned: [lead, ...typed] });
    const declared = accepted(give(full, 'declareConcerned', { escalation: escalationOf(full) }, senior));
    expect(declared.intake.concerned).toHaveLength(10);
    for (const { id } of [lead, senior]) expect(accessOf(declared, id, organisation)).toBe('status');
  });

  it('R8: where no other approver is left, the director is asked', () => {
    const typed = asked({ department: 'ondersteuning', concerned: [{ name: 'Getypte naam' }] });
    const decision = give(typed, 'declareConcerned', { escalation: escalationOf(typed) }, lead);
    expect(accepted(decision)).toMatchObject({ state: 'pending', stage: 'director' });
    expect(noticesOf(decision)).toEqual(['escalation-requested -> ondersteuning/director']);
  });
});

describe('returnEscalation', () => {
  const back = (complaint: Complaint, content: object, by = senior) =>
    give(complaint, 'returnEscalation', { escalation: escalationOf(complaint), ...content } as never, by);

  it('as not yet discussed goes back to who handled it', () => {
    const decision = back(asked(), { reason: 'not-yet-discussed' });
    expect(accepted(decision)).toMatchObject({ state: 'open', stage: 'employee', handler: employee });
    expect(noticesOf(decision)).toEqual(['escalation-returned -> Medewerker']);
  });

  it('for a wrong department goes to the right one', () => {
    const decision = back(asked(), { reason: 'wrong-department', department: 'ondersteuning' });
    expect(accepted(decision)).toMatchObject({ state: 'pending', intake: { department: 'ondersteuning' } });
    expect(noticesOf(decision)).toEqual(['escalation-requested -> ondersteuning/manager']);
  });

  it.each([undefined, 'welzijn', 'elders'])(
    'for a wrong department needs another one, not %s',
    (department) => {
      expect(outcomeOf(back(asked(), { reason: 'wrong-department', department }))).toBe(
        'no-other-department',
      );
    },
  );

  it('the director has no other department to return it to, but may return it as not yet discussed', () => {
    const pending = accepted(give(handled(), 'requestEscalation', wish, senior));
    const moved = back(pending, { reason: 'wrong-department', department: 'ondersteuning' }, director);
    expect(outcomeOf(moved)).toBe('no-other-department');
    expect(accepted(back(pending, { reason: 'not-yet-discussed' }, director))).toMatchObject({
      state: 'open',
      stage: 'manager',
      handler: senior,
    });
  });

  it('once only: asked again, it can’t be returned', () => {
    const returned = accepted(back(asked(), { reason: 'not-yet-discussed' }));
    const again = accepted(give(returned, 'requestEscalation', wish, employee));
    expect(outcomeOf(back(again, { reason: 'not-yet-discussed' }))).toBe('returned-before');
    const moved = accepted(back(asked(), { reason: 'wrong-department', department: 'ondersteuning' }));
    expect(outcomeOf(back(moved, { reason: 'wrong-department', department: 'welzijn' }, lead))).toBe(
      'returned-before',
    );
  });

  it('as not yet discussed is refused where who handled it before no longer can', () => {
    const gone = inOrganisation({ former: [employee.id] });
    const content = { escalation: escalationOf(asked()), reason: 'not-yet-discussed' } as const;
    const pending = asked();
    const again = { ...content, escalation: escalationOf(pending) };
    expect(outcomeOf(give(pending, 'returnEscalation', again, senior, { around: gone }))).toBe('no-way-back');
  });

  it('an old card decides nothing on a later escalation', () => {
    const first = asked();
    const again = accepted(
      give(accepted(back(first, { reason: 'not-yet-discussed' })), 'requestEscalation', wish, employee),
    );
    expect(outcomeOf(give(again, 'acceptEscalation', { escalation: escalationOf(first) }, senior))).toBe(
      'old-card',
    );
  });

  it('R8: is refused to an approver whom it is about', () => {
    expect(outcomeOf(back(asked({ concerned: [senior] }), { reason: 'not-yet-discussed' }))).toBe(
      'concerned',
    );
  });
});

describe('planConversation', () => {
  const plan = { on: '2026-12-01', time: '14:30', place: 'Dobbelaan 4' };

  it('is the director’s; the people involved hear of it', () => {
    const involved = accepted(give(atDirector(), 'involve', { person: senior, consent: true }, director));
    expect(noticesOf(give(involved, 'planConversation', plan, director))).toEqual([
      'conversation-planned -> Senior',
    ]);
  });

  it('is refused before the director, to others, and for a day that has passed', () => {
    expect(outcomeOf(give(handled(), 'planConversation', plan, senior))).toBe('wrong-state');
    expect(outcomeOf(give(atDirector(), 'planConversation', plan, senior))).toBe('not-handler');
    const passed = { ...plan, on: '2026-11-23' };
    expect(outcomeOf(give(atDirector(), 'planConversation', passed, director))).toBe('day-in-past');
  });
});

describe('involve and release (R9)', () => {
  it('need the complainant’s consent, and give sight of the complaint', () => {
    const taken = accepted(accept(asked()));
    expect(outcomeOf(give(taken, 'involve', { person: colleague, consent: false }, senior))).toBe(
      'no-consent',
    );
    const decision = give(taken, 'involve', { person: colleague, consent: true }, senior);
    expect(accessOf(accepted(decision), colleague.id, organisation)).toBe('full');
    expect(noticesOf(decision)).toEqual(['involved -> Tweede medewerker']);
    expect(accepted(decision).timeline.at(-1)).toMatchObject({ content: { consent: true } });
  });

  it('who is released loses sight at once', () => {
    const taken = accepted(accept(asked()));
    const involved = accepted(give(taken, 'involve', { person: coordinator, consent: true }, senior));
    const released = accepted(give(involved, 'release', { person: coordinator }, senior));
    expect(accessOf(released, coordinator.id, organisation)).toBe('none');
  });

  it('are refused twice for the same person, and to others than the handler', () => {
    const taken = accepted(accept(asked()));
    const involved = accepted(give(taken, 'involve', { person: coordinator, consent: true }, senior));
    expect(outcomeOf(give(involved, 'involve', { person: coordinator, consent: true }, senior))).toBe(
      'already-there',
    );
    expect(outcomeOf(give(involved, 'release', { person: director }, senior))).toBe('not-there');
    expect(outcomeOf(give(involved, 'release', { person: coordinator }, coordinator))).toBe('not-handler');
  });
});

describe('reassign', () => {
  it('hands it to another approver of the stage, who hears of it', () => {
    const decision = give(accepted(accept(asked())), 'reassign', { to: lead }, senior);
    expect(accepted(decision)).toMatchObject({
      state: 'open',
      handler: lead,
      earlierHandlers: [employee, senior],
    });
    expect(noticesOf(decision)).toEqual(['reassigned -> Leidinggevende']);
  });

  it('R8: is refused to somebody concerned, and by somebody concerned', () => {
    const taken = accepted(accept(asked({ concerned: [lead] })));
    expect(outcomeOf(give(taken, 'reassign', { to: lead }, senior))).toBe('not-eligible');
    expect(
      outcomeOf(give(accepted(log({ concerned: [employee] })), 'reassign', { to: senior }, employee)),
    ).toBe('concerned');
  });

  it('is refused for somebody who is no approver of the stage', () => {
    expect(outcomeOf(give(accepted(accept(asked())), 'reassign', { to: colleague }, senior))).toBe(
      'not-eligible',
    );
  });

  it('R8: the coordinator appoints by reference where nobody may accept, anybody who is not concerned', () => {
    const stuck = asked({ concerned: [senior, lead, director] });
    expect(outcomeOf(give(stuck, 'reassign', { to: director }, coordinator))).toBe('not-eligible');
    const appointed = accepted(give(stuck, 'reassign', { to: colleague }, coordinator));
    expect(appointed).toMatchObject({
      state: 'open',
      stage: 'director',
      handler: colleague,
      appointed: true,
    });
    expect(accessOf(appointed, colleague.id, organisation)).toBe('full');
    expect(accessOf(appointed, coordinator.id, organisation)).toBe('status');
  });

  it.each([coordinator, administrator])(
    'R13: $name, who sees no complaint, can not be named to handle one',
    (to) => {
      const stuck = asked({ concerned: [senior, lead, director] });
      expect(outcomeOf(give(stuck, 'reassign', { to }, coordinator))).toBe('not-eligible');
    },
  );

  it('R8: where names were typed, who is named is asked first whether one is theirs', () => {
    const taken = accepted(
      accept(asked({ concerned: [{ name: 'Getypt' }] }), senior, { notConcerned: true }),
    );
    const decision = give(taken, 'reassign', { to: lead }, senior);
    expect(accepted(decision)).toMatchObject({ state: 'pending', stage: 'manager', handler: senior });
    expect(noticesOf(decision)).toEqual(['escalation-requested -> Leidinggevende']);
    expect(outcomeOf(accept(accepted(decision), lead))).toBe('asks-whether-concerned');
    expect(accepted(accept(accepted(decision), lead, { notConcerned: true }))).toMatchObject({
      handler: lead,
    });
  });

  it('R8: so is an appointed handler, who then needs no role', () => {
    const stuck = asked({ concerned: [senior, lead, director, { name: 'Getypt' }] });
    const named = accepted(give(stuck, 'reassign', { to: colleague }, coordinator));
    expect(accessOf(named, colleague.id, organisation)).toBe('full');
    const taken = accepted(accept(named, colleague, { notConcerned: true }));
    expect(taken).toMatchObject({ state: 'open', handler: colleague, appointed: true });
    expect(accessOf(taken, colleague.id, organisation)).toBe('full');
  });

  it('the coordinator may not where an approver can', () => {
    expect(outcomeOf(give(asked(), 'reassign', { to: colleague }, coordinator))).toBe('not-found');
  });
});

describe('vacate', () => {
  const itself = { id: 'klachtenbot', name: 'Klachtenbot' };
  const without = (id: string) =>
    inOrganisation({
      departments: organisation.departments.map((each) => ({
        ...each,
        approvers: each.approvers.filter((approver) => approver.id !== id),
      })),
    });

  it('who loses the role loses sight at once, and the complaint is asked for at its stage', () => {
    const taken = accepted(accept(asked()));
    const around = without(senior.id);
    expect(accessOf(taken, senior.id, around.organisation)).toBe('status');
    const decision = give(taken, 'vacate', {}, itself, { around });
    expect(accepted(decision)).toMatchObject({ state: 'pending', stage: 'manager' });
    expect(noticesOf(decision)).toEqual(['escalation-requested -> welzijn/manager']);
  });

  it('a handler who left the organisation: the coordinator appoints', () => {
    const around = inOrganisation({ former: [employee.id] });
    const decision = give(accepted(log()), 'vacate', {}, itself, { around });
    expect(accepted(decision)).toMatchObject({ state: 'pending', stage: 'employee' });
    expect(noticesOf(decision)).toEqual(['appointment-needed -> Klachtencoördinator']);
    const appointed = give(accepted(decision), 'reassign', { to: lead }, coordinator, { around });
    expect(accepted(appointed)).toMatchObject({ state: 'open', stage: 'employee', handler: lead });
  });

  it('asks anew where everybody who was asked has lost the role', () => {
    const around = inOrganisation({
      departments: organisation.departments.map((each) => ({
        ...each,
        approvers: [{ ...director, role: 'senior' }],
      })),
    });
    expect(noticesOf(give(asked(), 'vacate', {}, itself, { around }))).toEqual([
      'escalation-requested -> welzijn/manager',
    ]);
  });

  it('does nothing while somebody can act', () => {
    expect(outcomeOf(give(asked(), 'vacate', {}, itself))).toBe('nothing-changed');
    expect(outcomeOf(give(accepted(log()), 'vacate', {}, itself))).toBe('nothing-changed');
  });

  it('where no coordinator can appoint, an administrator hears so, without a word of the complaint', () => {
    const around = inOrganisation({ coordinators: [senior] });
    const complaint = talked({ concerned: [senior, lead, director] });
    expect(noticesOf(give(complaint, 'requestEscalation', wish, employee, { around }))).toEqual([
      'coordinator-missing -> Beheerder',
    ]);
  });
});

describe('reopen', () => {
  const closed = () => accepted(give(handled(), 'close', closing(), senior));

  it('opens it at the stage where it was, by its last handler', () => {
    expect(accepted(give(closed(), 'reopen', { reason: 'x' }, senior))).toMatchObject({
      state: 'open',
      stage: 'manager',
      handler: senior,
    });
  });

  it('or by the director, who knows of it by its reference alone', () => {
    expect(accessOf(closed(), director.id, organisation)).toBe('status');
    const decision = give(closed(), 'reopen', { reason: 'x' }, director);
    expect(accepted(decision)).toMatchObject({ state: 'open', handler: senior });
    expect(noticesOf(decision)).toEqual(['reopened -> Senior']);
    expect(accessOf(accepted(decision), director.id, organisation)).toBe('none');
  });

  it('R8: is refused to a director whom it is about', () => {
    const complaint = accepted(give(accepted(log({ concerned: [director] })), 'close', closing(), employee));
    expect(outcomeOf(give(complaint, 'reopen', { reason: 'x' }, director))).toBe('not-handler');
  });

  it('R14: is refused once the retention period has passed, in Dutch time', () => {
    const at = (moment: string): Context => ({ now: new Date(moment), organisation });
    const reopen = (around: Context) => give(closed(), 'reopen', { reason: 'x' }, senior, { around });
    expect(outcomeOf(reopen(at('2028-11-24T08:59:59Z')))).toBe('accepted');
    expect(outcomeOf(reopen(at('2028-11-24T09:00:00Z')))).toBe('retention-passed');
  });

  it('asks for it anew where its last handler no longer may handle it', () => {
    const around = inOrganisation({
      departments: organisation.departments.map((each) => ({
        ...each,
        approvers: [{ ...lead, role: 'senior' }],
      })),
    });
    expect(accepted(give(closed(), 'reopen', { reason: 'x' }, director, { around }))).toMatchObject({
      state: 'pending',
      stage: 'manager',
    });
  });
});

describe('relay', () => {
  it('brings anybody’s note to the handler, and gives who relays it no sight', () => {
    const decision = give(accepted(accept(asked())), 'relay', { note: 'Belde terug' }, administrator);
    expect(noticesOf(decision)).toEqual(['relayed -> Senior']);
    expect(accessOf(accepted(decision), administrator.id, organisation)).toBe('none');
  });

  it('reaches whoever is asked too while nobody has accepted it', () => {
    expect(noticesOf(give(asked(), 'relay', { note: 'x' }, administrator))).toEqual([
      'relayed -> Medewerker',
      'relayed -> welzijn/manager',
    ]);
  });
});

describe('close as a duplicate', () => {
  const duplicate = closing({ outcome: 'duplicate', duplicateOf: 'K-2026-0007' });

  it('names the other complaint', () => {
    expect(accepted(give(accepted(log()), 'close', duplicate, employee))).toMatchObject({
      outcome: 'duplicate',
    });
  });

  it.each([undefined, 'K-2026-0042'])('is refused for %s', (duplicateOf) => {
    const content = { ...closing({ outcome: 'duplicate' }), ...(duplicateOf && { duplicateOf }) };
    expect(outcomeOf(give(accepted(log()), 'close', content, employee))).toBe('unknown-duplicate');
  });

  it('R8: is refused to a handler whom it is about', () => {
    const own = accepted(
      give(accepted(log({ concerned: [employee] })), 'recordConversation', conversation('yes'), employee),
    );
    expect(outcomeOf(give(own, 'close', duplicate, employee))).toBe('concerned');
  });
});

describe('an intake that is corrected after it went up', () => {
  it('R7: a typing error put right after a return asks nobody anew', () => {
    const pending = accepted(log({ entryStage: 'manager' }));
    const content = { escalation: escalationOf(pending), reason: 'not-yet-discussed' } as const;
    const returned = accepted(give(pending, 'returnEscalation', content, senior));
    const correction = { intake: intake({ entryStage: 'manager', description: 'Beter' }), reason: 'Tikfout' };
    expect(accepted(give(returned, 'correct', correction, employee))).toMatchObject({
      state: 'open',
      stage: 'employee',
    });
  });

  it('R8: the handler who turns out to be concerned loses it; the others are asked', () => {
    const correction = { intake: intake({ concerned: [senior] }), reason: 'Het ging over de senior' };
    const decision = give(accepted(accept(asked())), 'correct', correction, senior);
    expect(accepted(decision)).toMatchObject({
      state: 'pending',
      stage: 'manager',
      informed: [senior, lead],
    });
    expect(accessOf(accepted(decision), senior.id, organisation)).toBe('status');
    expect(outcomeOf(accept(accepted(decision), lead))).toBe('accepted');
  });

  it('R8: approvers wrongly taken for concerned are asked after all, not the director', () => {
    const skipped = asked({ concerned: [senior, lead] });
    expect(skipped.stage).toBe('director');
    const correction = { intake: intake({ concerned: [colleague] }), reason: 'Verkeerde mensen' };
    const decision = give(skipped, 'correct', correction, employee);
    expect(accepted(decision)).toMatchObject({ state: 'pending', stage: 'manager' });
    expect(noticesOf(decision)).toContain('escalation-requested -> welzijn/manager');
  });

  it('an appointed handler keeps it', () => {
    const stuck = asked({ concerned: [senior, lead, director] });
    const appointed = accepted(give(stuck, 'reassign', { to: colleague }, coordinator));
    const correction = {
      intake: intake({ concerned: [senior, lead, director], nature: 'other' }),
      reason: 'Aard was anders',
    };
    expect(accepted(give(appointed, 'correct', correction, colleague))).toMatchObject({
      state: 'open',
      handler: colleague,
    });
  });
});
