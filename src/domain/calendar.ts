/** Days and years as the organisation counts them: in Dutch time, wherever the server stands. */
export const timeZone = 'Europe/Amsterdam';

const isoDay = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });

/** The calendar day of a moment in Europe/Amsterdam, as `2026-11-24`. */
export function dayOf(moment: Date): string {
  return isoDay.format(moment);
}

/** The first year that can be reported on. */
const firstYear = 2000;

/** Whether complaints can have been submitted in a year: it has begun, and is not long ago. */
export function isYearOfComplaints(year: number, now: Date): boolean {
  return Number.isInteger(year) && year >= firstYear && year <= yearOf(now);
}

/** The calendar year of a moment in Europe/Amsterdam. */
export function yearOf(moment: Date): number {
  return Number(dayOf(moment).slice(0, 4));
}
