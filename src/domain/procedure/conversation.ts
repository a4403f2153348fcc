import { accessOf, isHandler } from '../access.ts';
import { dayOf } from '../calendar.ts';
import { notify } from '../notices.ts';
import { isOne } from '../organisation.ts';
import type { Procedure } from './procedure.ts';

/** R7: a conversation, or why there was none, written down by whoever handles it or takes part with full sight. */
export const recordConversation: Procedure<'recordConversation'> = {
  states: ['open'],
  refuse: (complaint, actor, { organisation }) =>
    accessOf(complaint, actor.id, organisation) === 'full' ? undefined : { code: 'not-participant' },
  decide: (complaint, { content }, actor, { now, organisation }) => {
    if (content.held && content.on > dayOf(now)) return { code: 'day-in-future', field: 'on' };
    const handles = isHandler(complaint, actor.id, organisation);
    return { complaint, notices: handles ? [] : notify('conversation-recorded', [complaint.handler]) };
  },
};

/** R7: the director says when and where the conversation is; the people involved hear of it. */
export const planConversation: Procedure<'planConversation'> = {
  states: ['open'],
  refuse: (complaint, actor, { organisation }) => {
    if (complaint.stage !== 'director') return { code: 'wrong-state' };
    return isHandler(complaint, actor.id, organisation) ? undefined : { code: 'not-handler' };
  },
  decide: (complaint, { content }, actor, { now }) => {
    if (content.on < dayOf(now)) return { code: 'day-in-past', field: 'plannedOn' };
    const others = complaint.involved.filter(({ id }) => !isOne([actor], id));
    return { complaint, notices: notify('conversation-planned', others) };
  },
};
