import { startsSentence } from './finding.ts';
import type { Hit } from './hits.ts';
import { before, isWhite, type Lead, type Reading } from './name-lead.ts';
import {
  determiners,
  isFiniteVerb,
  isVerbOfPeople,
  ordinaryNouns,
  ordinaryOpeners,
  ordinaryWords,
  placeWords,
} from './ordinary-words.ts';
import { introduces, isImpersonal, titles } from './word-lists.ts';
import { gapBefore, isCapitalised, type Word } from './words.ts';

/** How sure it is that a word is a name; 'no' where it is one only next to another part of the name. */
export type Sureness = 'certain' | 'doubtful' | 'no';

/** A hit with what stands around it. */
interface Place {
  hit: Hit;
  word: Word;
  lead: Lead;
  capital: boolean;
  starts: boolean;
  /** The words next to it, or nothing where something stands in between. */
  previous: string;
  next: string;
  /** The characters behind it. */
  rest: string;
}

/** Tells a known name from an ordinary word by its capital, what stands in front of it and what behind it. */
export function surenessOf(reading: Reading, hit: Hit): Sureness {
  const { words, text } = reading;
  const word = words[hit.from] as Word;
  const near = (at: number, gapAt: number) =>
    isWhite(gapBefore(reading, gapAt)) ? (words[at]?.plain ?? '') : '';
  const place: Place = {
    hit,
    word,
    lead: before(reading, hit.from, hit.parts),
    capital: isCapitalised(word),
    starts: startsSentence(text, word.start),
    previous: near(hit.from - 1, hit.from),
    next: near(hit.to + 1, hit.to + 1),
    rest: text.slice(words[hit.to]?.end, (words[hit.to]?.end ?? 0) + 3),
  };
  const shouted = !/\p{Ll}/u.test(text);
  if (hit.mistyped) return ofMistyped(place, shouted);
  if (isNamed(reading, place)) return 'doubtful';
  const isPlural = /(?:e|el|er|en|em|aar|ie|a|o)$/.test(hit.name);
  if (!isOrdinary(hit.name) || (hit.genitive && !isPlural)) {
    const isMany =
      hit.genitive && isPlural && (!place.capital || (place.starts && pluralVerbs.test(place.next)));
    return isMany || (!place.capital && isDetermined(reading, place)) ? 'doubtful' : 'certain';
  }
  if (place.lead.particles > 1 || place.lead.initials > 0) return 'certain';
  if (!place.capital || shouted) return ofLowerCase(place, shouted);
  if (place.lead.introduced || !place.starts) return 'certain';
  return opensSentence(place) ? 'certain' : 'doubtful';
}

/** 'Merels zijn' are many, 'Merels toon' is of one. */
const pluralVerbs = /^(?:zijn|waren|worden|werden|hebben|hadden|en)$/;

const isOrdinary = (name: string) =>
  ordinaryNouns.has(name) || ordinaryOpeners.has(name) || ordinaryWords.has(name);

function ofMistyped({ lead, capital, starts, hit }: Place, shouted: boolean): Sureness {
  const isCapital = capital && !shouted;
  if (lead.particles > 1 || (isCapital && (lead.introduced || lead.initials > 0))) return 'certain';
  if (lead.introduced) return 'doubtful';
  return isCapital && (!starts || hit.name.length > 5) ? 'doubtful' : 'no';
}

/** Whether a place or a group has the name: 'zaal De Vink', 'afdeling Merel'. */
function isNamed(reading: Reading, { hit, lead }: Place): boolean {
  const plainAt = (at: number) =>
    gapBefore(reading, at + 1) === ' ' ? (reading.words[at]?.plain ?? '') : '';
  const last = hit.from - lead.particles - 1;
  const isArticle = /^(?:de|het|t)$/.test(plainAt(last));
  return placeWords.has(plainAt(isArticle ? last - 1 : last));
}

/** Whether an article or the like makes it a noun: 'de merel', 'een gele kanarie'. */
function isDetermined({ words }: Reading, { hit, previous, lead }: Place): boolean {
  if (lead.particles > 0) return false;
  if (determiners.has(previous)) return true;
  const isAdjective = previous.endsWith('e') && !introduces(previous) && !isImpersonal(previous);
  return isAdjective && determiners.has(words[hit.from - 2]?.plain ?? '');
}

/** A sentence hardly starts with a noun without an article, or with a verb in front of another one, 'en' or a comma. */
function opensSentence({ hit, next, rest }: Place): boolean {
  if (ordinaryNouns.has(hit.name)) {
    return (
      !hit.genitive || (next !== '' && !/en$/.test(next) && !isFiniteVerb(next) && !ordinaryWords.has(next))
    );
  }
  if (!ordinaryWords.has(hit.name)) return isVerbOfPeople(next);
  return isFiniteVerb(next) || next === 'en' || /^(?:,|['’]s )/.test(rest);
}

/** Where capitals tell nothing: by words that stand in front of people, or by what people do behind it. */
function ofLowerCase({ hit, lead, starts, previous, next }: Place, shouted: boolean): Sureness {
  if (/^(?:volgens|namens|aldus)$/.test(previous)) return 'certain';
  if (ordinaryWords.has(hit.name)) {
    if (starts && isFiniteVerb(next)) return 'certain';
    const isSubject = /^(?:dat|omdat|of|toen)$/.test(previous) && isFiniteVerb(next);
    return shouted || isSubject || /^(?:met|door|bij)$/.test(previous) ? 'doubtful' : 'no';
  }
  const isNoun = ordinaryNouns.has(hit.name);
  if (titles.has(previous) || lead.introduced) {
    return isNoun && (titles.has(previous) || previous === 'collega') ? 'certain' : 'doubtful';
  }
  if (lead.particles > 0) return 'doubtful';
  if (determiners.has(previous) || !isNoun) return 'no';
  if (starts && (shouted || isVerbOfPeople(next))) return 'certain';
  const beside =
    starts || /^(?:met|door|aan|tegen|naar|en|omdat|of|toen)$/.test(previous) || isVerbOfPeople(previous);
  return shouted || beside || isVerbOfPeople(next) ? 'doubtful' : 'no';
}
