import type { ITableBordersOptions, Table, TableCell } from 'docx';
import type { Block } from './blocks.ts';
import { type Docx, runsOf } from './docx-runs.ts';
import { page } from './docx-style.ts';
import { ink } from './ink.ts';

type TableBlock = Extract<Block, { kind: 'table' }>;

const none = { style: 'none' } as const;
const thin = { style: 'single', size: 4, color: ink.line } as const;
const thick = { style: 'single', size: 8, color: ink.title } as const;
const borders: ITableBordersOptions = {
  top: thick,
  bottom: thick,
  left: none,
  right: none,
  insideHorizontal: thin,
  insideVertical: none,
};

/** For how many characters a column has room at least and at most, as far as the page goes. */
const narrowest = 8;
const widest = 40;

/** What the margins of a cell take, in characters, and what bold or wide letters may. */
const spare = 4;

/**
 * A table over the width of the page. Its head stands anew on each page, no row is broken in two, its first column
 * names the rows, and a column with figures is set to the right.
 */
export function tableOf({ head, rows }: TableBlock, docx: Docx): Table {
  const { Table, TableRow } = docx;
  const columns = head.map((title, column) => [title, ...rows.map((row) => row[column] ?? '')]);
  const widths = widthsOf(columns);
  const areFigures = columns.map(([, ...cells], column) => column > 0 && cells.some(isFigure));
  const line = (cells: readonly string[], row: number) =>
    new TableRow({
      ...(row === 0 && { tableHeader: true }),
      cantSplit: true,
      children: widths.map((width, column) => {
        const look = {
          isHead: row === 0,
          isName: column === 0,
          isFigure: areFigures[column] === true,
          width,
        };
        return cellOf(cells[column] ?? '', look, docx);
      }),
    });
  return new Table({
    width: { size: page.text, type: 'dxa' },
    columnWidths: widths,
    layout: 'fixed',
    borders,
    margins: { left: 100, right: 100 },
    tableLook: { firstRow: true, firstColumn: true, noHBand: true, noVBand: true },
    rows: [head, ...rows].map(line),
  });
}

interface Look {
  isHead: boolean;
  isName: boolean;
  isFigure: boolean;
  width: number;
}

function cellOf(text: string, look: Look, docx: Docx): TableCell {
  const { Paragraph, TableCell } = docx;
  return new TableCell({
    width: { size: look.width, type: 'dxa' },
    verticalAlign: look.isHead ? 'bottom' : 'top',
    ...(look.isHead && { shading: { type: 'clear', fill: ink.shade } }),
    children: [
      new Paragraph({
        style: look.isHead || look.isName ? 'TableHeading' : 'TableText',
        ...(look.isFigure && { alignment: 'right' }),
        children: runsOf(text, docx),
      }),
    ],
  });
}

/** A figure; beside one in its column a cell may say 'minder dan 3', or nothing. */
const isFigure = (text: string) => /^\d+(?:[.,]\d+)?$/.test(text);

/** Divides the page among columns by the longest text of each. */
function widthsOf(columns: readonly (readonly string[])[]): number[] {
  const shares = columns.map((cells) => {
    const longest = cells.reduce((most, { length }) => Math.max(most, length), narrowest);
    return Math.min(longest, widest) + spare;
  });
  const whole = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => Math.floor((page.text * share) / whole));
}
