// A plausible year of complaints, the same one for the same seed, lived through the bot's own use cases.
import { DateTime } from 'luxon';
import { addImprovement, addRecommendation, changeImprovement, returnSummary } from '../src/app/analysis.ts';
import { currentOrganisation, handleCommand, handleLog } from '../src/app/handle-command.ts';
import type { Store } from '../src/app/store.ts';
import { writeRecord } from '../src/app/write-record.ts';
import { recordsIn } from '../src/app/year-records.ts';
import { isCounted } from '../src/domain/anonymous-record.ts';
import type { Command, ContentOf } from '../src/domain/commands.ts';
import type { Complaint } from '../src/domain/complaint.ts';
import { type Intake, intakeSchema } from '../src/domain/intake.ts';
import type { Person } from '../src/domain/people.ts';
import { eligibleRelations, natures, waysIn } from '../src/domain/vocabulary.ts';
import { type Chance, createChance } from './chance.ts';
import demoPeople from './people.json' with { type: 'json' };
import { endings, improvements, recommendations, subjects } from './year-texts.ts';

/** How the complaints of a year end, and how often in sixty. */
const courses = {
  'settled-employee': 26,
  'settled-manager': 10,
  'settled-director': 4,
  'unresolved-manager': 3,
  'unresolved-director': 3,
  withdrawn: 4,
  terminated: 2,
  duplicate: 2,
  open: 2,
  pending: 1,
  reopened: 1,
  returned: 1,
  rewritten: 1,
} as const;
type Course = keyof typeof courses;

/** What a year is made of. */
export interface Year {
  year: number;
  complaints: number;
  seed: number;
}

const [employee, colleague] = demoPeople as [Person, Person];

/**
 * Fills a store with the complaints of a year, in every outcome, with their records, recommendations and improvements.
 * The same year again changes nothing. Nobody is told of anything: it lies in the past. Throws where the store fails.
 */
export async function liveYear({ year, complaints, seed }: Year, store: Store): Promise<void> {
  const chance = createChance(seed);
  const all = Object.entries(courses).flatMap(([course, times]) =>
    Array<Course>(times).fill(course as Course),
  );
  const shuffled = chance.shuffle(
    Array.from({ length: complaints }, (_each, index) => all[index % all.length] as Course),
  );
  // A complaint can repeat only one that was there before.
  const inOrder = shuffled.sort((one, other) => Number(one === 'duplicate') - Number(other === 'duplicate'));
  for (const [number, course] of inOrder.entries()) {
    // Each has chances of its own, so that one that is there already changes nothing for the next.
    const own = createChance(seed + 1000 * number + year);
    await liveOne(`${year}-${seed}-${number}`, course, intakeOf(year, own), own, store);
  }
  await learn(year, chance, store);
}

async function liveOne(
  id: string,
  course: Course,
  intake: Intake,
  chance: Chance,
  store: Store,
): Promise<void> {
  const { departments, directors, coordinators } = await currentOrganisation(store);
  const department = chance.pick(departments.filter(({ approvers }) => approvers.length > 0));
  const [approver, director, coordinator] = [
    department.approvers[0],
    directors[0],
    coordinators[0],
  ] as Person[];
  if (!approver || !director || !coordinator) return;
  let now = DateTime.fromISO(`${intake.submittedOn}T10:00`, { zone: 'Europe/Amsterdam' });
  const around = { store, clock: () => now.toJSDate(), noticesOwed: () => undefined };
  const later = (most: number) => {
    now = now.plus({ days: chance.between(1, most), hours: chance.between(0, 5) });
  };
  let steps = 0;
  const give = async <K extends Command['kind']>(kind: K, content: ContentOf<K>, by: Person) => {
    const command = { kind, id: `${id}-${++steps}`, content } as Command;
    const decision = await handleCommand(id, command, by, around);
    if (!decision.accepted) throw new Error(`${course}: ${kind} was refused: ${decision.refusal.code}`);
    return decision.complaint;
  };
  const talk = async (
    satisfied: 'yes' | 'partly' | 'no',
    by: Person,
    role: 'concerned' | 'approver' | 'director',
  ) => {
    later(8);
    const on = now.toISODate() ?? '';
    const account = `Er is gesproken over ${intake.description.toLowerCase()}.`;
    await give(
      'recordConversation',
      { held: true, on, participants: ['complainant', role], account, satisfied },
      by,
    );
  };
  const upTo = async (by: Person, to: Person) => {
    await talk('no', by, to === director ? 'approver' : 'concerned');
    later(2);
    const asked = await give('requestEscalation', { wish: 'De klager wil verder.' }, by);
    later(3);
    await give('acceptEscalation', { escalation: escalationOf(asked) }, to);
  };
  const written = (ending: keyof typeof endings) => ({
    summary: `${chance.pick(subjects[intake.nature])}. ${chance.pick(endings[ending])}`,
    ...(chance.between(1, 4) === 1 && { recommendation: chance.pick(recommendations) }),
  });
  const close = async (by: Person, outcome: 'resolved' | 'unresolved') => {
    later(3);
    return give('close', { outcome, declinesNextStage: outcome === 'unresolved', ...written(outcome) }, by);
  };

  const content = intakeSchema.parse({ ...intake, department: department.id });
  const logged = await handleLog({ kind: 'logComplaint', id, content }, employee, around);
  if (!logged.accepted) throw new Error(`${course}: logging was refused: ${logged.refusal.code}`);
  const { reference } = logged.complaint;
  if (logged.repeated) return;
  switch (course) {
    case 'settled-employee':
    case 'reopened':
    case 'returned':
    case 'rewritten': {
      await talk('yes', employee, 'concerned');
      await close(employee, 'resolved');
      break;
    }
    case 'settled-manager':
    case 'unresolved-manager':
      await upTo(employee, approver);
      await talk(course === 'settled-manager' ? 'yes' : 'no', approver, 'approver');
      await close(approver, course === 'settled-manager' ? 'resolved' : 'unresolved');
      break;
    case 'settled-director':
    case 'unresolved-director':
      await upTo(employee, approver);
      await upTo(approver, director);
      await talk(course === 'settled-director' ? 'yes' : 'partly', director, 'director');
      await close(director, course === 'settled-director' ? 'resolved' : 'unresolved');
      break;
    case 'withdrawn':
      later(6);
      await give('withdraw', { ...written('withdrawn') }, employee);
      break;
    case 'terminated':
      later(9);
      await give(
        'terminate',
        { externalBody: 'een geschillencommissie', ...written('terminated') },
        employee,
      );
      break;
    case 'duplicate': {
      later(2);
      const duplicateOf = await earlierOf(reference, store);
      const duplicate = { outcome: 'duplicate', declinesNextStage: false, duplicateOf } as const;
      await give('close', { ...duplicate, ...written('duplicate') }, employee);
      break;
    }
    case 'pending':
      await talk('no', employee, 'concerned');
      await give('requestEscalation', { wish: 'De klager wil verder.' }, employee);
      break;
    case 'open':
      break;
  }
  if (course === 'reopened') {
    later(10);
    await give('reopen', { reason: 'De klager belde dat de afspraak niet is nagekomen.' }, employee);
    await talk('yes', employee, 'concerned');
    await close(employee, 'resolved');
  }
  await settle(id, store);
  if (course === 'returned' || course === 'rewritten') {
    const record = (await store.load(id))?.record?.id ?? '';
    later(20);
    const reason = 'Schrijf alsjeblieft op wat er is afgesproken.';
    await returnSummary({ record, reason, command: `${id}-return` }, coordinator, around);
    if (course === 'rewritten') {
      later(5);
      await give('rewriteSummary', written('resolved'), employee);
    }
    await settle(id, store);
  }
}

