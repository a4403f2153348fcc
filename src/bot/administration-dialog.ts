import { z } from 'zod';
import { changeOrganisation } from '../app/administration.ts';
import { currentOrganisation } from '../app/handle-command.ts';
import { administrationView } from '../cards/administration-view.ts';
import { type AdministrationVerb, administrationForms } from '../cards/forms/administration.ts';
import { type FormView, formView, readForm, type Typed } from '../cards/forms/form.ts';
import type { Texts } from '../cards/texts.ts';
import { isAdministrator, type Organisation } from '../domain/organisation.ts';
import { said } from './complaint-dialog.ts';
import { type DialogAnswer, dialogVerb } from './dialog.ts';
import type { Asker, Parts } from './parts.ts';

const formName = z.enum(Object.keys(administrationForms) as AdministrationVerb[]);
const target = z.string().max(50);

/** Shows the administration, to administrators only. */
export const openAdministration = dialogVerb(z.object({}), async (_data, asker, parts) => show(asker, parts));

/** Opens a form of the administration. */
export const openAdministrationForm = dialogVerb(
  z.object({ form: formName, target }),
  async (data, { actor, texts }, { store }) => {
    const organisation = await currentOrganisation(store);
    if (!isAdministrator(organisation, actor.id)) return said(texts('admin.not-administrator'), texts);
    const typed = administrationForms[data.form].first(organisation, data.target);
    return administrationForm(data.form, data.target, organisation, typed, texts);
  },
);

/** Changes the organisation, and shows it as it stands then. */
export const submitAdministrationForm = dialogVerb(
  z.looseObject({ form: formName, target }),
  async ({ form, target: on, verb: _verb, ...typed }, asker, parts) => {
    const { actor, texts } = asker;
    const organisation = await currentOrganisation(parts.store);
    if (!isAdministrator(organisation, actor.id)) return said(texts('admin.not-administrator'), texts);
    const again = (more: Partial<FormView>) => administrationForm(form, on, organisation, typed, texts, more);
    const { fields, picked, change } = administrationForms[form];
    const read = readForm(fields(organisation, on), typed, texts);
    if ('faults' in read) return again({ faults: read.faults });
    try {
      const people = await asker.named(picked(read.content));
      if (people.some(({ known }) => known === false)) return again({ fault: texts('admin.unknown') });
      const changed = await changeOrganisation(actor, form, change(read.content, people, on), parts);
      if (changed !== 'changed') return again({ fault: texts(`admin.${changed}`) });
      parts.log.info('organisation changed', { command: form });
      parts.organisationChanged();
      return await show(asker, parts, texts('admin.changed'));
    } catch (fault) {
      parts.log.error('command failed', { command: form }, fault);
      return again({ fault: texts('form.not-recorded') });
    }
  },
);

async function show({ actor, texts }: Asker, { store }: Parts, flash = ''): Promise<DialogAnswer> {
  const organisation = await currentOrganisation(store);
  if (!isAdministrator(organisation, actor.id)) return said(flash || texts('admin.not-administrator'), texts);
  return { title: texts('admin.title'), view: administrationView(organisation, texts, flash) };
}

function administrationForm(
  form: AdministrationVerb,
  on: string,
  organisation: Organisation,
  typed: Typed,
  texts: Texts,
  more: Partial<FormView> = {},
): DialogAnswer {
  const data = { verb: 'submit-administration-form', form, target: on };
  const view = formView(
    {
      intro: texts(`admin.form-${form}`),
      fields: administrationForms[form].fields(organisation, on),
      typed,
      buttons: [
        { title: texts('button.record'), style: 'positive', data },
        { title: texts('button.cancel'), leaves: true, data: { verb: 'open-administration' } },
      ],
      ...more,
    },
    texts,
  );
  const title = form === 'department' ? 'add-department' : form;
  const name = organisation.departments.find(({ id }) => id === on)?.name;
  return { title: name ?? texts(`admin.${title}`), view };
}
