import type { Sought } from '../app/person-parts.ts';
import { phone as phoneField } from '../cards/forms/field.ts';
import { wordsOf } from '../domain/words.ts';

const phone = phoneField();

/**
 * Reads whom the privacy officer seeks: an e-mail address, a phone number as the forms read it, or else a name.
 * Nothing where it is none of these.
 */
export function readSought(typed: string): Sought | undefined {
  const text = typed.trim();
  if (/^\S+@\S+$/.test(text)) return { by: 'email', email: text.toLowerCase() };
  if (/^[+(\d]/.test(text)) {
    const read = phone.read.safeParse(text);
    return read.success && read.data !== undefined ? { by: 'phone', phone: read.data } : undefined;
  }
  const words = wordsOf(text);
  return words.length > 0 ? { by: 'name', words } : undefined;
}
