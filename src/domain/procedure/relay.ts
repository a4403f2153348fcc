import { notify } from '../notices.ts';
import { without } from '../people.ts';
import type { Procedure } from './procedure.ts';

/** 'Klager belde terug': anybody's note reaches whoever handles it; it gives the one who relays it no sight. */
export const relay: Procedure<'relay'> = {
  states: ['open', 'pending', 'closed', 'withdrawn', 'terminated'],
  refuse: () => undefined,
  decide: (complaint, _command, actor) => {
    const role = { department: complaint.intake.department, stage: complaint.stage };
    return {
      complaint,
      notices: [
        ...notify('relayed', without([complaint.handler], [actor])),
        ...(complaint.state === 'pending' ? [{ kind: 'relayed' as const, to: role }] : []),
      ],
    };
  },
};
