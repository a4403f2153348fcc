import { isHandler } from '../../domain/access.ts';
import { dayOf } from '../../domain/calendar.ts';
import type { CommandKind, ContentOf as Content } from '../../domain/commands.ts';
import type { Complaint } from '../../domain/complaint.ts';
import type { Person } from '../../domain/people.ts';
import { successorsOf } from '../../domain/procedure/escalation.ts';
import { removableBy } from '../../domain/procedure/evidence.ts';
import { readReference } from '../../domain/reference.ts';
import type { Context } from '../../domain/refusal.ts';
import { mayBeAppointed } from '../../domain/routing.ts';
import {
  outcomes,
  participantRoles,
  reasonsWithoutConversation,
  returnReasons,
  satisfactions,
} from '../../domain/vocabulary.ts';
import { choice, choices, day, optionalChoice, optionalText, person, text, time, toggle } from './field.ts';
import type { ContentOf, Fields, Typed } from './form.ts';
import { correctionFields, departmentTitles, intakeOf, typedIntake } from './intake.ts';

/** What a form depends on: the complaint as it stands, and the organisation today. */
export interface FormCase {
  complaint: Complaint;
  context: Context;
  /** Who opens it. */
  viewer: Person;
  /** The escalation on which the form was opened; it decides on that one only. */
  escalation: string;
  /** R11: words that look like personal data, and that the writer says are none. */
  overruled: readonly string[];
}

/** A form whose fields make the content of one command. */
export interface HandlingForm<F extends Fields = Fields, K extends CommandKind = CommandKind> {
  kind: K;
  fields(about: FormCase): F;
  /** What stands in it at first. */
  first?(about: FormCase): Typed;
  /** Words of choices that depend on the complaint or the organisation, by field. */
  titles?(about: FormCase): Record<string, Record<string, string>>;
  /** The people picked in it, whose names are to be looked up. */
  picked?(read: ContentOf<F>): readonly string[];
  toContent(read: ContentOf<F>, about: FormCase, picked: readonly Person[]): Content<K>;
}

const form = <const F extends Fields, const K extends CommandKind>(definition: HandlingForm<F, K>) =>
  definition as unknown as HandlingForm;

const namesOf = (people: readonly Person[]) => Object.fromEntries(people.map(({ id, name }) => [id, name]));
const idsOf = (people: readonly Person[]) => people.map(({ id }) => id);
const found = (people: readonly Person[], personId: string): Person =>
  people.find(({ id }) => id === personId) ?? { id: personId, name: personId };

/** R11: what is asked for the anonymous record when a complaint ends. */
const recordFields = () => ({
  summary: text('paragraph', 2000),
  recommendation: optionalText('paragraph', 1000),
});

const forRecord = (
  { summary, recommendation }: ContentOf<ReturnType<typeof recordFields>>,
  { overruled }: FormCase,
) => ({
  summary,
  ...(recommendation && { recommendation }),
  ...(overruled.length > 0 && { overruled: [...overruled] }),
});

/** The texts that were written for the record last, to go on from. */
function writtenLast({ timeline }: Complaint): Typed {
  const last = timeline.findLast(({ content }) => 'summary' in content)?.content;
  return { summary: '', recommendation: '', ...(last as Partial<Content<'rewriteSummary'>> | undefined) };
}

/** The escalation that is asked for now, or '-'. */
export const escalationOf = (complaint: Complaint) =>
  complaint.state === 'pending' ? complaint.escalation.id : '-';
const otherDepartments = ({ complaint, context }: FormCase) =>
  context.organisation.departments.filter(({ id }) => id !== complaint.intake.department);
/** Whether a handler is to be named from all colleagues, not from the approvers. */
export const appoints = ({ complaint, context: { organisation }, viewer }: FormCase) =>
  mayBeAppointed(complaint, organisation) && !isHandler(complaint, viewer.id, organisation);
const removable = ({ complaint, context, viewer }: FormCase) => removableBy(complaint, viewer, context);
/** Who talks with the complainant at each stage. */
const talksAt = { employee: 'concerned', manager: 'approver', director: 'director' } as const;
const today = ({ context }: FormCase) => dayOf(context.now);

