import { describe, expect, it } from 'vitest';
import type { Complaint } from '../../src/domain/complaint.ts';
import { allowedCommands } from '../../src/domain/decide.ts';
import {
  accepted,
  closing,
  colleague,
  context,
  conversation,
  coordinator,
  director,
  employee,
  everybody,
  give,
  intake,
  lead,
  log,
  newCommandId,
  noticesOf,
  now,
  organisation,
  outcomeOf,
  senior,
} from '../fixtures.ts';

const open = (changed = {}, by = employee) => accepted(log(changed, by));
const at = (stage: Complaint['stage'], complaint = open()): Complaint =>
  ({ ...complaint, stage }) as Complaint;

describe('logComplaint', () => {
  it('R7: brought to an employee, it is open there, with the logger as its handler', () => {
    expect(open()).toMatchObject({ state: 'open', stage: 'employee', handler: employee, loggedBy: employee });
  });

  it('gives the logger a receipt and tells the people concerned', () => {
    expect(noticesOf(log())).toEqual(['receipt -> Medewerker', 'concerns-you -> Tweede medewerker']);
  });

  it('tells nobody where names were typed, or where the logger is concerned', () => {
    expect(noticesOf(log({ concerned: [{ name: 'Getypt' }, employee] }))).toEqual(['receipt -> Medewerker']);
  });

  it('R7: brought to an approver who logs it, it is open at the manager with them', () => {
    expect(open({ entryStage: 'manager' }, senior)).toMatchObject({
      state: 'open',
      stage: 'manager',
      handler: senior,
    });
  });

  it('R8: an approver who logs it with typed names is asked whether one is theirs before it is theirs', () => {
    const decision = log({ entryStage: 'manager', concerned: [{ name: 'Getypt' }] }, senior);
    expect(accepted(decision)).toMatchObject({ state: 'pending', stage: 'manager' });
  });

  it('R7: brought to a manager but logged by an employee, the approvers of the department are asked', () => {
    const decision = log({ entryStage: 'manager' });
    expect(accepted(decision)).toMatchObject({
      state: 'pending',
      stage: 'manager',
      informed: [senior, lead],
    });
    expect(noticesOf(decision)).toContain('escalation-requested -> welzijn/manager');
  });

  it('R8: an approver whom it is about is not asked, and does not handle it', () => {
    const decision = log({ entryStage: 'manager', concerned: [senior] }, senior);
    expect(accepted(decision)).toMatchObject({ state: 'pending', stage: 'manager' });
    expect(noticesOf(decision)).toEqual(['receipt -> Senior', 'escalation-requested -> welzijn/manager']);
    expect(accepted(decision)).toMatchObject({ informed: [lead] });
  });

  it('R8: where every approver is concerned, it goes to the director', () => {
    const decision = log({ entryStage: 'manager', concerned: [senior, lead] });
    expect(accepted(decision)).toMatchObject({ state: 'pending', stage: 'director' });
    expect(noticesOf(decision)).toContain('escalation-requested -> welzijn/director');
  });

  it('R8: where the director is concerned too, the coordinator is asked by reference to appoint a handler', () => {
    const decision = log({ entryStage: 'manager', concerned: [senior, lead, director] });
    expect(accepted(decision)).toMatchObject({
      state: 'pending',
      stage: 'director',
      informed: [coordinator],
    });
    expect(noticesOf(decision)).toContain('appointment-needed -> Klachtencoördinator');
  });

  it('R5: an anonymous complaint gets no complaint and no reference', () => {
    expect(log({ name: 'onbekend' })).toEqual({
      accepted: false,
      refusal: { code: 'anonymous', field: 'name' },
    });
  });
});

describe('a complaint of which very much is recorded', () => {
  const full = () => {
    let complaint = open();
    for (;;) {
      const decision = give(complaint, 'relay', { note: 'x'.repeat(1000) }, lead);
      if (!decision.accepted) return { complaint, decision };
      complaint = decision.complaint;
    }
  };

  it('takes no more, so that it can always be stored', () => {
    const { complaint, decision } = full();
    expect(outcomeOf(decision)).toBe('too-much-recorded');
    expect(Buffer.byteLength(JSON.stringify(complaint))).toBeLessThan(1_000_000);
  });

  it('R7: can still be handled to its end: nobody locks a complaint by filling it', () => {
    const { complaint } = full();
    expect(outcomeOf(give(complaint, 'withdraw', {}, employee))).toBe('accepted');
    expect(outcomeOf(give(complaint, 'terminate', { externalBody: 'Commissie' }, employee))).toBe('accepted');
    const word = closing({ outcome: 'unresolved', declinesNextStage: true });
    expect(outcomeOf(give(complaint, 'close', word, employee))).toBe('accepted');
  });
});

