import { nothingKnown, objectionsTo } from '../domain/anonymise.ts';
import { type AnonymousRecord, type Improvement, mostAdded } from '../domain/anonymous-record.ts';
import { dayOf } from '../domain/calendar.ts';
import { analyses, organisationSchema } from '../domain/organisation.ts';
import type { Person } from '../domain/people.ts';
import { recordKey } from '../domain/words.ts';
import { writeOrganisation } from './administration.ts';
import { currentOrganisation, handleCommand, type Surroundings } from './handle-command.ts';
import { changeRecord, writeRecord } from './write-record.ts';

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
  /** The personal data of the complaint were destroyed, so that its writer can't be found. */
  | 'destroyed'
  | 'writer-gone';

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

/** R12: what became of an improvement, the one at this place in the record. */
export async function changeImprovement(
  { record, at, state }: { record: string; at: number; state: Improvement['state'] },
  actor: Person,
  around: Around,
): Promise<Analysed> {
  if (!(await mayAnalyse(actor, around))) return 'not-for-you';
  const on = dayOf(around.clock());
  const changed = await changeRecord(
    record,
    (before) => ({
      ...before,
      improvements: before.improvements.map((each, index) =>
        index === at && each.state !== state ? { ...each, state, on } : each,
      ),
    }),
    around.store,
  );
  return changed ? 'done' : 'no-record';
}

/** R11: returns the summary of a record to who wrote it, with a reason; nobody learns whose it is. */
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
  const [complaint] = await store.search(recordKey(id), 1);
  if (!complaint) return 'destroyed';
  const content = { kind: 'returnSummary', id: command, content: { reason } } as const;
  const decision = await handleCommand(complaint.id, content, actor, around);
  if (!decision.accepted) {
    return decision.refusal.code === 'writer-gone' ? 'writer-gone' : 'nothing-to-return';
  }
  await writeRecord(complaint.id, around);
  return 'done';
}

/** R15: sets the day of the next evaluation; that it was changed is recorded. */
export async function setEvaluation(
  day: string,
  actor: Person,
  around: Around,
): Promise<'done' | 'not-for-you'> {
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
  if (objectionsTo(text, nothingKnown, overruled).length > 0) return 'personal-data';
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
