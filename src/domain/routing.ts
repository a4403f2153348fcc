import {
  type Case,
  type Complaint,
  hasTypedNames,
  isActive,
  remindersUntilAppointment,
  timesReminded,
} from './complaint.ts';
import { type Notice, notify } from './notices.ts';
import { administratorsOf, approversOf, isOne, type Organisation } from './organisation.ts';
import { type Person, union, without } from './people.ts';
import type { Context } from './refusal.ts';
import type { Stage } from './vocabulary.ts';

export interface Route {
  stage: Stage;
  /** Who may accept there. Nobody where even the director is concerned: then the coordinator appoints (R8). */
  approvers: Person[];
}

/** R7, R8: where a complaint that is asked for at a stage goes: never to somebody whom it is about. */
export function routeTo(organisation: Organisation, { intake }: Pick<Case, 'intake'>, stage: Stage): Route {
  const approvers = without(approversOf(organisation, intake.department, stage), intake.concerned);
  return stage === 'manager' && approvers.length === 0
    ? routeTo(organisation, { intake }, 'director')
    : { stage, approvers };
}

/** Who may accept a pending complaint today: who was named, else the approvers; nobody where it isn't pending. */
export function askedOf(complaint: Complaint, organisation: Organisation): Person[] {
  if (complaint.state !== 'pending') return [];
  const { asked } = complaint.escalation;
  const named = without(asked ? [asked] : [], complaint.intake.concerned);
  const able = named.filter(({ id }) => !organisation.former.includes(id));
  return able.length > 0 ? able : routeTo(organisation, complaint, complaint.stage).approvers;
}

/** R8: whether nobody may accept a pending complaint, so that the coordinator must name a handler. */
export function needsAppointment(complaint: Complaint, organisation: Organisation): boolean {
  return complaint.state === 'pending' && askedOf(complaint, organisation).length === 0;
}

/** Whether the coordinator may name a handler: where nobody may accept, or where nothing has happened for too long. */
export function mayBeAppointed(complaint: Complaint, organisation: Organisation): boolean {
  return (
    needsAppointment(complaint, organisation) ||
    (isActive(complaint) && timesReminded(complaint) >= remindersUntilAppointment)
  );
}

/** The coordinators who may name a handler: not those whom it is about. */
export function appointersOf(
  complaint: Pick<Case, 'intake'>,
  { coordinators, former }: Organisation,
): Person[] {
  return without(coordinators, complaint.intake.concerned).filter(({ id }) => !former.includes(id));
}

/**
 * Asks for a complaint at a stage: pending, with the approvers of the route asked, or, where there are none,
 * the coordinators by reference alone.
 */
export function ask(
  stage: Stage,
  before: Case,
  from: Stage,
  escalationId: string,
  { now, organisation }: Context,
): { complaint: Complaint; notices: Notice[] } {
  const route = routeTo(organisation, before, stage);
  const appointers = route.approvers.length === 0 ? appointersOf(before, organisation) : [];
  const { department } = before.intake;
  return {
    complaint: {
      ...before,
      state: 'pending',
      stage: route.stage,
      informed: union(before.informed, [...route.approvers, ...appointers]),
      escalation: { id: escalationId, since: now.toISOString(), from, to: stage },
    },
    notices:
      route.approvers.length > 0
        ? [{ kind: 'escalation-requested', to: { department, stage: route.stage } }]
        : appointers.length > 0
          ? notify('appointment-needed', appointers)
          : notify('coordinator-missing', administratorsOf(organisation)),
  };
}

/** Puts a complaint at a stage above the employee: with its handler where they may handle it there, else asks for it. */
export function placeAt(
  stage: Stage,
  before: Case,
  from: Stage,
  escalationId: string,
  context: Context,
): { complaint: Complaint; notices: Notice[] } {
  const route = routeTo(context.organisation, before, stage);
  // Where names were typed, the handler is first asked whether one is theirs, like any other (R8).
  return isOne(route.approvers, before.handler.id) && !hasTypedNames(before)
    ? { complaint: { ...before, state: 'open', stage: route.stage }, notices: [] }
    : ask(stage, before, from, escalationId, context);
}

/** Gives a complaint to somebody, open at the stage where it is. */
export function handTo(handler: Person, before: Case, appointed = false): Complaint {
  const earlierHandlers = union(before.earlierHandlers, [before.handler]).filter(
    ({ id }) => id !== handler.id,
  );
  return { ...before, state: 'open', handler, appointed, earlierHandlers };
}
