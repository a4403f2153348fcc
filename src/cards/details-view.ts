import { type Access, accessOf } from '../domain/access.ts';
import { isReturned } from '../domain/anonymous-record.ts';
import type { Complaint } from '../domain/complaint.ts';
import { allowedCommands } from '../domain/decide.ts';
import { evidenceOf } from '../domain/evidence.ts';
import type { Person } from '../domain/people.ts';
import type { Context } from '../domain/refusal.ts';
import { readablePhone } from './forms/field.ts';
import { type Button, buttonData } from './forms/form.ts';
import type { View } from './render.ts';
import { type Fact, nextStep, statusFacts } from './status.ts';
import type { Texts } from './texts.ts';
import { entryView } from './timeline-view.ts';
import { typedText } from './typed-text.ts';

/** Who looks, and what decides what they see. */
export interface Viewer {
  person: Person;
  context: Context;
  texts: Texts;
}

/** What was just done, or why it was not, over a complaint. */
export interface Flash {
  words?: string;
  isRefusal?: boolean;
}

/** How many entries of the timeline a card shows at once. */
const timelinePage = 3;

/**
 * A complaint as its viewer may see it: with `full` its content, its timeline, page by page from the latest entry,
 * and the buttons that the procedure allows; with `status` reference, stage and state alone.
 */
export function detailsView(complaint: Complaint, viewer: Viewer, page = 0, flash: Flash = {}): View {
  const { person, context, texts } = viewer;
  const access: Access = accessOf(complaint, person.id, context.organisation);
  const content = access === 'full' ? contentOf(complaint, viewer, page) : statusOnly(texts);
  const isFull = access === 'full';
  const links = isFull ? meetingLinks(complaint, viewer) : [];
  // That its summary was returned is for its writer alone to know (R11).
  const next =
    isFull && isReturned(complaint) ? 'summary-returned' : nextStep(complaint, context.organisation);
  const facts = [...statusFacts(complaint, next, texts), ...content.facts];
  const done = { title: texts('button.done'), data: { verb: 'close-dialog' } };
  return {
    name: 'details',
    data: {
      flash: flash.words ?? '',
      flashStyle: flash.isRefusal ? 'attention' : 'good',
      hasFlash: Boolean(flash.words),
      reference: complaint.reference,
      timelineTitle: texts('case.timeline'),
      ...content,
      hasTimeline: content.timeline.length > 0,
      buttonRows: [
        ...(isFull ? fileRows(complaint, texts) : []),
        ...buttonRows(complaint, viewer, isFull ? rows : statusRows),
      ],
      links,
      hasLinks: links.length > 0,
      facts,
      actions: [...content.pages, done].map(buttonData),
    },
  };
}

interface Content {
  facts: Fact[];
  sections: { title: string; text: string; hasText: boolean }[];
  timeline: object[];
  pages: Button[];
}

const statusOnly = (texts: Texts): Content => ({
  facts: [],
  sections: [{ title: texts('case.status-title'), text: texts('case.status-only'), hasText: true }],
  timeline: [],
  pages: [],
});

function contentOf(complaint: Complaint, viewer: Viewer, page: number): Content {
  const { intake, timeline } = complaint;
  const { texts } = viewer;
  const newestFirst = timeline.map((_entry, index) => index).reverse();
  const first = Math.min(Math.max(page, 0), Math.ceil(timeline.length / timelinePage) - 1) * timelinePage;
  const shown = newestFirst.slice(first, first + timelinePage);
  const turn = (title: string, to: number): Button => ({
    title: texts(title),
    data: { verb: 'open-complaint', complaint: complaint.id, page: to },
  });
  const section = (key: string, text: string | undefined) =>
    text === undefined ? [] : [{ title: texts(`case.${key}`), text: typedText(text), hasText: true }];
  return {
    facts: intakeFacts(complaint, viewer),
    sections: [
      ...section('description', intake.description),
      ...section('wish', intake.wish),
      ...section('evidence', intake.evidence),
    ],
    timeline: shown.map((index) => entryView(timeline, index, viewer)),
    pages: [
      ...(first > 0 ? [turn('button.newer-steps', page - 1)] : []),
      ...(first + timelinePage < timeline.length ? [turn('button.older-steps', page + 1)] : []),
    ],
  };
}

