import { z } from 'zod';

const verbSchema = z.object({ verb: z.string() });

/** The verb that a card's data carry, or nothing. */
export function verbOf(data: unknown): string | undefined {
  return verbSchema.safeParse(data).data?.verb;
}

/** Every verb that a button in a dialog, or one that opens a dialog, may carry: `dialogs.ts` has what each does. */
export const dialogVerbNames = [
  'open-log-complaint',
  'back-to-screening',
  'screen',
  'log-complaint',
  'open-complaint',
  'open-form',
  'submit-form',
  'open-file',
  'open-relay',
  'relay',
  'open-administration',
  'open-administration-form',
  'submit-administration-form',
  'open-analysis',
  'open-records',
  'open-record',
  'check-record',
  'clear-record',
  'open-analysis-form',
  'submit-analysis-form',
  'close-dialog',
] as const;
export type DialogVerbName = (typeof dialogVerbNames)[number];

/** The commands of the message extension, as the manifest names them. */
export const extensionCommands = {
  logComplaint: { type: 'action', parameters: [] },
  myComplaints: { type: 'query', parameters: ['search'] },
} as const;

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
