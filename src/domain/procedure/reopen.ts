import { isHandler } from '../access.ts';
import { caseOf, isConcerned } from '../complaint.ts';
import { notify } from '../notices.ts';
import { isOne } from '../organisation.ts';
import { without } from '../people.ts';
import { retentionEnds } from '../retention.ts';
import { placeAt } from '../routing.ts';
import type { Procedure } from './procedure.ts';

/** A closed complaint is open again at the stage where it was, with its last handler where they still may handle it. */
export const reopen: Procedure<'reopen'> = {
  states: ['closed'],
  refuse: (complaint, actor, { now, organisation }) => {
    const isDirector = isOne(organisation.directors, actor.id) && !isConcerned(complaint, actor.id);
    if (!isHandler(complaint, actor.id, organisation) && !isDirector) return { code: 'not-handler' };
    return complaint.state === 'closed' && now >= retentionEnds(complaint.endedAt, organisation)
      ? { code: 'retention-passed' }
      : undefined;
  },
  decide: (complaint, { id }, actor, context) => {
    const open = { ...caseOf(complaint), state: 'open' as const };
    const { handler, stage } = complaint;
    return isHandler(open, handler.id, context.organisation)
      ? { complaint: open, notices: notify('reopened', without([handler], [actor])) }
      : placeAt(stage, caseOf(complaint), stage, id, context);
  },
};
