import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accessOf, audienceOf, lookUpKeysOf } from '../../src/domain/access.ts';
import { complaintSchema, isConcerned } from '../../src/domain/complaint.ts';
import { allowedCommands, decide } from '../../src/domain/decide.ts';
import { refuseIntake } from '../../src/domain/intake.ts';
import { routeTo } from '../../src/domain/routing.ts';
import { type State, stages } from '../../src/domain/vocabulary.ts';
import { anyIntakeChanges, given, life, person } from '../arbitraries.ts';
import { context, everybody, intake, log, organisation } from '../fixtures.ts';

/** Where each state may lead (design: life of a complaint). */
const leadsTo: Record<State, readonly State[]> = {
  open: ['open', 'pending', 'closed', 'withdrawn', 'terminated'],
  pending: ['open', 'pending', 'withdrawn', 'terminated'],
  closed: ['closed', 'open', 'pending'],
  withdrawn: ['withdrawn'],
  terminated: ['terminated'],
};

describe('whatever people try', () => {
  it('no sequence of commands reaches a state outside the table', () => {
    fc.assert(
      fc.property(life, ({ first, steps }) => {
        expect(['open', 'pending']).toContain(first.state);
        for (const { before, decision } of steps) {
          if (!decision.accepted) continue;
          expect(leadsTo[before.state]).toContain(decision.complaint.state);
          expect(complaintSchema.parse(decision.complaint)).toEqual(decision.complaint);
        }
      }),
    );
  });

  it('R7: no stage is gone back from but to put its entry right, and the director is reached from the employee only by R8', () => {
    fc.assert(
      fc.property(life, ({ steps }) => {
        for (const { before, command, decision } of steps) {
          if (!decision.accepted) continue;
          const { complaint } = decision;
          const entryCorrected = command.kind === 'correct' || command.kind === 'returnEscalation';
          if (!entryCorrected) {
            expect(stages.indexOf(complaint.stage)).toBeGreaterThanOrEqual(stages.indexOf(before.stage));
          }
          if (before.stage === 'employee' && complaint.stage === 'director') {
            expect(routeTo(organisation, complaint, 'manager').stage).toBe('director');
          }
        }
      }),
    );
  });

  it('the same command id twice changes nothing', () => {
    fc.assert(
      fc.property(life, ({ steps }) => {
        for (const { command, by, decision } of steps) {
          if (!decision.accepted) continue;
          const again = decide(decision.complaint, command, by, context);
          expect(again).toEqual({
            accepted: true,
            repeated: true,
            complaint: decision.complaint,
            notices: [],
          });
        }
      }),
    );
  });

  it('a refusal changes nothing and tells nobody', () => {
    fc.assert(
      fc.property(life, ({ steps }) => {
        for (const { decision } of steps) {
          if (!decision.accepted) expect(Object.keys(decision)).toEqual(['accepted', 'refusal']);
        }
      }),
    );
  });

  it('the timeline only grows, one entry for each accepted command', () => {
    fc.assert(
      fc.property(life, ({ first, steps, last }) => {
        const accepted = steps.filter(({ decision }) => decision.accepted);
        expect(last.timeline).toHaveLength(1 + accepted.length);
        expect(last.timeline[0]).toEqual(first.timeline[0]);
        for (const { before, decision } of accepted) {
          if (decision.accepted) expect(decision.complaint.timeline.slice(0, -1)).toEqual(before.timeline);
        }
      }),
    );
  });

  it('R8: nobody concerned corrects or closes as unresolved', () => {
    fc.assert(
      fc.property(life, ({ steps }) => {
        for (const { before, command, by, decision } of steps) {
          if (!decision.accepted || !isConcerned(before, by.id)) continue;
          expect(command.kind).not.toBe('correct');
          if (command.kind === 'close') expect(command.content.outcome).toBe('resolved');
        }
      }),
    );
  });

  it('R8: above the employee nobody concerned is its open handler, and every pending complaint asks somebody', () => {
    fc.assert(
      fc.property(life, ({ last }) => {
        if (last.state === 'open' && last.stage !== 'employee') {
          expect(isConcerned(last, last.handler.id)).toBe(false);
        }
        if (last.state === 'pending') {
          const { approvers } = routeTo(organisation, last, last.stage);
          expect(approvers.length > 0 || isConcerned(last, organisation.directors[0]?.id ?? '')).toBe(true);
          expect(last.informed).toEqual(expect.arrayContaining(approvers));
        }
      }),
    );
  });

  it('R13: who sees nothing can pass on a note and nothing else, and is answered as if there were no complaint', () => {
    fc.assert(
      fc.property(life, given, person, ({ last }, { kind, content }, by) => {
        fc.pre(accessOf(last, by.id, organisation) === 'none');
        fc.pre(kind !== 'relay');
        expect(allowedCommands(last, by, context)).toEqual(['relay']);
        const decision = decide(
          last,
          { kind, id: 'another', content } as Parameters<typeof decide>[1],
          by,
          context,
        );
        expect(decision).toEqual({ accepted: false, refusal: { code: 'not-found' } });
      }),
    );
  });

  it('R13: a complaint is found by all who may see something of it, under their own keys', () => {
    fc.assert(
      fc.property(life, ({ last }) => {
        const audience = audienceOf(last);
        for (const { id } of everybody) {
          if (accessOf(last, id, organisation) === 'none') continue;
          expect(lookUpKeysOf(id, organisation).some((key) => audience.includes(key))).toBe(true);
        }
      }),
    );
  });

  it('the buttons that people get are the commands that the procedure takes from them', () => {
    fc.assert(
      fc.property(life, ({ steps }) => {
        for (const { before, command, by, decision } of steps) {
          if (decision.accepted) expect(allowedCommands(before, by, context)).toContain(command.kind);
        }
      }),
    );
  });
});

describe('whatever is typed', () => {
  it('R1, R3, R4, R5: no refused intake leaves a trace', () => {
    fc.assert(
      fc.property(anyIntakeChanges, person, (changed, by) => {
        const refusal = refuseIntake(intake(changed), context);
        const decision = log(changed, by);
        expect(decision.accepted).toBe(refusal === undefined);
        if (!decision.accepted) expect(decision).toEqual({ accepted: false, refusal });
      }),
    );
  });
});
