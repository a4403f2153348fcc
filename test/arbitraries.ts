// Random complaints by random people, for the properties that hold whatever happens.
import fc from 'fast-check';
import { type Command, contentSchemas } from '../src/domain/commands.ts';
import type { Complaint } from '../src/domain/complaint.ts';
import { type Decision, decide } from '../src/domain/decide.ts';
import { evidenceOf } from '../src/domain/evidence.ts';
import type { Intake } from '../src/domain/intake.ts';
import type { Organisation } from '../src/domain/organisation.ts';
import type { Person } from '../src/domain/people.ts';
import type { Context } from '../src/domain/refusal.ts';
import {
  entryStages,
  natures,
  outcomes,
  participantRoles,
  relations,
  returnReasons,
  satisfactions,
  waysIn,
} from '../src/domain/vocabulary.ts';
import { accepted, closing, everybody, intake, log, now, organisation } from './fixtures.ts';

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

type Given = { kind: Command['kind']; content: (on: Complaint) => unknown; by: (on: Complaint) => Person };

/** Anybody, and more often than by chance whoever handles the complaint. */
const giver = fc.record({ person, isHandler: fc.boolean() }).map(
  ({ person: anybody, isHandler }) =>
    ({ handler }: Complaint) =>
      isHandler ? handler : anybody,
);

const what = <T>(kind: Command['kind'], content: fc.Arbitrary<T>): fc.Arbitrary<Given> =>
  fc.record({ kind: fc.constant(kind), content: content.map((value) => () => value), by: giver });

/** A command on the escalation that is asked for now, as its card would carry it. */
const onEscalation = <T extends object>(
  kind: Command['kind'],
  content: fc.Arbitrary<T>,
): fc.Arbitrary<Given> =>
  fc.record({
    kind: fc.constant(kind),
    content: content.map((value) => ({ state, ...complaint }: Complaint) => ({
      ...value,
      escalation: state === 'pending' && 'escalation' in complaint ? complaint.escalation.id : 'old',
    })),
    by: giver,
  });

/** One command by anybody, allowed or not. */
export const given: fc.Arbitrary<Given> = fc.oneof(
  what('recordConversation', conversation),
  what('requestEscalation', fc.constant({ wish: 'kanariewens' })),
  onEscalation('acceptEscalation', fc.record({ notConcerned: fc.boolean() })),
  onEscalation('declareConcerned', fc.constant({})),
  onEscalation(
    'returnEscalation',
    fc.record({
      reason: fc.constantFrom(...returnReasons),
      department: fc.constantFrom('welzijn', 'ondersteuning', 'elders'),
    }),
  ),
  what('planConversation', fc.constant({ on: '2026-11-30', time: '14:30', place: 'kanarieplaats' })),
  what('involve', fc.record({ person, consent: fc.boolean() })),
  what('involve', fc.record({ person, consent: fc.constant(true) })),
  fc.record({
    kind: fc.constant('release' as const),
    content: person.map((anybody) => ({ involved }: Complaint) => ({ person: involved[0] ?? anybody })),
    by: giver,
  }),
  what('reassign', fc.record({ to: person })),
  what('reopen', fc.constant({ reason: 'kanariereden' })),
  what(
    'addEvidence',
    fc.uuid().map((file) => ({ file, fileName: 'kanariefoto.jpg', fileKind: 'jpg' as const, size: 7 })),
  ),
  fc.record({
    kind: fc.constant('removeEvidence' as const),
    content: fc.constant((on: Complaint) => ({
      file: evidenceOf(on)[0]?.id ?? '00000000-0000-4000-8000-000000000100',
      reason: 'kanariereden',
    })),
    by: giver,
  }),
  what('relay', fc.constant({ note: 'kanarienotitie' })),
  what(
    'correct',
    intakeChanges.map((changed) => ({ intake: intake(changed), reason: 'kanariereden' })),
  ),
  what(
    'close',
    fc.record({ outcome: fc.constantFrom(...outcomes), declinesNextStage: fc.boolean() }).map(closing),
  ),
  what('withdraw', fc.constant({ reason: 'kanarieredenen' })),
  what('terminate', fc.constant({ externalBody: 'kanarie-instantie' })),
  // Only by who analyses, on what has ended.
  ...Array.from({ length: 4 }, () =>
    fc.record({
      kind: fc.constant('returnSummary' as const),
      content: fc.constant(() => ({ reason: 'kanariereden' })),
      by: person.map((anybody) => () => anybody),
    }),
  ),
  // Only after a return, and by who handled it: given often, so that some lives hold it.
  ...Array.from({ length: 4 }, () =>
    fc.record({
      kind: fc.constant('rewriteSummary' as const),
      content: fc.constant(() => ({ summary: 'De klager kreeg uitleg.' })),
      by: fc.constant(({ handler }: Complaint) => handler),
    }),
  ),
);

