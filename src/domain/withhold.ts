/** A cell of a table in the report: the count, or that it is not shown. */
export type Cell = number | 'fewer' | 'withheld';

/** The order matters: where a second cell must be withheld, it is the last one that is not small itself. */
type Counts = readonly number[];

/**
 * R12: what a table shows of its counts, whose total is shown too. A group below `smallest` is shown as 'fewer', and a
 * second one is withheld, so that the first can't be worked out from the total. Which one that is depends on the
 * order of the cells alone, and never on how large they are: who knows this rule can't use it to work anything out.
 * Where that is not enough, and where all complaints together are few, nothing of the table is shown. A group of none
 * is shown as it is: there is nobody in it.
 */
export function withhold(counts: Counts, smallest: number): Cell[] {
  const total = sum(counts);
  const small = counts.filter((count) => isSmall(count, smallest));
  if (total === 0) return [...counts];
  if (total <= 2 * smallest) return allWithheld(counts);
  if (small.length === 0) return [...counts];
  const cover = counts.findLastIndex((count) => count >= smallest);
  if (isWorkedOut(small, counts[cover], smallest)) return allWithheld(counts);
  return counts.map((count, index) => {
    if (isSmall(count, smallest)) return 'fewer';
    return index === cover ? 'withheld' : count;
  });
}

/** Whether nothing of a table is shown. */
export function isHidden(cells: readonly Cell[]): boolean {
  return cells.length > 0 && cells.every((cell) => cell === 'withheld');
}

const isSmall = (count: number, smallest: number) => count > 0 && count < smallest;
const allWithheld = (counts: Counts): Cell[] => counts.map(() => 'withheld');
const sum = (counts: Counts) => counts.reduce((total, count) => total + count, 0);

/** Whether only one set of values fits what is shown: the small ones as low or as high as they can be together. */
function isWorkedOut(small: Counts, cover: number | undefined, smallest: number): boolean {
  const isLowest = sum(small) === small.length;
  if (cover !== undefined) return isLowest && cover === smallest;
  return isLowest || sum(small) === small.length * (smallest - 1);
}
