import type { Card, View } from '../render.ts';
import type { Texts } from '../texts.ts';
import type { FaultCode, Field } from './field.ts';
import { type Mark, markView } from './mark-view.ts';

export type Fields = Record<string, Field>;
export type ContentOf<F extends Fields> = { [K in keyof F]: F[K] extends Field<infer T> ? T : never };

/** What somebody typed, by field, as Teams sent it; shown again when something is to be put right. */
export type Typed = Record<string, unknown>;
/** What is wrong, by field: words to show beside it. */
export type Faults = Partial<Record<string, string>>;

/** Reads what was typed: the content, or the fault of each field in words. */
export function readForm<F extends Fields>(
  fields: F,
  typed: Typed,
  texts: Texts,
): { content: ContentOf<F> } | { faults: Faults } {
  const content: Record<string, unknown> = {};
  const faults: Faults = {};
  for (const [id, field] of Object.entries(fields)) {
    const read = field.read.safeParse(typed[id]);
    if (read.success) content[id] = read.data;
    else faults[id] = faultText(texts, (read.error.issues[0]?.message ?? 'required') as FaultCode, field);
  }
  return Object.keys(faults).length > 0 ? { faults } : { content: content as ContentOf<F> };
}

function faultText(texts: Texts, code: FaultCode, { max, most }: Field): string {
  return texts(`fault.${code}`, { max: code === 'too-many' ? most : max });
}

export interface Button {
  title: string;
  data: Card;
  style?: 'default' | 'positive' | 'destructive';
  /** Whether the button leaves what was typed behind, so that nothing needs to be filled in to press it. */
  leaves?: boolean;
}

export interface FormView {
  intro?: string | undefined;
  fields: Fields;
  typed: Typed;
  faults?: Faults;
  /** A fault of the whole form, on top. */
  fault?: string | undefined;
  /** Something to tell on top that is no fault. */
  note?: string;
  /** Texts in which something looks like personal data (R11). */
  marks?: readonly Mark[];
  /** What the writer let stand before. */
  overruled?: readonly string[];
  /** Words of choices that the organisation names, by field: value and title. */
  titles?: Record<string, Record<string, string>>;
  buttons: Button[];
}

/** A form as a view: every input with its label, what was typed, and the fault beside it. */
export function formView(form: FormView, texts: Texts): View {
  const faulty = Object.keys(form.faults ?? {}).length > 0;
  const fault = form.fault ?? (faulty ? texts('form.put-right') : '');
  const fields = Object.entries(form.fields).map(([id, field]) => fieldView(id, field, form, texts));
  return {
    name: 'form',
    data: {
      intro: form.intro ?? '',
      hasIntro: Boolean(form.intro),
      fault,
      hasFault: fault !== '',
      note: form.note ?? '',
      hasNote: Boolean(form.note),
      marks: (form.marks ?? []).map((mark) => markView(mark, texts)),
      fields,
      actions: form.buttons.map(buttonData),
    },
  };
}

/** What somebody typed in a form that is not known any more, each with its label. */
export function typedLines(typed: Typed, texts: Texts): string[] {
  return Object.entries(typed).flatMap(([id, value]) => {
    const isField = typeof value === 'string' && value !== '' && texts.has(`field.${id}.label`);
    return isField ? `${texts(`field.${id}.label`)}: ${value}` : [];
  });
}

export const buttonData = ({ title, data, style, leaves }: Button) => ({
  title,
  data,
  style: style ?? 'default',
  inputs: leaves ? 'none' : 'auto',
});

function fieldView(id: string, field: Field, form: FormView, texts: Texts): object {
  const { kind, required } = field;
  const words = (key: string) => (texts.has(key) ? texts(key) : '');
  const typed = form.typed[id];
  const error = form.faults?.[id] ?? '';
  const hint = words(`field.${id}.hint`);
  const titles = form.titles?.[id];
  return {
    id,
    label: texts(`field.${id}.label`),
    placeholder: words(`field.${id}.placeholder`),
    value: typeof typed === 'string' ? typed : (field.initial ?? ''),
    required,
    requiredFault: required ? texts('fault.required') : texts('fault.too-long', { max: field.max ?? 0 }),
    max: field.max ?? 0,
    choices: (field.options ?? Object.keys(titles ?? {})).map((value) => ({
      value,
      title: titles?.[value] ?? texts(`choice.${id}.${value}`),
    })),
    error,
    hasError: error !== '',
    hint,
    hasHint: hint !== '',
    isLine: kind === 'line',
    isParagraph: kind === 'paragraph',
    isPhone: kind === 'phone',
    isEmail: kind === 'email',
    isDay: kind === 'day',
    isSwitch: kind === 'switch',
    isChoice: kind === 'choice',
    isChoices: kind === 'choices',
    isPeople: kind === 'people',
    isPerson: kind === 'person',
    isTime: kind === 'time',
  };
}
