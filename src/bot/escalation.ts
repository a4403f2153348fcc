import { z } from 'zod';
import { currentOrganisation, handleCommand } from '../app/handle-command.ts';
import { findById } from '../app/look-up.ts';
import { messageView } from '../cards/pages.ts';
import { approvalView, askConcernedView, referenceView } from '../cards/reference-view.ts';
import type { View } from '../cards/render.ts';
import { isHandler } from '../domain/access.ts';
import type { Command } from '../domain/commands.ts';
import type { Decision } from '../domain/decide.ts';
import { isOne } from '../domain/organisation.ts';
import { askedOf, routeTo } from '../domain/routing.ts';
import { refused, showDetails } from './complaint-dialog.ts';
import { dialogVerb, outcomeOf } from './dialog.ts';
import { commandIdOf } from './form-id.ts';
import type { Asker, Parts } from './parts.ts';

const decisionSchema = z.object({
  complaint: z.string().max(100),
  escalation: z.string().max(100),
  notConcerned: z.literal(true).optional(),
});
type DecisionData = z.infer<typeof decisionSchema>;

const kinds = {
  'accept-escalation': 'acceptEscalation',
  'declare-concerned': 'declareConcerned',
} as const;
export type EscalationVerb = keyof typeof kinds;

/** Whether a verb decides on an escalation at once, without a form. */
export function isEscalationVerb(verb: string): verb is EscalationVerb {
  return Object.hasOwn(kinds, verb);
}

/** The command of a decision on a card: the same click on the same escalation is the same command. */
async function decideOn(
  verb: EscalationVerb,
  data: DecisionData,
  { actor }: Asker,
  parts: Parts,
): Promise<Decision> {
  const { complaint, escalation, notConcerned } = data;
  const command = {
    kind: kinds[verb],
    id: commandIdOf(`${verb}/${escalation}`, actor.id),
    content: { escalation, ...(verb === 'accept-escalation' && notConcerned && { notConcerned }) },
  } as Command;
  const decision = await handleCommand(complaint, command, actor, parts);
  const outcome = decision.accepted ? outcomeOf(decision.repeated) : decision.refusal.code;
  const reference = decision.accepted ? { reference: decision.complaint.reference } : {};
  parts.log.info('command', { command: command.kind, outcome, ...reference });
  return decision;
}

/** What to say of a decision that was recorded; of one pressed again on an old card, what it brought about may have passed. */
async function wordsFor(
  verb: EscalationVerb,
  { repeated, complaint }: Extract<Decision, { accepted: true }>,
  { actor, texts }: Asker,
  { store }: Parts,
): Promise<string> {
  const isStillSo =
    !repeated ||
    (verb === 'declare-concerned'
      ? complaint.state === 'pending'
      : complaint.state === 'open' && isHandler(complaint, actor.id, await currentOrganisation(store)));
  return texts(isStillSo ? `recorded.${kinds[verb]}` : 'refusal.wrong-state');
}

/**
 * Decides on a card, in a channel or a chat, and gives the card as it stands then for who clicked: an old card shows
 * today's state, and who took the complaint on.
 */
export async function decideOnCard(
  verb: EscalationVerb,
  data: unknown,
  asker: Asker,
  parts: Parts,
): Promise<View> {
  const { actor, texts } = asker;
  const read = decisionSchema.safeParse(data);
  if (!read.success)
    return messageView({ title: texts('bot.fault-title'), lines: [texts('bot.unknown-card')] }, texts);
  const decision = await decideOn(verb, read.data, asker, parts);
  const seen = await findById(read.data.complaint, actor, parts);
  if (!seen)
    return messageView({ title: texts('bot.fault-title'), lines: [texts('refusal.not-found')] }, texts);
  const { complaint } = seen;
  const isAsked = isOne(askedOf(complaint, seen.context.organisation), actor.id);
  if (decision.accepted)
    return approvalView(complaint, isAsked, texts, await wordsFor(verb, decision, asker, parts));
  const { code } = decision.refusal;
  if (code === 'asks-whether-concerned') return askConcernedView(complaint, read.data.escalation, texts);
  const isTaken = code === 'wrong-state' && complaint.state === 'open';
  const words = isTaken ? texts('refusal.taken', { name: complaint.handler.name }) : texts(`refusal.${code}`);
  const { organisation } = seen.context;
  const approvers = routeTo(organisation, complaint, complaint.stage).approvers;
  return isAsked || isOne(approvers, actor.id)
    ? approvalView(complaint, isAsked, texts, words)
    : referenceView(complaint, organisation, texts, words);
}

/** The same decisions from the opened complaint, which then shows it as it stands. */
export const escalationDialogs = Object.fromEntries(
  Object.keys(kinds)
    .filter(isEscalationVerb)
    .map((verb) => [
      verb,
      dialogVerb(decisionSchema, async (data, asker, parts) => {
        const { texts } = asker;
        const decision = await decideOn(verb, data, asker, parts);
        if (decision.accepted) {
          const words = await wordsFor(verb, decision, asker, parts);
          return showDetails(data.complaint, asker, parts, 0, { words });
        }
        if (decision.refusal.code !== 'asks-whether-concerned') return refused(decision.refusal, texts);
        const { notConcerned: _answer, ...asked } = data;
        const buttons = [
          {
            title: texts('asks-concerned.no'),
            data: { verb: 'accept-escalation', ...asked, notConcerned: true },
          },
          { title: texts('asks-concerned.yes'), data: { verb: 'declare-concerned', ...asked } },
        ];
        return {
          title: texts('dialog.message'),
          view: messageView({ title: texts('asks-concerned.question'), buttons }, texts),
        };
      }),
    ]),
);
