import type { NamePart } from './known-names.ts';
import { complainantRoles, particles, staffRoles, titles, wordSet } from './word-lists.ts';
import { isCapitalised, isLetter, type Word } from './words.ts';

/** A text with its words. */
export interface Reading {
  text: string;
  words: readonly Word[];
}

/** What in front of a name belongs to it. */
export interface Lead {
  start: number;
  /** How many of its 'tussenvoegsels' are there. */
  particles: number;
  /** How many initials are. */
  initials: number;
  /** Whether a title or a role stands in front of it. */
  introduced: boolean;
}

export const isWhite = (gap: string) => /^[\s\u00a0]{1,3}$/.test(gap);

/** Most titles and roles in front of a name. */
const mostTitles = 4;

/** Reads what in front of a name belongs to it: 'mevrouw drs. K.J. van der', 'Specht-', 'collega'. */
export function before({ text, words }: Reading, at: number, parts: readonly NamePart[]): Lead {
  const gap = (index: number) => text.slice(words[index]?.end ?? 0, words[index + 1]?.start ?? text.length);
  let first = at - particlesBefore({ text, words }, at, parts);
  const counted = at - first;
  const surname = first;
  const previous = words[first - 1];
  let initials = 0;
  if (previous && gap(first - 1) === '-' && isCapitalised(previous) && previous.plain.length > 1) first--;
  else {
    first = initialsBefore({ text, words }, first, parts);
    initials = surname - first;
  }
  const named = first;
  for (let seen = 0; seen < mostTitles; seen++) {
    const word = words[first - 1];
    if (!word || !/^(?:\.?[\s\u00a0]{1,2}|\.|\.?\/)$/.test(gap(first - 1))) break;
    if (!titles.has(word.plain) && !(isWhite(gap(first - 1)) && isRoleOf(word, parts))) break;
    first--;
  }
  const introduced = first < named;
  const article = words[first - 1];
  const title = words[first]?.plain ?? '';
  const takesArticle =
    introduced && (title === 'heer' || title === 'familie' || title === 'echtpaar' || !titles.has(title));
  if (takesArticle && article && /^(?:de|het|een)$/.test(article.plain) && isWhite(gap(first - 1))) first--;
  const quoted = words[first]?.plain === 't' && /['’‘`´]/.test(text.charAt((words[first]?.start ?? 0) - 1));
  return { start: (words[first]?.start ?? 0) - (quoted ? 1 : 0), particles: counted, initials, introduced };
}

const isRoleOf = ({ plain }: Word, parts: readonly NamePart[]) =>
  parts.some(({ person }) => (person.isComplainant ? complainantRoles : staffRoles).has(plain));

/** 'Tussenvoegsels' that are taken for each other. */
const alike = [
  wordSet('de den der d'),
  wordSet('het t'),
  wordSet('van von v'),
  wordSet('ten ter te'),
  wordSet('el al'),
];

/** How many words in front are the 'tussenvoegsels' of this name: 'van der', 'v.d.', 'vd', or the last of them. */
function particlesBefore({ text, words }: Reading, at: number, parts: readonly NamePart[]): number {
  let most = 0;
  for (const { particles: own } of parts) {
    let count = 0;
    let left = own.length;
    let exact = 0;
    while (left > 0) {
      const word = words[at - count - 1];
      const gap = text.slice(word?.end ?? 0, words[at - count]?.start ?? 0);
      if (!word || !/^(?:\s{1,2}|\.\s?|\/\s?|\.?\s?['’‘`´]|-)$/.test(gap)) break;
      const taken = takenBy(word, own.slice(0, left));
      if (taken === 0) break;
      if (word.plain !== own[left - 1] && taken === 1) exact--;
      left -= taken;
      count++;
    }
    /** 'de kanarie' is no 'van der Kanarie'. */
    if (count === 1 && exact < 0 && own.length > 1) count = 0;
    most = Math.max(most, count);
  }
  return most;
}

/** How many of the last 'tussenvoegsels' of a name a word stands for: 'vander' and 'vd' for two. */
function takenBy(word: Word, own: readonly string[]): number {
  const expected = own.at(-1) ?? '';
  const last = own.slice(-2);
  if (last.length === 2 && (word.plain === last.join('') || /^vd[nr]?$/.test(word.plain))) return 2;
  const isShort = word.plain === expected.charAt(0) && !isLetter(word);
  return word.plain === expected || isShort || alike.some((set) => set.has(word.plain) && set.has(expected))
    ? 1
    : 0;
}

/** Where the initials in front of a surname start: 'K.J.', 'K J', 'Th.'. */
function initialsBefore({ text, words }: Reading, at: number, parts: readonly NamePart[]): number {
  const isSurname = parts.some(({ position, person }) => position > 0 || person.parts === 1);
  if (!isSurname) return at;
  let first = at;
  for (let word = words[first - 1]; word && at - first < 5; word = words[first - 1]) {
    const gap = text.slice(word.end, words[first]?.start);
    const dotted = /^(?:\.\s?|\.?-)$/.test(gap);
    const isSmall = /^\p{Ll}$/u.test(word.text) && owns(parts, word);
    const isInitial =
      isLetter(word) || isSmall || (dotted && /^(?:Th|Ph|Ch|Chr|Fr|Joh|Jac|IJ)$/.test(word.text));
    const isOwn = isWhite(gap) && /^\p{Lu}{1,4}$/u.test(word.text) && owns(parts, word);
    if (!isOwn && !(isInitial && dotted)) break;
    first--;
  }
  return first;
}

const owns = (parts: readonly NamePart[], { plain }: Word) =>
  parts.some(({ person }) => [...plain].every((letter) => person.initials.has(letter)));

/** Whether a word is a 'tussenvoegsel'. */
export const isParticle = ({ plain }: Word) => particles.has(plain);
