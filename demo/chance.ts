import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Chance, the same for the same seed. */
export type Chance = ReturnType<typeof createChance>;

const consonants = [...'bdfgklmnprstvz'];
const vowels = [...'aeiou'];

/** Makes chance from a seed. */
export function createChance(seed: number) {
  const generator = xoroshiro128plus(seed);
  /** A whole number from `least` to `most`, both included. */
  const between = (least: number, most: number) => uniformInt(generator, least, most);
  const pick = <T>(of: readonly T[]): T => of[between(0, of.length - 1)] as T;
  const letter = () => pick(consonants).toUpperCase();
  return {
    between,
    pick,
    letter,
    /** One of several, some more often than others. */
    weighted: <T>(of: readonly T[], weights: readonly number[]): T => {
      let left = between(
        1,
        weights.reduce((sum, weight) => sum + weight, 0),
      );
      const index = weights.findIndex((weight) => {
        left -= weight;
        return left <= 0;
      });
      return of[index] as T;
    },
    shuffle: <T>(of: readonly T[]): T[] => {
      const left = [...of];
      return of.map(() => left.splice(between(0, left.length - 1), 1)[0] as T);
    },
    /** A word that is nobody's name and no word either. */
    word: () =>
      letter() + pick(vowels) + Array.from({ length: 3 }, () => pick(consonants) + pick(vowels)).join(''),
  };
}
