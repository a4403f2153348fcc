import type { Intake } from './intake.ts';

/** Words in names that point at nobody: small words between names, and the roles by which a summary speaks of people. */
const impersonal = new Set(
  [
    'van von de den der het ten ter te la le el da di du dos bin ben op aan in',
    'klager medewerker senior leidinggevende directeur bestuurder klachtencoordinator beheerder collega naam niet bekend',
    'complainant employee manager director coordinator administrator colleague name not known',
  ]
    .join(' ')
    .split(' '),
);

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/\p{L}+/gu) ?? [];

/**
 * R11: whether a summary holds personal data of its complaint: part of a name that is known in it,
 * an e-mail address, or a row of digits as long as a phone number.
 */
export function holdsPersonalData(
  text: string,
  { name, concerned }: Pick<Intake, 'name' | 'concerned'>,
): boolean {
  const known = [name, ...concerned.map((person) => person.name)]
    .flatMap(wordsOf)
    .filter((word) => word.length > 1 && !impersonal.has(word));
  const words = new Set(wordsOf(text).flatMap((word) => [word, word.replace(/s$/, '')]));
  return (
    known.some((word) => words.has(word)) || /\S@\S+\.\S/.test(text) || /(?:\d[\s()./-]?){8,}\d/.test(text)
  );
}
