// Tries to work out what the report does not show, from everything that it shows.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textsFor } from '../../src/cards/texts.ts';
import { type AnonymousRecord, isCounted, recordOutcomes } from '../../src/domain/anonymous-record.ts';
import { count, noFigures, reportOf } from '../../src/domain/report.ts';
import { eligibleRelations, natures, stages, waysIn } from '../../src/domain/vocabulary.ts';
import { withhold } from '../../src/domain/withhold.ts';
import type { Block } from '../../src/report/blocks.ts';
import { contentsOf } from '../../src/report/contents.ts';
import { now, organisation } from '../fixtures.ts';

const departments = organisation.departments.map(({ id }) => id);
const smallest = organisation.smallestGroup;

const record: fc.Arbitrary<AnonymousRecord> = fc
  .record({
    id: fc.uuid({ version: 4 }),
    year: fc.constant(2025),
    month: fc.integer({ min: 1, max: 12 }),
    wayIn: fc.constantFrom(...waysIn),
    relation: fc.constantFrom(...eligibleRelations),
    department: fc.constantFrom(...departments),
    // Some much more often than others, so that there are small groups.
    nature: fc.constantFrom(...Array(6).fill('service'), 'conduct', 'conduct', ...natures),
    entryStage: fc.constant('employee' as const),
    stage: fc.constantFrom(...Array(5).fill('employee'), ...stages),
    state: fc.constantFrom(...Array(8).fill('complete'), 'open', 'returned'),
    outcome: fc.constantFrom(...Array(6).fill('resolved'), ...recordOutcomes),
    days: fc.constantFrom(0, 1, 2, 3, 8, 15, 30, 60),
  })
  .map(({ days, outcome, ...facts }) => ({
    ...(facts as Omit<AnonymousRecord, 'conversations' | 'recommendations' | 'improvements'>),
    ...(facts.state !== 'open' && { outcome, workingDays: { employee: days, manager: 0, director: 0 } }),
    ...(facts.state === 'complete' && { summary: `Samenvatting ${facts.id}` }),
    conversations: { employee: 1, manager: 0, director: 0 },
    ...{ recommendations: [], improvements: [] },
  }));

/** The report as its readers have it. */
async function shownOf(records: readonly AnonymousRecord[]): Promise<{ blocks: Block[]; items: string[][] }> {
  const [figures, before] = [noFigures(2025), noFigures(2024)];
  for (const each of records) count(figures, each, new Set(departments));
  const report = reportOf(figures, before, { smallest, departments });
  const recordsOf = async function* (of: readonly string[]) {
    yield* records.filter((each) => of.includes(each.nature) && isCounted(each));
  };
  const blocks = contentsOf({ report, organisation, texts: textsFor('nl'), recordsOf, madeAt: now });
  const items: string[][] = [];
  for (const block of blocks) {
    if (block.kind !== 'list') continue;
    const listed: string[] = [];
    for await (const { text } of block.items()) listed.push(text);
    items.push(listed);
  }
  return { blocks, items };
}

type Cell = number | 'fewer' | 'withheld';
const read = (said: string): Cell =>
  said === `minder dan ${smallest}` ? 'fewer' : said === 'niet getoond' ? 'withheld' : Number(said);

/** The cells of a table, by its caption. */
function cellsOf(blocks: readonly Block[], caption: string): Cell[] {
  const table = blocks.find((block) => block.kind === 'table' && block.caption === caption);
  if (table?.kind !== 'table') throw new Error(`no table ${caption}`);
  return table.rows.map(([, said = '']) => read(said));
}

