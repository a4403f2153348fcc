import { type Finding, startsSentence, withStop } from './finding.ts';
import { isWhite, type Reading } from './name-lead.ts';
import { determiners, isNoName } from './ordinary-words.ts';
import { particles, relatives } from './word-lists.ts';
import { gapBefore, isCapitalised, isLetter, type Word } from './words.ts';

/** Most words of such a name. */
const mostWords = 6;
/** Words behind which a letter is no initial: 'gebouw B'. */
const numbered =
  /^(?:bijlage|gebouw|lid|kamer|lijn|blok|hal|zaal|groep|vitamine|optie|plan|type|vak|deel|fase|punt)$/;

/** Finds what may be somebody's name by its capitals: 'Fenna Wulp', 'S. Roodborst', 'Nachtegaal, B.'. */
export function findCapitalisedNames(reading: Reading): Finding[] {
  const { text } = reading;
  const findings: Finding[] = [];
  for (let at = 0; at < reading.words.length; at++) {
    const last = lastOfName(reading, at);
    if (last === undefined) continue;
    const word = reading.words[last] as Word;
    const start = reading.words[at]?.start ?? 0;
    const suggestion = startsSentence(text, start) ? 'Iemand' : 'iemand';
    const end = isLetter(word) ? withStop(text, word.end) : word.end;
    findings.push({ start, end, kind: 'name', suggestion, certain: false });
    at = last;
  }
  return findings;
}

/** The last word of a name that starts at a word: of two words with a capital, or of one with initials. */
function lastOfName(reading: Reading, at: number): number | undefined {
  const { words } = reading;
  const word = words[at] as Word;
  const previous = isWhite(gapBefore(reading, at)) ? (words[at - 1]?.plain ?? '') : '';
  // 'dat' joins sentences more often than it points.
  if (determiners.has(previous) && previous !== 'dat') return undefined;
  let last = at;
  let named = 0;
  if (isLetter(word)) {
    if (numbered.test(previous) || !/^\.\s?$/.test(gapBefore(reading, at + 1))) return undefined;
    while (isInitial(reading, last + 1)) last++;
  } else if (isNameLike(reading, word)) named = 1;
  else if (!isLeadingParticle(reading, at)) return undefined;
  for (
    let next = nextOfName(reading, last);
    next && next - at < mostWords;
    next = nextOfName(reading, last)
  ) {
    last = next;
    named++;
  }
  if (named > 1 || (named === 1 && last > at)) return last;
  if (named === 0 || !/^,\s?$/.test(gapBefore(reading, at + 1))) return undefined;
  while (isInitial(reading, last + 1) && (last === at || /^\.\s?$/.test(gapBefore(reading, last + 1))))
    last++;
  return last > at ? last : undefined;
}

const isInitial = (reading: Reading, at: number) =>
  reading.words[at] !== undefined &&
  isLetter(reading.words[at] as Word) &&
  /^\./.test(gapBefore(reading, at + 1));

/** The next word of the name, behind any 'tussenvoegsels', or nothing where the name ends. */
function nextOfName(reading: Reading, last: number): number | undefined {
  const joins = (index: number) => {
    const gap = gapBefore(reading, index);
    const isInitials = isLetter(reading.words[index - 1] as Word) && /^\.\s?$/.test(gap);
    return /^(?:[ \u00a0]|[-'’])$/.test(gap) || isInitials;
  };
  let next = last + 1;
  while (particles.has(reading.words[next]?.plain ?? '') && joins(next)) next++;
  const word = reading.words[next];
  return word && joins(next) && isNameLike(reading, word) ? next : undefined;
}

/** Whether a word has a capital that neither an ordinary word nor an organisation would have. */
const isNameLike = ({ text }: Reading, word: Word) =>
  /^\p{Lu}\p{Ll}+$/u.test(word.text) &&
  !/\d/.test(text.charAt(word.end)) &&
  !isNoName(word.plain) &&
  !relatives.has(word.plain);

/** Whether a name starts with this 'tussenvoegsel': 'Van der Wulp' within a sentence. */
function isLeadingParticle({ text, words }: Reading, at: number): boolean {
  const word = words[at] as Word;
  const isLeading = isCapitalised(word) && /^(?:van|von|vd|el|al|ter|ten)$/.test(word.plain);
  return isLeading && !startsSentence(text, word.start);
}