const someOf = (least: number) => fc.subarray(everybody, { minLength: least, maxLength: 3 });

/** Any organisation of these people: roles held by whomever, some of whom have left. */
export const anyOrganisation: fc.Arbitrary<Organisation> = fc
  .record({
    welzijn: someOf(0),
    ondersteuning: someOf(0),
    directors: someOf(1),
    coordinators: someOf(1),
    former: fc.subarray(
      everybody.map(({ id }) => id),
      { maxLength: 2 },
    ),
  })
  .map(({ welzijn, ondersteuning, directors, coordinators, former }) => {
    const approvers = (people: Person[]) => people.map((each) => ({ ...each, role: 'senior' as const }));
    const departments = [
      { id: 'welzijn', name: 'Welzijn', approvers: approvers(welzijn) },
      { id: 'ondersteuning', name: 'Ondersteuning', approvers: approvers(ondersteuning) },
    ];
    return { ...organisation, departments, directors, coordinators, former };
  });

/** One step of a life: what was tried, by whom, in which organisation, what it was tried on, and what was decided. */
export interface Step {
  before: Complaint;
  command: Command;
  by: Person;
  around: Context;
  decision: Decision;
}

/** A complaint that was logged, and every command that was tried on it. */
export interface Life {
  first: Complaint;
  steps: Step[];
  last: Complaint;
  /** The organisation at the end. */
  around: Context;
}

/** The bot itself, which asks anew where whoever had to act no longer can. */
const itself: Person = { id: 'klachtenbot', name: 'Klachtenbot' };

/** A life among people whose roles change now and then, with the bot going through the complaints after each step. */
function lifeIn(organisations: fc.Arbitrary<Organisation>): fc.Arbitrary<Life> {
  const happening = fc.oneof({ weight: 6, arbitrary: given }, { weight: 1, arbitrary: organisations });
  return fc
    .record({
      start: organisations,
      changed: intakeChanges,
      logger: person,
      happenings: fc.array(happening, { maxLength: 20 }),
    })
    .filter(({ start, logger }) => !start.former.includes(logger.id))
    .map(({ start, changed, logger, happenings }) => {
      let around: Context = { now, organisation: start };
      const first = accepted(log(changed, logger, 'logged', around));
      const steps: Step[] = [];
      let last = first;
      const tries = (kind: Command['kind'], content: unknown, by: Person) => {
        const command = {
          kind,
          id: `given-${steps.length}`,
          content: contentSchemas[kind].parse(content),
        } as Command;
        const decision = decide(last, command, by, around);
        steps.push({ before: last, command, by, around, decision });
        if (decision.accepted) last = decision.complaint;
      };
      tries('vacate', {}, itself);
      for (const each of happenings) {
        if ('kind' in each) tries(each.kind, each.content(last), each.by(last));
        else around = { now, organisation: each };
        tries('vacate', {}, itself);
      }
      return { first, steps, last, around };
    });
}

/** A life in the organisation of the tests. */
export const life = lifeIn(fc.constant(organisation));

/** A life in any organisation, which changes while it lasts. */
export const lifeAnywhere = lifeIn(anyOrganisation);
