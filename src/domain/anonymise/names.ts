import { type Finding, startsSentence, withStop } from './finding.ts';
import type { NamePart } from './known-names.ts';
import { before, isWhite, type Reading } from './name-lead.ts';
import { ordinaryNouns, ordinaryWords, particles, titles } from './word-lists.ts';
import { isCapitalised, isLetter, placedWords, type Word } from './words.ts';

/** A word of the text that is part of a known name. */
interface Hit {
  parts: readonly NamePart[];
  genitive: boolean;
  /** How sure it is by itself. */
  sure: 'certain' | 'doubtful' | 'no';
}

/** Finds the names that are known, whole or in part, each stretch of one person's names as one finding. */
export function findKnownNames(text: string, known: ReadonlyMap<string, readonly NamePart[]>): Finding[] {
  if (known.size === 0) return [];
  const reading: Reading = { text, words: placedWords(text) };
  const shouted = !/\p{Ll}/u.test(text);
  const findings: Finding[] = [];
  for (let at = 0; at < reading.words.length; at++) {
    const hit = hitAt(reading, at, known, shouted);
    if (!hit) continue;
    const last = runFrom(reading, at, hit, known, shouted);
    if (hit.sure === 'no' && (last.at === at || !ordinaryNouns.has(reading.words[at]?.plain ?? ''))) continue;
    findings.push(findingOf(reading, at, hit, last));
    at = last.at;
  }
  return findings;
}

function hitAt(
  reading: Reading,
  at: number,
  known: ReadonlyMap<string, readonly NamePart[]>,
  shouted: boolean,
): Hit | undefined {
  const word = reading.words[at];
  if (!word) return undefined;
  const whole = known.get(word.plain);
  const parts = whole ?? (word.plain.endsWith('s') ? known.get(word.plain.slice(0, -1)) : undefined);
  if (!parts || word.plain.length < 2) return undefined;
  return { parts, genitive: !whole, sure: sureness(reading, at, word, parts, !whole, shouted) };
}

/** A name that is an ordinary word too is told from it by its capital and by what stands in front of it. */
function sureness(
  reading: Reading,
  at: number,
  word: Word,
  parts: readonly NamePart[],
  genitive: boolean,
  shouted: boolean,
): Hit['sure'] {
  const name = genitive ? word.plain.slice(0, -1) : word.plain;
  const isNoun = ordinaryNouns.has(name);
  const isPlural = /(?:e|el|er|en|em|aar|ie|a|o)$/.test(name);
  if (!(isNoun || ordinaryWords.has(name)) || (genitive && !isPlural)) return 'certain';
  const led = before(reading, at, parts);
  if (led.particles > 1 || led.initials > 0) return 'certain';
  const titled = titles.has(reading.words[at - 1]?.plain ?? '') && isWhite(gapBefore(reading, at));
  if (!isCapitalised(word)) {
    if (!isNoun) return 'no';
    if (titled) return 'certain';
    return led.particles > 0 ? 'doubtful' : 'no';
  }
  if (shouted) return 'doubtful';
  return led.introduced || !startsSentence(reading.text, word.start) ? 'certain' : 'doubtful';
}

/** What stands between a word and the one in front of it. */
export function gapBefore({ text, words }: Reading, at: number): string {
  return text.slice(words[at - 1]?.end ?? 0, words[at]?.start ?? text.length);
}

/** How far the names of the same person go on: 'Kanarie van der Berg', 'Berg-Kanarie'. */
function runFrom(
  reading: Reading,
  from: number,
  first: Hit,
  known: ReadonlyMap<string, readonly NamePart[]>,
  shouted: boolean,
): { at: number; hit: Hit; parts: readonly NamePart[]; sure: Hit['sure'] } {
  let last = { at: from, hit: first, parts: first.parts, sure: first.sure };
  while (!last.hit.genitive) {
    let next = last.at + 1;
    while (particles.has(reading.words[next]?.plain ?? '') && isJoin(gapBefore(reading, next))) next++;
    const hit = isJoin(gapBefore(reading, next)) ? hitAt(reading, next, known, shouted) : undefined;
    if (!hit || (hit.sure === 'no' && !ordinaryNouns.has(reading.words[next]?.plain ?? ''))) break;
    const parts = last.parts.filter(({ person }) => hit.parts.some((part) => part.person === person));
    if (parts.length === 0) break;
    last = { at: next, hit, parts, sure: 'certain' };
  }
  return last;
}

const isJoin = (gap: string) => /^[\s.\-–/'’‘`]{1,3}$/.test(gap) && !/[.]\s|\n/.test(gap);

function findingOf(reading: Reading, at: number, first: Hit, run: ReturnType<typeof runFrom>): Finding {
  const { text, words } = reading;
  const { start } = before(reading, at, first.parts);
  let end = words[run.at]?.end ?? 0;
  let { genitive } = run.hit;
  const after = words[run.at + 1];
  if (after?.plain === 's' && /^['’‘`]$/.test(gapBefore(reading, run.at + 1))) {
    end = after.end;
    genitive = true;
  } else if (!genitive) end = endBehind(reading, run.at, run.parts);
  const isComplainant = run.parts[0]?.person.isComplainant ?? false;
  const stand = isComplainant
    ? genitive
      ? 'klagers'
      : 'de klager'
    : genitive
      ? 'medewerkers'
      : 'een medewerker';
  const capital = startsSentence(text, start) && /^\p{Lu}/u.test(text.slice(start));
  const suggestion = capital ? stand.charAt(0).toUpperCase() + stand.slice(1) : stand;
  return { start, end, kind: 'name', suggestion, certain: run.sure === 'certain' };
}

/** Takes in an unknown name behind a hyphen ('Berg-Specht') and initials behind a comma ('Berg, K.J.'). */
function endBehind(reading: Reading, at: number, parts: readonly NamePart[]): number {
  let next = at + 1;
  let end = reading.words[at]?.end ?? 0;
  if (/^\s?[-–]\s?$/.test(gapBefore(reading, next))) {
    while (particles.has(reading.words[next]?.plain ?? '') && isWhite(gapBefore(reading, next + 1))) next++;
    const word = reading.words[next];
    return word && isCapitalised(word) && word.plain.length > 1 ? word.end : end;
  }
  for (let letter = reading.words[next]; letter && isLetter(letter); letter = reading.words[++next]) {
    const gap = gapBefore(reading, next);
    const joined = end === reading.words[at]?.end ? /^,\s?$/.test(gap) : /^\.\s?$/.test(gap);
    if (!joined || !parts.some(({ person }) => person.initials.has(letter.plain))) break;
    end = letter.end;
  }
  return end === reading.words[at]?.end ? end : withStop(reading.text, end);
}
