import { type Access, accessOf } from '../domain/access.ts';
import { type Complaint, isSatisfied } from '../domain/complaint.ts';
import { allowedCommands } from '../domain/decide.ts';
import type { Person } from '../domain/people.ts';
import type { Context } from '../domain/refusal.ts';
import { readablePhone } from './forms/field.ts';
import { type Button, buttonData } from './forms/form.ts';
import type { View } from './render.ts';
import type { Texts } from './texts.ts';
import { entryView } from './timeline-view.ts';

/** Who looks, and what decides what they see. */
export interface Viewer {
  person: Person;
  context: Context;
  texts: Texts;
}

/** How many entries of the timeline a card shows at once. */
const timelinePage = 3;

/** Which step comes next, as a key of the words for it. */
export function nextStep(complaint: Complaint): string {
  const { state, stage, timeline } = complaint;
  if (state === 'pending') return stage === 'director' ? 'pending-director' : 'pending-manager';
  if (state !== 'open') return 'ended';
  if (stage !== 'employee') return stage === 'director' ? 'director-handles' : 'manager-handles';
  if (!timeline.some(({ kind }) => kind === 'conversationRecorded')) return 'talk-first';
  return isSatisfied(complaint) ? 'settled' : 'not-settled';
}

/** Reference, stage, state and next step: all that a card in a chat may hold (R13). */
export function statusFacts(complaint: Complaint, texts: Texts): { title: string; value: string }[] {
  return [
    { title: texts('case.stage'), value: texts(`stage.${complaint.stage}`) },
    { title: texts('case.state'), value: texts(`state.${complaint.state}`) },
    { title: texts('case.next'), value: texts(`next.${nextStep(complaint)}`) },
  ];
}

/** The button that opens a complaint in a dialog, after a check of who asks. */
export function openButton({ id, reference }: Complaint, texts: Texts): Button {
  return {
    title: texts('button.open-reference', { reference }),
    data: { msteams: { type: 'task/fetch' }, verb: 'open-complaint', complaint: id },
  };
}

/** A card that names a complaint by reference alone, with the reason why it was sent. */
export function referenceView(complaint: Complaint, texts: Texts, heading = ''): View {
  return {
    name: 'reference',
    data: {
      heading,
      hasHeading: heading !== '',
      reference: complaint.reference,
      facts: statusFacts(complaint, texts),
      actions: [buttonData(openButton(complaint, texts))],
    },
  };
}

/** One page of somebody's complaints, with what comes next for each. */
export function complaintsView(
  complaints: readonly Complaint[],
  page: { next?: string; isFirst: boolean },
  texts: Texts,
): View {
  const pages = [
    ...(page.isFirst ? [] : [{ title: texts('button.newest'), data: { verb: 'my-complaints' } }]),
    ...(page.next
      ? [{ title: texts('button.older'), data: { verb: 'my-complaints', after: page.next } }]
      : []),
  ];
  const items = complaints.map((complaint) => ({
    reference: complaint.reference,
    stand: texts('list.stand', {
      state: texts(`state.${complaint.state}`),
      stage: texts(`stage.${complaint.stage}`),
    }),
    next: texts(`next.${nextStep(complaint)}`),
    open: openButton(complaint, texts).title,
    data: openButton(complaint, texts).data,
  }));
  const empty = texts('list.empty');
  return {
    name: 'complaints',
    data: { title: texts('list.title'), isEmpty: items.length === 0, empty, items, pages },
  };
}

/**
 * A complaint as its viewer may see it: with `full` its content, its timeline, page by page from the latest entry,
 * and the buttons that the procedure allows; with `status` reference, stage and state alone.
 */
export function detailsView(complaint: Complaint, viewer: Viewer, page = 0, flash = ''): View {
  const { person, context, texts } = viewer;
  const access: Access = accessOf(complaint, person.id, context.organisation);
  const content = access === 'full' ? contentOf(complaint, viewer, page) : statusOnly(texts);
  const facts = [...statusFacts(complaint, texts), ...content.facts];
  const done = { title: texts('button.done'), data: { verb: 'close-dialog' } };
  return {
    name: 'details',
    data: {
      flash,
      hasFlash: flash !== '',
      reference: complaint.reference,
      timelineTitle: texts('case.timeline'),
      ...content,
      hasTimeline: content.timeline.length > 0,
      facts,
      actions: [...content.pages, done].map(buttonData),
    },
  };
}

interface Content {
  facts: { title: string; value: string }[];
  buttonRows: { label: string; actions: object[] }[];
  sections: { title: string; paragraphs: { text: string }[] }[];
  timeline: object[];
  pages: Button[];
}

const statusOnly = (texts: Texts): Content => ({
  facts: [],
  buttonRows: [],
  sections: [{ title: texts('case.status-title'), paragraphs: [{ text: texts('case.status-only') }] }],
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
    text === undefined ? [] : [{ title: texts(`case.${key}`), paragraphs: paragraphsOf(text) }];
  return {
    facts: intakeFacts(complaint, viewer),
    buttonRows: buttonRows(complaint, viewer),
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
  const { intake, handler, loggedAt, loggedBy } = complaint;
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
    ...fact('handler', handler.name),
    ...fact('logged', texts('case.logged-by', { moment: texts.moment(loggedAt), name: loggedBy.name })),
  ];
}

/** The verbs that each allowed command offers, in the two rows in which they stand. */
const rows = {
  progress: { recordConversation: ['record-conversation', 'record-no-conversation'], close: ['close'] },
  other: { correct: ['correct'], withdraw: ['withdraw'], terminate: ['terminate'] },
};

/** The buttons come from the functions that decide, so that they can't disagree. */
function buttonRows(complaint: Complaint, { person, context, texts }: Viewer) {
  const allowed = new Set<string>(allowedCommands(complaint, person, context));
  return Object.entries(rows).flatMap(([row, kinds]) => {
    const actions = Object.entries(kinds)
      .filter(([kind]) => allowed.has(kind))
      .flatMap(([, verbs]) => verbs)
      .map((verb) =>
        buttonData({
          title: texts(`action.${verb}`),
          data: { verb: 'open-form', form: verb, complaint: complaint.id },
        }),
      );
    return actions.length === 0 ? [] : [{ label: texts(`case.actions-${row}`), actions }];
  });
}

/** Typed text, a paragraph a line, so that line breaks stay. */
export function paragraphsOf(text: string): { text: string }[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ({ text: line }));
}

/** Whether people concerned can be told by the bot, and whether some can't. */
export function toldOf(complaint: Complaint, logger: Person): { told: boolean; untold: boolean } {
  const { concerned } = complaint.intake;
  const picked = concerned.filter(({ id }) => id !== undefined && id !== logger.id);
  return { told: picked.length > 0, untold: concerned.some(({ id }) => id === undefined) };
}