describe('recordConversation', () => {
  it.each([
    ['the handler', employee],
    ['the employee concerned', colleague],
  ])('is open to %s', (_who, by) => {
    const decision = give(open(), 'recordConversation', conversation('partly'), by);
    expect(accepted(decision).timeline.at(-1)).toMatchObject({
      kind: 'conversationRecorded',
      stage: 'employee',
      by,
      content: { held: true, satisfied: 'partly' },
    });
  });

  it('tells the handler when somebody else wrote it down', () => {
    expect(noticesOf(give(open(), 'recordConversation', conversation(), colleague))).toEqual([
      'conversation-recorded -> Medewerker',
    ]);
    expect(noticesOf(give(open(), 'recordConversation', conversation(), employee))).toEqual([]);
  });

  it('R7: takes the reason why there was none instead', () => {
    const content = { held: false, reason: 'not-wanted', explanation: 'De klager wil dat niet' } as const;
    expect(accepted(give(open(), 'recordConversation', content, employee)).timeline.at(-1)?.content).toEqual(
      content,
    );
  });

  it('is refused for a day in the future', () => {
    const content = { ...conversation(), on: '2026-11-25' };
    expect(outcomeOf(give(open(), 'recordConversation', content, employee))).toBe('day-in-future');
  });

  it('R13: is as if there were no complaint for a stranger', () => {
    expect(outcomeOf(give(open(), 'recordConversation', conversation(), lead))).toBe('not-found');
  });

  it('is refused to the people concerned once the complaint has gone up', () => {
    expect(outcomeOf(give(at('manager'), 'recordConversation', conversation(), colleague))).toBe(
      'not-participant',
    );
  });
});

describe('close', () => {
  it('ends the complaint, and tells the people concerned by reference', () => {
    const decision = give(open(), 'close', closing(), employee);
    expect(accepted(decision)).toMatchObject({
      state: 'closed',
      outcome: 'resolved',
      endedAt: now.toISOString(),
    });
    expect(noticesOf(decision)).toEqual(['ended -> Tweede medewerker']);
  });

  it.each(everybody.filter((person) => person !== employee))(
    'is refused to $name, who does not handle it',
    (by) => {
      expect(outcomeOf(give(open(), 'close', closing(), by))).not.toBe('accepted');
    },
  );

  it.each(['employee', 'manager'] as const)(
    'R7: as unresolved at the stage %s needs the complainant’s word that they want no next stage',
    (stage) => {
      const handled = { ...at(stage), handler: senior } as Complaint;
      const unresolved = closing({ outcome: 'unresolved' });
      expect(outcomeOf(give(handled, 'close', unresolved, senior))).toBe('no-complainants-word');
      expect(outcomeOf(give(handled, 'close', { ...unresolved, declinesNextStage: true }, senior))).toBe(
        'accepted',
      );
    },
  );

  it('R7: as unresolved at the director needs no such word', () => {
    const handled = { ...at('director'), handler: director } as Complaint;
    expect(outcomeOf(give(handled, 'close', closing({ outcome: 'unresolved' }), director))).toBe('accepted');
  });

  describe('by a handler whom it is about (R8)', () => {
    const own = () => open({ concerned: [employee] });

    it('is refused before a satisfied complainant is on record', () => {
      expect(outcomeOf(give(own(), 'close', closing(), employee))).toBe('not-satisfied-on-record');
      const halfway = accepted(give(own(), 'recordConversation', conversation('partly'), employee));
      expect(outcomeOf(give(halfway, 'close', closing(), employee))).toBe('not-satisfied-on-record');
    });

    it('counts the last conversation only', () => {
      const satisfied = accepted(give(own(), 'recordConversation', conversation('yes'), employee));
      const again = accepted(give(satisfied, 'recordConversation', conversation('no'), employee));
      expect(outcomeOf(give(again, 'close', closing(), employee))).toBe('not-satisfied-on-record');
    });

    it('is allowed as resolved then, and the approvers of the department are told by reference', () => {
      const satisfied = accepted(give(own(), 'recordConversation', conversation('yes'), employee));
      const decision = give(satisfied, 'close', closing(), employee);
      expect(noticesOf(decision)).toEqual([
        'ended-by-person-concerned -> Senior',
        'ended-by-person-concerned -> Leidinggevende',
      ]);
    });

    it('is never allowed as unresolved', () => {
      const satisfied = accepted(give(own(), 'recordConversation', conversation('yes'), employee));
      const unresolved = closing({ outcome: 'unresolved', declinesNextStage: true });
      expect(outcomeOf(give(satisfied, 'close', unresolved, employee))).toBe('concerned');
    });
  });

  it.each([
    ['the complainant’s name', 'Mevrouw Kanarie was boos'],
    ['part of a name, in other case and with a genitive s', 'bergs afspraak ging niet door'],
    ['the name of a person concerned', 'medewerker TWEEDE heeft gebeld'],
    ['an e-mail address', 'Schrijf naar naam@voorbeeld.nl'],
    ['a phone number', 'Bel 070 763 06 06'],
  ])('R11: is refused with %s in the summary', (_what, summary) => {
    const decision = give(open(), 'close', closing({ summary }), employee);
    expect(decision).toMatchObject({ refusal: { code: 'personal-data-in-summary', field: 'summary' } });
  });

  it('R11: is refused with a name in the recommendation', () => {
    const content = closing({ recommendation: 'Spreek Kanarie eerder' });
    expect(outcomeOf(give(open(), 'close', content, employee))).toBe('personal-data-in-summary');
  });
});

