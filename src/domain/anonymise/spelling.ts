/** The least letters of a name that is looked for with a typing error in it: shorter ones are too like other words. */
export const leastOfSlip = 5;

/** Whether one word is the other with one letter more, less or other, or with two swapped. */
export function isSlip(one: string, other: string): boolean {
  if (one.length < other.length) return isSlip(other, one);
  let same = 0;
  while (same < other.length && one[same] === other[same]) same++;
  const long = one.slice(same);
  const short = other.slice(same);
  if (long.length > short.length) return long.slice(1) === short;
  const isSwap = long[0] === short[1] && long[1] === short[0] && long.slice(2) === short.slice(2);
  return isSwap || long.slice(1) === short.slice(1);
}

/** A word as it sounds, roughly: 'Tjaling' is 'Tjalling', 'Meijer' is 'Meyer', 'Sofie' is 'Sophie'. */
export function soundOf(word: string): string {
  return word
    .replace(/ph/g, 'f')
    .replace(/ij|ei/g, 'y')
    .replace(/ck|c(?!h)|q/g, 'k')
    .replace(/th|dt/g, 't')
    .replace(/z/g, 's')
    .replace(/(.)\1+/g, '$1');
}

/** Under what a word is looked up: two words that are a slip apart, or sound alike, have one of these in common. */
export function slipKeys(word: string): string[] {
  const keys = [word, `~${soundOf(word)}`];
  for (let at = 0; at < word.length; at++) keys.push(word.slice(0, at) + word.slice(at + 1));
  return keys;
}
