import { z } from 'zod';
import { handleCommand } from '../app/handle-command.ts';
import { findById, openDetails } from '../app/look-up.ts';
import { detailsView, type Flash } from '../cards/details-view.ts';
import { type Faults, type FormView, formView, readForm, type Typed } from '../cards/forms/form.ts';
import {
  appoints,
  escalationOf,
  type FormCase,
  type HandlingForm,
  type HandlingVerb,
  handlingForms,
} from '../cards/forms/handling.ts';
import { missingNames } from '../cards/forms/intake.ts';
import { markButtons, marksIn, withSuggestions } from '../cards/forms/marks.ts';
import { messageView } from '../cards/pages.ts';
import type { Texts } from '../cards/texts.ts';
import { knownIn } from '../domain/anonymise.ts';
import { type Command, type ContentOf, contentSchemas } from '../domain/commands.ts';
import { refuseCommand } from '../domain/decide.ts';
import { mostConcerned } from '../domain/intake.ts';
import { holdersOf } from '../domain/organisation.ts';
import type { Refusal } from '../domain/refusal.ts';
import { type DialogAnswer, dialogVerb, markAnswers, outcomeOf } from './dialog.ts';
import { commandIdOf } from './form-id.ts';
import type { Asker, Parts } from './parts.ts';
import { recordedWords } from './recorded.ts';

const complaintId = z.string().max(100);
const formName = z.enum(Object.keys(handlingForms) as HandlingVerb[]);

/** Shows a complaint, after a check of who asks; a look at its content is recorded. */
export const openComplaint = dialogVerb(
  z.object({ complaint: complaintId, page: z.int().min(0).optional() }),
  async ({ complaint, page }, asker, parts) => showDetails(complaint, asker, parts, page),
);

/** Opens one of the forms of the handling, where the procedure allows its command now. */
export const openForm = dialogVerb(
  z.object({ form: formName, complaint: complaintId }),
  async ({ form, complaint: id }, asker, parts) => {
    // The form to correct shows the whole intake, so opening it is a look.
    const seen = await (form === 'correct' ? openDetails : findById)(id, asker.actor, parts);
    if (!seen) return refused({ code: 'not-found' }, asker.texts);
    const about = {
      ...seen,
      viewer: asker.actor,
      escalation: escalationOf(seen.complaint),
      overruled: [],
    };
    const { kind, first } = handlingForms[form];
    const refusal = refuseCommand(seen.complaint, kind as Command['kind'], asker.actor, seen.context);
    if (refusal) return refused(refusal, asker.texts);
    return handlingForm(form, about, parts.newId(), first?.(about) ?? {}, asker.texts);
  },
);

/** Carries out what a form of the handling asks, and shows the complaint as it stands then. */
export const submitForm = dialogVerb(
  z.looseObject({
    form: formName,
    complaint: complaintId,
    command: z.uuid(),
    // Missing in forms that were opened before they carried it.
    escalation: z.string().max(100).default('-'),
    ...markAnswers,
  }),
  async (data, asker, parts) => {
    const { form, complaint: id, command: formId, escalation, overruled, takeOver } = data;
    const { verb: _verb, form: _form, complaint: _id, command: _formId, ...typed }: Typed = data;
    const { actor, texts } = asker;
    const seen = await findById(id, actor, parts);
    if (!seen) return refused({ code: 'not-found' }, texts);
    const about = { ...seen, viewer: actor, escalation, overruled };
    const again = (more: Partial<FormView>) => handlingForm(form, about, formId, typed, texts, more);
    const logged = { command: handlingForms[form].kind, reference: seen.complaint.reference };
    const given = { kind: logged.command, id: commandIdOf(formId, actor.id) };
    // These change the very choices that their form offered: sent again, it is known by its id alone.
    const isRepeat = seen.complaint.timeline.some(({ commandId }) => commandId === given.id);
    if (isRepeat && ['returnEscalation', 'release', 'reassign', 'removeEvidence'].includes(given.kind)) {
      const recorded = texts(`recorded.${logged.command}`);
      const words = recordedWords(recorded, given.id, seen.complaint, texts);
      return showDetails(id, asker, parts, 0, { words });
    }
    if (form === 'relay' && !(await parts.mayRelay(actor.id)))
      return again({ fault: texts('relay.too-many') });
    try {
      const read = await readContent(handlingForms[form], typed, about, asker);
      if ('faults' in read) return again({ faults: read.faults });
      const { summary, recommendation } = read.content as { summary?: string; recommendation?: string };
      const [written, known] = [
        { summary, recommendation },
        knownIn(seen.complaint, holdersOf(seen.context.organisation)),
      ];
      if (takeOver) {
        const replaced = withSuggestions(written, known);
        return again({ typed: { ...typed, ...replaced }, note: texts('form.taken-over') });
      }
      const command = { ...given, content: read.content };
      const decision = await handleCommand(id, command as Command, actor, parts);
      if (decision.accepted) {
        parts.log.info('command', { ...logged, outcome: outcomeOf(decision.repeated) });
        if (form === 'remove-evidence') await removeFile(id, read.content, parts);
        const recorded = texts(`recorded.${logged.command}`);
        const words = recordedWords(recorded, given.id, decision.complaint, texts);
        return await showDetails(id, asker, parts, 0, { words });
      }
      const { code, field } = decision.refusal;
      parts.log.info('command', { ...logged, outcome: code });
      const words = texts(`refusal.${code}`);
      if (code === 'personal-data-in-summary') {
        return again({ fault: words, marks: marksIn(written, known, overruled), overruled });
      }
      const beside = field !== undefined && field in handlingForms[form].fields(about);
      return again(beside ? { faults: { [field]: words } } : { fault: words });
    } catch (fault) {
      parts.log.error('command failed', logged, fault);
      return again({ fault: texts('form.not-recorded') });
    }
  },
);

