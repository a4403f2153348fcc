import { accessOf } from './access.ts';
import type { Command, CommandKind, CommandOf, LogComplaint } from './commands.ts';
import { type Complaint, happened, type TimelineEntry } from './complaint.ts';
import type { Notice } from './notices.ts';
import type { Person } from './people.ts';
import { close } from './procedure/close.ts';
import { planConversation, recordConversation } from './procedure/conversation.ts';
import { correct } from './procedure/correct.ts';
import { terminate, withdraw } from './procedure/end.ts';
import {
  acceptEscalation,
  declareConcerned,
  requestEscalation,
  returnEscalation,
} from './procedure/escalation.ts';
import { addEvidence, removeEvidence } from './procedure/evidence.ts';
import { logComplaint } from './procedure/log-complaint.ts';
import { involve, reassign, release, vacate } from './procedure/people.ts';
import type { Change, Procedure } from './procedure/procedure.ts';
import { relay } from './procedure/relay.ts';
import { reopen } from './procedure/reopen.ts';
import { returnSummary, rewriteSummary } from './procedure/summary.ts';
import type { Context, Refusal } from './refusal.ts';
import type { Stage } from './vocabulary.ts';

/** A changed complaint with who must be told, or a refusal. `repeated`: this command was accepted before. */
export type Decision =
  | { accepted: true; repeated: boolean; complaint: Complaint; notices: Notice[] }
  | { accepted: false; refusal: Refusal };

const procedures: { [K in Command['kind']]: Procedure<K> } = {
  recordConversation,
  requestEscalation,
  acceptEscalation,
  declareConcerned,
  returnEscalation,
  planConversation,
  involve,
  release,
  reassign,
  correct,
  close,
  withdraw,
  terminate,
  reopen,
  addEvidence,
  removeEvidence,
  relay,
  vacate,
  returnSummary,
  rewriteSummary,
};

const refused = (refusal: Refusal): Decision => ({ accepted: false, refusal });

/** Decides on a new complaint; `reference` is the number it gets when it is taken up. */
export function decideLog(
  command: LogComplaint,
  reference: string,
  actor: Person,
  context: Context,
): Decision {
  if (context.organisation.former.includes(actor.id)) return refused({ code: 'has-left' });
  const change = logComplaint(command, reference, actor, context);
  return 'code' in change
    ? refused(change)
    : entered(change, change.complaint.stage, command, actor, context);
}

/** Decides on a command for a complaint that exists, `logComplaint` among them: then it was logged before. */
export function decide(
  complaint: Complaint,
  command: Command | LogComplaint,
  actor: Person,
  context: Context,
): Decision {
  const earlier = complaint.timeline.find(({ commandId }) => commandId === command.id);
  if (earlier) return repeat(complaint, earlier, command, actor);
  if (command.kind === 'logComplaint') return refused({ code: 'used-before' });
  const refusal = refuseCommand(complaint, command.kind, actor, context);
  if (refusal) return refused(refusal);
  const procedure = procedures[command.kind] as Procedure<CommandKind>;
  const change = procedure.decide(complaint, command, actor, context);
  if ('code' in change) return refused(change);
  const decision = entered(change, complaint.stage, command, actor, context);
  return decision.accepted && isTooLarge(decision.complaint) && !concluding.includes(command.kind)
    ? refused({ code: 'too-much-recorded' })
    : decision;
}

/** Most of a complaint that is kept, in characters: a store takes no document of any size. */
const largestComplaint = 600_000;

const isTooLarge = (complaint: Complaint) => JSON.stringify(complaint).length > largestComplaint;

/** Commands by which a complaint comes to its end however much was recorded: nobody can lock one by filling it. */
const concluding: readonly Command['kind'][] = [
  ...(['acceptEscalation', 'declareConcerned', 'returnEscalation', 'reassign', 'vacate'] as const),
  ...(['close', 'withdraw', 'terminate', 'returnSummary', 'rewriteSummary'] as const),
];

/** Why a person may not give a command on a complaint now, or nothing where they may. */
export function refuseCommand(
  complaint: Complaint,
  kind: Command['kind'],
  actor: Person,
  context: Context,
): Refusal | undefined {
  if (context.organisation.former.includes(actor.id)) return { code: 'not-found' };
  if (needsSight(kind) && accessOf(complaint, actor.id, context.organisation) === 'none')
    return { code: 'not-found' };
  if (!procedures[kind].states.includes(complaint.state)) return { code: 'wrong-state' };
  return procedures[kind].refuse(complaint, actor, context);
}

/** Whether who gives a command must know of the complaint; who gives the others learns nothing of it. */
export function needsSight(kind: Command['kind']): boolean {
  return kind !== 'relay' && kind !== 'vacate' && kind !== 'returnSummary';
}

/** Commands that no card of a complaint offers: the bot's own, and the one given by who knows the record alone. */
const unoffered: readonly Command['kind'][] = ['vacate', 'returnSummary'];

/** The commands that a person may give now: the buttons on their card. */
export function allowedCommands(complaint: Complaint, actor: Person, context: Context): Command['kind'][] {
  const kinds = Object.keys(procedures) as Command['kind'][];
  return kinds.filter((kind) => !unoffered.includes(kind) && !refuseCommand(complaint, kind, actor, context));
}

/** The same command again gives the same answer and changes nothing; other content under its id is refused. */
function repeat(
  complaint: Complaint,
  earlier: TimelineEntry,
  command: CommandOf<CommandKind>,
  actor: Person,
): Decision {
  if (earlier.by.id !== actor.id) return refused({ code: 'not-found' });
  const same =
    earlier.kind === happened[command.kind] && fingerprint(earlier.content) === fingerprint(command.content);
  return same ? { accepted: true, repeated: true, complaint, notices: [] } : refused({ code: 'used-before' });
}

/** What a command carries, with picked people by their id: their names are looked up anew at each try. */
function fingerprint(content: unknown): string {
  return JSON.stringify(content, (_key, value) => (value?.id === undefined ? value : value.id));
}

/** Enters an accepted command in the timeline, with the stage at which it happened. */
function entered(
  { complaint, notices }: Change,
  stage: Stage,
  { kind, id, content }: CommandOf<CommandKind>,
  actor: Person,
  { now }: Context,
): Decision {
  const entry = { kind: happened[kind], commandId: id, at: now.toISOString(), by: actor, stage, content };
  const timeline = [...complaint.timeline, entry as TimelineEntry];
  return { accepted: true, repeated: false, complaint: { ...complaint, timeline }, notices };
}
