import { z } from 'zod';
import { type Person, personSchema } from './people.ts';
import type { Stage } from './vocabulary.ts';

const approverSchema = personSchema.extend({ role: z.enum(['senior', 'leidinggevende']) });

const departmentSchema = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,50}$/, 'small letters, digits and hyphens, for example "welzijn"'),
  name: z.string().min(1).max(100),
  approvers: z.array(approverSchema),
});

/** Who holds which role, and the periods that the organisation has set. Dates are days: `2027-10-01`. */
export const organisationSchema = z.strictObject({
  name: z.string().min(1).max(200),
  contact: z.object({ address: z.string().min(1), email: z.email(), phone: z.string().min(1) }),
  departments: z
    .array(departmentSchema)
    .min(1)
    .refine(
      (all) => new Set(all.map(({ id }) => id)).size === all.length,
      'each department needs its own id',
    ),
  directors: z.array(personSchema),
  coordinators: z.array(personSchema),
  administrators: z.array(personSchema),
  retentionMonths: z.int().positive(),
  reminderWorkingDays: z.int().positive(),
  nextEvaluation: z.iso.date(),
});
export type Organisation = z.infer<typeof organisationSchema>;

/** Who may accept at a stage, concerned or not; at the stage `employee` nobody is asked. */
export function approversOf(organisation: Organisation, department: string, stage: Stage): Person[] {
  if (stage === 'employee') return [];
  const approvers =
    stage === 'director'
      ? organisation.directors
      : (organisation.departments.find(({ id }) => id === department)?.approvers ?? []);
  return approvers.map(({ id, name }) => ({ id, name }));
}
