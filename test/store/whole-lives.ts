// Whole lives of complaints, driven through the use cases into a store, and the words that must not lie there in the clear.
import fc from 'fast-check';
import { deliverNotices } from '../../src/app/deliver-notices.ts';
import { handleCommand, handleLog, type Surroundings } from '../../src/app/handle-command.ts';
import { openDetails } from '../../src/app/look-up.ts';
import type { Messenger } from '../../src/app/messenger.ts';
import type { Taken } from '../../src/app/outbox.ts';
import type { Store } from '../../src/app/store.ts';
import { contentSchemas } from '../../src/domain/commands.ts';
import type { Organisation } from '../../src/domain/organisation.ts';
import { type Life, lifeAnywhere } from '../arbitraries.ts';
import { administrator, employee, everybody, intake, now, organisation } from '../fixtures.ts';

/** Lives that together hold every command, accepted; the same ones each time. */
export function livesWithEveryCommand(): Life[] {
  const missing = new Set(Object.keys(contentSchemas).filter((kind) => kind !== 'logComplaint'));
  const chosen: Life[] = [];
  for (let seed = 1; missing.size > 0 && seed < 100; seed++) {
    for (const life of fc.sample(lifeAnywhere, { numRuns: 200, seed })) {
      const kinds = acceptedIn(life).map(({ command }) => command.kind);
      if (!kinds.some((kind) => missing.has(kind))) continue;
      chosen.push(life);
      for (const kind of kinds) missing.delete(kind);
    }
  }
  return chosen;
}

const acceptedIn = ({ steps }: Life) => steps.filter(({ decision }) => decision.accepted);

/** A messenger that delivers everything, to a place with a name of its own. */
const messenger: Messenger = {
  toPerson: async ({ name }) => ({ conversation: { id: `a:kanarieplaats-${name}` } }),
  toChannel: async ({ name }) => ({ conversation: { id: `19:kanariekanaal-${name}` } }),
  update: async () => undefined,
};

/** Lives the lives in a store: commands, notices sent, cards posted, contacts, looks, changes of roles. Gives the kinds of command. */
export async function liveIn(store: Store, lives: readonly Life[], prefix = 'form'): Promise<Set<string>> {
  await hold(store, organisation);
  const taken: Taken = new Map();
  const around: Surroundings = { store, clock: () => now, noticesOwed: () => undefined, taken };
  const kinds = new Set<string>();
  for (const person of everybody) {
    await store.saveContact({
      person,
      locale: 'nl-NL',
      reference: { conversation: { id: 'a:kanariechat' } },
    });
  }
  for (const [index, life] of lives.entries()) {
    const id = `${prefix}-${index}`;
    await hold(store, life.steps[0]?.around.organisation ?? organisation);
    const content = { ...life.first.intake, email: 'kanarie@voorbeeld.nl', wish: 'kanariewens' };
    const logged = await handleLog({ kind: 'logComplaint', id, content }, life.first.loggedBy, around);
    if (logged.accepted) kinds.add('logComplaint');
    for (const step of acceptedIn(life)) {
      await hold(store, step.around.organisation);
      // A life was lived under the form `logged`; its escalations are named after it.
      const command = JSON.parse(JSON.stringify(step.command).replaceAll('"logged"', `"${id}"`));
      const decision = await handleCommand(id, command, step.by, around);
      if (decision.accepted) kinds.add(command.kind);
      await openDetails(id, step.by, around);
    }
    await deliverNotices({
      ...{ store, clock: () => now, messenger, random: () => 1 },
      report: () => undefined,
      postponed: () => undefined,
      unreadable: new Map(),
      taken,
    });
  }
  await hold(store, organisation);
  await store.recordLook({ at: now.toISOString(), personId: employee.id, reference: 'K-2026-0001' });
  await store.recordChange({
    at: now.toISOString(),
    personId: administrator.id,
    change: 'kanariewijziging',
  });
  await store.recordPrivacyUse({ at: now.toISOString(), by: 'kanariefunctionaris', use: 'find' });
  return kinds;
}

/** Logs plain complaints, for tests that need many records and no story. */
export async function logMany(store: Store, count: number, prefix: string): Promise<void> {
  if (!(await store.loadOrganisation())) await store.saveOrganisation(organisation);
  const around: Surroundings = { store, clock: () => now, noticesOwed: () => undefined };
  for (let number = 0; number < count; number++) {
    const id = `${prefix}-${number}`;
    await handleLog({ kind: 'logComplaint', id, content: intake() }, employee, around);
  }
}

async function hold(store: Store, given: Organisation): Promise<void> {
  const loaded = await store.loadOrganisation();
  if (JSON.stringify(loaded?.organisation) === JSON.stringify(given)) return;
  await store.saveOrganisation(given, loaded?.version);
}

/**
 * R13: what must not lie in the clear: names, phone numbers, ids, words of free text, of the organisation. Long enough,
 * and with their capitals, that they are not met by chance in a megabyte of what was sealed.
 */
const canaries = [
  /[kK]anarie|van der Berg|Getypte naam/,
  /707630606/,
  /Medewerker|Leidinggevende|Directeur-bestuurder|Beheerder|Klachtenco/,
  /ontevreden|Omschrijving|Verslag|functionaris/,
  /welzijn|ondersteuning|SenW LV|Dobbelaan/,
  /00000000-0000-4000-8000-/,
];

/** The canaries that can be read in what lies stored: as it is, or once anything in it that looks like base64 is decoded. */
export function canariesIn(bytes: string): string[] {
  const decoded = (bytes.match(/[A-Za-z0-9+/_-]{8,}/g) ?? []).map((run) =>
    Buffer.from(run, 'base64').toString('latin1'),
  );
  return [bytes, ...decoded].flatMap((text) => canaries.flatMap((canary) => canary.exec(text)?.[0] ?? []));
}

/** Whether a key's id can still be read anywhere: in the clear, or in the header of something sealed. */
export function namesKey(bytes: string, keyId: string): boolean {
  const headers = (bytes.match(/[A-Za-z0-9_-]{20,}/g) ?? []).map((run) =>
    Buffer.from(run, 'base64url').toString('latin1'),
  );
  return [bytes, ...headers].some((text) => text.includes(keyId));
}
