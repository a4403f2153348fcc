import type { Finding } from '../../domain/anonymise/finding.ts';
import { applySuggestions, findPersonalData, type Known, objectionsTo } from '../../domain/anonymise.ts';
import type { Texts } from '../texts.ts';
import type { Typed } from './form.ts';

/** Texts that go into an anonymous record, by the field in which they are typed. */
export type RecordTexts = Readonly<Record<string, string | undefined>>;

/** A text with what looks like personal data in it. */
export interface Mark {
  field: string;
  text: string;
  findings: Finding[];
}

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
    Object.entries(typed).map(([field, text = '']) => [
      field,
      applySuggestions(text, findPersonalData(text, known)),
    ]),
  );
}

/** The words that may stay if the writer says so, or nothing where something has to go for certain. */
export function overrulable(marks: readonly Mark[]): string[] | undefined {
  const all = marks.flatMap(({ text, findings }) => findings.map((finding) => ({ text, finding })));
  if (all.some(({ finding }) => finding.certain)) return undefined;
  return all.map(({ text, finding }) => text.slice(finding.start, finding.end));
}

/** A marked text as a card shows it: the text in pieces, and a line for each finding, so that colour says nothing alone. */
export function markView({ field, text, findings }: Mark, texts: Texts): object {
  const pieces: { text: string; marked: boolean }[] = [];
  let at = 0;
  for (const { start, end } of findings) {
    pieces.push(
      { text: text.slice(at, start), marked: false },
      { text: text.slice(start, end), marked: true },
    );
    at = end;
  }
  pieces.push({ text: text.slice(at), marked: false });
  return {
    title: texts('form.marks', { field: texts(`field.${field}.label`) }),
    pieces: pieces
      .filter((piece) => piece.text !== '')
      .map((piece) => ({ ...piece, weight: piece.marked ? 'Bolder' : 'Default' })),
    notes: findings.map(({ start, end, kind, certain, suggestion }) => ({
      note: texts(certain ? 'form.mark-certain' : 'form.mark-doubtful', {
        found: text.slice(start, end),
        kind: texts(`finding.${kind}`),
        suggestion,
      }),
    })),
  };
}
