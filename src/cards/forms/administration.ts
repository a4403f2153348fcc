import { directorChannel, isOne, type Organisation } from '../../domain/organisation.ts';
import type { Person } from '../../domain/people.ts';
import { people, person, text, toggle } from './field.ts';
import type { ContentOf, Fields, Typed } from './form.ts';

/** Most people of one role. */
const mostOfRole = 30;

/** A form by which an administrator changes the organisation; `target` is the department's id where it has one. */
export interface AdministrationForm<F extends Fields = Fields> {
  fields(organisation: Organisation, target: string): F;
  first(organisation: Organisation, target: string): Typed;
  picked(read: ContentOf<F>): readonly string[];
  change(
    read: ContentOf<F>,
    picked: readonly Person[],
    target: string,
  ): (organisation: Organisation) => Organisation;
}

const form = <const F extends Fields>(definition: AdministrationForm<F>) =>
  definition as unknown as AdministrationForm;

const listed = (all: readonly Person[]) => all.map(({ id }) => id).join(',');
const among = (picked: readonly Person[], ids: readonly string[]) =>
  picked.filter(({ id }) => ids.includes(id)).map(({ id, name }) => ({ id, name }));

/** A role that stands by itself: who holds it, and for the director the channel. */
const role = (key: 'directors' | 'coordinators' | 'administrators') =>
  form({
    fields: ({ channels }) => ({
      holders: { ...people(mostOfRole), required: true },
      ...(key === 'directors' && channels[directorChannel] && { unlink: toggle() }),
    }),
    first: (organisation) => ({ holders: listed(organisation[key]) }),
    picked: ({ holders }) => holders,
    change: (read, picked) => (organisation) => ({
      ...organisation,
      [key]: among(picked, read.holders),
      channels:
        'unlink' in read && read.unlink
          ? withoutKey(organisation.channels, directorChannel)
          : organisation.channels,
    }),
  });

/** The forms of the administration, by the verb's name. */
export const administrationForms = {
  department: form({
    fields: (organisation, target) => ({
      departmentName: text('line', 100),
      leads: people(mostOfRole),
      seniors: people(mostOfRole),
      ...(organisation.channels[target] && { unlink: toggle() }),
    }),
    first: ({ departments }, target) => {
      const department = departments.find(({ id }) => id === target);
      const holding = (of: string) =>
        listed((department?.approvers ?? []).filter((each) => each.role === of));
      return {
        departmentName: department?.name ?? '',
        leads: holding('leidinggevende'),
        seniors: holding('senior'),
      };
    },
    picked: ({ leads, seniors }) => [...new Set([...leads, ...seniors])],
    change: (read, picked, target) => (organisation) => {
      const { departmentName: name, leads, seniors } = read;
      const approvers = [
        ...among(picked, leads).map((each) => ({ ...each, role: 'leidinggevende' as const })),
        ...among(picked, seniors)
          .filter(({ id }) => !leads.includes(id))
          .map((each) => ({ ...each, role: 'senior' as const })),
      ];
      const { departments, channels } = organisation;
      const isKnown = departments.some(({ id }) => id === target);
      // Sent again, it is there already.
      const isThere = (each: Organisation['departments'][number]) =>
        each.name === name && JSON.stringify(each.approvers) === JSON.stringify(approvers);
      if (!isKnown && departments.some(isThere)) return organisation;
      const id = isKnown ? target : freeId(name, organisation);
      const changed = { id, name, approvers };
      const kept = 'unlink' in read && read.unlink ? withoutKey(channels, target) : channels;
      return {
        ...organisation,
        departments: isKnown
          ? departments.map((each) => (each.id === target ? changed : each))
          : [...departments, changed],
        channels: kept,
      };
    },
  }),
  directors: role('directors'),
  coordinators: role('coordinators'),
  administrators: role('administrators'),
  /** Somebody left: they lose every role and all sight, and what they handled is asked for anew. */
  former: form({
    fields: () => ({ leaver: person() }),
    first: () => ({}),
    picked: ({ leaver }) => [leaver],
    change:
      ({ leaver }) =>
      (organisation) => ({
        ...organisation,
        former: isOne(
          organisation.former.map((id) => ({ id, name: id })),
          leaver,
        )
          ? organisation.former
          : [...organisation.former, leaver],
      }),
  }),
  /** Somebody who had left is back. */
  returned: form({
    fields: () => ({ returner: person() }),
    first: () => ({}),
    picked: ({ returner }) => [returner],
    change:
      ({ returner }) =>
      (organisation) => ({
        ...organisation,
        former: organisation.former.filter((id) => id !== returner),
      }),
  }),
};
export type AdministrationVerb = keyof typeof administrationForms;

/** An id for a new department, made of its name; with a number where it is taken. */
function freeId(name: string, { departments }: Organisation): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const base =
    plain
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 40) || 'afdeling';
  const taken = new Set([...departments.map(({ id }) => id), 'director']);
  for (let number = 1; ; number++) {
    const id = number === 1 ? base : `${base}-${number}`;
    if (!taken.has(id)) return id;
  }
}

const withoutKey = <T>(record: Record<string, T>, key: string): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([each]) => each !== key));