describe.each([
  ['withdraw', 'withdrawn', {}],
  ['terminate', 'terminated', { externalBody: 'Een ombudsman' }],
] as const)('%s', (kind, state, content) => {
  it(`ends an open complaint as ${state}`, () => {
    expect(accepted(give(open(), kind, content, employee))).toMatchObject({
      state,
      endedAt: now.toISOString(),
    });
  });

  it('R4: ends a pending complaint too', () => {
    expect(accepted(give(open({ entryStage: 'manager' }), kind, content, employee)).state).toBe(state);
  });

  it.each([colleague, senior, lead, director])('is refused to $name', (by) => {
    expect(outcomeOf(give(open(), kind, content, by))).not.toBe('accepted');
  });

  it('R8: the approvers hear of it where somebody concerned ends it', () => {
    expect(noticesOf(give(open({ concerned: [employee] }), kind, content, employee))).toContain(
      'ended-by-person-concerned -> Senior',
    );
  });

  it('R8: is refused to a logger whom it is about once it is asked for above them', () => {
    const pending = open({ entryStage: 'manager', concerned: [employee] });
    expect(outcomeOf(give(pending, kind, content, employee))).toBe('not-handler');
  });
});

describe('correct', () => {
  const correction = (changed: Parameters<typeof intake>[0]) => ({
    intake: intake(changed),
    reason: 'Vergissing',
  });

  it('puts the intake right, and the original stays in the timeline', () => {
    const corrected = accepted(give(open(), 'correct', correction({ nature: 'processes' }), employee));
    expect(corrected.intake.nature).toBe('processes');
    expect(corrected.timeline[0]).toMatchObject({ kind: 'complaintLogged', content: { nature: 'conduct' } });
  });

  it('tells somebody who turns out to be concerned', () => {
    expect(
      noticesOf(give(open(), 'correct', correction({ concerned: [colleague, lead] }), employee)),
    ).toEqual(['concerns-you -> Leidinggevende']);
  });

  it('R8: is refused to a handler whom it is about', () => {
    expect(outcomeOf(give(open({ concerned: [employee] }), 'correct', correction({}), employee))).toBe(
      'concerned',
    );
  });

  it('R8: a handler at the manager who turns out to be concerned loses it; others are asked', () => {
    const handled = open({ entryStage: 'manager' }, senior);
    const decision = give(
      handled,
      'correct',
      correction({ entryStage: 'manager', concerned: [senior] }),
      senior,
    );
    expect(accepted(decision)).toMatchObject({ state: 'pending', stage: 'manager' });
    expect(noticesOf(decision)).toContain('escalation-requested -> welzijn/manager');
    expect(allowedCommands(accepted(decision), senior, context)).toEqual(['relay']);
  });

  it('R7: brought to a manager after all, its approvers are asked', () => {
    expect(accepted(give(open(), 'correct', correction({ entryStage: 'manager' }), employee))).toMatchObject({
      state: 'pending',
      stage: 'manager',
    });
  });

  it('R7: brought to an employee after all, it goes back to its logger while nobody has accepted it', () => {
    const pending = open({ entryStage: 'manager' });
    expect(accepted(give(pending, 'correct', correction({}), employee))).toMatchObject({
      state: 'open',
      stage: 'employee',
      handler: employee,
    });
  });

  it('R7: another department’s approvers are asked when the department was wrong', () => {
    const pending = open({ entryStage: 'manager', concerned: [lead] });
    const moved = correction({ entryStage: 'manager', department: 'ondersteuning', concerned: [] });
    expect(noticesOf(give(pending, 'correct', moved, employee))).toEqual([
      'escalation-requested -> ondersteuning/manager',
    ]);
  });

  it('leaves a pending complaint with who was asked where routing stays the same', () => {
    const pending = open({ entryStage: 'manager' });
    const decision = give(
      pending,
      'correct',
      correction({ entryStage: 'manager', nature: 'other' }),
      employee,
    );
    expect(noticesOf(decision)).toEqual([]);
    expect(accepted(decision)).toMatchObject({ state: 'pending', informed: [senior, lead] });
  });

  it('is refused where nothing changes, or the result could not have been taken up', () => {
    expect(outcomeOf(give(open(), 'correct', correction({}), employee))).toBe('nothing-changed');
    expect(outcomeOf(give(open(), 'correct', correction({ name: '-' }), employee))).toBe('anonymous');
    expect(outcomeOf(give(open(), 'correct', correction({ phone: undefined }), employee))).toBe(
      'no-contact-details',
    );
  });
});

