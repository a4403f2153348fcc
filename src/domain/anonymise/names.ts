import { type Finding, startsSentence } from './finding.ts';
import { type Hit, hasCapital, hitAt } from './hits.ts';
import type { KnownNames, NamePart } from './known-names.ts';
import { before, type Reading } from './name-lead.ts';
import { behind } from './name-tail.ts';
import { ordinaryWords } from './ordinary-words.ts';
import { type Sureness, surenessOf } from './sureness.ts';
import { particles } from './word-lists.ts';
import { gapBefore } from './words.ts';

/** Words of one person's name, one after the other. */
interface Run {
  first: Hit;
  last: Hit;
  /** Of whoever has all those words in the name. */
  parts: readonly NamePart[];
  sure: Sureness;
}

/** Finds the names that are known, whole or in part, each stretch of one person's names as one finding. */
export function findKnownNames(reading: Reading, known: KnownNames): Finding[] {
  if (known.words.size === 0) return [];
  const findings: Finding[] = [];
  for (let at = 0; at < reading.words.length; at++) {
    const hit = hitAt(reading, at, known);
    if (!hit) continue;
    const run = runFrom(reading, hit, known);
    if (run.sure === 'no') continue;
    findings.push(findingOf(reading, run));
    at = run.last.to;
  }
  return findings;
}

/** How far the names of the same person go on: 'Kanarie van der Berg', 'Berg-Kanarie', 'Berg, Kanarie'. */
function runFrom(reading: Reading, first: Hit, known: KnownNames): Run {
  let run: Run = { first, last: first, parts: first.parts, sure: surenessOf(reading, first) };
  while (!run.last.genitive) {
    const start = run.last.to + 1;
    let next = start;
    while (particles.has(reading.words[next]?.plain ?? '') && isJoin(reading, next)) next++;
    const hit = hitAt(reading, next, known);
    if (!hit) break;
    const parts = run.parts.filter(({ person }) => hit.parts.some((part) => part.person === person));
    const turned = next === start && /^,\s$/.test(gapBefore(reading, next)) && isTurned(run, hit);
    if (parts.length === 0 || !(turned || isJoin(reading, next)) || !goesOn(reading, run, hit)) break;
    run = { first, last: hit, parts, sure: 'certain' };
  }
  return run;
}

/** Whether nothing but what joins words stands in front of a word; a full stop only behind what is cut short. */
function isJoin(reading: Reading, at: number): boolean {
  const gap = gapBefore(reading, at);
  if (!/^[\s.\-–/'’‘`´]{1,3}$/.test(gap) || /\n.*[-–/.]|[-–/.].*\n|\n\s*\n/s.test(gap)) return false;
  return !/\.\s/.test(gap) || /^\p{Ll}{1,3}$/u.test(reading.words[at - 1]?.text ?? '');
}

/** Whether the surname is put first: 'Berg, Kanarie'. */
const isTurned = (run: Run, hit: Hit) =>
  run.parts.some(({ person, position }) =>
    hit.parts.some((part) => part.person === person && part.position < position),
  );

/** Whether a word that could be an ordinary one, or a typing error, is the next part of the name. */
function goesOn(reading: Reading, { first, last, sure, parts }: Run, hit: Hit): boolean {
  const capital = hasCapital(reading, hit);
  const isVerb = (each: Hit) => ordinaryWords.has(each.name) && !hasCapital(reading, each);
  if (isVerb(hit)) return false;
  if (sure === 'no' && isVerb(first) && hit.from > last.to + 1) return isOwn(reading, last.to + 1, hit);
  if (hit.mistyped && !capital) return !hasCapital(reading, last);
  return !(last.mistyped && sure === 'no' && isTurned({ first, last, sure, parts }, hit));
}

/** Whether the words in front of a hit are the 'tussenvoegsels' of its name. */
const isOwn = (reading: Reading, from: number, hit: Hit) =>
  before(reading, hit.from, hit.parts).particles === hit.from - from;

function findingOf(reading: Reading, { first, last, parts, sure }: Run): Finding {
  const { text } = reading;
  const { start } = before(reading, first.from, first.parts);
  const tail = last.genitive
    ? { end: reading.words[last.to]?.end ?? 0, genitive: true, hasInitials: false }
    : behind(reading, last.to, parts);
  const isComplainant = parts[0]?.person.isComplainant ?? false;
  const stand = isComplainant
    ? tail.genitive
      ? 'klagers'
      : 'de klager'
    : tail.genitive
      ? 'medewerkers'
      : 'een medewerker';
  const capital = startsSentence(text, start) && /^\p{Lu}/u.test(text.slice(start));
  const suggestion = capital ? stand.charAt(0).toUpperCase() + stand.slice(1) : stand;
  const certain = sure === 'certain' || (tail.hasInitials && hasCapital(reading, first) && !first.mistyped);
  return { start, end: tail.end, kind: 'name', suggestion, certain };
}
