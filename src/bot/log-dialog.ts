import { z } from 'zod';
import { currentContext, handleLog } from '../app/handle-command.ts';
import { type FormView, formView, readForm, type Typed } from '../cards/forms/form.ts';
import { complaintFields, departmentTitles, intakeOf, screeningFields } from '../cards/forms/intake.ts';
import { receiptView, screenedView } from '../cards/pages.ts';
import type { Texts } from '../cards/texts.ts';
import { dayOf } from '../domain/calendar.ts';
import { intakeSchema, refuseScreening, type Screening, screeningSchema } from '../domain/intake.ts';
import { approversOf } from '../domain/organisation.ts';
import type { Person } from '../domain/people.ts';
import type { Context, Refusal } from '../domain/refusal.ts';
import { type DialogAnswer, dialogVerb } from './dialog.ts';
import { commandIdOf } from './form-id.ts';

const formId = z.uuid();
const typedSchema = z.record(z.string(), z.unknown());

/** Opens the form for a new complaint, with the id that makes sure it is taken up once. */
export const openLogComplaint = dialogVerb(z.object({}), async (_data, { texts }, { newId }) =>
  screeningForm(newId(), {}, texts),
);

/** Back from the words to read aloud, with what was typed. */
export const backToScreening = dialogVerb(
  z.object({ form: formId, typed: typedSchema }),
  async ({ form, typed }, { texts }) => screeningForm(form, typed, texts),
);

/** Step one: whether the complaint may be taken up (R1, R3, R4, R5). Stores nothing, whatever the answer. */
export const screen = dialogVerb(
  z.looseObject({ form: formId, kept: typedSchema }),
  async (data, { actor, texts }, parts) => {
    const { form, typed } = split(data);
    const read = readForm(screeningFields, typed, texts);
    if ('faults' in read) return screeningForm(form, typed, texts, { faults: read.faults });
    const screening: Screening = { ...read.content, name: read.content.name ?? '' };
    const refusal = refuseScreening(screening);
    if (refusal) return screened(refusal, form, typed, texts);
    const context = await currentContext(parts);
    const first = { ...firstTyped(actor, context), ...typed };
    return complaintForm(form, screening, first, context, texts);
  },
);

/** The answers of the first step that the second one carries along. */
const answersSchema = screeningSchema.pick({ externalBody: true, compensation: true });
type Answers = z.infer<typeof answersSchema>;

/** Step two: takes the complaint up, and gives the receipt to read aloud. */
export const logComplaint = dialogVerb(
  z.looseObject({ form: formId, answers: answersSchema }),
  async (data, asker, parts) => {
    const { actor, texts } = asker;
    const { answers } = data;
    const { form, typed } = split(data);
    const context = await currentContext(parts);
    const again = (more: Partial<FormView>) => complaintForm(form, answers, typed, context, texts, more);
    const read = readForm(complaintFields(context.organisation), typed, texts);
    if ('faults' in read) return again({ faults: read.faults });
    try {
      const picked = await asker.named(read.content.concernedIds);
      const content = intakeSchema.parse(intakeOf(answers, read.content, picked));
      const refusal = refuseScreening(content);
      if (refusal) return screened(refusal, form, { ...typed, ...answers }, texts);
      const command = { kind: 'logComplaint', id: commandIdOf(form, actor.id), content } as const;
      const decision = await handleLog(command, actor, parts);
      if (decision.accepted) {
        const { complaint, repeated } = decision;
        const logged = { command: 'logComplaint', reference: complaint.reference };
        parts.log.info('command', { ...logged, outcome: outcomeOf(repeated) });
        return { title: texts('dialog.log'), view: receiptView(complaint, actor, repeated, texts) };
      }
      const { code, field } = decision.refusal;
      const words = texts(`refusal.${code}`);
      return again(field ? { faults: { [field]: words } } : { fault: words });
    } catch (fault) {
      parts.log.error('command failed', { command: 'logComplaint' }, fault);
      return again({ fault: texts('form.not-recorded') });
    }
  },
);

export const outcomeOf = (repeated: boolean) => (repeated ? 'repeated' : 'accepted');

/** What a form carried of its own, and what was typed in it, in the step before too. */
function split<T extends { form: string }>({ form, ...rest }: T & Record<string, unknown>) {
  const { verb: _verb, answers: _answers, kept, ...typed } = rest as Typed;
  return { form, typed: { ...(kept as Typed | undefined), ...typed } };
}

/** What stands in the second step at first: today, and for an approver their own department and stage (R7). */
function firstTyped({ id }: Person, { now, organisation }: Context): Typed {
  const department = organisation.departments.find((each) =>
    approversOf(organisation, each.id, 'manager').some((approver) => approver.id === id),
  );
  return { submittedOn: dayOf(now), ...(department && { department: department.id, entryStage: 'manager' }) };
}

function screeningForm(form: string, typed: Typed, texts: Texts, more: Partial<FormView> = {}): DialogAnswer {
  const title = texts('dialog.log');
  const view = formView(
    {
      title,
      intro: texts('form.screening-intro'),
      fields: screeningFields,
      typed,
      buttons: [
        { title: texts('button.next'), style: 'positive', data: { verb: 'screen', form, kept: typed } },
      ],
      ...more,
    },
    texts,
  );
  return { title, view };
}

function complaintForm(
  form: string,
  { externalBody, compensation }: Answers,
  typed: Typed,
  { organisation }: Context,
  texts: Texts,
  more: Partial<FormView> = {},
): DialogAnswer {
  const title = texts('dialog.log');
  const data = { verb: 'log-complaint', form, answers: { externalBody, compensation } };
  const view = formView(
    {
      title,
      intro: texts('form.complaint-intro', { name: typed['name'] }),
      fields: complaintFields(organisation),
      titles: { department: departmentTitles(organisation) },
      typed,
      buttons: [{ title: texts('button.record'), style: 'positive', data }],
      ...more,
    },
    texts,
  );
  return { title, view };
}

function screened({ code }: Refusal, form: string, typed: object, texts: Texts): DialogAnswer {
  const back = { title: texts('button.back'), data: { verb: 'back-to-screening', form, typed } };
  return { title: texts('dialog.log'), view: screenedView(code, back, texts) };
}
