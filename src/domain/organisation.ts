import { z } from 'zod';
import { type Person, personSchema } from './people.ts';
import type { Stage } from './vocabulary.ts';

/** People of the organisation file are found by their Entra object id. */
const memberSchema = personSchema.extend({ id: z.guid('must be an Entra object id (a GUID)').toLowerCase() });
const approverSchema = memberSchema.extend({ role: z.enum(['senior', 'leidinggevende']) });

const departmentSchema = z.object({
  id: z
    .string()
    .regex(/^[a-z0-9-]{1,50}$/, 'small letters, digits and hyphens, for example "welzijn"')
    .refine((id) => id !== 'director', 'the id "director" is taken'),
  name: z.string().min(1).max(100),
  approvers: z.array(approverSchema),
});

/** A channel that is told of escalations: its name for people, and the messaging channel's own reference, opaque here. */
const channelSchema = z.object({ name: z.string().max(200), reference: z.record(z.string(), z.unknown()) });
export type Channel = z.infer<typeof channelSchema>;

/** The key of the director's channel among the channels of departments. */
export const directorChannel = 'director';

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
  directors: z.array(memberSchema).min(1),
  coordinators: z.array(memberSchema).min(1),
  administrators: z.array(memberSchema).min(1),
  retentionMonths: z.int().positive(),
  reminderWorkingDays: z.int().positive(),
  /** R15: the day on which the procedure is to be evaluated next. */
  nextEvaluation: z.iso.date(),
  /** R12: the report shows smaller groups of complaints as 'fewer than' this; below 3 there would be nothing to hide in. */
  smallestGroup: z.int().min(3).max(20).default(3),
  /** The channel of each department, by its id, and the director's. */
  channels: z.record(z.string(), channelSchema).default({}),
  /** Ids of people who left the organisation: they see and do nothing any more. */
  former: z.array(personSchema.shape.id).default([]),
});
export type Organisation = z.infer<typeof organisationSchema>;

/** Who may accept at a stage, concerned or not; at the stage `employee` nobody is asked. */
export function approversOf(organisation: Organisation, department: string, stage: Stage): Person[] {
  if (stage === 'employee') return [];
  const approvers =
    stage === 'director'
      ? organisation.directors
      : (organisation.departments.find(({ id }) => id === department)?.approvers ?? []);
  return approvers
    .filter(({ id }) => !organisation.former.includes(id))
    .map(({ id, name }) => ({ id, name }));
}

/** The channel that hears of escalations to a stage, where one is linked. */
export function channelOf({ channels }: Organisation, department: string, stage: Stage): Channel | undefined {
  return channels[stage === 'director' ? directorChannel : department];
}

/** Who administers the bot today. */
export function administratorsOf({ administrators, former }: Organisation): Person[] {
  return administrators.filter(({ id }) => !former.includes(id));
}

/** Whether somebody administers the bot today. */
export function isAdministrator(organisation: Organisation, personId: string): boolean {
  return isOne(administratorsOf(organisation), personId);
}

/** Everybody who holds a role. */
export function holdersOf({ departments, directors, coordinators, administrators }: Organisation): Person[] {
  const approvers = departments.flatMap((department) => department.approvers);
  return [...approvers, ...directors, ...coordinators, ...administrators];
}

/** R11, R12: whether somebody analyses the anonymous records today: a coordinator or a director. */
export function analyses({ coordinators, directors, former }: Organisation, personId: string): boolean {
  return isOne([...coordinators, ...directors], personId) && !former.includes(personId);
}

/** Whether somebody is among these people. */
export function isOne(people: readonly Person[], personId: string): boolean {
  return people.some(({ id }) => id === personId);
}
