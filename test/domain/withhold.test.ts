import { describe, expect, it } from 'vitest';
import { isHidden, withhold } from '../../src/domain/withhold.ts';

describe('withhold', () => {
  it('R12: large groups and groups of none are shown as they are', () => {
    expect(withhold([12, 0, 5, 3], 3)).toEqual([12, 0, 5, 3]);
    expect(withhold([0, 0], 3)).toEqual([0, 0]);
  });

  it('R12: a small group is fewer than 3, and a second is withheld, since the total is shown', () => {
    expect(withhold([20, 7, 1, 9], 3)).toEqual([20, 7, 'fewer', 'withheld']);
    expect(withhold([20, 7, 9, 2], 3)).toEqual([20, 7, 'withheld', 'fewer']);
  });

  it('R12: which second one does not depend on how large it is', () => {
    expect(withhold([3, 1, 40], 3)).toEqual([3, 'fewer', 'withheld']);
    expect(withhold([40, 1, 4], 3)).toEqual([40, 'fewer', 'withheld']);
  });

  it('R12: nothing is shown of a year with few complaints', () => {
    for (const counts of [[6, 0], [2, 2, 2], [1]]) expect(isHidden(withhold(counts, 3))).toBe(true);
  });

  it('R12: nothing is shown where the second would give the first away', () => {
    expect(isHidden(withhold([20, 1, 3], 3))).toBe(true);
    expect(isHidden(withhold([20, 2, 3], 3))).toBe(false);
  });

  // Every table of up to five rows: for each, all tables with the same total that look the same. Who sees the table,
  // and knows the rule, knows that it is one of these; in no withheld cell may they all agree.
  it.each([
    [2, 20, 3],
    [3, 16, 3],
    [4, 13, 3],
    [5, 11, 3],
    [3, 18, 4],
    [4, 14, 4],
  ])(
    'R12: of %i rows, up to %i complaints, groups from %i: no withheld cell can be worked out',
    (rows, most, smallest) => {
      for (let total = 1; total <= most; total++) {
        const alike = new Map<string, number[][]>();
        for (const counts of tables(rows, total)) {
          const shown = JSON.stringify(withhold(counts, smallest));
          alike.set(shown, [...(alike.get(shown) ?? []), counts]);
        }
        for (const [shown, candidates] of alike) {
          const cells = JSON.parse(shown) as unknown[];
          cells.forEach((cell, index) => {
            if (typeof cell === 'number') return;
            const values = new Set(candidates.map((counts) => counts[index]));
            expect([...values].length, `${shown} of ${total}, cell ${index}`).toBeGreaterThan(1);
          });
        }
      }
    },
  );
});

/** All tables with so many rows and this total. */
function* tables(rows: number, total: number): Generator<number[]> {
  if (rows === 1) {
    yield [total];
    return;
  }
  for (let first = 0; first <= total; first++) {
    for (const rest of tables(rows - 1, total - first)) yield [first, ...rest];
  }
}
