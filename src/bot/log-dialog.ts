import { z } from 'zod';
import { currentContext, handleLog } from '../app/handle-command.ts';
import { type Seen, searchSame } from '../app/look-up.ts';
import { type FormView, formView, readForm, type Typed } from '../cards/forms/form.ts';
import {
  complaintFields,
  departmentTitles,
  intakeOf,
  missingNames,
  screeningFields,
} from '../cards/forms/intake.ts';
import { receiptView, screenedView } from '../cards/pages.ts';
import type { Texts } from '../cards/texts.ts';
import { dayOf } from '../domain/calendar.ts';
import type { Complaint } from '../domain/complaint.ts';
import {
  type Intake,
  intakeSchema,
  longestDescription,
  mostConcerned,
  refuseScreening,
  type Screening,
  screeningSchema,
} from '../domain/intake.ts';
import { approversOf, isOne } from '../domain/organisation.ts';
import type { Person } from '../domain/people.ts';
import { referenceSchema } from '../domain/reference.ts';
import type { Context, Refusal } from '../domain/refusal.ts';
import { showDetails } from './complaint-dialog.ts';
import { type DialogAnswer, dialogVerb, outcomeOf } from './dialog.ts';
import { commandIdOf } from './form-id.ts';
import { takenOver } from './message-text.ts';
import type { Parts } from './parts.ts';

/** Most earlier complaints of the same complainant that are offered to link to. */
const mostEarlier = 10;

const formId = z.uuid();
const typedSchema = z.record(z.string(), z.unknown());

/**
 * Opens the form for a new complaint, with the id that makes sure it is taken up once; where it starts from a message,
 * with that message's text, which waits in the form until the screening is passed.
 */
export const openLogComplaint = dialogVerb(
  z.object({
    description: z.string().max(longestDescription).optional(),
    fromMessage: z.enum(takenOver).optional(),
  }),
  async (first, { texts }, { newId }) => screeningForm(newId(), first, texts),
);

/** Back from the words to read aloud, with what was typed. */
export const backToScreening = dialogVerb(
  z.object({ form: formId, typed: typedSchema }),
  async ({ form, typed }, { texts }) => screeningForm(form, typed, texts),
);

/** Step one: whether the complaint may be taken up (R1, R3, R4, R5). Stores nothing, whatever the answer. */
export const screen = dialogVerb(
  z.looseObject({ form: formId, kept: typedSchema.default({}) }),
  async (data, { actor, texts }, parts) => {
    const { form, typed } = split(data);
    const read = readForm(screeningFields, typed, texts);
    if ('faults' in read) return screeningForm(form, typed, texts, { faults: read.faults });
    const screening: Screening = { ...read.content, name: read.content.name ?? '' };
    const refusal = refuseScreening(screening);
    if (refusal) return screened(refusal, form, typed, texts);
    try {
      const context = await currentContext(parts);
      const first = { ...firstTyped(actor, context), ...typed };
      const { externalBody, compensation } = screening;
      const earlier = referencesOf(await searchSame({ name: screening.name }, actor, parts));
      const carried = { answers: { externalBody, compensation }, earlier };
      const note = messageNote('complaint', typed, texts);
      return complaintForm(form, carried, first, context, texts, note);
    } catch (fault) {
      parts.log.error('dialog failed', { command: 'screen' }, fault);
      return screeningForm(form, typed, texts, { fault: texts('bot.fault') });
    }
  },
);

/** The answers of the first step that the second one carries along, and the earlier complaints that it offered. */
const carriedSchema = z.object({
  answers: screeningSchema.pick({ externalBody: true, compensation: true }),
  earlier: z.array(referenceSchema).max(mostEarlier),
});
type Carried = z.infer<typeof carriedSchema>;

/**
 * Step two: takes the complaint up, and gives the receipt to read aloud. A form that was opened before the bot was
 * upgraded may carry its answers in another shape: then they are asked again, and what was typed is kept.
 */
