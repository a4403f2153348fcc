import { z } from 'zod';
import { dayOf, yearOf } from './calendar.ts';
import { concernedSchema, longestName } from './people.ts';
import { referenceSchema } from './reference.ts';
import type { Context, Refusal } from './refusal.ts';
import { entryStages, natures, relations, staffRelations, waysIn } from './vocabulary.ts';

/** What is asked before any free text: whether this complaint may be taken up at all (R1, R3, R4, R5). */
export const screeningSchema = z.object({
  relation: z.enum(relations),
  name: z.string().max(longestName),
  externalBody: z.boolean(),
  compensation: z.boolean(),
});
export type Screening = z.infer<typeof screeningSchema>;

/** How many years ago a complaint can have been submitted; a day before is a slip of the finger. */
const mostYearsAgo = 2;

/** Longest description of what happened, in characters. */
export const longestDescription = 4000;

/** Most people that a complaint can be about. */
export const mostConcerned = 10;

/** A complaint as it is taken down. Days are `2026-11-24`; a phone number is in E.164. */
export const intakeSchema = screeningSchema.extend({
  phone: z
    .string()
    .regex(/^\+\d{5,15}$/)
    .optional(),
  email: z.email().max(254).optional(),
  submittedOn: z.iso.date(),
  wayIn: z.enum(waysIn),
  entryStage: z.enum(entryStages),
  department: z.string().min(1).max(50),
  concerned: z.array(concernedSchema).max(mostConcerned),
  nature: z.enum(natures),
  description: z.string().min(1).max(longestDescription),
  wish: z.string().min(1).max(1000).optional(),
  evidence: z.string().min(1).max(1000).optional(),
  /** An earlier complaint of the same complainant, by its reference (F8). */
  linkedTo: referenceSchema.optional(),
});
export type Intake = z.infer<typeof intakeSchema>;

const wordSet = (words: string) => new Set(words.split(' '));

/** Words that say that there is no name (R5). */
const nameless = wordSet(
  'anoniem anonieme anonymous anonym anon onbekend onbekende unknown geen naam naamloos niemand iemand none no name nvt nn geheim heer',
);
/** Forms of address and words for the complainant, which are no name by themselves. */
const addresses = wordSet(
  'de een het the klager klaagster complainant client cliente klant deelnemer deelneemster bezoeker bezoekster bewoner bewoonster inwoner beller melder mevrouw mevr mw meneer mijnheer dhr vrouw man',
);
/** Words of a sentence that says that no name is given. */
const fillers = wordSet(
  'wil wilt liever graag blijven blijft geven zeggen noemen genoemd worden niet haar zijn deze wenst te zonder bekend',
);

/** R5: whether a name is none at all: empty, 'anoniem', 'onbekend', '-', 'de klager', 'xxx', a single letter. */
export function isAnonymous(name: string): boolean {
  const plain = name
    .normalize('NFKD')
    .replace(/[\p{M}.]/gu, '')
    .toLowerCase();
  const words = plain.split(/[^\p{L}]+/u).filter((word) => word !== '' && !addresses.has(word));
  const letters = words.join('');
  if (/\p{Script=Han}/u.test(letters)) return false;
  if (letters.length < 2 || /^(.)\1*$/u.test(letters)) return true;
  const given = words.filter((word) => !nameless.has(word) && !fillers.has(word));
  return given.length === 0 && (words.length > 1 || nameless.has(letters));
}

/**
 * R1, R3, R4, R5: why a complaint is not taken up, or nothing where it may be.
 * Nothing that was typed may be kept when this refuses.
 */
export function refuseScreening(screening: Screening): Refusal | undefined {
  if ((staffRelations as readonly string[]).includes(screening.relation)) return { code: 'staff-procedure' };
  if (screening.externalBody) return { code: 'external-body' };
  if (screening.compensation) return { code: 'compensation' };
  if (isAnonymous(screening.name)) return { code: 'anonymous', field: 'name' };
  return undefined;
}

/** Why an intake can't be recorded as it is: the screening, or something to put right in the form. */
export function refuseIntake(intake: Intake, { now, organisation }: Context): Refusal | undefined {
  const screened = refuseScreening(intake);
  if (screened) return screened;
  if (!intake.phone && !intake.email) return { code: 'no-contact-details', field: 'phone' };
  if (intake.submittedOn > dayOf(now)) return { code: 'day-in-future', field: 'submittedOn' };
  const oldest = `${yearOf(now) - mostYearsAgo}-01-01`;
  if (intake.submittedOn < oldest) return { code: 'day-long-ago', field: 'submittedOn' };
  if (!organisation.departments.some(({ id }) => id === intake.department)) {
    return { code: 'unknown-department', field: 'department' };
  }
  return undefined;
}
