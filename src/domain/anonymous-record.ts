import { z } from 'zod';
import type { Complaint, TimelineEntry } from './complaint.ts';
import {
  eligibleRelations,
  entryStages,
  improvementStates,
  natures,
  outcomes,
  type Stage,
  stages,
  waysIn,
} from './vocabulary.ts';

/** How a complaint ended, for the record; `discontinued` where its data were destroyed on request before its end. */
export const recordOutcomes = [...outcomes, 'withdrawn', 'terminated', 'discontinued'] as const;
export type RecordOutcome = (typeof recordOutcomes)[number];

/** `open`: still being handled; `returned`: its summary is to be written anew; `complete`: nothing is missing. */
export const recordStates = ['open', 'complete', 'returned'] as const;

/** Most recommendations and improvements of one record, so that its card stays small enough. */
export const mostAdded = 8;

export const recommendationSchema = z.object({
  text: z.string().min(1).max(1000),
  from: z.enum(['handler', 'coordinator']),
});

/** Something that is done about what went wrong; `on` is the day on which it got its state. */
export const improvementSchema = z.object({
  text: z.string().min(1).max(1000),
  state: z.enum(improvementStates),
  on: z.iso.date(),
});
export type Improvement = z.infer<typeof improvementSchema>;

const perStage = (value: z.ZodInt) => z.object({ employee: value, manager: value, director: value });

/**
 * R11: what remains of a complaint, without personal data. Its id is random; only the sealed part of the complaint
 * knows it, so that nothing ties the two once that is destroyed.
 */
export const anonymousRecordSchema = z.object({
  id: z.uuid(),
  /** Of submission (R12). */
  year: z.int(),
  month: z.int().min(1).max(12),
  wayIn: z.enum(waysIn),
  relation: z.enum(eligibleRelations),
  /** The department's id. */
  department: z.string().min(1).max(50),
  nature: z.enum(natures),
  entryStage: z.enum(entryStages),
  /** The highest stage that it reached, also where it was returned from there. */
  stage: z.enum(stages),
  state: z.enum(recordStates),
  outcome: z.enum(recordOutcomes).optional(),
  /** Conversations that were held, by stage. */
  conversations: perStage(z.int().nonnegative()),
  /** Working days from submission to close, by the stage in which they were spent; while it was closed none counts. */
  workingDays: perStage(z.int().nonnegative()).optional(),
  summary: z.string().min(1).max(2000).optional(),
  recommendations: z.array(recommendationSchema),
  improvements: z.array(improvementSchema),
  /** Words in the summary that the last check took for somebody's, and that are nobody's, as the coordinator says. */
  cleared: z.array(z.string().min(1).max(500)).max(50).optional(),
});
export type AnonymousRecord = z.infer<typeof anonymousRecordSchema>;
type PerStage = AnonymousRecord['conversations'];

/** The facts of a record that change while a complaint is handled; without the working days, which take long to count. */
type Facts = Omit<AnonymousRecord, 'id' | 'workingDays' | 'recommendations' | 'improvements' | 'cleared'> & {
  recommendation: string | undefined;
};

/** What a complaint's record says of it today. */
export function factsOf(complaint: Complaint): Facts {
  const { intake, timeline } = complaint;
  const { relation, wayIn, department, nature, entryStage, submittedOn } = intake;
  const [year, month] = submittedOn.split('-').map(Number);
  const outcome = outcomeOf(complaint);
  const written = outcome === undefined ? undefined : summaryOf(timeline);
  const state = outcome === undefined ? 'open' : isReturned(complaint) ? 'returned' : 'complete';
  const isGone = lastSummary(complaint)?.kind === 'summaryReturned';
  return {
    ...{ year: Number(year), month: Number(month), wayIn, department, nature, entryStage, state },
    stage: reached(complaint),
    relation: z.enum(eligibleRelations).parse(relation),
    ...(outcome && { outcome }),
    conversations: conversationsIn(timeline),
    ...(!isGone && written?.summary && { summary: written.summary }),
    recommendation: isGone ? undefined : written?.recommendation,
  };
}

/** Whether the record says the same of two states of a complaint. */
export const isSameRecord = (one: Complaint, other: Complaint) =>
  one === other || JSON.stringify(factsOf(one)) === JSON.stringify(factsOf(other));