export const logComplaint = dialogVerb(
  z.looseObject({ form: formId, carried: carriedSchema.optional().catch(undefined) }),
  async (data, asker, parts) => {
    const { actor, texts } = asker;
    const { carried } = data;
    const { form, typed } = split(data);
    if (!carried) return screeningForm(form, typed, texts, { fault: texts('form.older-screening') });
    const context = await currentContext(parts);
    const again = (more: Partial<FormView>, offered = carried) =>
      complaintForm(form, offered, typed, context, texts, more);
    try {
      const read = readForm(complaintFields(context.organisation, carried.earlier), typed, texts);
      if ('faults' in read) return again({ faults: read.faults });
      const picked = await asker.named(read.content.concernedIds);
      const missing = missingNames(picked, read.content);
      if (missing > 0) {
        return again({ faults: { concernedNames: texts('fault.name-unknown', { count: missing }) } });
      }
      const { success, data: content } = intakeSchema.safeParse(
        intakeOf(carried.answers, read.content, picked),
      );
      if (!success)
        return again({ faults: { concernedIds: texts('fault.too-many', { max: mostConcerned }) } });
      const refusal = refuseScreening(content);
      if (refusal) return screened(refusal, form, { ...typed, ...carried.answers }, texts);
      const id = commandIdOf(form, actor.id);
      const offered = await offerEarlier(content, id, carried, actor, parts);
      if (offered) return again({ fault: texts('form.same-complainant') }, offered);
      const decision = await handleLog({ kind: 'logComplaint', id, content }, actor, parts);
      if (decision.accepted) {
        const { complaint, repeated } = decision;
        const logged = { command: 'logComplaint', reference: complaint.reference };
        parts.log.info('command', { ...logged, outcome: outcomeOf(repeated) });
        const told = await reached(complaint, actor, parts);
        return {
          title: texts('dialog.log'),
          view: receiptView(
            complaint,
            context.organisation,
            { repeated, takesFiles: parts.evidence !== undefined, ...told },
            texts,
          ),
        };
      }
      const { code, field } = decision.refusal;
      if (code === 'used-before') {
        return await showDetails(id, asker, parts, 0, {
          words: texts('refusal.used-before'),
          isRefusal: true,
        });
      }
      const words = texts(`refusal.${code}`);
      return again(field ? { faults: { [field]: words } } : { fault: words });
    } catch (fault) {
      parts.log.error('command failed', { command: 'logComplaint' }, fault);
      return again({ fault: texts('form.not-recorded') });
    }
  },
);

/** F8: what to offer once more, where the phone number or the name leads to complaints that were not offered yet. */
async function offerEarlier(
  { name, phone }: Intake,
  id: string,
  carried: Carried,
  actor: Person,
  parts: Parts,
): Promise<Carried | undefined> {
  const same = await searchSame({ name, phone }, actor, parts);
  const earlier = referencesOf(same.filter(({ complaint }) => complaint.id !== id));
  const isNew = earlier.some((reference) => !carried.earlier.includes(reference));
  return isNew ? { ...carried, earlier } : undefined;
}

const referencesOf = (found: readonly Seen[]) =>
  found.map(({ complaint }) => complaint.reference).slice(0, mostEarlier);

/** Whether the people concerned can be told by the bot, and whether some can't. */
async function reached(complaint: Complaint, logger: Person, { store }: Parts) {
  const others = complaint.intake.concerned.filter(({ id }) => id !== logger.id);
  const contacts = await Promise.all(others.map(({ id }) => (id ? store.loadContact(id) : undefined)));
  return { told: contacts.some(Boolean), untold: contacts.some((contact) => !contact) };
}

/** What a form carried of its own, and what was typed in it, in the step before too. */
function split<T extends { form: string }>({ form, ...rest }: T & Record<string, unknown>) {
  const { verb: _verb, carried: _carried, kept, ...typed } = rest as Typed;
  return { form, typed: { ...(kept as Typed | undefined), ...typed } };
}

/** What stands in the second step at first: today, and for an approver their own department and stage (R7). */
function firstTyped({ id }: Person, { now, organisation }: Context): Typed {
  const department = organisation.departments.find((each) =>
    isOne(approversOf(organisation, each.id, 'manager'), id),
  );
  return { submittedOn: dayOf(now), ...(department && { department: department.id, entryStage: 'manager' }) };
}

/** What is told on top of a step of a form that starts from a message. */
function messageNote(step: 'screening' | 'complaint', typed: Typed, texts: Texts): Pick<FormView, 'note'> {
  const { data: taken } = z.enum(takenOver).safeParse(typed['fromMessage']);
  return taken ? { note: texts(`form.message-${taken}-${step}`, { max: longestDescription }) } : {};
}

function screeningForm(form: string, typed: Typed, texts: Texts, more: Partial<FormView> = {}): DialogAnswer {
  const data = { verb: 'screen', form, kept: typed };
  const view = formView(
    {
      intro: texts('form.screening-intro'),
      fields: screeningFields,
      typed,
      buttons: [{ title: texts('button.next'), style: 'positive', data }],
      ...messageNote('screening', typed, texts),
      ...more,
    },
    texts,
  );
  return { title: texts('dialog.log'), view };
}

function complaintForm(
  form: string,
  carried: Carried,
  typed: Typed,
  { organisation }: Context,
  texts: Texts,
  more: Partial<FormView> = {},
): DialogAnswer {
  const name = String(typed['name'] ?? '').trim();
  const linkedTo = Object.fromEntries(carried.earlier.map((reference) => [reference, reference]));
  const view = formView(
    {
      intro: texts(name ? 'form.complaint-intro' : 'form.complaint-intro-unnamed', { name }),
      fields: complaintFields(organisation, carried.earlier),
      titles: { department: departmentTitles(organisation), linkedTo },
      typed,
      buttons: [
        { title: texts('button.record'), style: 'positive', data: { verb: 'log-complaint', form, carried } },
      ],
      ...more,
    },
    texts,
  );
  return { title: texts('dialog.log'), view };
}

function screened({ code }: Refusal, form: string, typed: object, texts: Texts): DialogAnswer {
  const back = { title: texts('button.back'), data: { verb: 'back-to-screening', form, typed } };
  return { title: texts('dialog.log'), view: screenedView(code, back, texts) };
}
