import { isHandler } from '../access.ts';
import { caseOf, hasTypedNames, isConcerned } from '../complaint.ts';
import { notify } from '../notices.ts';
import { isOne } from '../organisation.ts';
import { union, without } from '../people.ts';
import { appointersOf, ask, askedOf, handTo, mayBeAppointed, routeTo } from '../routing.ts';
import { successorsOf } from './escalation.ts';
import type { Procedure } from './procedure.ts';

/** R9: somebody joins the conversations, where the complainant does not object, and gains sight of the complaint. */
export const involve: Procedure<'involve'> = {
  states: ['open'],
  refuse: (complaint, actor, { organisation }) =>
    isHandler(complaint, actor.id, organisation) ? undefined : { code: 'not-handler' },
  decide: (complaint, { content: { person, consent } }) => {
    if (!consent) return { code: 'no-consent', field: 'consent' };
    if (isOne(complaint.involved, person.id) || complaint.handler.id === person.id) {
      return { code: 'already-there', field: 'person' };
    }
    const involved = union(complaint.involved, [person]);
    return { complaint: { ...complaint, involved }, notices: notify('involved', [person]) };
  },
};

/** R9: who is released loses sight of the complaint at once. */
export const release: Procedure<'release'> = {
  states: ['open'],
  refuse: (complaint, actor, { organisation }) => {
    if (!isHandler(complaint, actor.id, organisation)) return { code: 'not-handler' };
    return complaint.involved.length > 0 ? undefined : { code: 'not-there' };
  },
  decide: (complaint, { content: { person } }) =>
    isOne(complaint.involved, person.id)
      ? { complaint: { ...complaint, involved: without(complaint.involved, [person]) }, notices: [] }
      : { code: 'not-there', field: 'released' },
};

/**
 * Another approver takes over; where nobody may, the coordinator names somebody, by reference alone.
 * Nobody concerned gives it away or gets it (R8).
 */
export const reassign: Procedure<'reassign'> = {
  states: ['open', 'pending'],
  refuse: (complaint, actor, context) => {
    const { organisation } = context;
    if (isConcerned(complaint, actor.id)) return { code: 'concerned' };
    if (isOne(appointersOf(complaint, organisation), actor.id) && mayBeAppointed(complaint, organisation)) {
      return undefined;
    }
    if (!isHandler(complaint, actor.id, organisation)) return { code: 'not-handler' };
    return successorsOf(complaint, context).length > 0 ? undefined : { code: 'not-eligible' };
  },
  decide: (complaint, { id, content: { to } }, actor, context) => {
    const { organisation } = context;
    const byHandler = isHandler(complaint, actor.id, organisation);
    // Who appoints, and who administers, sees no complaint; nor may they be named to handle one (R13).
    const blind = [...organisation.coordinators, ...organisation.administrators];
    const eligible = byHandler ? isOne(successorsOf(complaint, context), to.id) : !isOne(blind, to.id);
    if (!eligible || isConcerned(complaint, to.id) || organisation.former.includes(to.id)) {
      return { code: 'not-eligible', field: 'to' };
    }
    const before = caseOf(complaint);
    if (hasTypedNames(complaint)) {
      // They are asked first whether a typed name is theirs (R8); until then it stays with who has it.
      const from = complaint.state === 'pending' ? complaint.escalation.from : complaint.stage;
      const escalation = { id, since: context.now.toISOString(), from, to: complaint.stage, asked: to };
      const informed = union(complaint.informed, [to]);
      return {
        complaint: { ...before, state: 'pending', informed, escalation },
        notices: notify('escalation-requested', [to]),
      };
    }
    const notices = notify('reassigned', [to]);
    const handed = handTo(to, before, !byHandler);
    return complaint.state === 'pending' && byHandler
      ? { complaint: { ...handed, state: 'pending', escalation: complaint.escalation }, notices }
      : { complaint: handed, notices };
  },
};

/**
 * Whoever had to act no longer can, having lost a role or left, or everybody asked has: it is asked for anew where
 * it is. Refused while somebody who knows of it can act.
 */
export const vacate: Procedure<'vacate'> = {
  states: ['open', 'pending'],
  refuse: (complaint, _actor, { organisation }) => {
    const { handler, informed } = complaint;
    if (complaint.state === 'open') {
      return isHandler(complaint, handler.id, organisation) ? { code: 'nothing-changed' } : undefined;
    }
    // Without an approver left, the department's complaints go to the director (R8).
    if (routeTo(organisation, complaint, complaint.stage).stage !== complaint.stage) return undefined;
    const asked = askedOf(complaint, organisation);
    const able = asked.length > 0 ? asked : appointersOf(complaint, organisation);
    return able.length === 0 || able.some(({ id }) => isOne(informed, id))
      ? { code: 'nothing-changed' }
      : undefined;
  },
  decide: (complaint, { id }, _actor, context) => {
    const from = complaint.state === 'pending' ? complaint.escalation.from : complaint.stage;
    return ask(complaint.stage, caseOf(complaint), from, id, context);
  },
};
