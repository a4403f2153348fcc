import type { LogComplaint } from '../commands.ts';
import { type Case, reachableConcerned } from '../complaint.ts';
import { refuseIntake } from '../intake.ts';
import { notify } from '../notices.ts';
import { type Person, without } from '../people.ts';
import type { Context, Refusal } from '../refusal.ts';
import { placeAt } from '../routing.ts';
import type { Change } from './procedure.ts';

/** R1-R7: takes a complaint up. The logger is its first handler, until an approver accepts it where it entered there. */
export function logComplaint(
  { id, content }: LogComplaint,
  reference: string,
  actor: Person,
  context: Context,
): Change | Refusal {
  const refusal = refuseIntake(content, context);
  if (refusal) return refusal;
  const fresh: Case = {
    id,
    reference,
    loggedAt: context.now.toISOString(),
    loggedBy: actor,
    stage: 'employee',
    intake: content,
    handler: actor,
    appointed: false,
    earlierHandlers: [],
    informed: [],
    involved: [],
    timeline: [],
  };
  const { complaint, notices } =
    content.entryStage === 'employee'
      ? { complaint: { ...fresh, state: 'open' as const }, notices: [] }
      : placeAt(content.entryStage, fresh, 'employee', id, context);
  const concerned = without(reachableConcerned(fresh), [actor]);
  return {
    complaint,
    notices: [...notify('receipt', [actor]), ...notify('concerns-you', concerned), ...notices],
  };
}
