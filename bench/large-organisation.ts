// The organisation of the demo as a large one would be: many departments, thousands of colleagues.
import organisationFile from '../demo/organisation.json' with { type: 'json' };
import { type Organisation, organisationSchema } from '../src/domain/organisation.ts';
import type { Person } from '../src/domain/people.ts';

/** How many departments it has, each with two approvers. */
export const departments = 20;
export const departmentId = (department: number) => `afdeling-${department}`;

/** An id of its own for each number. */
export const idOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
export const approverOf = (department: number, place: 0 | 1): Person => ({
  id: idOf(1000 + 2 * department + place),
  name: place === 0 ? 'Senior' : 'Leidinggevende',
});
/** Somebody who logs complaints, or whom they are about. */
export const colleague = (number: number): Person => ({ id: idOf(200_000 + number), name: 'Medewerker' });

/** It keeps what ended long; what else it has can be said. */
export const largeOrganisation = (changed: Partial<Organisation> = {}): Organisation =>
  organisationSchema.parse({
    ...organisationFile,
    retentionMonths: 120,
    departments: Array.from({ length: departments }, (_each, department) => ({
      id: departmentId(department),
      name: `Afdeling ${department}`,
      approvers: [
        { ...approverOf(department, 0), role: 'senior' },
        { ...approverOf(department, 1), role: 'leidinggevende' },
      ],
    })),
    ...changed,
  });
