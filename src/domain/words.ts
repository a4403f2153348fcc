import type { Intake } from './intake.ts';

/** The words of a text, without case and accents. */
export function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/\p{L}+/gu) ?? []
  );
}

/** The keys by which a complaint is found when somebody calls again: each word of the name, and the phone number. */
export function searchKeysOf({ name, phone }: Pick<Intake, 'name' | 'phone'>): string[] {
  return [...new Set(wordsOf(name).map(nameKey)), ...(phone ? [phoneKey(phone)] : [])];
}

/** The key under which a name is looked for, if it has a word: of several words the longest, which the fewest have. */
export function keyOfName(words: readonly string[]): string[] {
  const [longest] = [...words].sort((a, b) => b.length - a.length);
  return longest === undefined ? [] : [nameKey(longest)];
}

export const nameKey = (word: string) => `name:${word}`;
/** The key under which the complaint of an anonymous record is found, as long as its personal data are there. */
export const recordKey = (recordId: string) => `record:${recordId}`;
export const phoneKey = (phone: string) => `phone:${phone}`;

/** Whether a name that was typed is the complainant's, in any order, case and accents. */
export function isSameName(typed: string, name: string): boolean {
  const sorted = (text: string) => wordsOf(text).sort().join(' ');
  return sorted(typed) !== '' && sorted(typed) === sorted(name);
}