describe('a command that came before', () => {
  it('gives the same answer and changes nothing when it comes again', () => {
    const id = newCommandId();
    const first = accepted(give(open(), 'recordConversation', conversation(), employee, { id }));
    const again = give(first, 'recordConversation', conversation(), employee, { id });
    expect(again).toEqual({ accepted: true, repeated: true, complaint: first, notices: [] });
  });

  it('gives the same answer even when its state has passed', () => {
    const id = newCommandId();
    const closed = accepted(give(open(), 'close', closing(), employee, { id }));
    expect(give(closed, 'close', closing(), employee, { id })).toMatchObject({
      accepted: true,
      repeated: true,
    });
  });

  it('is refused visibly with other content under its id', () => {
    const id = newCommandId();
    const first = accepted(give(open(), 'recordConversation', conversation('yes'), employee, { id }));
    expect(outcomeOf(give(first, 'recordConversation', conversation('no'), employee, { id }))).toBe(
      'used-before',
    );
    expect(outcomeOf(give(first, 'withdraw', {}, employee, { id }))).toBe('used-before');
  });

  it('R13: tells nothing to somebody else who uses its id', () => {
    const id = newCommandId();
    const first = accepted(give(open(), 'recordConversation', conversation(), employee, { id }));
    expect(outcomeOf(give(first, 'recordConversation', conversation(), lead, { id }))).toBe('not-found');
  });
});

describe('an ended complaint', () => {
  it.each(['recordConversation', 'correct', 'close', 'withdraw', 'terminate'] as const)(
    'refuses %s',
    (kind) => {
      const contents = {
        recordConversation: conversation(),
        correct: { intake: intake({ nature: 'other' }), reason: 'x' },
        close: closing(),
        withdraw: {},
        terminate: { externalBody: 'x' },
      };
      for (const ended of [
        accepted(give(open(), 'close', closing(), employee)),
        accepted(give(open(), 'withdraw', {}, employee)),
        accepted(give(open(), 'terminate', { externalBody: 'x' }, employee)),
      ]) {
        expect(outcomeOf(give(ended, kind, contents[kind], employee))).toBe('wrong-state');
      }
    },
  );
});

it('the organisation of the fixtures is the one of the demo, so that both show the same procedure', async () => {
  const { default: demo } = await import('../../demo/organisation.json', { with: { type: 'json' } });
  expect(demo.departments.map(({ id }) => id)).toEqual(organisation.departments.map(({ id }) => id));
});