/** All counts that a reader who knows how cells are withheld can think of behind a table whose total they know. */
function behind(cells: readonly Cell[], total: number): number[][] {
  const isHidden = cells.every((cell) => cell === 'withheld');
  const found: number[][] = [];
  const fill = (counts: number[], left: number): void => {
    const cell = cells[counts.length];
    if (cell === undefined) {
      const isSame = left === 0 && JSON.stringify(withhold(counts, smallest)) === JSON.stringify(cells);
      if (isSame) found.push(counts);
      return;
    }
    const [least, most] =
      typeof cell === 'number'
        ? [cell, cell]
        : cell === 'fewer'
          ? [1, smallest - 1]
          : [isHidden ? 0 : smallest, left];
    for (let guess = least; guess <= Math.min(most, left); guess++) fill([...counts, guess], left - guess);
  };
  fill([], total);
  return found;
}

const captions = {
  all: ['aard', 'wijze van indienen', 'relatie van de klager', 'afdeling', 'bereikte stap'],
  complete: ['uitkomst', 'duur van de behandeling'],
};

describe('what the report withholds', () => {
  it('R12: can not be worked out from its tables, its totals and its lists', async () => {
    let withheld = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 28 }), async (records) => {
        // Of a year without complaints nothing is divided.
        fc.pre(records.some(isCounted));
        const { blocks, items } = await shownOf(records);
        const total = cellsOf(blocks, 'Ingediende klachten')[0] as number;
        const open = items.flat().filter((item) => item.startsWith('Nog open:')).length;
        const known = { all: total, complete: total - open };
        for (const [of, names] of Object.entries(captions)) {
          for (const name of names) {
            const cells = cellsOf(blocks, `Aantal klachten naar ${name}`);
            const candidates = behind(cells, known[of as keyof typeof known]);
            expect(candidates.length, name).toBeGreaterThan(0);
            cells.forEach((cell, index) => {
              if (typeof cell === 'number') return;
              withheld++;
              const values = new Set(candidates.map((counts) => counts[index]));
              expect(values.size, `${name}: ${cells} of ${total}`).toBeGreaterThan(1);
            });
          }
        }
      }),
      { numRuns: 60 },
    );
    expect(withheld).toBeGreaterThan(100);
  });

  it('R12: a median is shown only where its table withholds nothing, of which it would tell', async () => {
    let shown = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 8, maxLength: 60 }), async (records) => {
        const { blocks } = await shownOf(records);
        const table = blocks.find(
          (block) => block.kind === 'table' && block.caption.startsWith('Gesprekken'),
        );
        if (table?.kind !== 'table') throw new Error('no table');
        const isWhole = (name: string) =>
          cellsOf(blocks, `Aantal klachten naar ${name}`).every((cell) => typeof cell === 'number');
        for (const [of = '', , median = ''] of table.rows) {
          if (median === 'niet getoond') continue;
          shown++;
          expect(
            isWhole(of === 'Van indienen tot afsluiten' ? 'duur van de behandeling' : 'bereikte stap'),
          ).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
    expect(shown).toBeGreaterThan(10);
  });

  it('R12: the lists of content are as many as the groups that the table shows, and no more', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 28 }), async (records) => {
        fc.pre(records.some(isCounted));
        const { blocks } = await shownOf(records);
        const cells = cellsOf(blocks, 'Aantal klachten naar aard');
        const at = blocks.findIndex(
          (block) => block.kind === 'heading' && block.text === 'Inhoud van de klachten',
        );
        const end = blocks.findIndex((block) => block.kind === 'heading' && block.text === 'Aanbevelingen');
        const headings = blocks
          .slice(at, end)
          .flatMap((block) =>
            block.kind === 'heading' && block.level === 2 && block.text !== 'Nog niet gereed'
              ? block.text
              : [],
          );
        const isWithheld = cells.some((cell) => typeof cell !== 'number');
        expect(headings).toHaveLength(
          cells.filter((cell) => typeof cell === 'number').length + Number(isWithheld),
        );
      }),
    );
  });

  it('a chart draws no bar for what is withheld', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 28 }), async (records) => {
        const { blocks } = await shownOf(records);
        for (const block of blocks) {
          if (block.kind !== 'chart') continue;
          for (const { value, said } of block.bars)
            expect(value).toBe(/^\d+$/.test(said) ? Number(said) : undefined);
        }
      }),
    );
  });
});
