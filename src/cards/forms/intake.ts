import { type Intake, longestDescription, mostConcerned, type Screening } from '../../domain/intake.ts';
import type { Organisation } from '../../domain/organisation.ts';
import { longestName, type Person } from '../../domain/people.ts';
import { entryStages, natures, relations, waysIn } from '../../domain/vocabulary.ts';
import {
  choice,
  day,
  email,
  names,
  optionalChoice,
  optionalText,
  people,
  phone,
  text,
  toggle,
} from './field.ts';
import type { ContentOf, Typed } from './form.ts';

/** The first step: what must be known before any free text (R1, R3, R4, R5). */
export const screeningFields = {
  name: optionalText('line', longestName),
  relation: choice(relations, 'client'),
  externalBody: toggle(),
  compensation: toggle(),
};

const description = text('paragraph', longestDescription);
/** What follows the department in the second step. */
const details = {
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

/**
 * The second step: the complaint itself, in the order in which a call goes. `earlier` are the references of complaints
 * by the same complainant that it may be linked to (F8).
 */
export function complaintFields(
  { departments }: Pick<Organisation, 'departments'>,
  earlier: readonly string[] = [],
) {
  const [first, ...others] = departments.map(({ id }) => id);
  return {
    ...(earlier.length > 0 && { linkedTo: optionalChoice(earlier) }),
    description,
    department: choice(
      departments.map(({ id }) => id),
      others.length === 0 ? first : undefined,
    ),
    ...details,
  };
}

/** Everything of an intake on one form, with the reason, to correct it. */
export function correctionFields(organisation: Pick<Organisation, 'departments'>) {
  return { reason: text('line', 500), ...complaintFields(organisation) };
}

/** The names of departments, for the choice between them. */
export const departmentTitles = ({ departments }: Pick<Organisation, 'departments'>) =>
  Object.fromEntries(departments.map(({ id, name }) => [id, name]));

/** A picked person; of somebody whom the bot does not know yet the name is still to be typed. */
export type Picked = Person & { known?: boolean };

/** How many names must still be typed for people who were picked, but whom the bot does not know. */
export function missingNames(picked: readonly Picked[], read: { concernedNames?: unknown }): number {
  const typed = Array.isArray(read.concernedNames) ? read.concernedNames.length : picked.length;
  return picked.filter(({ known }) => known === false).length - typed;
}

/** What was typed, as an intake; typed names belong first to the picked people whom the bot does not know. */
export function intakeOf(
  answers: Pick<Screening, 'externalBody' | 'compensation'>,
  complaint: ContentOf<ReturnType<typeof complaintFields>>,
  picked: readonly Picked[],
): Intake {
  const { concernedIds: _ids, concernedNames, name = '', ...rest } = complaint;
  const typed = [...concernedNames];
  const named = picked.map(({ id, name: found, known }) => ({
    id,
    name: known === false ? (typed.shift() ?? found) : found,
  }));
  const { externalBody, compensation } = answers;
  const concerned = [...named, ...typed.map((each) => ({ name: each }))];
  return withoutBlanks({ ...rest, name, externalBody, compensation, concerned });
}

/** An intake as it would stand in the form, to be corrected. */
export function typedIntake(intake: Intake): Typed {
  const { concerned, externalBody: _body, compensation: _compensation, linkedTo: _linked, ...rest } = intake;
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
