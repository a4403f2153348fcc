import type { KnownNames, NamePart } from './known-names.ts';
import type { Reading } from './name-lead.ts';
import { isNoName, ordinaryNouns, ordinaryOpeners } from './ordinary-words.ts';
import { isSlip, leastOfSlip, slipKeys, soundOf } from './spelling.ts';
import { gapBefore, isCapitalised, type Word } from './words.ts';

/** Words of the text that are part of a known name. */
export interface Hit {
  /** The first and the last word of it: 'Anne Fleur' is 'Annefleur' in two. */
  from: number;
  to: number;
  parts: readonly NamePart[];
  /** The known word, or words written as one. */
  name: string;
  genitive: boolean;
  mistyped: boolean;
}

/** The least letters of a name that is found in two words. */
const leastInTwo = 6;
/** The longest word that is looked at for a typing error. */
const longestWord = 40;

/** The name that is known by a word, by it and the next one, or by a word that is a typing error away. */
export function hitAt(reading: Reading, at: number, known: KnownNames): Hit | undefined {
  const word = reading.words[at];
  if (!word || word.plain.length < 2) return undefined;
  const hit = { from: at, to: at, genitive: false, mistyped: false };
  const asKnown = (name: string) => known.words.get(name) ?? known.joined.get(name);
  const whole = asKnown(word.plain);
  if (whole) return { ...hit, parts: whole, name: word.plain };
  const two = inTwo(reading, at, known);
  if (two) return { ...hit, ...two, to: at + 1 };
  const owner = word.plain.slice(0, -1);
  const ofOwner = word.plain.endsWith('s') ? asKnown(owner) : undefined;
  if (ofOwner) return { ...hit, parts: ofOwner, name: owner, genitive: true };
  const meant = meantBy(word, known);
  const parts = meant && known.words.get(meant);
  return parts ? { ...hit, parts, name: meant, mistyped: true } : undefined;
}

function inTwo(reading: Reading, at: number, known: KnownNames) {
  const one = reading.words[at]?.plain ?? '';
  const other = reading.words[at + 1]?.plain ?? '';
  const name = one + other;
  if (one.length < 2 || other.length < 2 || name.length < leastInTwo) return undefined;
  const parts = /^[ -]$/.test(gapBefore(reading, at + 1)) ? known.words.get(name) : undefined;
  return parts && { parts, name };
}

/** The known word that is a typing error away from a word that is no ordinary one. */
function meantBy({ plain }: Word, { slips }: KnownNames): string | undefined {
  if (plain.length < leastOfSlip - 1 || plain.length > longestWord || isNoName(plain)) return undefined;
  if (ordinaryNouns.has(plain) || ordinaryOpeners.has(plain)) return undefined;
  const near = slipKeys(plain).flatMap((key) => slips.get(key) ?? []);
  return near.find((name) => isSlip(plain, name) || soundOf(plain) === soundOf(name));
}

/** Whether a hit begins with a capital. */
export function hasCapital({ words }: Reading, { from }: Hit): boolean {
  const word = words[from];
  return word !== undefined && isCapitalised(word);
}
