// The words in both languages: the same keys, each of them used, and each that the code names is there.
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { handlingForms } from '../../src/cards/forms/handling.ts';
import toolsEnglish from '../../src/cli/locales/en.json' with { type: 'json' };
import toolsDutch from '../../src/cli/locales/nl.json' with { type: 'json' };
import { contentSchemas } from '../../src/domain/commands.ts';
import type { Case } from '../../src/domain/complaint.ts';
import { divisions, keysOf } from '../../src/domain/report.ts';
import english from '../../src/locales/en.json' with { type: 'json' };
import dutch from '../../src/locales/nl.json' with { type: 'json' };
import { specimensIn } from '../gallery/specimens.ts';
import { type Asked, askedKeys } from './named-keys.ts';

/** The words of a locale by key, all that a key holds as one text. */
function flat(node: unknown, path: string[] = []): [string, string][] {
  if (typeof node === 'string') return [[path.join('.'), node]];
  if (Array.isArray(node)) return [[path.join('.'), JSON.stringify(node)]];
  return Object.entries(node as object).flatMap(([key, value]) => flat(value, [...path, key]));
}
const singular = (key: string) => key.replace(/_(one|other)$/, '');
const placesIn = (text: string) => [...new Set(text.match(/\{\{\w+(?:, \w+)?\}\}/g))].sort();

const locales = {
  texts: { nl: new Map(flat(dutch)), en: new Map(flat(english)) },
  words: {
    nl: new Map(Object.entries(toolsDutch as Record<string, string>)),
    en: new Map(Object.entries(toolsEnglish as Record<string, string>)),
  },
};
const keysIn = (from: Asked['from']) => new Set([...locales[from].nl.keys()].map(singular));

interface Field {
  type?: string;
  id?: string;
  choices?: { value: string }[];
}

/** Every input on every card of the gallery. */
async function fieldsShown(): Promise<Field[]> {
  const { specimens } = await specimensIn('nl');
  const found: Field[] = [];
  JSON.stringify(specimens, (_key, value) => {
    if (String(value?.type).startsWith('Input.')) found.push(value);
    return value;
  });
  return found;
}

/** The names of all that a command can hold. */
const contentNames = Object.values(contentSchemas).flatMap((schema) => {
  const names: string[] = [];
  JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), (_key, value) => {
    if (value?.properties) names.push(...Object.keys(value.properties));
    return value;
  });
  return names;
});

/** The people of a complaint, as it is handed over. */
const peopleNames = [
  'handler',
  'earlierHandlers',
  'loggedBy',
  'informed',
  'involved',
] satisfies (keyof Case)[];

