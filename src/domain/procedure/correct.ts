import { isHandler } from '../access.ts';
import { type Complaint, caseOf, isConcerned, reachableConcerned } from '../complaint.ts';
import { refuseIntake } from '../intake.ts';
import { notify } from '../notices.ts';
import { without } from '../people.ts';
import type { Context } from '../refusal.ts';
import { ask, placeAt, routeTo } from '../routing.ts';
import type { Change, Procedure } from './procedure.ts';

/** Puts an error of the intake right; routing and R8 are decided again on the corrected intake. */
export const correct: Procedure<'correct'> = {
  states: ['open', 'pending'],
  refuse: (complaint, actor, context) => {
    if (isConcerned(complaint, actor.id)) return { code: 'concerned' };
    return isHandler(complaint, actor.id, context.organisation) ? undefined : { code: 'not-handler' };
  },
  decide: (complaint, { id, content }, actor, context) => {
    const refusal = refuseIntake(content.intake, context);
    if (refusal) return refusal;
    if (JSON.stringify(content.intake) === JSON.stringify(complaint.intake))
      return { code: 'nothing-changed' };
    const corrected = { ...complaint, intake: content.intake };
    const { complaint: placed, notices } = placeAgain(complaint, corrected, id, context);
    const newlyConcerned = without(reachableConcerned(corrected), [...complaint.intake.concerned, actor]);
    return { complaint: placed, notices: [...notices, ...notify('concerns-you', newlyConcerned)] };
  },
};

/** Leaves a complaint with whoever handles it, or is asked, where the corrected intake allows that; else asks anew. */
function placeAgain(before: Complaint, complaint: Complaint, commandId: string, context: Context): Change {
  const { organisation } = context;
  const unchanged = { complaint, notices: [] };
  const { entryStage } = complaint.intake;
  if (complaint.state === 'pending') {
    const { id, from, to } = complaint.escalation;
    if (id === complaint.id && entryStage === 'employee') {
      // It was never asked for by anybody but its intake, which was wrong.
      return { complaint: { ...caseOf(complaint), state: 'open', stage: 'employee' }, notices: [] };
    }
    const isSame =
      JSON.stringify(routeTo(organisation, before, to)) ===
      JSON.stringify(routeTo(organisation, complaint, to));
    return isSame && before.intake.department === complaint.intake.department
      ? unchanged
      : placeAt(to, caseOf(complaint), from, commandId, context);
  }
  if (complaint.stage !== 'employee') {
    return isHandler(complaint, complaint.handler.id, organisation)
      ? unchanged
      : ask(complaint.stage, caseOf(complaint), complaint.stage, commandId, context);
  }
  return entryStage === before.intake.entryStage || entryStage === 'employee'
    ? unchanged
    : placeAt(entryStage, caseOf(complaint), 'employee', commandId, context);
}
