import type { Complaint } from '../complaint.ts';
import type { Intake } from '../intake.ts';
import { isImpersonal, particles } from './word-lists.ts';
import { placedWords } from './words.ts';

/** Somebody whose name the complaint knows. */
export interface KnownPerson {
  isComplainant: boolean;
  /** The first letters of the parts of the name. */
  initials: ReadonlySet<string>;
  /** How many parts the name has, without 'tussenvoegsels'. */
  parts: number;
}

/** A word of a name by which somebody is known. */
export interface NamePart {
  person: KnownPerson;
  position: number;
  /** The 'tussenvoegsels' in front of it. */
  particles: readonly string[];
}

/** The intake as it stands and every one that was logged or corrected before. */
export function intakesOf({ intake, timeline }: Complaint): Intake[] {
  const earlier = timeline.flatMap((entry) => {
    if (entry.kind === 'complaintLogged') return entry.content;
    return entry.kind === 'complaintCorrected' ? entry.content.intake : [];
  });
  return [intake, ...earlier];
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
export function knownNames(people: readonly Named[]): ReadonlyMap<string, readonly NamePart[]> {
  const known = new Map<string, NamePart[]>();
  const names = new Map(people.map((person) => [`${person.isComplainant} ${person.name}`, person]));
  for (const { name, isComplainant } of names.values()) {
    for (const [word, part] of partsOf(name, isComplainant)) {
      const others = known.get(word);
      if (others) others.push(part);
      else known.set(word, [part]);
    }
  }
  return known;
}

function partsOf(name: string, isComplainant: boolean): [word: string, part: NamePart][] {
  const words = placedWords(name).map(({ plain }) => plain);
  const telling = words.filter((word) => word.length > 1 && !isImpersonal(word));
  const initials = new Set(
    words.filter((word) => !particles.has(word) || word.length === 1).map(([first = '']) => first),
  );
  const person = { isComplainant, initials, parts: telling.length };
  const parts: [string, NamePart][] = [];
  let before: string[] = [];
  for (const word of words) {
    if (word.length > 1 && !isImpersonal(word)) {
      parts.push([word, { person, position: parts.length, particles: before }]);
      before = [];
    } else before = particles.has(word) ? [...before, word] : [];
  }
  return parts;
}