function intakeFacts(complaint: Complaint, { context, texts }: Viewer) {
  const { intake, handler, involved, loggedAt, loggedBy } = complaint;
  const planned = plannedIn(complaint);
  const department = context.organisation.departments.find(({ id }) => id === intake.department)?.name;
  const concerned = intake.concerned.map(({ name }) => name).join(', ') || texts('case.nobody');
  const fact = (key: string, value: string | undefined) =>
    value === undefined ? [] : [{ title: texts(`case.${key}`), value }];
  return [
    ...fact('complainant', `${intake.name} (${texts(`choice.relation.${intake.relation}`)})`),
    ...fact('phone', intake.phone && readablePhone(intake.phone)),
    ...fact('email', intake.email),
    ...fact('department', department ?? intake.department),
    ...fact('nature', texts(`choice.nature.${intake.nature}`)),
    ...fact('concerned', concerned),
    ...fact(
      'submitted',
      texts('case.submitted-how', {
        day: texts.day(intake.submittedOn),
        wayIn: texts(`choice.wayIn.${intake.wayIn}`),
        entryStage: texts(`choice.entryStage.${intake.entryStage}`),
      }),
    ),
    ...fact('planned', planned && texts('event.planned', { ...planned, day: texts.day(planned.on) })),
    ...fact('handler', complaint.state === 'pending' ? texts('case.asked') : handler.name),
    ...fact('involved', involved.map(({ name }) => name).join(', ') || undefined),
    ...fact('linked', intake.linkedTo),
    ...fact('logged', texts('case.logged-by', { moment: texts.moment(loggedAt), name: loggedBy.name })),
  ];
}

/** The verbs that each allowed command offers, in the rows in which they stand. */
const rows = {
  progress: {
    acceptEscalation: ['accept-escalation'],
    returnEscalation: ['return-escalation'],
    planConversation: ['plan-conversation'],
    recordConversation: ['record-conversation', 'record-no-conversation'],
    requestEscalation: ['request-escalation'],
    close: ['close'],
    rewriteSummary: ['rewrite-summary'],
    reopen: ['reopen'],
  },
  people: { involve: ['involve'], release: ['release'], reassign: ['reassign'] },
  other: {
    correct: ['correct'],
    removeEvidence: ['remove-evidence'],
    withdraw: ['withdraw'],
    terminate: ['terminate'],
  },
};

/** What people may do who see the status alone. */
const statusRows = {
  progress: {
    requestEscalation: ['request-escalation'],
    reassign: ['reassign'],
    reopen: ['reopen'],
    relay: ['relay'],
  },
};

/** The buttons come from the functions that decide, so that they can't disagree. */
function buttonRows(
  complaint: Complaint,
  { person, context, texts }: Viewer,
  offered: Record<string, Record<string, string[]>>,
) {
  const allowed = new Set<string>(allowedCommands(complaint, person, context));
  const likely = allowed.has('rewriteSummary')
    ? 'rewrite-summary'
    : likelyNext(nextStep(complaint, context.organisation));
  return Object.entries(offered).flatMap(([row, kinds]) => {
    const actions = Object.entries(kinds)
      .filter(([kind]) => allowed.has(kind))
      .flatMap(([, verbs]) => verbs)
      .map((verb) =>
        buttonData({
          title: texts(offered === statusRows && verb === 'reassign' ? 'action.appoint' : `action.${verb}`),
          data: dataOf(verb, complaint),
          style: verb === likely ? 'positive' : 'default',
        }),
      );
    return actions.length === 0 ? [] : [{ label: texts(`case.actions-${row}`), actions }];
  });
}

/** Most buttons that Teams shows in one row. */
const mostInRow = 6;

/** R10: the files of a complaint, each behind a button that tells its size. */
function fileRows(complaint: Complaint, texts: Texts) {
  const buttons = evidenceOf(complaint).map(({ id, fileName, size }) =>
    buttonData({
      title: texts('button.file', { name: fileName, size: texts.size(size) }),
      data: { verb: 'open-file', complaint: complaint.id, file: id },
    }),
  );
  const starts = buttons.flatMap((_button, index) => (index % mostInRow === 0 ? [index] : []));
  return starts.map((start) => ({
    label: texts(start === 0 ? 'case.files' : 'case.more-files'),
    actions: buttons.slice(start, start + mostInRow),
  }));
}

/** The verb that most often follows a step: its button stands out. */
function likelyNext(step: string): string {
  if (step.startsWith('pending')) return 'accept-escalation';
  if (step === 'settled') return 'close';
  return step.startsWith('not-settled') ? 'request-escalation' : 'record-conversation';
}

/** Accepting is decided at once, on the escalation that is shown; everything else opens its form. */
function dataOf(verb: string, complaint: Complaint) {
  return verb === 'accept-escalation' && complaint.state === 'pending'
    ? { verb, complaint: complaint.id, escalation: complaint.escalation.id }
    : { verb: 'open-form', form: verb, complaint: complaint.id };
}

/** What was planned last at this stage. */
function plannedIn({ timeline, stage }: Complaint) {
  const planned = timeline.findLast((entry) => entry.kind === 'conversationPlanned' && entry.stage === stage);
  return planned?.kind === 'conversationPlanned' ? planned.content : undefined;
}

/** Teams' own form for a new meeting, with the reference as its subject and nothing else of the complaint. */
function meetingLinks(
  complaint: Complaint,
  { person, context, texts }: Viewer,
): { title: string; url: string }[] {
  const planned = plannedIn(complaint);
  if (!planned || !allowedCommands(complaint, person, context).includes('planConversation')) return [];
  const address = new URL('https://teams.microsoft.com/l/meeting/new');
  address.searchParams.set('subject', complaint.reference);
  address.searchParams.set('startTime', `${planned.on}T${planned.time}:00`);
  return [{ title: texts('button.meeting'), url: address.href }];
}
