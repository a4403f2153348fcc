import { isHandler } from '../access.ts';
import { holdsPersonalData } from '../anonymise.ts';
import { caseOf, isConcerned, isSatisfied } from '../complaint.ts';
import { endNotices } from './end.ts';
import type { Procedure } from './procedure.ts';

/** R7, R8, R11: closing, with an anonymised summary for the record. */
export const close: Procedure<'close'> = {
  states: ['open'],
  refuse: (complaint, actor) => {
    if (!isHandler(complaint, actor.id)) return { code: 'not-handler' };
    return isConcerned(complaint, actor.id) && !isSatisfied(complaint)
      ? { code: 'not-satisfied-on-record' }
      : undefined;
  },
  decide: (complaint, { content }, actor, context) => {
    if (content.outcome === 'unresolved') {
      if (isConcerned(complaint, actor.id)) return { code: 'concerned', field: 'outcome' };
      if (complaint.stage !== 'director' && !content.declinesNextStage) {
        return { code: 'no-complainants-word', field: 'declinesNextStage' };
      }
    }
    const written = `${content.summary}\n${content.recommendation ?? ''}`;
    if (holdsPersonalData(written, complaint.intake))
      return { code: 'personal-data-in-summary', field: 'summary' };
    const { informed, notices } = endNotices(complaint, actor, context);
    const endedAt = context.now.toISOString();
    const { outcome } = content;
    return { complaint: { ...caseOf(complaint), informed, state: 'closed', endedAt, outcome }, notices };
  },
};
