import { isHandler } from '../access.ts';
import { type Complaint, caseOf, isConcerned, reachableConcerned } from '../complaint.ts';
import { type Notice, notify } from '../notices.ts';
import { type Person, union, without } from '../people.ts';
import type { Context } from '../refusal.ts';
import { routeTo } from '../routing.ts';
import type { Procedure } from './procedure.ts';
import { refuseSummary } from './summary.ts';

/** The complainant withdrew the complaint. */
export const withdraw = ending<'withdraw'>('withdrawn');

/** R4: the complaint was brought to an external body; handling ends at once. */
export const terminate = ending<'terminate'>('terminated');

function ending<K extends 'withdraw' | 'terminate'>(state: 'withdrawn' | 'terminated'): Procedure<K> {
  return {
    states: ['open', 'pending'],
    refuse: (complaint, actor, context) =>
      isHandler(complaint, actor.id, context.organisation) ? undefined : { code: 'not-handler' },
    decide: (complaint, { content }, actor, context) => {
      const refusal = refuseSummary(content, complaint, context.organisation);
      if (refusal) return refusal;
      const { informed, notices } = endNotices(complaint, actor, context);
      const endedAt = context.now.toISOString();
      return { complaint: { ...caseOf(complaint), informed, state, endedAt }, notices };
    },
  };
}

/**
 * Who hears, by reference, that a complaint ended: the people concerned, and whoever logged it and handed it on.
 * Where somebody concerned ends it, also those who would have been asked next: nobody ends a complaint about
 * themselves unseen (R8).
 */
export function endNotices(
  complaint: Complaint,
  actor: Person,
  { organisation }: Context,
): { informed: Person[]; notices: Notice[] } {
  const watchers = isConcerned(complaint, actor.id)
    ? routeTo(organisation, complaint, 'manager').approvers
    : [];
  const others = without(union(reachableConcerned(complaint), [complaint.loggedBy]), [actor, ...watchers]);
  return {
    informed: union(complaint.informed, watchers),
    notices: [...notify('ended', others), ...notify('ended-by-person-concerned', watchers)],
  };
}
