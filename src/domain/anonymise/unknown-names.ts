import { type Finding, startsSentence, withStop } from './finding.ts';
import { isParticle, isWhite, type Reading } from './name-lead.ts';
import { isFiniteVerb, isNoName, isPublic, ordinaryOpeners } from './ordinary-words.ts';
import { introduces, isImpersonal, relatives, titles } from './word-lists.ts';
import { gapBefore, isCapitalised, isLetter, type Word } from './words.ts';

/** Most words of a name that is not known. */
const mostWords = 6;
/** Words of letters that stand in front of a name, with a comma or a new line in between. */
const greetings = /^(?:groet|groeten|groetjes|mvg|hoogachtend|beste|geachte|hallo|hoi|lieve)$/;

/** Finds what may be a name by what stands in front of it: 'mevrouw Specht', 'collega J. van der Specht', 'mevrouw S.'. */
export function findUnknownNames({ text, words }: Reading): Finding[] {
  const findings: Finding[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as Word;
    if (!introduces(word.plain) && !greetings.test(word.plain)) continue;
    const last = lastOfName(text, words, at) ?? lowerCaseName(text, words, at);
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
  const first = words[at] as Word;
  const isTitle = titles.has(first.plain);
  let last: number | undefined;
  for (let next = at + 1; next < words.length && next <= at + mostWords; next++) {
    const word = words[next] as Word;
    const before = words[next - 1] as Word;
    const gap = gapBefore({ text, words }, next);
    const dotted = /^\.\s?$/.test(gap) && (isAbbreviation(before) || isLetter(before));
    const apart = next === at + 1 && isApart(first, gap) && !isNoName(word.plain);
    const hyphened = next > at + 1 && /^[-'’]$/.test(gap);
    if (!isWhite(gap) && !dotted && !apart && !hyphened) break;
    if (titles.has(word.plain) && last === undefined) continue;
    if (isLetter(word)) {
      if (isTitle) last = next;
      continue;
    }
    if (isParticle(word) && (isTitle || next > at + 1 || isCapitalised(word))) continue;
    if (/\d/.test(text.charAt(word.end))) break;
    if (!isCapitalised(word) || isImpersonal(word.plain) || isPublic(word.plain)) break;
    /** 'MW. SPECHT WACHT': in capitals nothing tells where a name ends. */
    if (last !== undefined && !hyphened && [first, word].every(isShouted)) break;
    last = next;
  }
  return last;
}

/** Whether a name may stand behind this mark: 'zoon (Joris)', 'dochter: Linde', 'Groet,' and a new line. */
function isApart({ plain }: Word, gap: string): boolean {
  if (greetings.test(plain)) return /^,?\s{1,3}$/.test(gap);
  return /^\s?\($/.test(gap) ? !titles.has(plain) : relatives.has(plain) && /^:\s$/.test(gap);
}

/** A name in lower case behind a form of address, where a verb follows or where somebody is from: 'dhr. groen belt'. */
function lowerCaseName(text: string, words: readonly Word[], at: number): number | undefined {
  const [title, word, next] = words.slice(at, at + 3);
  if (!title || !word || !titles.has(title.plain) || isCapitalised(word) || word.plain.length < 3)
    return undefined;
  const reading = { text, words };
  if (!/^\.?\s$/.test(gapBefore(reading, at + 1)) || isUnlike(word.plain)) return undefined;
  const goesOn = next && isWhite(gapBefore(reading, at + 2)) && isFiniteVerb(next.plain);
  const isFrom = isAbbreviation(title) && next && /^(?:v|van|vd)$/.test(next.plain);
  return goesOn || isFrom ? at + 1 : undefined;
}

/** Whether a word in lower case is no name: an ordinary word, an adverb or a participle. */
const isUnlike = (word: string) =>
  (isNoName(word) && !ordinaryOpeners.has(word)) || introduces(word) || participleOrAdverb.test(word);
const participleOrAdverb = /^(?:ge|be|ver|ont|her|op|aan|af|uit)\p{L}+(?:d|t|en)$|(?:lijk|ig|des)$/u;

const endOf = (text: string, word: Word) => (isLetter(word) ? withStop(text, word.end) : word.end);

const isShouted = ({ text }: Word) => text.length > 1 && text === text.toUpperCase();
const isAbbreviation = ({ plain }: Word) =>
  /^(?:dhr|hr|mw|mevr|mvr|mej|fam|dr|drs|ir|ing|prof|mr)$/.test(plain);
