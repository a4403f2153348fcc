/** A word where it stands in a text. */
export interface Word {
  start: number;
  end: number;
  text: string;
  /** Without case and accents. */
  plain: string;
}

const letters: Record<string, string> = { ø: 'o', ł: 'l', ß: 'ss', đ: 'd', ð: 'd', ı: 'i', æ: 'ae', œ: 'oe' };

/** The words of a text with their places. */
export function placedWords(text: string): Word[] {
  return Array.from(text.matchAll(/\p{L}[\p{L}\p{M}]*/gu), ({ 0: word, index }) => ({
    start: index,
    end: index + word.length,
    text: word,
    plain: plainOf(word),
  }));
}

function plainOf(word: string): string {
  const plain = word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.replace(/[øłßđðıæœ]/g, (letter) => letters[letter] ?? letter);
}

export const isCapitalised = ({ text }: Word) => /^\p{Lu}/u.test(text);
export const isLetter = ({ text }: Word) => /^\p{Lu}$/u.test(text);
