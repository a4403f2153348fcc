import { z } from 'zod';
import { handleCommand } from '../app/handle-command.ts';
import { findById, openDetails, type Seen } from '../app/look-up.ts';
import { detailsView } from '../cards/case-view.ts';
import { type Fields, type FormView, formView, readForm, type Typed } from '../cards/forms/form.ts';
import { type HandlingVerb, handlingForms } from '../cards/forms/handling.ts';
import { correctionFields, departmentTitles, intakeOf, typedIntake } from '../cards/forms/intake.ts';
import { messageView } from '../cards/pages.ts';
import type { Texts } from '../cards/texts.ts';
import { dayOf } from '../domain/calendar.ts';
import { type Command, contentSchemas } from '../domain/commands.ts';
import { refuseCommand } from '../domain/decide.ts';
import type { Refusal } from '../domain/refusal.ts';
import { type DialogAnswer, dialogVerb } from './dialog.ts';
import { commandIdOf } from './form-id.ts';
import { outcomeOf } from './log-dialog.ts';
import type { Asker, Parts } from './parts.ts';

const complaintId = z.string().max(100);
const formName = z.enum([...(Object.keys(handlingForms) as HandlingVerb[]), 'correct']);
type FormName = z.infer<typeof formName>;

/** Shows a complaint, after a check of who asks; a look at its content is recorded. */
export const openComplaint = dialogVerb(
  z.object({ complaint: complaintId, page: z.int().min(0).optional() }),
  async ({ complaint, page }, asker, parts) => details(complaint, asker, parts, page),
);

/** Opens one of the forms of the handling, where the procedure allows its command now. */
export const openForm = dialogVerb(
  z.object({ form: formName, complaint: complaintId }),
  async ({ form, complaint: id }, asker, parts) => {
    // The form to correct shows the whole intake, so opening it is a look.
    const seen = await (form === 'correct' ? openDetails : findById)(id, asker.actor, parts);
    const refusal = seen ? refuseCommand(seen.complaint, kindOf(form), asker.actor, seen.context) : notFound;
    if (!seen || refusal) return refused(refusal ?? notFound, asker.texts);
    return handlingForm(form, seen, parts.newId(), firstTyped(form, seen), asker.texts);
  },
);

/** Carries out what a form of the handling asks, and shows the complaint as it stands then. */
export const submitForm = dialogVerb(
  z.looseObject({ form: formName, complaint: complaintId, command: z.uuid() }),
  async ({ form, complaint: id, command: formId, verb: _verb, ...typed }, asker, parts) => {
    const { actor, texts } = asker;
    const seen = await findById(id, actor, parts);
    if (!seen) return refused(notFound, texts);
    const again = (more: Partial<FormView>) => handlingForm(form, seen, formId, typed, texts, more);
    const read = await readCommand(form, typed, seen, asker);
    if ('faults' in read) return again({ faults: read.faults });
    const command = { ...read.command, id: commandIdOf(formId, actor.id) } as Command;
    const logged = { command: command.kind, reference: seen.complaint.reference };
    try {
      const decision = await handleCommand(id, command, actor, parts);
      if (decision.accepted) {
        parts.log.info('command', { ...logged, outcome: outcomeOf(decision.repeated) });
        return await details(id, asker, parts, 0, texts(`recorded.${command.kind}`));
      }
      const { code, field } = decision.refusal;
      parts.log.info('command', { ...logged, outcome: code });
      const words = texts(`refusal.${code}`);
      return again(
        field && field in fieldsOf(form, seen) ? { faults: { [field]: words } } : { fault: words },
      );
    } catch (fault) {
      parts.log.error('command failed', logged, fault);
      return again({ fault: texts('form.not-recorded') });
    }
  },
);

const notFound: Refusal = { code: 'not-found' };

const kindOf = (form: FormName): Command['kind'] =>
  form === 'correct' ? 'correct' : handlingForms[form].kind;

async function details(id: string, asker: Asker, parts: Parts, page = 0, flash = ''): Promise<DialogAnswer> {
  const { actor: person, texts } = asker;
  const seen = await openDetails(id, person, parts);
  if (!seen) return refused(notFound, texts);
  const { complaint, context } = seen;
  const title = texts('dialog.complaint', { reference: complaint.reference });
  return { title, view: detailsView(complaint, { person, context, texts }, page, flash) };
}

function refused({ code }: Refusal, texts: Texts): DialogAnswer {
  const buttons = [{ title: texts('button.done'), data: { verb: 'close-dialog' } }];
  const message = { title: texts('bot.fault-title'), lines: [texts(`refusal.${code}`)], buttons };
  return { title: texts('dialog.message'), view: messageView(message, texts) };
}

function fieldsOf(form: FormName, { context }: Seen): Fields {
  return form === 'correct' ? correctionFields(context.organisation) : handlingForms[form].fields;
}

function firstTyped(form: FormName, { complaint, context }: Seen): Typed {
  return form === 'correct' ? typedIntake(complaint.intake) : { on: dayOf(context.now) };
}

/** What was typed, as a command that the procedure knows, or what is to be put right. */
async function readCommand(form: FormName, typed: Typed, seen: Seen, { named, texts }: Asker) {
  if (form !== 'correct') {
    const { kind, fields, toContent } = handlingForms[form];
    const read = readForm(fields as Fields, typed, texts);
    if ('faults' in read) return read;
    const content = (toContent as (read: unknown) => unknown)(read.content);
    return { command: { kind, content: contentSchemas[kind].parse(content) } };
  }
  const read = readForm(correctionFields(seen.context.organisation), typed, texts);
  if ('faults' in read) return read;
  const { reason, ...rest } = read.content;
  const intake = intakeOf(seen.complaint.intake, rest, await named(rest.concernedIds));
  const content = contentSchemas.correct.parse({ reason, intake });
  return { command: { kind: 'correct' as const, content } };
}

function handlingForm(
  form: FormName,
  seen: Seen,
  command: string,
  typed: Typed,
  texts: Texts,
  more: Partial<FormView> = {},
): DialogAnswer {
  const { id: complaint, reference } = seen.complaint;
  const title = texts(`action.${form}`);
  const view = formView(
    {
      title,
      intro: texts(`intro.${form}`, { reference }),
      fields: fieldsOf(form, seen),
      titles: { department: departmentTitles(seen.context.organisation) },
      typed,
      buttons: [
        {
          title: texts('button.record'),
          style: 'positive',
          data: { verb: 'submit-form', form, complaint, command },
        },
        { title: texts('button.cancel'), leaves: true, data: { verb: 'open-complaint', complaint } },
      ],
      ...more,
    },
    texts,
  );
  return { title, view };
}
