import { isHandler } from '../access.ts';
import { knownIn, objectionsTo } from '../anonymise.ts';
import { isReturned } from '../anonymous-record.ts';
import type { Complaint } from '../complaint.ts';
import { notify } from '../notices.ts';
import { analyses, holdersOf, type Organisation } from '../organisation.ts';
import type { Refusal } from '../refusal.ts';
import type { Procedure } from './procedure.ts';

const ended = ['closed', 'withdrawn', 'terminated'] as const;

/** What is written for the record when a complaint ends. */
interface Written {
  summary?: string | undefined;
  recommendation?: string | undefined;
  overruled?: readonly string[] | undefined;
}

/** R11: why a text does not go into the anonymous record: it holds what is, or looks like, personal data. */
export function refuseSummary(
  { overruled = [], ...texts }: Written,
  complaint: Complaint,
  organisation: Organisation,
): Refusal | undefined {
  const known = knownIn(complaint, holdersOf(organisation));
  const field = (['summary', 'recommendation'] as const).find(
    (each) => objectionsTo(texts[each] ?? '', known, overruled).length > 0,
  );
  return field && { code: 'personal-data-in-summary', field };
}

/** R11: the coordinator, who knows the record alone, returns its summary to who wrote it; again to remind them. */
export const returnSummary: Procedure<'returnSummary'> = {
  states: ended,
  refuse: (_complaint, actor, { organisation }) =>
    analyses(organisation, actor.id) ? undefined : { code: 'not-found' },
  decide: (complaint, { content }, _actor, { organisation }) => {
    const { handler } = complaint;
    const isThere = isHandler(complaint, handler.id, organisation);
    if (!isThere && !content.withoutWriter) return { code: 'writer-gone' };
    return { complaint, notices: isThere ? notify('summary-returned', [handler]) : [] };
  },
};

/** R11: a summary that was returned is written anew. */
export const rewriteSummary: Procedure<'rewriteSummary'> = {
  states: ended,
  refuse: (complaint, actor, { organisation }) => {
    if (!isHandler(complaint, actor.id, organisation)) return { code: 'not-handler' };
    return isReturned(complaint) ? undefined : { code: 'not-returned' };
  },
  decide: (complaint, { content }, _actor, { organisation }) =>
    refuseSummary(content, complaint, organisation) ?? { complaint, notices: [] },
};
