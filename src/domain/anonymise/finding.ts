/** The kinds of personal data that are looked for. */
export const findingKinds = [
  'name',
  'phone',
  'email',
  'iban',
  'bsn',
  'postcode',
  'birth-date',
  'licence-plate',
  'web-address',
  'reference',
] as const;
export type FindingKind = (typeof findingKinds)[number];

/** A place in a text, `start` up to but without `end`, that holds personal data or may. */
export interface Finding {
  start: number;
  end: number;
  kind: FindingKind;
  /** What may stand there instead, in Dutch. */
  suggestion: string;
  /** Whether it leaves no doubt; only a doubtful one may be overruled by the writer. */
  certain: boolean;
}

/** What stands in for what is no name; 'postcode' is any part of an address. */
export const placeholders: Record<Exclude<FindingKind, 'name'>, string> = {
  phone: '[telefoonnummer]',
  email: '[e-mailadres]',
  iban: '[rekeningnummer]',
  bsn: '[burgerservicenummer]',
  postcode: '[adres]',
  'birth-date': '[datum]',
  'licence-plate': '[kenteken]',
  'web-address': '[webadres]',
  reference: '[kenmerk]',
};

/** A finding that is no name, with its placeholder. */
export function findingOf(
  kind: Exclude<FindingKind, 'name'>,
  start: number,
  end: number,
  certain: boolean,
): Finding {
  return { start, end, kind, suggestion: placeholders[kind], certain };
}

/** Whether a sentence starts at this place: after a full stop and the like, a new line, an opening quote or a bullet. */
export function startsSentence(text: string, at: number): boolean {
  return /(?:^|[.!?:\n•"“„‘'(-])\s{0,3}$/.test(text.slice(Math.max(0, at - 4), at));
}

/** The end of an initial with its full stop, where that can't be the end of the sentence. */
export function withStop(text: string, end: number): number {
  return /^\.(?:[,:;)/]|,? \p{Ll}| ?[-–(])/u.test(text.slice(end, end + 4)) ? end + 1 : end;
}

/**
 * Makes one finding of those that overlap. It covers them all, has the kind of the longest, and is as certain as
 * the most certain of them: what holds a known name has to go for certain.
 */
export function withoutOverlap(findings: readonly Finding[]): Finding[] {
  const clusters: Finding[][] = [];
  let end = 0;
  for (const finding of findings.toSorted((one, other) => one.start - other.start || other.end - one.end)) {
    if (finding.start < end) clusters.at(-1)?.push(finding);
    else clusters.push([finding]);
    end = Math.max(end, finding.end);
  }
  return clusters.map(merged);
}

function merged(cluster: readonly Finding[]): Finding {
  const byLength = cluster.toSorted((one, other) => other.end - other.start - (one.end - one.start));
  const [longest] = byLength as [Finding, ...Finding[]];
  const known = byLength.find(({ kind, certain }) => certain && kind === longest.kind);
  return {
    ...(known ?? longest),
    start: Math.min(...cluster.map(({ start }) => start)),
    end: Math.max(...cluster.map(({ end }) => end)),
    certain: cluster.some(({ certain }) => certain),
  };
}
