import type { Finding } from '../domain/anonymise/finding.ts';
import { findPersonalData, knownStaff, objectionsTo } from '../domain/anonymise.ts';
import { type AnonymousRecord, type Improvement, mostAdded, uncleared } from '../domain/anonymous-record.ts';
import { dayOf } from '../domain/calendar.ts';
import type { ContentOf } from '../domain/commands.ts';
import { analyses, holdersOf, organisationSchema } from '../domain/organisation.ts';
import type { Person } from '../domain/people.ts';
import { recordKey } from '../domain/words.ts';
import { writeOrganisation } from './administration.ts';
import { currentOrganisation, handleCommand, type Surroundings } from './handle-command.ts';
import { changeRecord, writeRecord } from './write-record.ts';
import { knownOfYear } from './year-records.ts';

/** What became of something that was done with a record. */
export type Analysed =
  | 'done'
  /** Only who analyses the records may do this. */
  | 'not-for-you'
  | 'no-record'
  /** It holds as many as it can. */
  | 'full'
  /** R11: what was written holds, or may hold, personal data. */
  | 'personal-data'
  /** Only a complete summary can be returned. */
  | 'nothing-to-return'
  /** R15: an evaluation is planned on a day to come. */
  | 'day-in-past';

/** What somebody adds to a record; `overruled` are words that look like personal data and are none, as they say. */
export interface Addition {
  record: string;
  text: string;
  overruled: readonly string[];
}

type Around = Pick<Surroundings, 'store' | 'clock'>;

/** Whether somebody analyses the records today: a coordinator or a director. */
export async function mayAnalyse(actor: Person, { store }: Pick<Around, 'store'>): Promise<boolean> {
  return analyses(await currentOrganisation(store), actor.id);
}

/** R12: adds a recommendation; the same text again changes nothing. */
export async function addRecommendation(
  addition: Addition,
  actor: Person,
  around: Around,
): Promise<Analysed> {
  const { text } = addition;
  return addTo(addition, actor, around, 'recommendations', { text, from: 'coordinator' });
}

/** R12: adds an improvement that is planned; the same text again changes nothing. */
export async function addImprovement(addition: Addition, actor: Person, around: Around): Promise<Analysed> {
  const { text } = addition;
  return addTo(addition, actor, around, 'improvements', {
    text,
    state: 'planned',
    on: dayOf(around.clock()),
  });
}

/** R12: what became of an improvement. */
export async function changeImprovement(
  { record, text, state }: { record: string; text: string; state: Improvement['state'] },
  actor: Person,
  around: Around,
): Promise<Analysed> {
  if (!(await mayAnalyse(actor, around))) return 'not-for-you';
  const on = dayOf(around.clock());
  const change = (each: Improvement) =>
    each.text === text && each.state !== state ? { ...each, state, on } : each;
  return done(
    await changeRecord(
      record,
      (before) => ({ ...before, improvements: before.improvements.map(change) }),
      around.store,
    ),
  );
}

/** R12: takes out a recommendation or an improvement that was added here; those of the handler go with their summary. */
export async function removeAddition(
  { record, text }: { record: string; text: string },
  actor: Person,
  around: Around,
): Promise<Analysed> {
  if (!(await mayAnalyse(actor, around))) return 'not-for-you';
  return done(
    await changeRecord(
      record,
      ({ recommendations, improvements, ...before }) => ({
        ...before,
        recommendations: recommendations.filter((each) => each.from === 'handler' || each.text !== text),
        improvements: improvements.filter((each) => each.text !== text),
      }),
      around.store,
    ),
  );
}

/** What the last check takes for somebody's in the texts of a handler, by field. */
export interface Suspects {
  record: AnonymousRecord;
  marks: { field: 'summary' | 'recommendation'; text: string; findings: Finding[] }[];
}

