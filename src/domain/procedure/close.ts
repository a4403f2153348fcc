import { isHandler } from '../access.ts';
import { caseOf, isConcerned, isSatisfied } from '../complaint.ts';
import { endNotices } from './end.ts';
import type { Procedure } from './procedure.ts';
import { refuseSummary } from './summary.ts';

/** R7, R8, R11: closing, with an anonymised summary for the record. */
export const close: Procedure<'close'> = {
  states: ['open'],
  refuse: (complaint, actor, context) => {
    if (!isHandler(complaint, actor.id, context.organisation)) return { code: 'not-handler' };
    return isConcerned(complaint, actor.id) && !isSatisfied(complaint)
      ? { code: 'not-satisfied-on-record' }
      : undefined;
  },
  decide: (complaint, { content }, actor, context) => {
    if (content.outcome !== 'resolved' && isConcerned(complaint, actor.id)) {
      return { code: 'concerned', field: 'outcome' };
    }
    if (content.outcome === 'duplicate') {
      const { duplicateOf } = content;
      if (!duplicateOf || duplicateOf === complaint.reference) {
        return { code: 'unknown-duplicate', field: 'duplicateOf' };
      }
    }
    if (content.outcome === 'unresolved') {
      if (complaint.stage !== 'director' && !content.declinesNextStage) {
        return { code: 'no-complainants-word', field: 'declinesNextStage' };
      }
    }
    const refusal = refuseSummary(content, complaint, context.organisation);
    if (refusal) return refusal;
    const { informed, notices } = endNotices(complaint, actor, context);
    const endedAt = context.now.toISOString();
    const { outcome } = content;
    return { complaint: { ...caseOf(complaint), informed, state: 'closed', endedAt, outcome }, notices };
  },
};
