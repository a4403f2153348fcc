import { type Finding, withStop } from './finding.ts';
import type { KnownNames } from './known-names.ts';
import { isPublic } from './ordinary-words.ts';

const dotted = /\p{Lu}(?<![\p{L}\d.@]\p{Lu})(?:\. ?\p{L}){1,5}(?=\.|(?![\p{L}\d@]))/gu;
const joined = /\p{Lu}(?<![\p{L}\d.@-]\p{Lu})\p{L}{1,4}(?<=\p{Lu})(?![\p{L}\d@]|[.-]\p{L})/gu;

/** Finds the initials of known people alone, as doubtful: 'R.v.d.K.', 'TdL'. */
export function findInitials(text: string, { initials }: KnownNames): Finding[] {
  if (initials.size === 0 || !/\p{Ll}/u.test(text)) return [];
  return [dotted, joined].flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap(({ 0: found, index }) => {
      const letters = found.replace(/[. ]/g, '');
      const [part] = initials.get(letters.toLowerCase()) ?? [];
      if (
        !part ||
        isPublic(letters.toLowerCase()) ||
        !/\p{Lu}$/u.test(letters) ||
        (letters === found && letters.length < 3)
      )
        return [];
      const suggestion = part.person.isComplainant ? 'de klager' : 'een medewerker';
      return {
        start: index,
        end: withStop(text, index + found.length),
        kind: 'name',
        suggestion,
        certain: false,
      };
    }),
  );
}
