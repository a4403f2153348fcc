import { DateTime } from 'luxon';
import { timeZone } from './calendar.ts';
import type { Organisation } from './organisation.ts';

/** R14: when the personal data of an ended complaint are destroyed; until then it can be reopened. */
export function retentionEnds(endedAt: string, { retentionMonths }: Organisation): Date {
  return DateTime.fromISO(endedAt, { zone: timeZone }).plus({ months: retentionMonths }).toJSDate();
}
