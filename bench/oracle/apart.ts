// Whether two sets of times can be told apart.

export interface Apart {
  /** Medians, and how much later the first is: in microseconds, with the bounds in which it lies 95 times of 100. */
  medians: [number, number];
  difference: number;
  bounds: [number, number];
  /** How often a time of the first is the longer one: 0.5 where nothing can be told. */
  longer: number;
  /** Of the rank test of Mann and Whitney; beyond 3.3 it is no chance (1 in 1000). */
  z: number;
}

const median = (sorted: Float64Array) => sorted[Math.floor(sorted.length / 2)] ?? 0;

/** Compares times in milliseconds, with chance from `random`. */
export function compare(first: readonly number[], second: readonly number[], random: () => number): Apart {
  const [a, b] = [Float64Array.from(first).sort(), Float64Array.from(second).sort()];
  const again = (times: Float64Array) =>
    median(Float64Array.from(times, () => times[Math.floor(random() * times.length)] ?? 0).sort());
  const differences = Float64Array.from({ length: 1000 }, () => again(a) - again(b)).sort();
  // How many of the second lie below each of the first; those that are as long count half.
  let [wins, below, upTo] = [0, 0, 0];
  for (const time of a) {
    while (below < b.length && (b[below] ?? 0) < time) below++;
    upTo = Math.max(upTo, below);
    while (upTo < b.length && (b[upTo] ?? 0) <= time) upTo++;
    wins += (below + upTo) / 2;
  }
  const pairs = a.length * b.length;
  const spread = Math.sqrt((pairs * (a.length + b.length + 1)) / 12);
  const micro = (milliseconds: number) => Math.round(milliseconds * 1000);
  return {
    medians: [micro(median(a)), micro(median(b))],
    difference: micro(median(a) - median(b)),
    bounds: [micro(differences[25] ?? 0), micro(differences[974] ?? 0)],
    longer: wins / pairs,
    z: (wins - pairs / 2) / spread,
  };
}
