import { createHash } from 'node:crypto';

/**
 * The id of a command: that of its form, bound to who gives it. The same form sent again by the same person gives
 * the same id; a form or id taken from somebody else can never meet one of theirs.
 */
export function commandIdOf(formId: string, personId: string): string {
  return createHash('sha256').update(`${formId}\n${personId}`).digest('hex').slice(0, 32);
}
