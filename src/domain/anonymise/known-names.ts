import { type Complaint, intakesOf } from '../complaint.ts';
import { initialsOf, joinedForms } from './joined-names.ts';
import { leastOfSlip, slipKeys } from './spelling.ts';
import { isImpersonal, particles } from './word-lists.ts';
import { placedWords } from './words.ts';

/** Somebody whose name the complaint knows. */
export interface KnownPerson {
  isComplainant: boolean;
  /** The first letters of the parts of the name. */
  initials: ReadonlySet<string>;
  /** How many parts the name has, without 'tussenvoegsels'. */
  parts: number;
  /** All 'tussenvoegsels' in it. */
  particles: readonly string[];
}

/** A word of a name by which somebody is known. */
export interface NamePart {
  person: KnownPerson;
  position: number;
  /** The 'tussenvoegsels' in front of it. */
  particles: readonly string[];
}

/** Names by all ways in which they are looked up. */
export interface KnownNames {
  /** By each word of a name: 'kanarie'. */
  words: ReadonlyMap<string, readonly NamePart[]>;
  /** By words written as one: 'vanderkanarie'. */
  joined: ReadonlyMap<string, readonly NamePart[]>;
  /** Words of names by the keys of `slipKeys`. */
  slips: ReadonlyMap<string, readonly string[]>;
  /** By the first letters of all words: 'rvdk'. */
  initials: ReadonlyMap<string, readonly NamePart[]>;
}

/** Somebody whom a complaint names. */
export interface Named {
  name: string;
  isComplainant: boolean;
}

/** Everybody whom a complaint names: in any intake, as handler, as logger, asked, involved or in the timeline. */
export function peopleIn(complaint: Complaint): Named[] {
  const { timeline, handler, loggedBy, earlierHandlers, informed, involved } = complaint;
  const mentioned = timeline.flatMap((entry) => {
    if (entry.kind === 'complaintReassigned') return entry.content.to;
    return entry.kind === 'personInvolved' || entry.kind === 'personReleased' ? entry.content.person : [];
  });
  const complained = intakesOf(complaint);
  const staff = [handler, loggedBy, ...earlierHandlers, ...informed, ...involved, ...mentioned];
  const others = [
    ...staff,
    ...timeline.map(({ by }) => by),
    ...complained.flatMap(({ concerned }) => concerned),
  ];
  return [
    ...complained.map(({ name }) => ({ name, isComplainant: true })),
    ...others.map(({ name }) => ({ name, isComplainant: false })),
  ];
}

/** The words of all names of some people, each person once; complainants' come first where they do in the list. */
export function knownNames(people: readonly Named[]): KnownNames {
  const words = new Map<string, NamePart[]>();
  const joined = new Map<string, NamePart[]>();
  const slips = new Map<string, string[]>();
  const initials = new Map<string, NamePart[]>();
  const names = new Map(people.map((person) => [`${person.isComplainant} ${person.name}`, person]));
  for (const person of names.values()) {
    const { parts, letters } = readName(person);
    for (const { word, forms, part } of parts) {
      if (!words.has(word) && word.length >= leastOfSlip) {
        for (const key of slipKeys(word)) put(slips, key, word);
      }
      put(words, word, part);
      for (const form of forms) put(joined, form, part);
    }
    const [first] = parts;
    if (first && letters.length > 1) put(initials, letters, first.part);
  }
  return { words, joined, slips, initials };
}

function put<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const others = map.get(key);
  if (others) others.push(value);
  else map.set(key, [value]);
}

/** The telling words of a name, with how each is joined to those in front of it, and the first letters of all. */
function readName({ name, isComplainant }: Named) {
  const words = placedWords(name).map(({ plain }) => ({ plain, isParticle: particles.has(plain) }));
  const isTelling = (word: string) => word.length > 1 && !isImpersonal(word);
  const telling = words.filter(({ plain }) => isTelling(plain));
  const lettered = words.filter(({ plain, isParticle }) => !isParticle || plain.length === 1);
  const person: KnownPerson = {
    isComplainant,
    initials: new Set(lettered.map(({ plain }) => plain.charAt(0))),
    parts: telling.length,
    particles: words.flatMap(({ plain, isParticle }) => (isParticle ? plain : [])),
  };
  const parts: { word: string; forms: string[]; part: NamePart }[] = [];
  let before: string[] = [];
  for (const [at, { plain, isParticle }] of words.entries()) {
    if (isTelling(plain)) {
      const part = { person, position: parts.length, particles: before };
      parts.push({ word: plain, forms: joinedForms(words, at), part });
      before = [];
    } else before = isParticle ? [...before, plain] : [];
  }
  return { parts, letters: initialsOf(words.map(({ plain }) => plain)) };
}
