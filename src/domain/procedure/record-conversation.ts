import { accessOf, isHandler } from '../access.ts';
import { dayOf } from '../calendar.ts';
import { notify } from '../notices.ts';
import type { Procedure } from './procedure.ts';

/** R7: a conversation, or why there was none, written down by whoever handles it or takes part with full sight. */
export const recordConversation: Procedure<'recordConversation'> = {
  states: ['open'],
  refuse: (complaint, actor, { organisation }) =>
    accessOf(complaint, actor.id, organisation) === 'full' ? undefined : { code: 'not-participant' },
  decide: (complaint, { content }, actor, { now }) => {
    if (content.held && content.on > dayOf(now)) return { code: 'day-in-future', field: 'on' };
    const notices = isHandler(complaint, actor.id)
      ? []
      : notify('conversation-recorded', [complaint.handler]);
    return { complaint, notices };
  },
};
