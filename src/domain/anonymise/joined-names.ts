/** A word of a name, and whether it is a 'tussenvoegsel'. */
export interface NameWord {
  plain: string;
  isParticle: boolean;
}

/** The least letters of words written as one. */
const leastJoined = 6;
const leastWithParticle = 5;

/** How a word of a name is written together with those in front of it: 'vanderkanarie', 'rvdkanarie', 'annefleur'. */
export function joinedForms(words: readonly NameWord[], at: number): string[] {
  let first = at;
  while (words[first - 1]?.isParticle) first--;
  const own = words[at]?.plain ?? '';
  const before = words.slice(first, at).map(({ plain }) => plain);
  const given = words.slice(0, first).flatMap(({ plain, isParticle }) => (isParticle ? [] : plain));
  const heads = ['', initialsOf(given), given.join(''), given[0] ?? '', given.at(-1) ?? ''];
  const least = before.length > 0 ? leastWithParticle : leastJoined;
  const forms = heads.flatMap((head) =>
    [before.join(''), initialsOf(before), before.at(-1) ?? '', ''].map((middle) => head + middle + own),
  );
  return [...new Set(forms)].filter((form) => form !== own && form.length >= least);
}

/** The first letters of some words. */
export const initialsOf = (words: readonly string[]) => words.map((word) => word.charAt(0)).join('');
