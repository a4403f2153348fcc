import type { Intake, Screening } from '../../domain/intake.ts';
import type { Organisation } from '../../domain/organisation.ts';
import type { Concerned } from '../../domain/people.ts';
import { longestName } from '../../domain/people.ts';
import { entryStages, natures, relations, waysIn } from '../../domain/vocabulary.ts';
import { choice, day, email, names, optionalText, people, phone, text, toggle } from './field.ts';
import type { ContentOf, Typed } from './form.ts';

/** Most people that a complaint can be about. */
const mostConcerned = 10;

/** The first step: what must be known before any free text (R1, R3, R4, R5). */
export const screeningFields = {
  name: optionalText('line', longestName),
  relation: choice(relations, 'client'),
  externalBody: toggle(),
  compensation: toggle(),
};

/** The second step: the complaint itself, in the order in which a call goes. */
export function complaintFields({ departments }: Pick<Organisation, 'departments'>) {
  return {
    description: text('paragraph', 4000),
    department: choice(
      departments.map(({ id }) => id),
      departments.length === 1 ? departments[0]?.id : undefined,
    ),
    nature: choice(natures),
    concernedIds: people(mostConcerned),
    concernedNames: names(mostConcerned, longestName),
    phone: phone(),
    email: email(),
    wish: optionalText('paragraph', 1000),
    evidence: optionalText('paragraph', 1000),
    wayIn: choice(waysIn, 'phone'),
    entryStage: choice(entryStages, 'employee'),
    submittedOn: day(),
    // Already answered in the first step; here to be put right without starting again.
    name: screeningFields.name,
    relation: screeningFields.relation,
  };
}

/** Everything of an intake on one form, with the reason, to correct it. */
export function correctionFields(organisation: Pick<Organisation, 'departments'>) {
  return { reason: text('line', 500), ...complaintFields(organisation) };
}

/** The names of departments, for the choice between them. */
export const departmentTitles = ({ departments }: Pick<Organisation, 'departments'>) =>
  Object.fromEntries(departments.map(({ id, name }) => [id, name]));

/** What was typed, as an intake; `picked` are the picked people with their names. */
export function intakeOf(
  answers: Pick<Screening, 'externalBody' | 'compensation'>,
  complaint: ContentOf<ReturnType<typeof complaintFields>>,
  picked: readonly Concerned[],
): Intake {
  const { concernedIds: _ids, concernedNames, name = '', ...rest } = complaint;
  const concerned = [...picked, ...concernedNames.map((typed) => ({ name: typed }))];
  const { externalBody, compensation } = answers;
  return withoutBlanks({
    ...{ ...rest, name, externalBody, compensation },
    concerned: concerned.slice(0, mostConcerned),
  });
}

/** An intake as it would stand in the form, to be corrected. */
export function typedIntake(intake: Intake): Typed {
  const { concerned, externalBody: _body, compensation: _compensation, ...rest } = intake;
  return {
    ...rest,
    concernedIds: concerned.flatMap(({ id }) => id ?? []).join(','),
    concernedNames: concerned
      .filter(({ id }) => id === undefined)
      .map(({ name }) => name)
      .join(', '),
  };
}

/** Leaves out what was left blank, so that an absent value is absent everywhere. */
function withoutBlanks(values: object): Intake {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Intake;
}
