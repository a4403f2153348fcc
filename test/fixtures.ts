// People, an organisation, a fixed clock, and the short words with which the tests tell a procedure.
import { type Command, type CommandOf, type ContentOf, contentSchemas } from '../src/domain/commands.ts';
import type { Complaint } from '../src/domain/complaint.ts';
import { type Decision, decide, decideLog } from '../src/domain/decide.ts';
import { type Intake, intakeSchema } from '../src/domain/intake.ts';
import { type Organisation, organisationSchema } from '../src/domain/organisation.ts';
import type { Person } from '../src/domain/people.ts';
import type { Context } from '../src/domain/refusal.ts';
import { createSeal, type KeySet } from '../src/store/seal.ts';

/** A Tuesday morning. */
export const now = new Date('2026-11-24T09:00:00Z');
export const today = '2026-11-24';

const person = (number: number, name: string): Person => ({
  id: `00000000-0000-4000-8000-00000000000${number}`,
  name,
});

export const employee = person(1, 'Medewerker');
export const colleague = person(2, 'Tweede medewerker');
export const senior = person(3, 'Senior');
export const lead = person(4, 'Leidinggevende');
export const director = person(5, 'Directeur-bestuurder');
export const coordinator = person(6, 'Klachtencoördinator');
export const administrator = person(7, 'Beheerder');
export const everybody = [employee, colleague, senior, lead, director, coordinator, administrator];

export const organisation: Organisation = organisationSchema.parse({
  name: 'SenW LV',
  contact: { address: 'Dobbelaan 4', email: 'info@senw-lv.nl', phone: '070 763 06 06' },
  departments: [
    {
      id: 'welzijn',
      name: 'Welzijn',
      approvers: [
        { ...senior, role: 'senior' },
        { ...lead, role: 'leidinggevende' },
      ],
    },
    { id: 'ondersteuning', name: 'Cliëntondersteuning', approvers: [{ ...lead, role: 'leidinggevende' }] },
  ],
  directors: [director],
  coordinators: [coordinator],
  administrators: [administrator],
  retentionMonths: 24,
  reminderWorkingDays: 5,
  nextEvaluation: '2027-10-01',
});

export const context: Context = { now, organisation };

/** An intake as it comes in most often: a client on the phone, about a colleague. */
export function intake(changed: Partial<Intake> = {}): Intake {
  return intakeSchema.parse({
    relation: 'client',
    name: 'Kanarie van der Berg',
    externalBody: false,
    compensation: false,
    phone: '+31707630606',
    submittedOn: today,
    wayIn: 'phone',
    entryStage: 'employee',
    department: 'welzijn',
    concerned: [colleague],
    nature: 'conduct',
    description: 'Omschrijving met kanariegeheim',
    ...changed,
  });
}

let commands = 0;
/** An id of its own for each command, as each form carries one. */
export const newCommandId = () => `command-${++commands}`;

export function log(
  changed: Partial<Intake> = {},
  by: Person = employee,
  id = newCommandId(),
  around = context,
) {
  return decideLog({ kind: 'logComplaint', id, content: intake(changed) }, 'K-2026-0042', by, around);
}

/** Gives a command on a complaint. */
export function give<K extends Command['kind']>(
  complaint: Complaint,
  kind: K,
  content: ContentOf<K>,
  by: Person,
  { id = newCommandId(), around = context }: { id?: string; around?: Context } = {},
): Decision {
  const command = { kind, id, content: contentSchemas[kind].parse(content) } as CommandOf<K> as Command;
  return decide(complaint, command, by, around);
}

/** The complaint after a decision that had to be accepted. */
export function accepted(decision: Decision): Complaint {
  if (!decision.accepted) throw new Error(`refused: ${decision.refusal.code}`);
  return decision.complaint;
}

/** Why a decision was a refusal, or 'accepted'. */
export function outcomeOf(decision: Decision): string {
  return decision.accepted ? 'accepted' : decision.refusal.code;
}

/** Who are told of a decision, as 'kind -> whom'. */
export const noticesOf = (decision: Decision): string[] =>
  decision.accepted
    ? decision.notices.map(
        ({ kind, to }) => `${kind} -> ${'id' in to ? to.name : `${to.department}/${to.stage}`}`,
      )
    : [];

export const conversation = (
  satisfied: 'yes' | 'partly' | 'no' = 'yes',
  account = 'Verslag van het gesprek',
): ContentOf<'recordConversation'> => ({
  held: true,
  on: today,
  participants: ['complainant', 'concerned'],
  account,
  satisfied,
});

export const closing = (changed: Partial<ContentOf<'close'>> = {}): ContentOf<'close'> => ({
  outcome: 'resolved',
  declinesNextStage: false,
  summary: 'De klager was ontevreden over een afspraak; een medewerker heeft uitleg gegeven.',
  ...changed,
});

/** A key for tests, the same in each. */
export const testKeys: KeySet = {
  keys: [{ kty: 'oct', k: Buffer.alloc(32, 7).toString('base64url'), kid: 'test-1' }],
};
export const seal = createSeal(testKeys);

/** All that comes, one after the other. */
export async function allOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
