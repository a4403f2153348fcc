import type { Case, Complaint } from './complaint.ts';
import { type Notice, notify } from './notices.ts';
import { approversOf, type Organisation } from './organisation.ts';
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

/**
 * Puts a complaint at a stage above the employee: with its handler where they may handle it there,
 * else pending, with its approvers asked.
 */
export function placeAt(
  stage: Stage,
  before: Case,
  commandId: string,
  { now, organisation }: Context,
): { complaint: Complaint; notices: Notice[] } {
  const route = routeTo(organisation, before, stage);
  if (route.approvers.some(({ id }) => id === before.handler.id)) {
    return { complaint: { ...before, state: 'open', stage: route.stage }, notices: [] };
  }
  return {
    complaint: {
      ...before,
      state: 'pending',
      stage: route.stage,
      informed: union(before.informed, route.approvers),
      escalation: { id: commandId, since: now.toISOString() },
    },
    notices: notify('escalation-requested', route.approvers),
  };
}
