import { z } from 'zod';
import { intakeSchema } from './intake.ts';
import { outcomes, participantRoles, reasonsWithoutConversation, satisfactions } from './vocabulary.ts';

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

/** What each command carries. A new command starts with a line here. */
export const contentSchemas = {
  logComplaint: intakeSchema,
  recordConversation: conversationSchema,
  correct: z.object({ intake: intakeSchema, reason: z.string().min(1).max(500) }),
  close: z.object({
    outcome: z.enum(outcomes),
    /** R7: the complainant's word that they do not want the next stage. */
    declinesNextStage: z.boolean(),
    summary: z.string().min(1).max(2000),
    recommendation: z.string().min(1).max(1000).optional(),
  }),
  withdraw: z.object({ reason: z.string().min(1).max(1000).optional() }),
  terminate: z.object({ externalBody: z.string().min(1).max(200) }),
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
