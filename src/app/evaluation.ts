import { createHash, randomUUID } from 'node:crypto';
import { DateTime } from 'luxon';
import { dayOf, timeZone } from '../domain/calendar.ts';
import { currentOrganisation, type Surroundings } from './handle-command.ts';
import type { Reminder } from './messenger.ts';

/** From which hour on people are reminded, in Dutch time. */
const firstHour = 8;
/** How long sending one reminder may take, in milliseconds; then another instance may try. */
const claim = 5 * 60_000;
/** What is done stays so. */
const forever = '9999-12-31T23:59:59.999Z';

/**
 * R15: reminds each coordinator once of the evaluation of the procedure, on its date or as soon after it as a bot runs.
 * One that could not be sent is reported, and tried again in the next round. Gives how many were reminded.
 */
export async function remindOfEvaluation(
  { store, clock }: Pick<Surroundings, 'store' | 'clock'>,
  reminder: Reminder,
  report: (fault: unknown) => void = () => undefined,
): Promise<number> {
  const organisation = await currentOrganisation(store);
  const { nextEvaluation, coordinators, former } = organisation;
  const isEarly = DateTime.fromJSDate(clock(), { zone: timeZone }).hour < firstHour;
  if (dayOf(clock()) < nextEvaluation || isEarly) return 0;
  let reminded = 0;
  for (const { id, name } of coordinators) {
    if (former.includes(id)) continue;
    const task = `evaluation-${nextEvaluation}-${createHash('sha256').update(id).digest('hex').slice(0, 16)}`;
    const [holder, now] = [randomUUID(), clock().toISOString()];
    const until = new Date(clock().getTime() + claim).toISOString();
    if (!(await store.lease(task, holder, now, until))) continue;
    try {
      await reminder.remindOfEvaluation({ id, name }, organisation);
      await store.lease(task, holder, now, forever);
      reminded++;
    } catch (fault) {
      report(fault);
    }
  }
  return reminded;
}
