import { z } from 'zod';
import { intakeSchema } from './intake.ts';
import { personSchema } from './people.ts';
import { referenceSchema } from './reference.ts';
import {
  evidenceKinds,
  largestFile,
  outcomes,
  participantRoles,
  reasonsWithoutConversation,
  returnReasons,
  satisfactions,
} from './vocabulary.ts';

/** R7: a conversation that was held, or why there was none. */
const conversationSchema = z.discriminatedUnion('held', [
  z.object({
    held: z.literal(true),
    on: z.iso.date(),
    participants: z.array(z.enum(participantRoles)).min(1),
    account: z.string().min(1).max(2000),
    satisfied: z.enum(satisfactions),
  }),
  z.object({
    held: z.literal(false),
    reason: z.enum(reasonsWithoutConversation),
    explanation: z.string().min(1).max(1000),
  }),
]);

/** R11: what is written for the anonymous record when a complaint ends. */
const summarySchema = z.object({
  summary: z.string().min(1).max(2000),
  recommendation: z.string().min(1).max(1000).optional(),
  /** What looked like personal data, was left standing by the writer, and is none. */
  overruled: z.array(z.string().max(500)).max(50).optional(),
});

const commandId = z.string().min(1).max(100);

/** What each command carries. A new command starts with a line here. */
export const contentSchemas = {
  logComplaint: intakeSchema,
  recordConversation: conversationSchema,
  correct: z.object({ intake: intakeSchema, reason: z.string().min(1).max(500) }),
  /** R7: going up is the complainant's right; their wish suffices. */
  requestEscalation: z.object({ wish: z.string().min(1).max(1000) }),
  acceptEscalation: z.object({
    escalation: commandId,
    /** R8: the answer to 'Gaat deze klacht over u?', where names were typed. */
    notConcerned: z.boolean().optional(),
  }),
  /** R8: an approver says that a typed name is theirs. */
  declareConcerned: z.object({ escalation: commandId }),
  returnEscalation: z.object({
    escalation: commandId,
    reason: z.enum(returnReasons),
    /** The right one, where the department was wrong. */
    department: z.string().min(1).max(50).optional(),
    note: z.string().min(1).max(500).optional(),
  }),
  planConversation: z.object({
    on: z.iso.date(),
    time: z.iso.time({ precision: -1 }),
    place: z.string().min(1).max(200),
  }),
  /** R9: somebody joins, with the complainant's consent. */
  involve: z.object({ person: personSchema, consent: z.boolean() }),
  release: z.object({ person: personSchema }),
  reassign: z.object({ to: personSchema }),
  reopen: z.object({ reason: z.string().min(1).max(1000) }),
  /** R10: a file, whose content lies sealed beside the complaint. */
  addEvidence: z.object({
    file: z.uuid(),
    fileName: z.string().min(1).max(200),
    fileKind: z.enum(evidenceKinds),
    /** In bytes. */
    size: z.int().positive().max(largestFile),
  }),
  removeEvidence: z.object({ file: z.uuid(), reason: z.string().min(1).max(500) }),
  /** 'Klager belde terug': a note from anybody to whoever handles the complaint. */
  relay: z.object({ note: z.string().min(1).max(1000) }),
  /** Not a person's command: the bot finds that whoever handled it no longer can. */
  vacate: z.object({}),
  close: summarySchema.extend({
    outcome: z.enum(outcomes),
    /** The complaint that this one repeats. */
    duplicateOf: referenceSchema.optional(),
    /** R7: the complainant's word that they do not want the next stage. */
    declinesNextStage: z.boolean(),
  }),
  withdraw: summarySchema.partial().extend({ reason: z.string().min(1).max(1000).optional() }),
  terminate: summarySchema.partial().extend({ externalBody: z.string().min(1).max(200) }),
  /** R11: the coordinator sends the summary back to who wrote it; they know the record alone. */
  returnSummary: z.object({
    reason: z.string().min(1).max(500),
    /** Whoever wrote it no longer handles the complaint: it goes, and nobody writes it anew. */
    withoutWriter: z.boolean().optional(),
  }),
  rewriteSummary: summarySchema,
} as const;

export type CommandKind = keyof typeof contentSchemas;
export type ContentOf<K extends CommandKind> = z.infer<(typeof contentSchemas)[K]>;

/** A command as the procedure decides it; `id` was made when its form was opened and is the same on every retry. */
export type CommandOf<K extends CommandKind> = { kind: K; id: string; content: ContentOf<K> };
export type LogComplaint = CommandOf<'logComplaint'>;
/** Commands on a complaint that exists. */
export type Command = { [K in Exclude<CommandKind, 'logComplaint'>]: CommandOf<K> }[Exclude<
  CommandKind,
  'logComplaint'
>];
