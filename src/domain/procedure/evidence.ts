import { accessOf, isHandler } from '../access.ts';
import { type Complaint, isConcerned } from '../complaint.ts';
import { type Evidence, evidenceOf, mostFiles } from '../evidence.ts';
import { notify } from '../notices.ts';
import { type Person, union, without } from '../people.ts';
import type { Context } from '../refusal.ts';
import type { Procedure } from './procedure.ts';

/** R10: evidence, from whoever handles the complaint or takes part with full sight. */
export const addEvidence: Procedure<'addEvidence'> = {
  states: ['open', 'pending'],
  refuse: (complaint, actor, { organisation }) => {
    if (accessOf(complaint, actor.id, organisation) !== 'full') return { code: 'not-participant' };
    return evidenceOf(complaint).length < mostFiles ? undefined : { code: 'too-many-files' };
  },
  decide: (complaint, _command, actor, { organisation }) => {
    const handles = isHandler(complaint, actor.id, organisation);
    return { complaint, notices: handles ? [] : notify('evidence-added', [complaint.handler]) };
  },
};

/**
 * A file that does not belong here is taken out by the handler or by whoever added it, never by somebody concerned (R8),
 * and not while somebody is asked to take the complaint over and may go by it. Nobody takes out another's evidence
 * unseen.
 */
export const removeEvidence: Procedure<'removeEvidence'> = {
  states: ['open'],
  refuse: (complaint, actor, context) =>
    removableBy(complaint, actor, context).length > 0 ? undefined : { code: 'no-file-to-remove' },
  decide: (complaint, { content: { file } }, actor, context) => {
    const removed = removableBy(complaint, actor, context).find(({ id }) => id === file);
    if (!removed) return { code: 'no-file-to-remove', field: 'file' };
    const told = without(union([complaint.handler], [removed.addedBy]), [actor]);
    return { complaint, notices: notify('evidence-removed', told) };
  },
};

/** The files that a person may take out. */
export function removableBy(complaint: Complaint, actor: Person, { organisation }: Context): Evidence[] {
  const isFull = accessOf(complaint, actor.id, organisation) === 'full';
  if (!isFull || isConcerned(complaint, actor.id)) return [];
  const handles = isHandler(complaint, actor.id, organisation);
  return evidenceOf(complaint).filter(({ addedBy }) => handles || addedBy.id === actor.id);
}
