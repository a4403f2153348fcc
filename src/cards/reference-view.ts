import { type Complaint, isActive } from '../domain/complaint.ts';
import type { Notice } from '../domain/notices.ts';
import type { Organisation } from '../domain/organisation.ts';
import { type Button, buttonData } from './forms/form.ts';
import type { View } from './render.ts';
import { type Fact, nextStep, statusFacts } from './status.ts';
import type { Texts } from './texts.ts';

/** The button that opens a complaint in a dialog, after a check of who asks. */
export function openButton({ id, reference }: Complaint, texts: Texts): Button {
  return {
    title: texts('button.open-reference', { reference }),
    data: { msteams: { type: 'task/fetch' }, verb: 'open-complaint', complaint: id },
  };
}

/** What is decided on a card itself: its title, and the verb with what it carries. */
interface Decision {
  title: string;
  verb: string;
  data: object;
  style: 'default' | 'positive';
}

function decisionView(
  complaint: Complaint,
  facts: Fact[],
  heading: string,
  decisions: Decision[],
  buttons: Button[],
): View {
  return {
    name: 'reference',
    data: {
      heading,
      hasHeading: heading !== '',
      reference: complaint.reference,
      facts,
      hasFacts: facts.length > 0,
      decisions,
      actions: buttons.map(buttonData),
      isAlive: false,
    },
  };
}

/** The card of a notice, which asks for today's by itself whenever its reader looks at it (`show-today`). */
export function aliveView({ name, data }: View, complaint: Complaint, kind: Notice['kind']): View {
  return { name, data: { ...data, isAlive: true, shows: { complaint: complaint.id, kind } } };
}

/** A card that names a complaint by reference alone, with the reason why it was sent. */
export function referenceView(
  complaint: Complaint,
  organisation: Organisation,
  texts: Texts,
  heading = '',
): View {
  const facts = statusFacts(complaint, nextStep(complaint, organisation), texts);
  return decisionView(complaint, facts, heading, [], [openButton(complaint, texts)]);
}

/**
 * The reference alone, for a conversation of which the bot does not know who reads it: the card can't be brought up to
 * date, and may be the only thing there of the bot (R13).
 */
export function bareReferenceView(complaint: Complaint, texts: Texts): View {
  return decisionView(complaint, [], texts('extension.card'), [], [openButton(complaint, texts)]);
}

/**
 * The card on which approvers decide, in a channel or a chat: reference, stage, state, who took it on, and nothing
 * else (R13). `isAsked` says whether this place is asked now; only then it offers to decide, on the escalation that it
 * shows.
 */
export function approvalView(complaint: Complaint, isAsked: boolean, texts: Texts, heading: string): View {
  const { id, stage, state, handler } = complaint;
  const isTaken = (state === 'open' || state === 'closed') && stage !== 'employee';
  const facts = [
    { title: texts('case.stage'), value: texts(`stage.${stage}`) },
    { title: texts('case.state'), value: texts(`state.${state}`) },
    ...(isTaken ? [{ title: texts('case.taken-by'), value: handler.name }] : []),
  ];
  if (!isAsked || complaint.state !== 'pending') {
    return decisionView(complaint, facts, heading, [], [openButton(complaint, texts)]);
  }
  const data = { complaint: id, escalation: complaint.escalation.id };
  const returning: Button = {
    title: texts('action.return-escalation'),
    data: { msteams: { type: 'task/fetch' }, verb: 'open-form', form: 'return-escalation', complaint: id },
  };
  return decisionView(
    complaint,
    facts,
    heading,
    [{ title: texts('button.accept'), verb: 'accept-escalation', data, style: 'positive' }],
    [returning, openButton(complaint, texts)],
  );
}

/** R8: names were typed, so the approver is asked whether one is theirs. */
export function askConcernedView(complaint: Complaint, escalation: string, texts: Texts): View {
  const data = { complaint: complaint.id, escalation };
  return decisionView(
    complaint,
    [],
    texts('asks-concerned.question'),
    [
      {
        title: texts('asks-concerned.no'),
        verb: 'accept-escalation',
        data: { ...data, notConcerned: true },
        style: 'positive',
      },
      { title: texts('asks-concerned.yes'), verb: 'declare-concerned', data, style: 'default' },
    ],
    [openButton(complaint, texts)],
  );
}

/** One page of somebody's complaints, those that wait for them first, with what comes next for each. */
export function complaintsView(
  { waiting, others }: { waiting: readonly Complaint[]; others: readonly Complaint[] },
  page: { next?: string; isFirst: boolean },
  organisation: Organisation,
  texts: Texts,
  title = texts('list.title'),
): View {
  const pages = [
    ...(page.isFirst ? [] : [{ title: texts('button.newest'), data: {} }]),
    ...(page.next ? [{ title: texts('button.older'), data: { after: page.next } }] : []),
  ];
  const item = (complaint: Complaint, waits: boolean) => ({
    reference: complaint.reference,
    waits,
    waitsText: texts('list.waits'),
    stand: texts('list.stand', {
      state: texts(`state.${complaint.state}`),
      stage: texts(`stage.${complaint.stage}`),
    }),
    // Of an ended complaint only a returned summary waits, for its writer alone: others must not learn of it (R11).
    next: texts(
      `next.${waits && !isActive(complaint) ? 'summary-returned' : nextStep(complaint, organisation)}`,
    ),
    open: openButton(complaint, texts),
  });
  const items = [
    ...waiting.map((complaint) => item(complaint, true)),
    ...others.map((complaint) => item(complaint, false)),
  ];
  const empty = texts('list.empty');
  return {
    name: 'complaints',
    data: { title, isEmpty: items.length === 0, empty, items, pages },
  };
}
