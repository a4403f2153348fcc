import type { ILevelsOptions, IStylesOptions } from 'docx';
import { ink } from './ink.ts';

/** Widths of an A4 page in twentieths of a point: the paper, its margins, and what is left for text. */
export const page = { width: 11_906, height: 16_838, margin: 1_417, text: 9_072 };

/** The reference of the numbering of lists; the library takes '{reference-0}' for it in any text, so nobody types it. */
export const listReference = 'bullets-of-this-report';

/** What a paragraph of each level of a list looks like. */
export const listLevels: readonly ILevelsOptions[] = [
  { level: 0, format: 'bullet', text: '•', style: { paragraph: { indent: { left: 357, hanging: 357 } } } },
  { level: 1, format: 'bullet', text: '–', style: { paragraph: { indent: { left: 714, hanging: 357 } } } },
];

/** The house style: sober, one colour, Dutch. Sizes of letters are in half points. */
export const styles: IStylesOptions = {
  default: {
    document: {
      run: {
        font: 'Calibri',
        size: 22,
        color: ink.text,
        language: { value: 'nl-NL', eastAsia: 'nl-NL', bidirectional: 'nl-NL' },
      },
      paragraph: { spacing: { after: 120, line: 276, lineRule: 'auto' } },
    },
    title: {
      run: { size: 52, bold: true, color: ink.title },
      paragraph: {
        spacing: { after: 160, line: 240, lineRule: 'auto' },
        keepNext: true,
        border: { bottom: { style: 'single', size: 18, color: ink.title, space: 8 } },
      },
    },
    heading1: {
      run: { size: 32, bold: true, color: ink.title },
      paragraph: {
        outlineLevel: 0,
        spacing: { before: 400, after: 120, line: 240, lineRule: 'auto' },
        keepNext: true,
        keepLines: true,
      },
    },
    heading2: {
      run: { size: 26, bold: true, color: ink.title },
      paragraph: {
        outlineLevel: 1,
        spacing: { before: 280, after: 80, line: 240, lineRule: 'auto' },
        keepNext: true,
        keepLines: true,
      },
    },
    caption: {
      run: { size: 20, bold: true, color: ink.title },
      paragraph: {
        spacing: { before: 240, after: 80, line: 240, lineRule: 'auto' },
        keepNext: true,
        keepLines: true,
      },
    },
  },
  paragraphStyles: [
    {
      id: 'Subtitle',
      name: 'Subtitle',
      basedOn: 'Normal',
      next: 'Normal',
      run: { size: 26, color: ink.quiet },
      paragraph: { spacing: { after: 360 } },
    },
    {
      id: 'TableText',
      name: 'Table Text',
      basedOn: 'Normal',
      run: { size: 20 },
      paragraph: { spacing: { before: 40, after: 40, line: 240, lineRule: 'auto' } },
    },
    { id: 'TableHeading', name: 'Table Heading', basedOn: 'TableText', run: { bold: true } },
    {
      id: 'AfterTable',
      name: 'After Table',
      basedOn: 'Normal',
      next: 'Normal',
      paragraph: { spacing: { before: 200 } },
    },
    {
      id: 'Picture',
      name: 'Picture',
      basedOn: 'Normal',
      next: 'Normal',
      paragraph: { spacing: { before: 240, after: 240, line: 240, lineRule: 'auto' } },
    },
    {
      id: 'ListBullet',
      name: 'List Bullet',
      basedOn: 'Normal',
      paragraph: { spacing: { after: 80 } },
    },
    {
      id: 'Footer',
      name: 'footer',
      basedOn: 'Normal',
      run: { size: 18, color: ink.quiet },
      paragraph: { spacing: { after: 0, line: 240, lineRule: 'auto' } },
    },
  ],
};
