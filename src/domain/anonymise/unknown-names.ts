import { type Finding, startsSentence, withStop } from './finding.ts';
import { isParticle, isWhite } from './name-lead.ts';
import { introduces, isImpersonal, titles } from './word-lists.ts';
import { isCapitalised, isLetter, placedWords, type Word } from './words.ts';

/** Most words of a name that is not known. */
const mostWords = 6;

/** Finds what may be a name by what stands in front of it: 'mevrouw Specht', 'collega J. van der Specht', 'mevrouw S.'. */
export function findUnknownNames(text: string): Finding[] {
  const words = placedWords(text);
  const findings: Finding[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as Word;
    if (!introduces(word.plain)) continue;
    const last = lastOfName(text, words, at);
    if (last === undefined) continue;
    const isTitled = titles.has(word.plain);
    const heer = word.plain === 'heer' && words[at - 1]?.plain === 'de' ? words[at - 1] : undefined;
    const start = isTitled ? (heer ?? word).start : (words[at + 1]?.start ?? word.start);
    const suggestion = startsSentence(text, start) ? 'Iemand' : 'iemand';
    findings.push({ start, end: endOf(text, words[last] ?? word), kind: 'name', suggestion, certain: false });
    at = last;
  }
  return findings;
}

/** The last word of the name that starts behind an introducing word, or nothing where there is none. */
function lastOfName(text: string, words: readonly Word[], at: number): number | undefined {
  const gapTo = (index: number) => text.slice(words[index - 1]?.end ?? 0, words[index]?.start ?? text.length);
  const isTitle = titles.has(words[at]?.plain ?? '');
  let last: number | undefined;
  for (let next = at + 1; next < words.length && next <= at + mostWords; next++) {
    const word = words[next] as Word;
    const gap = gapTo(next);
    const dotted =
      /^\.\s?$/.test(gap) && (isAbbreviation(words[next - 1] as Word) || isLetter(words[next - 1] as Word));
    if (!isWhite(gap) && !dotted && !(next > at + 1 && /^[-'’]$/.test(gap))) break;
    if (titles.has(word.plain) && last === undefined) continue;
    if (isLetter(word)) {
      if (isTitle) last = next;
      continue;
    }
    if (isParticle(word) && (isTitle || next > at + 1 || isCapitalised(word))) continue;
    if (!isCapitalised(word) || isImpersonal(word.plain)) break;
    last = next;
  }
  return last;
}

const endOf = (text: string, word: Word) => (isLetter(word) ? withStop(text, word.end) : word.end);

const isAbbreviation = ({ plain }: Word) => /^(?:dhr|mw|mevr|mvr|fam|dr|drs|ir|ing|prof|mr)$/.test(plain);
