// Random complaints by random people, for the properties that hold whatever happens.
import fc from 'fast-check';
import { type Command, contentSchemas } from '../src/domain/commands.ts';
import type { Complaint } from '../src/domain/complaint.ts';
import { type Decision, decide } from '../src/domain/decide.ts';
import type { Intake } from '../src/domain/intake.ts';
import type { Person } from '../src/domain/people.ts';
import {
  entryStages,
  natures,
  participantRoles,
  relations,
  satisfactions,
  waysIn,
} from '../src/domain/vocabulary.ts';
import { accepted, closing, context, everybody, intake, log, organisation } from './fixtures.ts';

export const person = fc.constantFrom(...everybody);
const concerned = fc.oneof(person, fc.constant({ name: 'Getypte naam' }));

/** Changes to an intake that can all be taken up. */
export const intakeChanges: fc.Arbitrary<Partial<Intake>> = fc.record({
  concerned: fc.uniqueArray(concerned, { maxLength: 4, selector: ({ name }) => name }),
  entryStage: fc.constantFrom(...entryStages),
  department: fc.constantFrom(...organisation.departments.map(({ id }) => id)),
  nature: fc.constantFrom(...natures),
  wayIn: fc.constantFrom(...waysIn),
});

/** Intakes of which many are refused. */
export const anyIntakeChanges: fc.Arbitrary<Partial<Intake>> = fc.record(
  {
    relation: fc.constantFrom(...relations),
    name: fc.oneof(fc.constantFrom('anoniem', 'onbekend', '-', 'Naam Genoemd'), fc.string({ maxLength: 20 })),
    externalBody: fc.boolean(),
    compensation: fc.boolean(),
    submittedOn: fc.constantFrom('2026-11-23', '2026-11-24', '2026-11-25'),
    department: fc.constantFrom('welzijn', 'elders'),
  },
  { requiredKeys: [] },
);

const conversation = fc.oneof(
  fc.record({
    held: fc.constant(true as const),
    on: fc.constant('2026-11-24'),
    participants: fc.subarray([...participantRoles], { minLength: 1 }),
    account: fc.constant('kanarieverslag'),
    satisfied: fc.constantFrom(...satisfactions),
  }),
  fc.record({
    held: fc.constant(false as const),
    reason: fc.constantFrom('not-possible' as const, 'not-wanted' as const),
    explanation: fc.constant('kanarieuitleg'),
  }),
);

type Given = { kind: Command['kind']; content: unknown; by: Person };

/** One command by anybody, allowed or not. */
export const given: fc.Arbitrary<Given> = fc.oneof(
  fc.record({ kind: fc.constant('recordConversation' as const), content: conversation, by: person }),
  fc.record({
    kind: fc.constant('correct' as const),
    content: intakeChanges.map((changed) => ({ intake: intake(changed), reason: 'kanariereden' })),
    by: person,
  }),
  fc.record({
    kind: fc.constant('close' as const),
    content: fc
      .record({
        outcome: fc.constantFrom('resolved' as const, 'unresolved' as const),
        declinesNextStage: fc.boolean(),
      })
      .map(closing),
    by: person,
  }),
  fc.record({
    kind: fc.constant('withdraw' as const),
    content: fc.constant({ reason: 'kanarieredenen' }),
    by: person,
  }),
  fc.record({
    kind: fc.constant('terminate' as const),
    content: fc.constant({ externalBody: 'kanarie-instantie' }),
    by: person,
  }),
);

/** One step of a life: what was tried, by whom, what it was tried on, and what was decided. */
export interface Step {
  before: Complaint;
  command: Command;
  by: Person;
  decision: Decision;
}

/** A complaint that was logged, and every command that was tried on it. */
export interface Life {
  first: Complaint;
  steps: Step[];
  last: Complaint;
}

export const life: fc.Arbitrary<Life> = fc
  .record({ changed: intakeChanges, logger: person, tried: fc.array(given, { maxLength: 12 }) })
  .map(({ changed, logger, tried }) => {
    const first = accepted(log(changed, logger, 'logged'));
    const steps: Step[] = [];
    let last = first;
    tried.forEach(({ kind, content, by }, index) => {
      const command = { kind, id: `given-${index}`, content: contentSchemas[kind].parse(content) } as Command;
      const decision = decide(last, command, by, context);
      steps.push({ before: last, command, by, decision });
      if (decision.accepted) last = decision.complaint;
    });
    return { first, steps, last };
  });
