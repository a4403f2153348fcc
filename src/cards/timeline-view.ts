import type { Complaint, TimelineEntry } from '../domain/complaint.ts';
import type { Intake } from '../domain/intake.ts';
import type { Context } from '../domain/refusal.ts';
import { readablePhone } from './forms/field.ts';
import type { Typed } from './forms/form.ts';
import { typedIntake } from './forms/intake.ts';
import type { Texts } from './texts.ts';
import { typedText } from './typed-text.ts';

/** Longest piece of a corrected text that the timeline shows; the whole of it stays stored. In characters. */
const longestBefore = 300;

/** One entry of a timeline: what happened, when, by whom, and what was written down. */
export function entryView(
  timeline: Complaint['timeline'],
  index: number,
  { context, texts }: { context: Context; texts: Texts },
): object {
  const entry = timeline[index] as TimelineEntry;
  const title = entry.kind === 'conversationRecorded' && !entry.content.held ? 'noConversation' : entry.kind;
  const lines =
    entry.kind === 'evidenceRemoved'
      ? [fileNameIn(timeline, entry.content.file), entry.content.reason]
      : linesOf(entry, intakeBefore(timeline, index), context, texts);
  const text = typedText(lines.join('\n'));
  return {
    title: texts(`event.${title}`),
    when: texts('case.when', { moment: texts.moment(entry.at), name: entry.by.name }),
    text,
    hasText: text !== '',
  };
}

function linesOf(entry: TimelineEntry, before: Intake | undefined, context: Context, texts: Texts): string[] {
  switch (entry.kind) {
    case 'complaintLogged':
      return [];
    case 'conversationRecorded': {
      const { content } = entry;
      if (!content.held) return [texts(`choice.noConversation.${content.reason}`), content.explanation];
      const who = content.participants.map((role) => texts(`choice.participants.${role}`));
      return [
        texts('event.held', { day: texts.day(content.on), who: texts.all(who) }),
        content.account,
        texts('event.satisfied', { answer: texts(`choice.satisfied.${content.satisfied}`) }),
      ];
    }
    case 'complaintCorrected':
      return [entry.content.reason, ...(before ? changes(before, entry.content.intake, context, texts) : [])];
    case 'complaintClosed': {
      const { outcome, declinesNextStage, duplicateOf } = entry.content;
      return [
        texts('event.outcome', { outcome: texts(`choice.outcome.${outcome}`) }),
        ...(duplicateOf ? [texts('event.duplicate', { reference: duplicateOf })] : []),
        ...(outcome === 'unresolved' && declinesNextStage ? [texts('event.declines')] : []),
        ...summaryLines(entry.content, texts),
      ];
    }
    case 'complaintWithdrawn':
      return [...(entry.content.reason ? [entry.content.reason] : []), ...summaryLines(entry.content, texts)];
    case 'summaryReturned':
      return [entry.content.reason];
    case 'summaryRewritten':
      return summaryLines(entry.content, texts);
    case 'escalationRequested':
      return [entry.content.wish];
    case 'escalationAccepted':
      return entry.content.notConcerned ? [texts('event.not-concerned')] : [];
    case 'escalationReturned': {
      const { reason, department, note } = entry.content;
      const name = context.organisation.departments.find(({ id }) => id === department)?.name ?? department;
      const why = texts(`choice.returnReason.${reason}`);
      return [name ? texts('event.to-department', { why, name }) : `${why}.`, ...(note ? [note] : [])];
    }
    case 'conversationPlanned': {
      const { on, time, place } = entry.content;
      return [texts('event.planned', { day: texts.day(on), time, place })];
    }
    case 'personInvolved':
      return [texts('event.involved', { name: entry.content.person.name })];
    case 'personReleased':
      return [entry.content.person.name];
    case 'complaintReassigned':
      return [texts('event.reassigned', { name: entry.content.to.name })];
    case 'complaintReopened':
      return [entry.content.reason];
    case 'evidenceAdded':
      return [texts('event.file', { name: entry.content.fileName, size: texts.size(entry.content.size) })];
    case 'evidenceRemoved':
      return [entry.content.reason];
    case 'noteRelayed':
      return [entry.content.note];
    case 'concernDeclared':
    case 'handlerLost':
      return [];
    case 'complaintTerminated':
      return [
        texts('event.external', { name: entry.content.externalBody }),
        ...summaryLines(entry.content, texts),
      ];
  }
}

/** The name of a file that was added once. */
function fileNameIn(timeline: Complaint['timeline'], fileId: string): string {
  const added = timeline.find((entry) => entry.kind === 'evidenceAdded' && entry.content.file === fileId);
  return added?.kind === 'evidenceAdded' ? added.content.fileName : '';
}

/** What was written for the anonymous record. */
function summaryLines(
  { summary, recommendation }: { summary?: string | undefined; recommendation?: string | undefined },
  texts: Texts,
): string[] {
  return [
    ...(summary ? [summary] : []),
    ...(recommendation ? [texts('event.recommendation', { text: recommendation })] : []),
  ];
}

/** The intake as it stood before an entry. */
function intakeBefore(timeline: Complaint['timeline'], index: number): Intake | undefined {
  const last = timeline
    .slice(0, index)
    .findLast(({ kind }) => kind === 'complaintLogged' || kind === 'complaintCorrected');
  if (last?.kind === 'complaintCorrected') return last.content.intake;
  return last?.kind === 'complaintLogged' ? last.content : undefined;
}

/** What a correction changed, with what stood there before. */
function changes(before: Intake, after: Intake, { organisation }: Context, texts: Texts): string[] {
  const then: Typed = named(before);
  const now: Typed = named(after);
  const fields = Object.keys({ ...then, ...now }).filter((field) => then[field] !== now[field]);
  return fields.map((field) => {
    const value = String(then[field] ?? '');
    const words = texts.has(`choice.${field}.${value}`) ? texts(`choice.${field}.${value}`) : value;
    const department = organisation.departments.find(
      ({ id }) => field === 'department' && id === value,
    )?.name;
    const shown = (department ?? words).slice(0, longestBefore) || texts('event.empty');
    return texts('event.changed', { field: texts(`field.${field}.label`), before: shown });
  });
}

/** An intake field by field, the people concerned by name. */
function named(intake: Intake): Typed {
  const names = intake.concerned.filter(({ id }) => id !== undefined).map(({ name }) => name);
  const phone = intake.phone && readablePhone(intake.phone);
  return { ...typedIntake(intake), concernedIds: names.join(', '), ...(phone && { phone }) };
}
