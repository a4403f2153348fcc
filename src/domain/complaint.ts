import { z } from 'zod';
import { type CommandKind, contentSchemas } from './commands.ts';
import { type Intake, intakeSchema } from './intake.ts';
import { personSchema } from './people.ts';
import { referenceSchema } from './reference.ts';
import { outcomes, stages } from './vocabulary.ts';

/** The timeline's name for each command: what happened when it was accepted. */
export const happened = {
  logComplaint: 'complaintLogged',
  recordConversation: 'conversationRecorded',
  correct: 'complaintCorrected',
  requestEscalation: 'escalationRequested',
  acceptEscalation: 'escalationAccepted',
  declareConcerned: 'concernDeclared',
  returnEscalation: 'escalationReturned',
  planConversation: 'conversationPlanned',
  involve: 'personInvolved',
  release: 'personReleased',
  reassign: 'complaintReassigned',
  reopen: 'complaintReopened',
  addEvidence: 'evidenceAdded',
  removeEvidence: 'evidenceRemoved',
  relay: 'noteRelayed',
  vacate: 'handlerLost',
  close: 'complaintClosed',
  withdraw: 'complaintWithdrawn',
  terminate: 'complaintTerminated',
  returnSummary: 'summaryReturned',
  rewriteSummary: 'summaryRewritten',
} as const satisfies Record<CommandKind, string>;

const instant = z.iso.datetime();

function entrySchema<K extends CommandKind>(kind: K) {
  return z.object({
    kind: z.literal(happened[kind]),
    /** The command's id: the same id again changes nothing. */
    commandId: z.string().min(1),
    at: instant,
    by: personSchema,
    /** Where the complaint was when this happened. */
    stage: z.enum(stages),
    content: contentSchemas[kind],
  });
}

/** What happened to a complaint, oldest first; the original of what was corrected stays here. */
export const timelineEntrySchema = z.discriminatedUnion('kind', [
  entrySchema('logComplaint'),
  entrySchema('recordConversation'),
  entrySchema('correct'),
  entrySchema('requestEscalation'),
  entrySchema('acceptEscalation'),
  entrySchema('declareConcerned'),
  entrySchema('returnEscalation'),
  entrySchema('planConversation'),
  entrySchema('involve'),
  entrySchema('release'),
  entrySchema('reassign'),
  entrySchema('reopen'),
  entrySchema('addEvidence'),
  entrySchema('removeEvidence'),
  entrySchema('relay'),
  entrySchema('vacate'),
  entrySchema('close'),
  entrySchema('withdraw'),
  entrySchema('terminate'),
  entrySchema('returnSummary'),
  entrySchema('rewriteSummary'),
]);
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

const caseSchema = z.object({
  id: z.string().min(1),
  reference: referenceSchema,
  loggedAt: instant,
  loggedBy: personSchema,
  /** The stage at which the complaint lies, or is asked for while it is pending. */
  stage: z.enum(stages),
  intake: intakeSchema,
  /** Who handles it; while it is pending, who handled it until then. */
  handler: personSchema,
  /** Whether the coordinator named the handler, who then needs no role of the stage. */
  appointed: z.boolean().default(false),
  earlierHandlers: z.array(personSchema),
  /** People once asked to approve, or told of it by reference. */
  informed: z.array(personSchema),
  /** R9: people who joined with the complainant's consent. */
  involved: z.array(personSchema),
  timeline: z.array(timelineEntrySchema).min(1),
  /** How often people were reminded since the last progress. */
  reminded: z.object({ since: instant, times: z.int().positive() }).optional(),
});

/** A complaint, by its state. */
export const complaintSchema = z.discriminatedUnion('state', [
  caseSchema.extend({ state: z.literal('open') }),
  /** Asked for at its stage; nobody has accepted it yet. */
  caseSchema.extend({
    state: z.literal('pending'),
    escalation: z.object({
      id: z.string().min(1),
      since: instant,
      /** The stage of the handler until then, and where it goes when it is returned. */
      from: z.enum(stages),
      /** The stage that was asked for, before R8 sent it on. */
      to: z.enum(stages),
      /** Somebody who was named to take it over, and is asked first whether it is about them (R8). */
      asked: personSchema.optional(),
    }),
  }),
  caseSchema.extend({ state: z.literal('closed'), endedAt: instant, outcome: z.enum(outcomes) }),
  caseSchema.extend({ state: z.literal('withdrawn'), endedAt: instant }),
  /** R4: it was brought to an external body. */
  caseSchema.extend({ state: z.literal('terminated'), endedAt: instant }),
]);
export type Complaint = z.infer<typeof complaintSchema>;
export type Case = z.infer<typeof caseSchema>;

/** Takes a complaint out of its state, keeping what every state has. */
export function caseOf(complaint: Complaint): Case {
  const { id, reference, loggedAt, loggedBy, stage, intake, handler, appointed, timeline } = complaint;
  const { earlierHandlers, informed, involved } = complaint;
  const people = { handler, appointed, earlierHandlers, informed, involved };
  return { id, reference, loggedAt, loggedBy, stage, intake, ...people, timeline };
}

/** The intake as it stands and every one that was logged or corrected before. */
export function intakesOf({ intake, timeline }: Pick<Case, 'intake' | 'timeline'>): Intake[] {
  const earlier = timeline.flatMap((entry) => {
    if (entry.kind === 'complaintLogged') return entry.content;
    return entry.kind === 'complaintCorrected' ? entry.content.intake : [];
  });
  return [intake, ...earlier];
}

/** R8: whether the complaint is about this person, as far as picked people can tell. */
export function isConcerned({ intake }: Pick<Case, 'intake'>, personId: string): boolean {
  return intake.concerned.some(({ id }) => id === personId);
}

/** The people concerned who were picked, so that they can be reached. */
export function reachableConcerned({ intake }: Pick<Case, 'intake'>) {
  return intake.concerned.flatMap(({ id, name }) => (id === undefined ? [] : [{ id, name }]));
}

/** R8: whether somebody it is about was typed, and can't be matched. */
export function hasTypedNames({ intake }: Pick<Case, 'intake'>): boolean {
  return intake.concerned.some(({ id }) => id === undefined);
}

/** Whether the complaint is being handled: open, or waiting for somebody to accept it. */
export function isActive({ state }: Pick<Complaint, 'state'>): boolean {
  return state === 'open' || state === 'pending';
}

/** Whether the last conversation on record, since it was reopened if it was, left the complainant satisfied. */
export function isSatisfied({ timeline }: Pick<Case, 'timeline'>): boolean {
  const since = timeline.slice(timeline.findLastIndex(({ kind }) => kind === 'complaintReopened') + 1);
  const last = since.findLast((entry) => entry.kind === 'conversationRecorded' && entry.content.held);
  return last?.kind === 'conversationRecorded' && last.content.held && last.content.satisfied === 'yes';
}

/** When a complaint last got further; a note that somebody called back is no progress. */
export function lastProgress({ timeline, loggedAt }: Pick<Case, 'timeline' | 'loggedAt'>): string {
  return timeline.findLast(({ kind }) => kind !== 'noteRelayed')?.at ?? loggedAt;
}

/** How often people were reminded since the last progress. */
export function timesReminded(complaint: Pick<Case, 'timeline' | 'loggedAt' | 'reminded'>): number {
  return complaint.reminded?.since === lastProgress(complaint) ? complaint.reminded.times : 0;
}

/** From how many reminders on one stage up hears of it, and from how many on the coordinator may name a handler. */
export const remindersUntilStageUp = 2;
export const remindersUntilAppointment = 3;
