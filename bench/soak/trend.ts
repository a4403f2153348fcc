/** How something went up over time. */
export interface Trend {
  /** By the hour, of the straight line through all that was seen. */
  perHour: number;
  /** Half the width of what the slope may as well be, in 95 of 100 cases. */
  within: number;
}

/** Draws the straight line that lies closest to what was seen; `at` in minutes. */
export function trendOf(seen: readonly { at: number; value: number }[]): Trend {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [middle, level] = [mean(seen.map(({ at }) => at)), mean(seen.map(({ value }) => value))];
  const spread = seen.reduce((sum, { at }) => sum + (at - middle) ** 2, 0);
  const slope = seen.reduce((sum, { at, value }) => sum + (at - middle) * (value - level), 0) / spread;
  const off = seen.reduce((sum, { at, value }) => sum + (value - level - slope * (at - middle)) ** 2, 0);
  const deviation = Math.sqrt(off / (seen.length - 2) / spread);
  return { perHour: slope * 60, within: 1.96 * deviation * 60 };
}

/** Whether it surely grows by more than is allowed in an hour. */
export const grows = ({ perHour, within }: Trend, allowed: number) => perHour - within > allowed;
