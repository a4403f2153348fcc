import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accessOf, audienceOf, isHandler, lookUpKeysOf, viewerKeysOf } from '../../src/domain/access.ts';
import { complaintSchema, isActive, isConcerned } from '../../src/domain/complaint.ts';
import { allowedCommands, decide } from '../../src/domain/decide.ts';
import { refuseIntake } from '../../src/domain/intake.ts';
import { isOne } from '../../src/domain/organisation.ts';
import { appointersOf, askedOf, routeTo } from '../../src/domain/routing.ts';
import { type State, stages } from '../../src/domain/vocabulary.ts';
import { anyIntakeChanges, given, life, lifeAnywhere, person } from '../arbitraries.ts';
import { context, everybody, intake, log, organisation } from '../fixtures.ts';

/** Where each state may lead (design: life of a complaint). */
const leadsTo: Record<State, readonly State[]> = {
  open: ['open', 'pending', 'closed', 'withdrawn', 'terminated'],
  pending: ['open', 'pending', 'withdrawn', 'terminated'],
  closed: ['closed', 'open', 'pending'],
  withdrawn: ['withdrawn'],
  terminated: ['terminated'],
};

describe('whatever people try, in whatever organisation', () => {
  it('no sequence of commands reaches a state outside the table', () => {
    fc.assert(
      fc.property(lifeAnywhere, ({ first, steps }) => {
        expect(['open', 'pending']).toContain(first.state);
        for (const { before, decision } of steps) {
          if (!decision.accepted) continue;
          expect(leadsTo[before.state]).toContain(decision.complaint.state);
          expect(complaintSchema.parse(decision.complaint)).toEqual(decision.complaint);
        }
      }),
    );
  });

  it('R7: no stage is gone back from but by a correction or a return, and none is skipped but by R8', () => {
    fc.assert(
      fc.property(lifeAnywhere, ({ steps }) => {
        for (const { before, command, around, decision } of steps) {
          if (!decision.accepted) continue;
          const { complaint } = decision;
          if (command.kind !== 'correct' && command.kind !== 'returnEscalation') {
            expect(stages.indexOf(complaint.stage)).toBeGreaterThanOrEqual(stages.indexOf(before.stage));
          }
          if (before.stage === 'employee' && complaint.stage === 'director') {
            expect(routeTo(around.organisation, complaint, 'manager').stage).toBe('director');
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

  it('no decision changes the complaint that it was taken on', () => {
    fc.assert(
      fc.property(lifeAnywhere, given, person, ({ last, around }, { kind, content }, by) => {
        const before = structuredClone(last);
        decide(
          last,
          { kind, id: 'another', content: content(last) } as Parameters<typeof decide>[1],
          by,
          around,
        );
        expect(last).toEqual(before);
      }),
    );
  });

  it('the timeline only grows, one entry for each accepted command', () => {
    fc.assert(
      fc.property(lifeAnywhere, ({ first, steps, last }) => {
        const accepted = steps.filter(({ decision }) => decision.accepted);
        expect(last.timeline).toHaveLength(1 + accepted.length);
        expect(last.timeline[0]).toEqual(first.timeline[0]);
        for (const { before, decision } of accepted) {
          if (decision.accepted) expect(decision.complaint.timeline.slice(0, -1)).toEqual(before.timeline);
        }
      }),
    );
  });

  it('R8: nobody concerned ever accepts, returns, reassigns, corrects or closes but as resolved', () => {
    fc.assert(
      fc.property(lifeAnywhere, ({ steps }) => {
        for (const { before, command, by, decision } of steps) {
          if (!decision.accepted || !isConcerned(before, by.id)) continue;
          expect(['acceptEscalation', 'returnEscalation', 'reassign', 'correct']).not.toContain(command.kind);
          if (command.kind === 'close') expect(command.content.outcome).toBe('resolved');
        }
      }),
    );
  });

  it('R8: above the employee nobody concerned handles it, and nobody without a role or an appointment', () => {
    fc.assert(
      fc.property(lifeAnywhere, ({ last, around }) => {
        if (last.state !== 'open') return;
        const { handler, stage } = last;
        expect(isHandler(last, handler.id, around.organisation)).toBe(true);
        if (stage !== 'employee') expect(isConcerned(last, handler.id)).toBe(false);
      }),
    );
  });

  it('no complaint is stuck: somebody able can act on it, or the coordinator was asked to appoint', () => {
    fc.assert(
      fc.property(lifeAnywhere, ({ last, around }) => {
        if (!isActive(last)) return;
        const acts = ({ id, name }: (typeof everybody)[number]) =>
          allowedCommands(last, { id, name }, around).some((kind) =>
            ['acceptEscalation', 'close', 'requestEscalation', 'recordConversation'].includes(kind),
          );
        const appointers = appointersOf(last, around.organisation);
        const isAsked = last.state === 'pending' && appointers.some(({ id }) => isOne(last.informed, id));
        expect(everybody.some(acts) || isAsked || appointers.length === 0).toBe(true);
      }),
    );
  });

  it('every pending escalation has somebody who was asked', () => {
    fc.assert(
      fc.property(lifeAnywhere, ({ last, around }) => {
        if (last.state !== 'pending') return;
        const asked = askedOf(last, around.organisation);
        const able = asked.length > 0 ? asked : appointersOf(last, around.organisation);
        expect(able.length === 0 || able.some(({ id }) => isOne(last.informed, id))).toBe(true);
      }),
    );
  });

  it('an escalation is returned at most once at each stage, and never by somebody concerned', () => {
    fc.assert(
      fc.property(lifeAnywhere, ({ last }) => {
        const returned = last.timeline
          .filter(({ kind }) => kind === 'escalationReturned')
          .map(({ stage }) => stage);
        expect(new Set(returned).size).toBe(returned.length);
      }),
    );
  });

  it('R13: who sees nothing can pass on a note and nothing else, and is answered as if there were no complaint', () => {
    fc.assert(
      fc.property(lifeAnywhere, given, person, ({ last, around }, { kind, content }, by) => {
        fc.pre(accessOf(last, by.id, around.organisation) === 'none' && kind !== 'relay');
        // Given by who knows the record alone (R11).
        fc.pre(kind !== 'returnSummary');
        const hasLeft = around.organisation.former.includes(by.id);
        expect(allowedCommands(last, by, around)).toEqual(hasLeft ? [] : ['relay']);
        const command = { kind, id: 'another', content: content(last) } as Parameters<typeof decide>[1];
        expect(decide(last, command, by, around)).toEqual({
          accepted: false,
          refusal: { code: 'not-found' },
        });
      }),
    );
  });

  it('R13: who has left sees nothing', () => {
    fc.assert(
      fc.property(lifeAnywhere, ({ last, around }) => {
        for (const id of around.organisation.former)
          expect(accessOf(last, id, around.organisation)).toBe('none');
      }),
    );
  });

  it('R13: only people on the list see the content', () => {
    fc.assert(
      fc.property(lifeAnywhere, ({ last, around }) => {
        for (const { id } of everybody) {
          if (accessOf(last, id, around.organisation) !== 'full') continue;
          const handles = isHandler(last, id, around.organisation);
          const concerned = last.stage === 'employee' && isConcerned(last, id);
          const joined = isOne(last.involved, id) || isOne(askedOf(last, around.organisation), id);
          expect(handles || (isActive(last) && (concerned || joined))).toBe(true);
        }
      }),
    );
  });

  it('R13: a complaint is found by all who may see something of it, under their own keys', () => {
    fc.assert(
      fc.property(lifeAnywhere, ({ last, around }) => {
        const audience = audienceOf(last);
        for (const { id } of everybody) {
          if (accessOf(last, id, around.organisation) === 'none') continue;
          expect(lookUpKeysOf(id, around.organisation).some((key) => audience.includes(key))).toBe(true);
        }
      }),
    );
  });

  it('the buttons that people get are the commands that the procedure takes from them', () => {
    fc.assert(
      fc.property(lifeAnywhere, ({ steps }) => {
        for (const { before, command, by, around, decision } of steps) {
          if (!decision.accepted || ['vacate', 'returnSummary'].includes(command.kind)) continue;
          expect(allowedCommands(before, by, around)).toContain(command.kind);
        }
      }),
    );
  });

  it('the commands of a life are all accepted now and then, so that these properties say something', () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(lifeAnywhere, ({ steps }) => {
        for (const { command, decision } of steps) if (decision.accepted) kinds.add(command.kind);
      }),
      { numRuns: 16_000 },
    );
    expect([...kinds].sort()).toEqual(
      [
        ...[
          'acceptEscalation',
          'addEvidence',
          'close',
          'correct',
          'declareConcerned',
          'involve',
          'planConversation',
          'reassign',
        ],
        ...['recordConversation', 'relay', 'release', 'reopen', 'requestEscalation', 'returnEscalation'],
        ...['removeEvidence', 'returnSummary', 'rewriteSummary', 'terminate', 'vacate', 'withdraw'],
      ].sort(),
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

  it('R13: the keys of a person lead to nobody else’s complaints', () => {
    fc.assert(
      fc.property(life, ({ last }) => {
        for (const { id } of everybody) {
          const found = viewerKeysOf(id, organisation).some((key) => audienceOf(last).includes(key));
          if (found && accessOf(last, id, organisation) === 'none') {
            // A role's key leads its holders to a pending complaint; who of them is concerned knows of it anyway.
            expect(last.state).toBe('pending');
          }
        }
      }),
    );
  });
});