/** What is asked for with a value that the compiler does not know: the closed set that it is of. */
function openKeys(fields: readonly Field[]): Record<string, string[]> {
  const ids = [...new Set(fields.flatMap(({ id }) => id ?? []))];
  const labels = ids.map((id) => `field.${id}.label`);
  const known = keysIn('texts');
  const optional = ids
    .flatMap((id) => [`field.${id}.hint`, `field.${id}.placeholder`])
    .filter((key) => known.has(key));
  const choices = fields.flatMap(({ id, choices = [] }) =>
    choices.map(({ value }) => `choice.${id}.${value}`),
  );
  const rows = divisions.flatMap((division) =>
    keysOf(division, [], []).map((key) => [division, key] as const),
  );
  const rowKeys = (own: boolean) =>
    rows
      .filter(([division]) => ['stage', 'outcome'].includes(division) === own && division !== 'duration')
      .map(([division, key]) => `${own ? '' : 'choice.'}${division}.${key}`);
  const kinds = Object.values(handlingForms).map(({ kind }) => kind);
  // Of the organisation and of the complaint there are choices with names of their own.
  const chosen = [...new Set(choices)].filter((key) => known.has(key));
  return {
    'src/cards/forms/mark-view.ts: `field.${field}.label`': labels,
    'src/cards/forms/form.ts: key': optional,
    'src/cards/forms/form.ts: `field.${id}.label`': labels,
    'src/cards/forms/form.ts: `choice.${id}.${value}`': chosen,
    'src/cards/division-labels.ts: `${division}.${key}`': rowKeys(true),
    'src/cards/division-labels.ts: `choice.${division}.${key}`': rowKeys(false),
    'src/cards/timeline-view.ts: `choice.${field}.${value}`': chosen,
    'src/cards/timeline-view.ts: `field.${field}.label`': labels,
    'src/cards/details-view.ts: `action.${verb}`': [...Object.keys(handlingForms), 'accept-escalation'].map(
      (verb) => `action.${verb}`,
    ),
    'src/cards/details-view.ts: `case.actions-${row}`': ['progress', 'people', 'other'].map(
      (row) => `case.actions-${row}`,
    ),
    // The type of a form's kind is that of any command.
    'src/bot/complaint-dialog.ts: `recorded.${logged.command}`': kinds.map((kind) => `recorded.${kind}`),
    // How commander calls the parts of its help.
    'src/cli/program.ts: `title ${title}` as Key': ['Usage:', 'Options:', 'Commands:', 'Arguments:'].map(
      (title) => `title ${title}`,
    ),
    'src/cli/handover.ts: `label ${field}` as Key': [...contentNames, ...peopleNames]
      .filter((name) => !['escalation', 'id'].includes(name))
      .map((name) => `label ${name}`),
    // Only words that a form asks for too.
    'src/cli/handover.ts: each': chosen,
    'src/cli/handover.ts: known': chosen,
  };
}

describe('the words', () => {
  let asked: Asked[] = [];
  let open: Record<string, string[]> = {};
  beforeAll(async () => {
    open = openKeys(await fieldsShown());
    asked = askedKeys().map((each) => ({ ...each, keys: open[each.where] ?? each.keys }));
  }, 60_000);

  it.each(['texts', 'words'] as const)(
    'of the %s are the same in both languages, with the same places to fill in',
    (from) => {
      const shape = (words: Map<string, string>) =>
        [...words].map(([key, text]) => `${key} ${placesIn(text).join(' ')}`).sort();
      expect(shape(locales[from].en)).toEqual(shape(locales[from].nl));
    },
  );

  it('are asked for under keys of closed sets', () => {
    expect(asked.filter(({ keys }) => !keys).map(({ where }) => where)).toEqual([]);
    const places = new Set(asked.map(({ where }) => where));
    expect(Object.keys(open).filter((where) => !places.has(where))).toEqual([]);
  });

  it.each(['texts', 'words'] as const)('of the %s are there for every key that the code names', (from) => {
    const known = keysIn(from);
    const missing = asked
      .filter((each) => each.from === from && !each.mayLack)
      .flatMap(({ keys = [], where }) =>
        keys.filter((key) => !known.has(key)).map((key) => `${key} (${where})`),
      );
    expect(missing).toEqual([]);
  });

  it.each(['texts', 'words'] as const)('of the %s are all used', (from) => {
    const used = new Set(asked.filter((each) => each.from === from).flatMap(({ keys = [] }) => keys));
    expect([...keysIn(from)].filter((key) => !used.has(key))).toEqual([]);
  });

  it('get all that they have places for', () => {
    const lacking = asked.flatMap(({ from, keys = [], given, mayLack, where }) =>
      given === undefined || (mayLack && !where.includes('.has('))
        ? []
        : keys.flatMap((key) => {
            const { nl } = locales[from];
            const text = nl.get(key) ?? `${nl.get(`${key}_one`)} ${nl.get(`${key}_other`)}`;
            const places = placesIn(text).map((place) => /\w+/.exec(place)?.[0] ?? '');
            const without = places.filter((place) => !given.includes(place));
            return without.length > 0 ? [`${key} without ${without} (${where})`] : [];
          }),
    );
    expect(lacking).toEqual([]);
  });
});
