import { isHandler } from '../access.ts';
import { type Complaint, caseOf, hasTypedNames, isConcerned } from '../complaint.ts';
import { mostConcerned } from '../intake.ts';
import { notify } from '../notices.ts';
import { isOne } from '../organisation.ts';
import { type Person, union, without } from '../people.ts';
import type { Context, Refusal } from '../refusal.ts';
import { ask, askedOf, handTo, routeTo } from '../routing.ts';
import type { Procedure } from './procedure.ts';

/** R7: up to the next stage, on the complainant's wish, once this stage has been talked through. */
export const requestEscalation: Procedure<'requestEscalation'> = {
  states: ['open'],
  refuse: (complaint, actor, { organisation }) => {
    const loggedAndConcerned = complaint.loggedBy.id === actor.id && isConcerned(complaint, actor.id);
    if (!isHandler(complaint, actor.id, organisation) && !loggedAndConcerned) return { code: 'not-handler' };
    if (complaint.stage === 'director') return { code: 'wrong-state' };
    const { timeline, stage } = complaint;
    return timeline.some((entry) => entry.kind === 'conversationRecorded' && entry.stage === stage)
      ? undefined
      : { code: 'no-conversation-yet' };
  },
  decide: (complaint, { id }, _actor, context) =>
    ask(
      complaint.stage === 'employee' ? 'manager' : 'director',
      caseOf(complaint),
      complaint.stage,
      id,
      context,
    ),
};

/** R8: whoever is asked at the stage, and not concerned. */
function refuseApprover(complaint: Complaint, actor: Person, { organisation }: Context): Refusal | undefined {
  if (isConcerned(complaint, actor.id)) return { code: 'concerned' };
  return isOne(askedOf(complaint, organisation), actor.id) ? undefined : { code: 'not-asked' };
}

/** A card decides on its own escalation only, not on a later one. */
function refuseOldCard(complaint: Complaint, escalation: string): Refusal | undefined {
  return complaint.state === 'pending' && complaint.escalation.id === escalation
    ? undefined
    : { code: 'old-card' };
}

/** The approver becomes the handler; where names were typed, they are asked whether one is theirs (R8). */
export const acceptEscalation: Procedure<'acceptEscalation'> = {
  states: ['pending'],
  refuse: refuseApprover,
  decide: (complaint, { content }, actor, { organisation }) => {
    const old = refuseOldCard(complaint, content.escalation);
    if (old) return old;
    if (hasTypedNames(complaint) && content.notConcerned !== true) return { code: 'asks-whether-concerned' };
    const told = without(union([complaint.handler], [complaint.loggedBy]), [actor]);
    const isApprover = isOne(routeTo(organisation, complaint, complaint.stage).approvers, actor.id);
    const taken = handTo(actor, caseOf(complaint), !isApprover);
    return { complaint: taken, notices: notify('escalation-accepted', told) };
  },
};

/** R8: an approver whose name was typed is concerned from then on; others are asked. */
export const declareConcerned: Procedure<'declareConcerned'> = {
  states: ['pending'],
  refuse: refuseApprover,
  decide: (complaint, { id, content }, actor, context) => {
    const old = refuseOldCard(complaint, content.escalation);
    if (old || complaint.state !== 'pending') return old ?? { code: 'wrong-state' };
    const { intake, stage, escalation } = complaint;
    // Room is made by a typed name, never by a picked person, who would then no longer be known as concerned.
    const full = intake.concerned.length >= mostConcerned;
    const typed = intake.concerned.findIndex(({ id: personId }) => personId === undefined);
    const kept = full ? intake.concerned.toSpliced(typed, 1) : intake.concerned;
    const concerned = [...kept, actor];
    const corrected = { ...complaint, intake: { ...intake, concerned } };
    const left = routeTo(context.organisation, corrected, stage);
    // The other approvers were asked already; only where there is none, others are.
    return left.stage === stage && left.approvers.length > 0
      ? { complaint: corrected, notices: [] }
      : ask(stage, caseOf(corrected), escalation.from, id, context);
  },
};

/** Returned once at each stage, to the other department or to who handled it before. */
export const returnEscalation: Procedure<'returnEscalation'> = {
  states: ['pending'],
  refuse: (complaint, actor, context) => {
    const returned = complaint.timeline.some(
      ({ kind, stage }) => kind === 'escalationReturned' && stage === complaint.stage,
    );
    return refuseApprover(complaint, actor, context) ?? (returned ? { code: 'returned-before' } : undefined);
  },
  decide: (complaint, { id, content }, _actor, context) => {
    const old = refuseOldCard(complaint, content.escalation);
    if (old || complaint.state !== 'pending') return old ?? { code: 'wrong-state' };
    const { intake, stage, escalation, handler } = complaint;
    if (content.reason === 'not-yet-discussed') {
      const back = { ...caseOf(complaint), state: 'open' as const, stage: escalation.from };
      if (!isHandler(back, handler.id, context.organisation))
        return { code: 'no-way-back', field: 'returnReason' };
      return { complaint: back, notices: notify('escalation-returned', [handler]) };
    }
    const { department } = content;
    const known = context.organisation.departments.some(({ id: each }) => each === department);
    if (stage !== 'manager' || !department || !known || department === intake.department) {
      return { code: 'no-other-department', field: 'toDepartment' };
    }
    const moved = { ...caseOf(complaint), intake: { ...intake, department } };
    return ask(stage, moved, escalation.from, id, context);
  },
};

/** Who may take a complaint over where it is: the approvers of its stage, and below it those of the manager. */
export function successorsOf(
  complaint: Complaint,
  { organisation }: Pick<Context, 'organisation'>,
): Person[] {
  const stage = complaint.state === 'pending' ? complaint.escalation.from : complaint.stage;
  const { approvers } = routeTo(organisation, complaint, stage === 'employee' ? 'manager' : stage);
  return without(approvers, [complaint.handler]);
}
