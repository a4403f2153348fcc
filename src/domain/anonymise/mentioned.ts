import { type Complaint, intakesOf } from '../complaint.ts';
import { type Finding, startsSentence } from './finding.ts';
import { isWhite, type Reading } from './name-lead.ts';
import { isNoName } from './ordinary-words.ts';
import { gapBefore, isCapitalised, placedWords, type Word } from './words.ts';

/** Shortest word that is taken for a name. */
const shortest = 3;

/** Words with a capital within a sentence in what was typed of a complaint: they may be somebody's name. */
export function mentionedIn(complaint: Complaint): ReadonlySet<string> {
  const told = complaint.timeline.flatMap((entry) => {
    if (entry.kind !== 'conversationRecorded') return [];
    return entry.content.held ? entry.content.account : entry.content.explanation;
  });
  const typed = intakesOf(complaint).flatMap(({ description, wish = '', evidence = '' }) => [
    description,
    wish,
    evidence,
  ]);
  const words = [...typed, ...told].flatMap((text) =>
    placedWords(text).filter((word) => isNameLike(word) && !startsSentence(text, word.start)),
  );
  return new Set(words.map(({ plain }) => plain));
}

/** Finds such words in a text for the record, each stretch of them as one finding; what they are is doubtful. */
export function findMentioned({ text, words }: Reading, mentioned: ReadonlySet<string>): Finding[] {
  const findings: Finding[] = [];
  for (let at = 0; at < words.length; at++) {
    const isMentioned = (index: number) => {
      const word = words[index];
      return word !== undefined && isNameLike(word) && mentioned.has(word.plain);
    };
    if (!isMentioned(at)) continue;
    let last = at;
    while (isMentioned(last + 1) && isWhite(gapBefore({ text, words }, last + 1))) last++;
    const [start, end] = [words[at]?.start ?? 0, words[last]?.end ?? 0];
    const suggestion = startsSentence(text, start) ? 'Iemand' : 'iemand';
    findings.push({ start, end, kind: 'name', suggestion, certain: false });
    at = last;
  }
  return findings;
}

const isNameLike = (word: Word) =>
  isCapitalised(word) && word.plain.length >= shortest && !isNoName(word.plain);
