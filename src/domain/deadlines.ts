import Holidays from 'date-holidays';
import { DateTime } from 'luxon';
import { isHandler } from './access.ts';
import { dayOf } from './calendar.ts';
import {
  type Complaint,
  isActive,
  lastProgress,
  remindersUntilAppointment,
  remindersUntilStageUp,
  timesReminded,
} from './complaint.ts';
import { type Notice, notify } from './notices.ts';
import { administratorsOf, type Organisation } from './organisation.ts';
import { type Person, union, without } from './people.ts';
import type { Context } from './refusal.ts';
import { appointersOf, needsAppointment, routeTo } from './routing.ts';

const dutch = new Holidays('NL', { types: ['public'] });

/** The public holidays of each year that was asked for, as days: to find them takes long, and they never change. */
const holidays = new Map<string, ReadonlySet<string>>();

function isHoliday(day: string): boolean {
  const year = day.slice(0, 4);
  const known = holidays.get(year) ?? new Set(dutch.getHolidays(year).map(({ date }) => date.slice(0, 10)));
  holidays.set(year, known);
  return known.has(day);
}

/** Whether a day (`2026-11-24`) is one on which is worked: no weekend, no Dutch public holiday. */
export function isWorkingDay(day: string): boolean {
  return DateTime.fromISO(day).weekday <= 5 && !isHoliday(day);
}

/** How many working days have begun since the day of a moment, in Dutch time; the day itself does not count. */
export function workingDaysSince(since: string, now: Date): number {
  const last = dayOf(now);
  let count = 0;
  let day = DateTime.fromISO(dayOf(new Date(since)));
  while (day.toISODate() !== null && String(day.toISODate()) < last) {
    day = day.plus({ days: 1 });
    if (isWorkingDay(String(day.toISODate()))) count++;
  }
  return count;
}

/**
 * Silence locks nothing: after each period of working days without progress whoever must act is reminded; from the
 * second on one stage up hears of it, from the third on the coordinator, who may then name a handler. All by reference
 * alone, and never somebody concerned. Gives nothing where nobody needs to be reminded now.
 */
export function remind(
  complaint: Complaint,
  { now, organisation }: Context,
): { complaint: Complaint; notices: Notice[] } | undefined {
  if (!isActive(complaint)) return undefined;
  const since = lastProgress(complaint);
  const times = Math.floor(workingDaysSince(since, now) / organisation.reminderWorkingDays);
  if (times <= timesReminded(complaint)) return undefined;
  const above = [
    ...(times >= remindersUntilStageUp ? oneStageUp(complaint, organisation) : []),
    ...(times >= remindersUntilAppointment ? appointersOf(complaint, organisation) : []),
  ];
  // Whoever is reminded anyway is not told that somebody else is late.
  const told = without(union([], above), [...complaint.intake.concerned, complaint.handler]);
  return {
    complaint: { ...complaint, informed: union(complaint.informed, told), reminded: { since, times } },
    notices: [...remindersTo(complaint, organisation), ...notify('waiting-below', told)],
  };
}

function remindersTo(complaint: Complaint, organisation: Organisation): Notice[] {
  if (complaint.state !== 'pending') {
    const { handler } = complaint;
    return isHandler(complaint, handler.id, organisation) ? notify('reminder', [handler]) : [];
  }
  if (needsAppointment(complaint, organisation)) {
    const appointers = appointersOf(complaint, organisation);
    return appointers.length > 0
      ? notify('appointment-needed', appointers)
      : notify('coordinator-missing', administratorsOf(organisation));
  }
  return [{ kind: 'reminder', to: { department: complaint.intake.department, stage: complaint.stage } }];
}

/** Who stands above whoever must act now: the approvers, the director, the coordinator. */
function oneStageUp(complaint: Complaint, organisation: Organisation): Person[] {
  if (complaint.stage === 'director') return appointersOf(complaint, organisation);
  return routeTo(organisation, complaint, complaint.stage === 'employee' ? 'manager' : 'director').approvers;
}