/** Writes the record, and takes out what would be sent: nobody is to be told of the past. */
async function settle(id: string, store: Store): Promise<void> {
  await writeRecord(id, { store });
  const stored = await store.load(id);
  if (!stored) return;
  const { version, ...document } = stored;
  await store.commit({ ...document, outbox: [], posted: [] }, version);
}

/** A counted complaint that the employee handled last. */
async function earlierOf(reference: string, store: Store): Promise<string> {
  const { items } = await store.list([employee.id], { limit: 100 });
  const earlier = items.find(
    (complaint) =>
      complaint.reference !== reference &&
      complaint.state === 'closed' &&
      complaint.handler.id === employee.id &&
      complaint.outcome === 'resolved',
  );
  if (!earlier) throw new Error('there is no earlier complaint to repeat');
  return earlier.reference;
}

const escalationOf = (complaint: Complaint) => (complaint.state === 'pending' ? complaint.escalation.id : '');

function intakeOf(year: number, chance: Chance): Intake {
  const day = DateTime.local(year, 1, 1).plus({ days: chance.between(0, 360) });
  const nature = chance.weighted(natures, [9, 7, 5, 2]);
  const phone = `+316${chance.between(10_000_000, 59_999_999)}`;
  return {
    relation: chance.weighted(eligibleRelations, [12, 5, 2, 3, 2]),
    name: `${chance.letter()}. ${chance.word()}`,
    ...{ externalBody: false, compensation: false, phone, nature },
    submittedOn: day.toISODate() ?? '',
    wayIn: chance.weighted(waysIn, [12, 6, 5, 3, 1]),
    entryStage: 'employee',
    department: '',
    concerned: chance.between(1, 3) === 1 ? [] : [colleague],
    description: `${chance.pick(subjects[nature])}, vertelt ${chance.word()}`,
  };
}

/** What the coordinator made of it: recommendations and improvements, some of them carried out. */
async function learn(year: number, chance: Chance, store: Store): Promise<void> {
  const { coordinators } = await currentOrganisation(store);
  const [coordinator] = coordinators;
  if (!coordinator) return;
  const around = { store, clock: () => new Date(`${year + 1}-01-20T10:00:00Z`) };
  const complete: string[] = [];
  for await (const record of recordsIn({ year }, store)) {
    if (record.state === 'complete' && isCounted(record)) complete.push(record.id);
  }
  const chosen = chance.shuffle(complete).slice(0, improvements.length);
  const states = ['planned', 'carried-out', 'carried-out', 'dropped'] as const;
  for (const [index, record] of chosen.entries()) {
    const addition = { record, overruled: [] };
    await addRecommendation({ ...addition, text: recommendations[index] ?? '' }, coordinator, around);
    const text = improvements[index] ?? '';
    await addImprovement({ ...addition, text }, coordinator, around);
    await changeImprovement({ record, text, state: states[index] ?? 'planned' }, coordinator, around);
  }
}
