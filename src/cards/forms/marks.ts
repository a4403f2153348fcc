import { type Known, objectionsTo, takeOverSuggestions } from '../../domain/anonymise.ts';
import type { Texts } from '../texts.ts';
import type { Button, FormView, Typed } from './form.ts';
import type { Mark } from './mark-view.ts';

/** Texts that go into an anonymous record, by the field in which they are typed. */
export type RecordTexts = Readonly<Record<string, string | undefined>>;

/** R11: what stands in the way of the texts, field by field. */
export function marksIn(typed: RecordTexts, known: Known, overruled: readonly string[]): Mark[] {
  return Object.entries(typed).flatMap(([field, text = '']) => {
    const findings = objectionsTo(text, known, overruled);
    return findings.length > 0 ? { field, text, findings } : [];
  });
}

/** The texts with every finding replaced by its suggestion, to stand in the form. */
export function withSuggestions(typed: RecordTexts, known: Known): Typed {
  return Object.fromEntries(
    Object.entries(typed).map(([field, text = '']) => [field, takeOverSuggestions(text, known)]),
  );
}

/** The words that may stay if the writer says so, or nothing where something has to go for certain. */
function overrulable(marks: readonly Mark[]): string[] | undefined {
  const all = marks.flatMap(({ text, findings }) => findings.map((finding) => ({ text, finding })));
  if (all.some(({ finding }) => finding.certain)) return undefined;
  return all.map(({ text, finding }) => text.slice(finding.start, finding.end));
}

/** Most words that can be left standing: more are a text to be written anew. */
const mostOverruled = 50;

/** R11: taking the suggestions over with one press, and letting stand what is no personal data after all. */
export function markButtons(
  { marks = [], overruled = [] }: Pick<FormView, 'marks' | 'overruled'>,
  data: object,
  texts: Texts,
): Button[] {
  if (marks.length === 0) return [];
  // What was left standing before still is.
  const all = [...new Set([...overruled, ...(overrulable(marks) ?? [])])];
  const isOffered = overrulable(marks) !== undefined && all.length <= mostOverruled;
  return [
    { title: texts('button.take-over'), style: 'positive', data: { ...data, takeOver: true } },
    ...(isOffered ? [{ title: texts('button.overrule'), data: { ...data, overruled: all } }] : []),
  ];
}
