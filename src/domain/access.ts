import { isReturned } from './anonymous-record.ts';
import {
  type Complaint,
  isActive,
  isConcerned,
  remindersUntilAppointment,
  timesReminded,
} from './complaint.ts';
import { approversOf, isOne, type Organisation } from './organisation.ts';
import { askedOf } from './routing.ts';
import type { Stage } from './vocabulary.ts';

/** `full`: everything; `status`: reference, stage and state; `none`: as if the complaint did not exist. */
export type Access = 'full' | 'status' | 'none';

/** The stage at which the handler handles it: where it was before it was asked for elsewhere. */
function handledAt(complaint: Complaint): Stage {
  return complaint.state === 'pending' ? complaint.escalation.from : complaint.stage;
}

/**
 * Whether a person handles the complaint today. Above the stage `employee` never somebody concerned (R8),
 * and only who holds a role of the stage, or was appointed.
 */
export function isHandler(complaint: Complaint, personId: string, organisation: Organisation): boolean {
  if (complaint.handler.id !== personId || organisation.former.includes(personId)) return false;
  const stage = handledAt(complaint);
  if (complaint.stage !== 'employee' && isConcerned(complaint, personId)) return false;
  const approvers = approversOf(organisation, complaint.intake.department, stage);
  return stage === 'employee' || complaint.appointed || isOne(approvers, personId);
}

/** R13: what a person may see of a complaint today. Everything that shows, lists, searches or sends asks here. */
export function accessOf(complaint: Complaint, personId: string, organisation: Organisation): Access {
  if (organisation.former.includes(personId)) return 'none';
  if (isHandler(complaint, personId, organisation)) return 'full';
  if (isActive(complaint) && seesWhileActive(complaint, personId, organisation)) return 'full';
  const knows = [complaint.handler, complaint.loggedBy, ...complaint.earlierHandlers, ...complaint.informed];
  return isConcerned(complaint, personId) ||
    isOne(knows, personId) ||
    mayReopen(complaint, personId, organisation)
    ? 'status'
    : 'none';
}

function seesWhileActive(complaint: Complaint, personId: string, organisation: Organisation): boolean {
  if (isOne(complaint.involved, personId)) return true;
  if (isConcerned(complaint, personId)) return complaint.stage === 'employee';
  return isOne(askedOf(complaint, organisation), personId);
}

/** The director may have a closed complaint reopened, and so knows of it by its reference. */
function mayReopen(complaint: Complaint, personId: string, { directors }: Organisation): boolean {
  return complaint.state === 'closed' && isOne(directors, personId);
}

const roleKey = (department: string, stage: string) => `approver:${department}:${stage}`;
/** The same key, for what waits for somebody to act. */
const acting = (key: string) => `act:${key}`;
const appointer = 'coordinator';
/** Who may have a closed complaint reopened, knowing its reference. */
const reopener = 'director';

/**
 * The keys under which a complaint is found: one for each person who may see something of it and the role asked,
 * and those under which it waits for somebody.
 */
export function audienceOf(complaint: Complaint): string[] {
  const { handler, loggedBy, earlierHandlers, informed, involved, intake } = complaint;
  const joined = isActive(complaint) ? involved : [];
  const people = [handler, loggedBy, ...earlierHandlers, ...informed, ...joined, ...intake.concerned];
  const keys = new Set(people.flatMap(({ id }) => (id === undefined ? [] : [id])));
  if (complaint.state === 'closed') keys.add(reopener);
  if (isReturned(complaint)) keys.add(acting(handler.id));
  if (complaint.state === 'open') {
    keys.add(acting(handler.id));
    if (timesReminded(complaint) >= remindersUntilAppointment) keys.add(acting(appointer));
  }
  if (complaint.state === 'pending') {
    const role = roleKey(intake.department, complaint.stage);
    for (const key of [role, acting(role), acting(appointer)]) keys.add(key);
    const { asked } = complaint.escalation;
    if (asked) for (const key of [asked.id, acting(asked.id)]) keys.add(key);
  }
  return [...keys];
}

/** The keys under which a person looks: their own, and those of the roles they hold today. */
export function viewerKeysOf(personId: string, { departments, directors }: Organisation): string[] {
  const approves = departments.filter(({ approvers }) => isOne(approvers, personId));
  return [
    personId,
    ...approves.map(({ id }) => roleKey(id, 'manager')),
    ...(isOne(directors, personId) ? departments.map(({ id }) => roleKey(id, 'director')) : []),
  ];
}

/** The keys under which a person finds a complaint whose reference they know. */
export function lookUpKeysOf(personId: string, organisation: Organisation): string[] {
  const reopens = isOne(organisation.directors, personId) ? [reopener] : [];
  return [...viewerKeysOf(personId, organisation), ...reopens];
}

/** The keys under which complaints wait for a person to act. */
export function actingKeysOf(personId: string, organisation: Organisation): string[] {
  const appoints = isOne(organisation.coordinators, personId) ? [appointer] : [];
  return [...viewerKeysOf(personId, organisation), ...appoints].map(acting);
}
