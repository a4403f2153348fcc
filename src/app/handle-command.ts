import { yearOf } from '../domain/calendar.ts';
import type { Command, LogComplaint } from '../domain/commands.ts';
import { type Decision, decide, decideLog } from '../domain/decide.ts';
import { refuseIntake } from '../domain/intake.ts';
import type { Notice } from '../domain/notices.ts';
import type { Organisation } from '../domain/organisation.ts';
import type { Person } from '../domain/people.ts';
import { referenceOf } from '../domain/reference.ts';
import type { Context } from '../domain/refusal.ts';
import { Fault } from '../fault.ts';
import type { OwedNotice, Store } from './store.ts';

/** What the use cases need from outside. */
export interface Surroundings {
  store: Store;
  clock: () => Date;
  /** Called when a notice was stored that is due at once. */
  noticesOwed: () => void;
}

/** How often a command is decided anew because somebody else wrote first. */
const mostAttempts = 20;

/** The organisation as it stands today; a bot does not run without one. */
export async function currentOrganisation(store: Store): Promise<Organisation> {
  const organisation = await store.loadOrganisation();
  if (!organisation) throw new Fault('the store holds no organisation');
  return organisation;
}

/** What a decision taken now depends on. */
export async function currentContext({
  store,
  clock,
}: Pick<Surroundings, 'store' | 'clock'>): Promise<Context> {
  return { organisation: await currentOrganisation(store), now: clock() };
}

/**
 * Takes a complaint up under the id that its form carried: load, decide, commit.
 * A refused intake touches nothing, the counter included. Throws where the store fails.
 */
export async function handleLog(
  command: LogComplaint,
  actor: Person,
  around: Surroundings,
): Promise<Decision> {
  const context = await currentContext(around);
  const existing = await around.store.load(command.id);
  if (existing) return decide(existing.complaint, command, actor, context);
  const refusal = refuseIntake(command.content, context);
  if (refusal) return { accepted: false, refusal };
  const year = yearOf(context.now);
  const reference = referenceOf(year, await around.store.nextNumber(year));
  const decision = decideLog(command, reference, actor, context);
  if (!decision.accepted) return decision;
  const outbox = owe(decision.notices, command.id, context.now);
  if ((await around.store.commit({ complaint: decision.complaint, outbox })) === 'committed') {
    around.noticesOwed();
    return decision;
  }
  const first = await around.store.load(command.id);
  if (!first) throw new Fault('a complaint that was there is gone');
  return decide(first.complaint, command, actor, context);
}

/**
 * Carries out a command on a complaint, deciding again on the fresh state where somebody else wrote first.
 * Throws where the store fails, or after too many conflicts; then nothing was recorded.
 */
export async function handleCommand(
  complaintId: string,
  command: Command,
  actor: Person,
  around: Surroundings,
): Promise<Decision> {
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const context = await currentContext(around);
    const stored = await around.store.load(complaintId);
    if (!stored) return { accepted: false, refusal: { code: 'not-found' } };
    const decision = decide(stored.complaint, command, actor, context);
    if (!decision.accepted || decision.repeated) return decision;
    const outbox = [...stored.outbox, ...owe(decision.notices, command.id, context.now)];
    if (
      (await around.store.commit({ complaint: decision.complaint, outbox }, stored.version)) === 'committed'
    ) {
      if (decision.notices.length > 0) around.noticesOwed();
      return decision;
    }
  }
  throw new Fault(`gave up after ${mostAttempts} version conflicts`);
}

function owe(notices: readonly Notice[], commandId: string, now: Date): OwedNotice[] {
  return notices.map((notice, index) => ({
    id: `${commandId}.${index}`,
    notice,
    dueAt: now.toISOString(),
    attempts: 0,
  }));
}
