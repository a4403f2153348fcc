import { type Complaint, isActive, isConcerned } from './complaint.ts';
import type { Organisation } from './organisation.ts';
import { routeTo } from './routing.ts';

/** `full`: everything; `status`: reference, stage and state; `none`: as if the complaint did not exist. */
export type Access = 'full' | 'status' | 'none';

/** Whether a person handles the complaint: above the stage `employee` never somebody concerned (R8). */
export function isHandler(complaint: Complaint, personId: string): boolean {
  return (
    complaint.handler.id === personId && (complaint.stage === 'employee' || !isConcerned(complaint, personId))
  );
}

/** R13: what a person may see of a complaint today. Everything that shows, lists, searches or sends asks here. */
export function accessOf(complaint: Complaint, personId: string, organisation: Organisation): Access {
  if (isHandler(complaint, personId)) return 'full';
  if (isActive(complaint) && seesWhileActive(complaint, personId, organisation)) return 'full';
  const knows = [complaint.handler, complaint.loggedBy, ...complaint.earlierHandlers, ...complaint.informed];
  return isConcerned(complaint, personId) || knows.some(({ id }) => id === personId) ? 'status' : 'none';
}

function seesWhileActive(complaint: Complaint, personId: string, organisation: Organisation): boolean {
  if (complaint.involved.some(({ id }) => id === personId)) return true;
  if (isConcerned(complaint, personId)) return complaint.stage === 'employee';
  return (
    complaint.state === 'pending' &&
    routeTo(organisation, complaint, complaint.stage).approvers.some(({ id }) => id === personId)
  );
}

const roleKey = (department: string, stage: string) => `approver:${department}:${stage}`;

/** The keys under which a complaint is found: one for each person who may see something of it, and the role asked. */
export function audienceOf(complaint: Complaint): string[] {
  const { handler, loggedBy, earlierHandlers, informed, involved, intake } = complaint;
  const people = [handler, loggedBy, ...earlierHandlers, ...informed, ...involved, ...intake.concerned];
  const keys = new Set(people.flatMap(({ id }) => (id === undefined ? [] : [id])));
  if (complaint.state === 'pending') keys.add(roleKey(intake.department, complaint.stage));
  return [...keys];
}

/** The keys under which a person looks: their own, and those of the roles they hold today. */
export function viewerKeysOf(personId: string, { departments, directors }: Organisation): string[] {
  const isThem = ({ id }: { id: string }) => id === personId;
  const approves = departments.filter(({ approvers }) => approvers.some(isThem));
  return [
    personId,
    ...approves.map(({ id }) => roleKey(id, 'manager')),
    ...(directors.some(isThem) ? departments.map(({ id }) => roleKey(id, 'director')) : []),
  ];
}