/** The forms of the handling, by the verb that opens them. A new one has its words in the locales. */
export const handlingForms = {
  'record-conversation': form({
    kind: 'recordConversation',
    fields: () => ({
      on: day(),
      participants: choices(participantRoles),
      account: text('paragraph', 2000),
      satisfied: choice(satisfactions),
    }),
    first: (about) => ({ on: today(about), participants: `complainant,${talksAt[about.complaint.stage]}` }),
    toContent: (read) => ({ held: true, ...read }),
  }),
  'record-no-conversation': form({
    kind: 'recordConversation',
    fields: () => ({
      noConversation: choice(reasonsWithoutConversation),
      explanation: text('paragraph', 1000),
    }),
    toContent: ({ noConversation, explanation }) => ({ held: false, reason: noConversation, explanation }),
  }),
  'request-escalation': form({
    kind: 'requestEscalation',
    fields: () => ({ escalationWish: text('paragraph', 1000) }),
    toContent: ({ escalationWish }) => ({ wish: escalationWish }),
  }),
  'return-escalation': form({
    kind: 'returnEscalation',
    fields: (about) => ({
      // Above the departments there is no other one to return it to.
      returnReason: choice(about.complaint.stage === 'director' ? ['not-yet-discussed'] : returnReasons),
      ...(about.complaint.stage !== 'director' && {
        toDepartment: optionalChoice(otherDepartments(about).map(({ id }) => id)),
      }),
      returnNote: optionalText('line', 500),
    }),
    titles: ({ context }) => ({ toDepartment: departmentTitles(context.organisation) }),
    toContent: ({ returnReason, toDepartment, returnNote }, about) => ({
      escalation: about.escalation,
      reason: returnReason,
      ...(toDepartment ? { department: toDepartment } : {}),
      ...(returnNote ? { note: returnNote } : {}),
    }),
  }),
  'plan-conversation': form({
    kind: 'planConversation',
    fields: () => ({ plannedOn: day(), plannedTime: time(), place: text('line', 200) }),
    toContent: ({ plannedOn, plannedTime, place }) => ({ on: plannedOn, time: plannedTime, place }),
  }),
  involve: form({
    kind: 'involve',
    fields: () => ({ person: person(), consent: toggle() }),
    picked: (read) => [read.person],
    toContent: (read, _about, picked) => ({ person: found(picked, read.person), consent: read.consent }),
  }),
  release: form({
    kind: 'release',
    fields: ({ complaint }) => ({ released: choice(idsOf(complaint.involved)) }),
    titles: ({ complaint }) => ({ released: namesOf(complaint.involved) }),
    toContent: ({ released }, { complaint }) => ({ person: found(complaint.involved, released) }),
  }),
  reassign: form({
    kind: 'reassign',
    fields: (about) => ({
      to: appoints(about) ? person() : choice(idsOf(successorsOf(about.complaint, about.context))),
    }),
    titles: (about): Record<string, Record<string, string>> =>
      appoints(about) ? {} : { to: namesOf(successorsOf(about.complaint, about.context)) },
    picked: ({ to }) => [to],
    toContent: ({ to }, _about, picked) => ({ to: found(picked, to) }),
  }),
  correct: form({
    kind: 'correct',
    fields: ({ context }) => correctionFields(context.organisation),
    first: ({ complaint }) => typedIntake(complaint.intake),
    titles: ({ context }) => ({ department: departmentTitles(context.organisation) }),
    picked: ({ concernedIds }) => concernedIds,
    toContent: ({ reason, ...read }, { complaint }, picked) => {
      const { linkedTo } = complaint.intake;
      return {
        reason,
        intake: { ...intakeOf(complaint.intake, read, picked), ...(linkedTo && { linkedTo }) },
      };
    },
  }),
  close: form({
    kind: 'close',
    fields: ({ complaint }) => ({
      outcome: choice(outcomes, 'resolved'),
      ...(complaint.stage !== 'director' && { declinesNextStage: toggle() }),
      duplicateOf: optionalText('line', 20),
      ...recordFields(),
    }),
    first: ({ complaint }) => ({ duplicateOf: complaint.intake.linkedTo ?? '' }),
    toContent: ({ outcome, declinesNextStage = false, duplicateOf, ...written }, about) => {
      const reference = outcome === 'duplicate' && duplicateOf ? readReference(duplicateOf) : undefined;
      return {
        ...{ outcome, declinesNextStage },
        ...(reference && { duplicateOf: reference }),
        ...forRecord(written, about),
      };
    },
  }),
  withdraw: form({
    kind: 'withdraw',
    fields: () => ({ withdrawReason: optionalText('paragraph', 1000), ...recordFields() }),
    toContent: ({ withdrawReason, ...written }, about) => ({
      ...(withdrawReason && { reason: withdrawReason }),
      ...forRecord(written, about),
    }),
  }),
  terminate: form({
    kind: 'terminate',
    fields: () => ({ externalName: text('line', 200), ...recordFields() }),
    toContent: ({ externalName, ...written }, about) => ({
      externalBody: externalName,
      ...forRecord(written, about),
    }),
  }),
  'rewrite-summary': form({
    kind: 'rewriteSummary',
    fields: recordFields,
    first: ({ complaint }) => writtenLast(complaint),
    toContent: forRecord,
  }),
  reopen: form({
    kind: 'reopen',
    fields: () => ({ reopenReason: text('paragraph', 1000) }),
    toContent: ({ reopenReason }) => ({ reason: reopenReason }),
  }),
  'remove-evidence': form({
    kind: 'removeEvidence',
    fields: (about) => ({
      file: choice(removable(about).map(({ id }) => id)),
      removeReason: text('line', 500),
    }),
    // The only one need not be chosen.
    first: (about) => {
      const [only, ...others] = removable(about);
      return only && others.length === 0 ? { file: only.id } : {};
    },
    titles: (about) => ({
      file: Object.fromEntries(removable(about).map(({ id, fileName }) => [id, fileName])),
    }),
    toContent: ({ file, removeReason }) => ({ file, reason: removeReason }),
  }),
  relay: form({
    kind: 'relay',
    fields: () => ({ note: text('paragraph', 1000) }),
    toContent: ({ note }) => ({ note }),
  }),
};
export type HandlingVerb = keyof typeof handlingForms;
