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
  if (/^[A-Za-z]*$/.test(word)) return word.toLowerCase();
  const plain = word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.replace(/[øłßđðıæœ]/g, (letter) => letters[letter] ?? letter);
}

export const isCapitalised = ({ text }: Word) => /^\p{Lu}/u.test(text);
export const isLetter = ({ text }: Word) => /^\p{Lu}$/u.test(text);

/** What stands between a word and the one in front of it. */
export function gapBefore({ text, words }: { text: string; words: readonly Word[] }, at: number): string {
  return text.slice(words[at - 1]?.end ?? 0, words[at]?.start ?? text.length);
}
