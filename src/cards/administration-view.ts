import { directorChannel, type Organisation } from '../domain/organisation.ts';
import type { Person } from '../domain/people.ts';
import type { Button } from './forms/form.ts';
import { messageView } from './pages.ts';
import type { View } from './render.ts';
import type { Texts } from './texts.ts';

/** Who holds which role and which channel hears of what, with the forms to change it; no complaint (R13). */
export function administrationView(organisation: Organisation, texts: Texts, flash = ''): View {
  const names = (people: readonly Person[]) =>
    people.map(({ name }) => name).join(', ') || texts('admin.nobody');
  const linked = (key: string) => organisation.channels[key]?.name ?? texts('admin.no-channel');
  const open = (title: string, form: string, target = ''): Button => ({
    title,
    data: { verb: 'open-administration-form', form, target },
  });
  const { departments, directors, coordinators, administrators } = organisation;
  return messageView(
    {
      title: texts('admin.title'),
      lines: [...(flash ? [flash] : []), texts('admin.intro')],
      facts: [
        ...departments.map(({ id, name, approvers }) => ({
          title: name,
          value: texts('admin.department', { approvers: names(approvers), channel: linked(id) }),
        })),
        {
          title: texts('admin.directors'),
          value: texts('admin.department', { approvers: names(directors), channel: linked(directorChannel) }),
        },
        { title: texts('admin.coordinators'), value: names(coordinators) },
        { title: texts('admin.administrators'), value: names(administrators) },
      ],
      buttonRows: [
        {
          label: texts('admin.departments'),
          actions: [
            ...departments.map(({ id, name }) => open(name, 'department', id)),
            open(texts('admin.add-department'), 'department'),
          ],
        },
        {
          label: texts('admin.roles'),
          actions: (['directors', 'coordinators', 'administrators'] as const).map((role) =>
            open(texts(`admin.${role}`), role),
          ),
        },
        {
          label: texts('admin.leaving'),
          actions: [open(texts('admin.former'), 'former'), open(texts('admin.returned'), 'returned')],
        },
      ],
      buttons: [{ title: texts('button.done'), data: { verb: 'close-dialog' } }],
    },
    texts,
  );
}

/** The way into the administration, for an administrator in the chat. */
export function administrationStartView(texts: Texts): View {
  const data = { msteams: { type: 'task/fetch' }, verb: 'open-administration' };
  const buttons = [{ title: texts('button.administration'), data }];
  return messageView({ title: texts('admin.title'), lines: [texts('admin.start')], buttons }, texts);
}

/** What a channel may be linked to: each department, or the director. */
export function linkView({ departments }: Organisation, texts: Texts): View {
  const decision = (title: string, to: string) => ({ title, verb: 'link-channel', data: { to } });
  const decisions = [
    ...departments.map(({ id, name }) => decision(name, id)),
    decision(texts('admin.directors'), directorChannel),
  ];
  return messageView({ title: texts('link.title'), lines: [texts('link.intro')], decisions }, texts);
}
