import { z } from 'zod';

const verbSchema = z.object({ verb: z.string() });

/** The verb that a card's data carry, or nothing. */
export function verbOf(data: unknown): string | undefined {
  return verbSchema.safeParse(data).data?.verb;
}

/** The verbs that decide on an escalation at once, without a form, and their commands. */
export const escalationCommands = {
  'accept-escalation': 'acceptEscalation',
  'declare-concerned': 'declareConcerned',
} as const;
export type EscalationVerb = keyof typeof escalationCommands;

/** Whether a verb decides on an escalation at once, without a form. */
export function isEscalationVerb(verb: string): verb is EscalationVerb {
  return Object.hasOwn(escalationCommands, verb);
}

const fileVerbs = ['add-evidence', 'drop-file'] as const;
export type FileVerb = (typeof fileVerbs)[number];

/** Whether a verb decides on a file that was sent. */
export const isFileVerb = (verb: string): verb is FileVerb => (fileVerbs as readonly string[]).includes(verb);
