import type { Finding } from '../../domain/anonymise/finding.ts';
import type { Texts } from '../texts.ts';

/** A text with what looks like personal data in it. */
export interface Mark {
  field: string;
  text: string;
  findings: Finding[];
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
