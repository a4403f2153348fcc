import type { ParagraphChild } from 'docx';
import { linesOf } from './readable.ts';

/** The library that writes Word documents; handed on, since it is loaded only when a document is written. */
export type Docx = typeof import('docx');

/** A text as what stands in a paragraph; its lines stay lines. */
export const runsOf = (text: string, { TextRun }: Docx): ParagraphChild[] =>
  linesOf(text).map((line, index) => new TextRun({ text: line, ...(index > 0 && { break: 1 }) }));
