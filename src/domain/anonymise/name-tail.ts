import { withStop } from './finding.ts';
import type { NamePart } from './known-names.ts';
import { isWhite, type Reading } from './name-lead.ts';
import { particles } from './word-lists.ts';
import { gapBefore, isCapitalised, isLetter, type Word } from './words.ts';

/** What behind a name belongs to it. */
export interface Tail {
  end: number;
  genitive: boolean;
  /** Whether initials stand there: then it is no ordinary word. */
  hasInitials: boolean;
}

/** Reads what behind the last word of a name belongs to it: "'s", '-Specht', ', K.J. van der'. */
export function behind(reading: Reading, at: number, parts: readonly NamePart[]): Tail {
  const { text, words } = reading;
  const last = words[at];
  const end = last?.end ?? 0;
  const after = words[at + 1];
  const gap = gapBefore(reading, at + 1);
  const none = { end, genitive: false, hasInitials: false };
  if (after?.plain === 's' && /^['’‘`´]$/.test(gap)) return { ...none, end: after.end, genitive: true };
  if (last && /[sxz]$/.test(last.plain) && /^['’]\s\p{Ll}/u.test(text.slice(end, end + 3))) {
    return isQuoted(text.slice(0, end)) ? none : { ...none, end: end + 1, genitive: true };
  }
  const hyphened = /^ ?[-–] ?$/.test(gap) ? hyphenedEnd(reading, at) : undefined;
  if (hyphened) return { ...none, end: hyphened };
  const initials = initialsEnd(reading, at, parts);
  return { ...none, end: initials, hasInitials: initials > end };
}

/** Whether a quotation was opened that the next mark may close. */
const isQuoted = (text: string) => /(?:^|[\s(:])['‘](?![snt] )/.test(text);

/** The end of an unknown name behind a hyphen: 'Berg-van der Specht'. */
function hyphenedEnd(reading: Reading, at: number): number | undefined {
  let next = at + 1;
  while (particles.has(reading.words[next]?.plain ?? '') && isWhite(gapBefore(reading, next + 1))) next++;
  const word = reading.words[next];
  return word && isCapitalised(word) && word.plain.length > 1 ? word.end : undefined;
}

/** Whether a word is an initial, or, as the first of them, some in one: 'JP'. */
const isInitial = (word: Word, isLater: boolean) =>
  isLetter(word) || (!isLater && /^\p{Lu}{2,4}$/u.test(word.text));

/** The end of initials behind a comma and of the 'tussenvoegsels' behind everything: 'Berg, K.J. van den'. */
function initialsEnd(reading: Reading, at: number, parts: readonly NamePart[]): number {
  const { text, words } = reading;
  let last = at;
  for (let letter = words[last + 1]; letter && isInitial(letter, last > at); letter = words[last + 1]) {
    const isDotted = text.startsWith('.', letter.end) || !isLetter(letter);
    const joined = last > at ? /^\.\s?$/ : isDotted ? /^,?\s?$/ : /^,\s?$/;
    if (!joined.test(gapBefore(reading, last + 1))) break;
    if (!parts.some(({ person }) => [...letter.plain].every((each) => person.initials.has(each)))) break;
    last++;
  }
  const trailing = Math.max(0, ...parts.map(({ person }) => trailingAt(reading, last + 1, person.particles)));
  const end = words[last + trailing]?.end ?? 0;
  return last === at || trailing > 0 ? end : withStop(text, end);
}

/** How many 'tussenvoegsels' stand at a place with nothing behind them that they could belong to. */
function trailingAt(reading: Reading, from: number, own: readonly string[]): number {
  const isThere = own.every(
    (particle, at) =>
      reading.words[from + at]?.plain === particle && /^(?:[,.]?\s|\.)$/.test(gapBefore(reading, from + at)),
  );
  const end = reading.words[from + own.length - 1]?.end ?? 0;
  return isThere && !/^\s\p{L}/u.test(reading.text.slice(end, end + 2)) ? own.length : 0;
}