/** R12: what in a record would stop the report: words that some complaint of its year knows, or somebody with a role. */
export async function suspectsIn(id: string, actor: Person, around: Around): Promise<Suspects | undefined> {
  const { store } = around;
  const record = (await store.loadRecord(id))?.record;
  if (!record || !(await mayAnalyse(actor, around))) return undefined;
  const known = await knownOfYear(record.year, await currentOrganisation(store), store);
  const texts = {
    summary: record.summary,
    recommendation: record.recommendations.find(({ from }) => from === 'handler')?.text,
  };
  const marks = (['summary', 'recommendation'] as const).flatMap((field) => {
    const text = texts[field] ?? '';
    const findings = findPersonalData(text, known).filter(
      ({ certain, start, end }) => certain && uncleared(record, [text.slice(start, end)]).length > 0,
    );
    return findings.length > 0 ? { field, text, findings } : [];
  });
  return { record, marks };
}

/** R12: words in a record that look like somebody's are nobody's, as the coordinator says; that is kept with the record. */
export async function clearWords(
  { record, words }: { record: string; words: readonly string[] },
  actor: Person,
  around: Around,
): Promise<Analysed> {
  if (!(await mayAnalyse(actor, around))) return 'not-for-you';
  const change = (before: AnonymousRecord) => ({
    ...before,
    cleared: [...new Set([...(before.cleared ?? []), ...words])].slice(0, 50),
  });
  return done(await changeRecord(record, change, around.store));
}

const done = (record: AnonymousRecord | undefined): Analysed => (record ? 'done' : 'no-record');

/**
 * R11: takes the summary out of a record, and has who wrote it write it anew, with a reason. Where nobody can, the record
 * stays without one. The answer is the same: nobody learns whose it is, or whether that somebody is still there.
 */
export async function returnSummary(
  { record: id, reason, command }: { record: string; reason: string; command: string },
  actor: Person,
  around: Surroundings,
): Promise<Analysed> {
  if (!(await mayAnalyse(actor, around))) return 'not-for-you';
  const { store } = around;
  const loaded = await store.loadRecord(id);
  if (!loaded) return 'no-record';
  if (loaded.record.state === 'open') return 'nothing-to-return';
  const [complaint] = await store.search([recordKey(id)], 1);
  if (!complaint) {
    // What its handler recommended goes with it, as it does while the complaint is there.
    const without = ({ summary: _gone, recommendations, ...record }: AnonymousRecord): AnonymousRecord => ({
      ...record,
      state: 'complete',
      recommendations: recommendations.filter(({ from }) => from === 'coordinator'),
    });
    await changeRecord(id, without, store);
    return 'done';
  }
  const giving = (content: ContentOf<'returnSummary'>) =>
    handleCommand(complaint.id, { kind: 'returnSummary', id: command, content }, actor, around);
  let decision = await giving({ reason });
  if (!decision.accepted && decision.refusal.code === 'writer-gone') {
    decision = await giving({ reason, withoutWriter: true });
  }
  if (!decision.accepted) return 'nothing-to-return';
  await writeRecord(complaint.id, around);
  return 'done';
}

/** R15: sets the day of the next evaluation; that it was changed is recorded. */
export async function setEvaluation(day: string, actor: Person, around: Around): Promise<Analysed> {
  if (day <= dayOf(around.clock())) return 'day-in-past';
  const written = await writeOrganisation('evaluation', actor.id, around, (organisation) =>
    analyses(organisation, actor.id)
      ? organisationSchema.parse({ ...organisation, nextEvaluation: day })
      : 'not-for-you',
  );
  return written === 'changed' ? 'done' : 'not-for-you';
}

async function addTo<L extends 'recommendations' | 'improvements'>(
  { record, text, overruled }: Addition,
  actor: Person,
  around: Around,
  list: L,
  item: AnonymousRecord[L][number],
): Promise<Analysed> {
  if (!(await mayAnalyse(actor, around))) return 'not-for-you';
  // Nothing of the complaint is looked at: whoever adds this could find out by trying whose it is.
  const staff = knownStaff(holdersOf(await currentOrganisation(around.store)));
  if (objectionsTo(text, staff, overruled).length > 0) return 'personal-data';
  let isFull = false;
  const changed = await changeRecord(
    record,
    (before) => {
      const there = before[list] as AnonymousRecord[L][number][];
      const isThere = there.some((each) => each.text === text);
      isFull = !isThere && there.length >= mostAdded;
      return isThere || isFull ? before : { ...before, [list]: [...there, item] };
    },
    around.store,
  );
  if (!changed) return 'no-record';
  return isFull ? 'full' : 'done';
}
