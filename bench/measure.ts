import type { Finding, FindingKind } from '../src/domain/anonymise/finding.ts';
import { findPersonalData, knownIn } from '../src/domain/anonymise.ts';
import type { Complaint } from '../src/domain/complaint.ts';

/** A stretch of a sentence that holds personal data; `sure` where it has to be found without a doubt. */
export interface Label {
  start: number;
  end: number;
  kind: FindingKind;
  sure: boolean;
}

export interface Sentence {
  text: string;
  labels: Label[];
}

/** What was found of one kind. */
export interface Tally {
  /** Stretches that must be found for certain, and how many of them were. */
  sure: number;
  sureFound: number;
  /** Stretches that must at least be asked about, and how many of them were found. */
  doubtful: number;
  doubtfulFound: number;
  /** Stretches found from the first to the last character that was labelled. */
  exact: number;
  /** Certain findings, and how many of them are right. */
  certain: number;
  certainRight: number;
  /** Doubtful findings, and how many of them are right. */
  asked: number;
  askedRight: number;
}

/** Reads a sentence as it is written in the set: `{name:Kanarie}`, or `{name?:Specht}` where a doubt is right. */
export function readSentence(written: string): Sentence {
  const labels: Label[] = [];
  let text = '';
  let end = 0;
  for (const { 0: all, 1: kind, 2: doubt, 3: stretch = '', index } of written.matchAll(
    /\{([a-z-]+)(\?)?:([^}]*)\}/g,
  )) {
    text += written.slice(end, index);
    labels.push({
      start: text.length,
      end: text.length + stretch.length,
      kind: kind as FindingKind,
      sure: !doubt,
    });
    text += stretch;
    end = index + all.length;
  }
  return { text: text + written.slice(end), labels };
}

/** A sentence with something wrong, to be looked at. */
export interface Miss {
  text: string;
  what: 'missed' | 'not for certain' | 'wrongly certain' | 'asked in vain' | 'other extent';
  kind: FindingKind;
  stretch: string;
}

/**
 * Compares what is found in sentences with what was labelled in them. A label is found where each letter and digit of
 * it lies in a finding of its kind, be it in one or in neighbouring ones: then nothing leaks. A finding is right where
 * it has part of a label that is found. Only the exact extent asks for one finding from end to end.
 */
export function measure(sentences: readonly Sentence[], complaint: Complaint) {
  const known = knownIn(complaint);
  const tallies = new Map<FindingKind, Tally>();
  const misses: Miss[] = [];
  const of = (kind: FindingKind) => {
    const tally = tallies.get(kind) ?? emptyTally();
    tallies.set(kind, tally);
    return tally;
  };
  for (const { text, labels } of sentences) {
    const findings = findPersonalData(text, known);
    const miss = (what: Miss['what'], { start, end, kind }: Label | Finding) =>
      misses.push({ text, what, kind, stretch: text.slice(start, end) });
    for (const label of labels) {
      const tally = of(label.kind);
      const found = isFound(text, label, findings);
      const enough = label.sure
        ? isFound(
            text,
            label,
            findings.filter(({ certain }) => certain),
          )
        : found;
      tally[label.sure ? 'sure' : 'doubtful'] += 1;
      if (enough) tally[label.sure ? 'sureFound' : 'doubtfulFound'] += 1;
      else miss(found ? 'not for certain' : 'missed', label);
      if (findings.some((finding) => isExactly(finding, label))) tally.exact += 1;
      else if (found) miss('other extent', label);
    }
    const foundLabels = labels.filter((label) => isFound(text, label, findings));
    for (const finding of findings) {
      const tally = of(finding.kind);
      const right = foundLabels.some((label) => overlaps(finding, label));
      tally[finding.certain ? 'certain' : 'asked'] += 1;
      if (right) tally[finding.certain ? 'certainRight' : 'askedRight'] += 1;
      else miss(finding.certain ? 'wrongly certain' : 'asked in vain', finding);
    }
  }
  const all = emptyTally();
  for (const tally of tallies.values()) {
    for (const key of Object.keys(all) as (keyof Tally)[]) all[key] += tally[key];
  }
  return { tallies, all, misses };
}

const emptyTally = (): Tally => ({
  sure: 0,
  sureFound: 0,
  doubtful: 0,
  doubtfulFound: 0,
  exact: 0,
  certain: 0,
  certainRight: 0,
  asked: 0,
  askedRight: 0,
});

const overlaps = (finding: Finding, label: Label) =>
  finding.kind === label.kind && finding.start < label.end && label.start < finding.end;

const isExactly = (finding: Finding, label: Label) =>
  finding.kind === label.kind && finding.start === label.start && finding.end === label.end;

/** Whether each letter and digit of a label lies in a finding of its kind. */
function isFound(text: string, label: Label, findings: readonly Finding[]): boolean {
  const own = findings.filter((finding) => overlaps(finding, label));
  return [...text.slice(label.start, label.end).matchAll(/[\p{L}\d]/gu)].every(({ index }) =>
    own.some(({ start, end }) => start <= label.start + index && label.start + index < end),
  );
}