/** A complaint in a dialog, as the person who asks may see it today. */
export async function showDetails(
  id: string,
  asker: Asker,
  parts: Parts,
  page = 0,
  flash: Flash = {},
): Promise<DialogAnswer> {
  const { actor: person, texts } = asker;
  const seen = await openDetails(id, person, parts);
  // Who has just given a complaint away may see nothing of it any more.
  if (!seen) return flash.words ? said(flash.words, texts) : refused({ code: 'not-found' }, texts);
  const { complaint, context } = seen;
  const title = texts('dialog.complaint', { reference: complaint.reference });
  return { title, view: detailsView(complaint, { person, context, texts }, page, flash) };
}

/** A file that was taken out goes at once; where that can't be now, the sweep removes it, and its key is gone already. */
async function removeFile(complaintId: string, content: unknown, { evidence, log }: Parts): Promise<void> {
  const { file } = content as ContentOf<'removeEvidence'>;
  await evidence?.files
    .remove(complaintId, file)
    .catch((fault: unknown) => log.warn('file not removed', {}, fault));
}

/** A refusal in words, in a dialog of its own. */
export function refused({ code }: Refusal, texts: Texts): DialogAnswer {
  return said(texts(`refusal.${code}`), texts, texts('bot.fault-title'));
}

/** Words in a dialog. */
export function said(words: string, texts: Texts, title = texts('dialog.message')): DialogAnswer {
  const buttons = [{ title: texts('button.done'), data: { verb: 'close-dialog' } }];
  return { title: texts('dialog.message'), view: messageView({ title, lines: [words], buttons }, texts) };
}

/** What was typed, as the content of a command that the procedure knows, or what is to be put right. */
async function readContent(
  { kind, fields, picked, toContent }: HandlingForm,
  typed: Typed,
  seen: FormCase,
  { named, texts }: Asker,
): Promise<{ content: unknown } | { faults: Faults }> {
  const read = readForm(fields(seen), typed, texts);
  if ('faults' in read) return read;
  const people = await named(picked?.(read.content) ?? []);
  const missing = missingNames(people, read.content);
  if (missing > 0) return { faults: { concernedNames: texts('fault.name-unknown', { count: missing }) } };
  const checked = contentSchemas[kind].safeParse(toContent(read.content, seen, people));
  if (checked.success) return { content: checked.data };
  // Of what each field let through, only the people concerned can be too many together.
  if (!checked.error.issues.every(({ path }) => path.includes('concerned'))) throw checked.error;
  return { faults: { concernedIds: texts('fault.too-many', { max: mostConcerned }) } };
}

function handlingForm(
  form: HandlingVerb,
  seen: FormCase,
  command: string,
  typed: Typed,
  texts: Texts,
  more: Partial<FormView> = {},
): DialogAnswer {
  const { id: complaint, reference } = seen.complaint;
  const { fields, titles } = handlingForms[form];
  const data = { verb: 'submit-form', form, complaint, command, escalation: seen.escalation };
  const view = formView(
    {
      intro: texts(`intro.${form}`, { reference }),
      fields: fields(seen),
      titles: titles?.(seen) ?? {},
      typed,
      buttons: [
        ...markButtons(more, data, texts),
        { title: texts('button.record'), style: more.marks ? 'default' : 'positive', data },
        { title: texts('button.cancel'), leaves: true, data: { verb: 'open-complaint', complaint } },
      ],
      ...more,
    },
    texts,
  );
  const name = form === 'reassign' && appoints(seen) ? 'appoint' : form;
  return { title: texts(`action.${name}`), view };
}