/**
 * The record of a complaint as it stands today; what the coordinator added to the one before stays. `daysOf` counts
 * the working days from one moment to another.
 */
export function recordOf(
  id: string,
  complaint: Complaint,
  before: AnonymousRecord | undefined,
  daysOf: (since: string, until: Date) => number,
): AnonymousRecord {
  const { recommendation, ...facts } = factsOf(complaint);
  const added = before?.recommendations.filter(({ from }) => from === 'coordinator') ?? [];
  return {
    id,
    ...facts,
    ...(facts.outcome && { workingDays: workingDaysIn(complaint, daysOf) }),
    recommendations: [
      ...(recommendation ? [{ text: recommendation, from: 'handler' as const }] : []),
      ...added,
    ],
    improvements: before?.improvements ?? [],
    ...(before?.cleared && { cleared: before.cleared }),
  };
}

/** All that people typed in a record. */
export function textsOf({ summary, recommendations, improvements }: AnonymousRecord): string[] {
  return [...(summary ? [summary] : []), ...[...recommendations, ...improvements].map(({ text }) => text)];
}

/** The words that the coordinator has not said to be nobody's. */
export function uncleared({ cleared = [] }: AnonymousRecord, words: readonly string[]): string[] {
  return words.filter((word) => !cleared.includes(word));
}

/** R12: duplicates are not counted. */
export const isCounted = ({ outcome }: Pick<AnonymousRecord, 'outcome'>) => outcome !== 'duplicate';

/** Whether the summary was returned to its writer, who has not written it anew yet. */
export function isReturned(complaint: Pick<Complaint, 'state' | 'timeline'>): boolean {
  const last = lastSummary(complaint);
  return last?.kind === 'summaryReturned' && !last.content.withoutWriter;
}

/** What was done last with the summary of a complaint that has ended. */
function lastSummary({ state, timeline }: Pick<Complaint, 'state' | 'timeline'>): TimelineEntry | undefined {
  if (state === 'open' || state === 'pending') return undefined;
  return timeline.findLast(({ kind }) => summaryKinds.has(kind));
}

const endings = ['complaintClosed', 'complaintWithdrawn', 'complaintTerminated'] as const;
const summaryKinds = new Set<TimelineEntry['kind']>([...endings, 'summaryReturned', 'summaryRewritten']);

function outcomeOf(complaint: Complaint): RecordOutcome | undefined {
  if (complaint.state === 'closed') return complaint.outcome;
  return complaint.state === 'withdrawn' || complaint.state === 'terminated' ? complaint.state : undefined;
}

function reached({ stage, timeline }: Complaint): Stage {
  const been = [stage, ...timeline.map((entry) => entry.stage)];
  return stages.findLast((each) => been.includes(each)) ?? stage;
}

/** What was written last for the record. */
function summaryOf(timeline: readonly TimelineEntry[]) {
  const last = timeline.findLast(({ kind }) => summaryKinds.has(kind) && kind !== 'summaryReturned');
  return last && 'summary' in last.content
    ? (last.content as { summary?: string; recommendation?: string })
    : undefined;
}

const noneYet: PerStage = { employee: 0, manager: 0, director: 0 };

function conversationsIn(timeline: readonly TimelineEntry[]): PerStage {
  const counts = { ...noneYet };
  for (const entry of timeline) {
    if (entry.kind === 'conversationRecorded' && entry.content.held) counts[entry.stage]++;
  }
  return counts;
}

/** The working days in each stage; of a complaint that is still being handled until a moment, where one is given. */
export function workingDaysIn(
  { timeline, stage, intake }: Complaint,
  daysOf: (since: string, until: Date) => number,
  until?: Date,
): PerStage {
  const days = { ...noneYet };
  let since: string | undefined = intake.submittedOn;
  let at: Stage = timeline[0]?.stage ?? stage;
  for (const [index, entry] of timeline.entries()) {
    const next = timeline[index + 1]?.stage ?? stage;
    const isEnd = (endings as readonly string[]).includes(entry.kind);
    if (since !== undefined && (isEnd || next !== at)) {
      days[at] += daysOf(since, new Date(entry.at));
      since = isEnd ? undefined : entry.at;
    }
    if (entry.kind === 'complaintReopened') since = entry.at;
    at = next;
  }
  if (since !== undefined && until) days[at] += daysOf(since, until);
  return days;
}
