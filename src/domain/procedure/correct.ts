import { isHandler } from '../access.ts';
import { type Complaint, caseOf, isConcerned, reachableConcerned } from '../complaint.ts';
import { refuseIntake } from '../intake.ts';
import { notify } from '../notices.ts';
import { without } from '../people.ts';
import type { Context } from '../refusal.ts';
import { placeAt, routeTo } from '../routing.ts';
import type { Change, Procedure } from './procedure.ts';

/** Puts an error of the intake right; routing and R8 are decided again on the corrected intake. */
export const correct: Procedure<'correct'> = {
  states: ['open', 'pending'],
  refuse: (complaint, actor) => {
    if (isConcerned(complaint, actor.id)) return { code: 'concerned' };
    return isHandler(complaint, actor.id) ? undefined : { code: 'not-handler' };
  },
  decide: (complaint, { id, content }, actor, context) => {
    const refusal = refuseIntake(content.intake, context);
    if (refusal) return refusal;
    if (JSON.stringify(content.intake) === JSON.stringify(complaint.intake))
      return { code: 'nothing-changed' };
    const corrected = { ...complaint, intake: content.intake };
    const { complaint: placed, notices } = placeAgain(corrected, id, context);
    const newlyConcerned = without(reachableConcerned(corrected), [...complaint.intake.concerned, actor]);
    return { complaint: placed, notices: [...notices, ...notify('concerns-you', newlyConcerned)] };
  },
};

/** Leaves a complaint with whoever handles it where the corrected intake allows that, else asks anew. */
function placeAgain(complaint: Complaint, commandId: string, context: Context): Change {
  const { entryStage } = complaint.intake;
  if (
    complaint.state === 'pending' &&
    complaint.escalation.id === complaint.id &&
    entryStage === 'employee'
  ) {
    // It was never asked for by anybody but its intake, which was wrong.
    return { complaint: { ...caseOf(complaint), state: 'open', stage: 'employee' }, notices: [] };
  }
  const stage = complaint.stage === 'employee' ? entryStage : complaint.stage;
  if (stage === 'employee') return { complaint, notices: [] };
  if (complaint.state === 'pending') {
    const { stage: routed, approvers } = routeTo(context.organisation, complaint, stage);
    const unasked = without(approvers, complaint.informed);
    if (routed === complaint.stage && unasked.length === 0) return { complaint, notices: [] };
  }
  return placeAt(stage, caseOf(complaint), commandId, context);
}
