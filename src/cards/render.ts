import type { Template } from 'adaptivecards-templating';
import { Fault } from '../fault.ts';

/** The templates, each read when it is first shown. */
const templates = {
  message: () => import('../../cards/message.json', { with: { type: 'json' } }),
  form: () => import('../../cards/form.json', { with: { type: 'json' } }),
  reference: () => import('../../cards/reference.json', { with: { type: 'json' } }),
  receipt: () => import('../../cards/receipt.json', { with: { type: 'json' } }),
  details: () => import('../../cards/details.json', { with: { type: 'json' } }),
  complaints: () => import('../../cards/complaints.json', { with: { type: 'json' } }),
  procedure: () => import('../../cards/procedure.json', { with: { type: 'json' } }),
  analysis: () => import('../../cards/analysis.json', { with: { type: 'json' } }),
  records: () => import('../../cards/records.json', { with: { type: 'json' } }),
};
export type ViewName = keyof typeof templates;
export const viewNames = Object.keys(templates) as ViewName[];

/** What a view shows: the template's bindings. */
export interface View {
  name: ViewName;
  data: object;
}

/** An Adaptive Card as it goes out. */
export type Card = Record<string, unknown>;
export type Render = (view: View) => Promise<Card>;

/** Largest card, in bytes of UTF-16, as Teams counts them. */
export const largestCard = 80_000;

/** Makes a renderer; a template is read and parsed once, when it is first shown, so that the process starts at once. */
export function createRender(): Render {
  const parsed: Partial<Record<ViewName, Promise<Template>>> = {};
  return async ({ name, data }) => {
    parsed[name] ??= parse(name);
    const template = await parsed[name];
    const card = finish(template.expand({ $root: guard(data) as object })) as Card;
    if (JSON.stringify(card).length * 2 > largestCard) throw new Fault(`the card ${name} is too large`);
    return card;
  };
}

async function parse(name: ViewName): Promise<Template> {
  const [{ Template }, template] = await Promise.all([import('adaptivecards-templating'), templates[name]()]);
  return new Template(template.default);
}

/** A private character that stands for `$` in typed text, so that `${` after expanding can only be ours. */
const dollar = '\uF8FF';

function guard(data: unknown): unknown {
  if (typeof data === 'string') return data.replaceAll(dollar, '').replaceAll('${', `${dollar}{`);
  if (Array.isArray(data)) return data.map(guard);
  if (typeof data !== 'object' || data === null) return data;
  return mapped(data, guard);
}

/** The same keys, with each value changed. */
function mapped(object: object, change: (value: unknown) => unknown): Card {
  const changed: Card = {};
  for (const [key, value] of Object.entries(object)) changed[key] = change(value);
  return changed;
}

/** Throws on a binding without a value, shows text as text, and leaves out what has no value: inputs', or by a `$when`. */
function finish(node: unknown): unknown {
  if (typeof node === 'string') {
    if (node.includes('${')) throw new Fault('a card has a binding without a value');
    return node.replaceAll(`${dollar}{`, '${');
  }
  if (Array.isArray(node)) return node.map(finish);
  if (typeof node !== 'object' || node === null) return node;
  const finished = mapped(node, finish);
  for (const key in finished) if (finished[key] === null) delete finished[key];
  const type = String(finished['type']);
  if (type.startsWith('Input.') && finished['value'] === '') delete finished['value'];
  if (type === 'TextBlock') escapeIn(finished, 'text');
  if (type === 'TextRun') finished['text'] = withoutDates(String(finished['text']));
  if (type === 'FactSet') for (const fact of finished['facts'] as Card[]) escapeIn(fact, 'title', 'value');
  return finished;
}

/** Escapes what Teams reads as markdown: the text of a TextBlock, the title and the value of a Fact. */
function escapeIn(element: Card, ...properties: string[]): void {
  for (const property of properties) element[property] = escapeMarkdown(String(element[property]));
}

/** Takes from text the start of a date function, which clients carry out in any text. */
const withoutDates = (text: string) => text.replace(/\{(?=\{)/g, '{\u200B');

/** Takes from text what a client would read as markdown or as a date function. */
export function escapeMarkdown(text: string): string {
  return withoutDates(text)
    .replace(/[\\`*_[\]<>~|]/g, '\\$&')
    .replace(
      /^(\s*)([#+-]|\d+[.)])(?=\s)/gm,
      (_all, space: string, mark: string) => `${space}${mark.slice(0, -1)}\\${mark.slice(-1)}`,
    );
}
