// The people, complaints and activities of the bench.

import organisationFile from '../../demo/organisation.json' with { type: 'json' };
import { handleCommand, handleLog } from '../../src/app/handle-command.ts';
import type { Store } from '../../src/app/store.ts';
import type { Command } from '../../src/domain/commands.ts';
import { intakeSchema } from '../../src/domain/intake.ts';
import { organisationSchema } from '../../src/domain/organisation.ts';
import type { Person } from '../../src/domain/people.ts';
import { createSeal } from '../../src/store/seal.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import { chatOf } from './bots.ts';

export const benchKeys = {
  keys: [{ kty: 'oct' as const, k: Buffer.alloc(32, 1).toString('base64url'), kid: 'bench' }],
};
/** Some of many people: what one of them gets is not held up by how fast Teams takes messages in one chat. */
const personOf = (role: string, n: number) => ({
  id: `00000000-0000-4000-8000-${role}${String(n % 100).padStart(10, '0')}`,
  name: 'Medewerker',
});
const employeeOf = (n: number) => personOf('e1', n);
const approverOf = (n: number) => personOf('a1', n);
/** Who logged what waits to be accepted: none of those who log or ask for lists, who have few complaints of their own. */
const earlierOf = (n: number) => personOf('e2', n);
const parsed = organisationSchema.parse(organisationFile);
const [first, ...others] = parsed.departments;
if (!first) throw new Error('the organisation of the demo has no department');
const department = {
  ...first,
  approvers: Array.from({ length: 20 }, (_, n) => ({ ...approverOf(n), role: 'senior' as const })),
};
const organisation = { ...parsed, departments: [department, ...others], channels: {} };

export const today = new Date().toISOString().slice(0, 10);
/** Who asks for lists and details, and has complaints of their own. */
const employee = employeeOf(0);
export const people = { employee, approver: approverOf(0) };

export type Json = Record<string, unknown>;

/** An activity that the bot is sent, as somebody's. */
export interface Turn {
  by: { id: string; name: string };
  activity: Json;
}

const intake = (entryStage: 'employee' | 'manager') =>
  intakeSchema.parse({
    ...{ relation: 'client', name: 'Kanarie van der Berg', externalBody: false, compensation: false },
    ...{ phone: '+31707630606', submittedOn: today, wayIn: 'phone', entryStage, concerned: [] },
    ...{
      department: department.id,
      nature: 'conduct',
      description: 'Twee keer niet teruggebeld. '.repeat(10),
    },
  });

/**
 * Fills a database: complaints that wait to be accepted, and ten of one employee's own. Gives their ids. What they owe
 * has been sent. Everybody has a chat with the bot, reached by way of `serviceUrl`.
 */
export async function fill(
  file: string,
  waiting: number,
  serviceUrl: string,
): Promise<{ own: string[]; asked: string[] }> {
  const opened = openSqliteStore(file, createSeal(benchKeys));
  const store: Store = {
    ...opened,
    commit: ({ record, ...document }, version) =>
      opened.commit(
        { ...document, outbox: [], ...(record && { record: { id: record.id, attempts: 0 } }) },
        version,
      ),
  };
  await store.saveOrganisation(organisation);
  const around = { store, clock: () => new Date(), noticesOwed: () => undefined };
  const logAs = async (id: string, entryStage: 'employee' | 'manager', by: Person) => {
    await handleLog({ kind: 'logComplaint', id, content: intake(entryStage) }, by, around);
    return id;
  };
  const own: string[] = [];
  for (let count = 0; count < 10; count++) own.push(await logAs(`own-${count}`, 'employee', employee));
  const talk: Command = {
    kind: 'recordConversation',
    id: 'talk',
    content: {
      ...{ held: true, on: today, participants: ['complainant'], account: 'Uitgelegd.', satisfied: 'no' },
    },
  };
  await handleCommand(own[0] ?? '', talk, employee, around);
  const asked: string[] = [];
  for (let count = 0; count < waiting; count++)
    asked.push(await logAs(`asked-${count}`, 'manager', earlierOf(count)));
  for (const person of Array.from({ length: 100 }, (_, n) => [employeeOf(n), earlierOf(n)]).flat()) {
    const conversation = { id: chatOf(person), conversationType: 'personal', tenantId: 't' };
    const reference = { serviceUrl, channelId: 'msteams', bot: { id: '28:bot' }, conversation };
    await store.saveContact({ person, locale: 'nl', reference });
  }
  await store.close();
  return { own, asked };
}

/** A number as a word of letters: names are searched by their longest word. */
export const lettersOf = (n: number) =>
  `x${String(n).padStart(8, '0')}`.replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? '');

export const says = (text: string): Json => ({ type: 'message', text });
export const invoke = (name: string, value: Json): Json => ({ type: 'invoke', name, value });

/** What stands in the form of a complaint: a complainant of their own each, or the bot would offer the earlier ones. */
export const typedComplaint = (n: number): Json => ({
  ...{ name: `Klager ${lettersOf(n)}`, phone: `06${10_000_000 + (n % 80_000_000)}`, relation: 'client' },
  ...{ department: department.id, nature: 'conduct', concernedIds: '', concernedNames: '', email: '' },
  ...{ wish: '', evidence: '', wayIn: 'phone', entryStage: 'employee', submittedOn: today, linkedTo: '' },
  description: 'Twee keer niet teruggebeld.',
  carried: { answers: { externalBody: false, compensation: false }, earlier: [] },
});

/** What is measured, by its name: the turn of each number. */
export function workloads({
  own,
  asked,
}: {
  own: string[];
  asked: string[];
}): Record<string, (n: number) => Turn> {
  const by = employee;
  return {
    help: () => ({ by, activity: says('help') }),
    'list of mine': () => ({ by, activity: says('mijn klachten') }),
    'opening details': (n) => ({
      by,
      activity: invoke('task/submit', { data: { verb: 'open-complaint', complaint: own[n % own.length] } }),
    }),
    logging: (n) => ({
      by: employeeOf(n),
      activity: invoke('task/submit', {
        data: { ...typedComplaint(n), verb: 'log-complaint', form: crypto.randomUUID() },
      }),
    }),
    accepting: (n) => ({
      by: approverOf(n % 20),
      activity: invoke('adaptiveCard/action', {
        action: {
          type: 'Action.Execute',
          verb: 'accept-escalation',
          data: { complaint: asked[n], escalation: asked[n] },
        },
      }),
    }),
  };
}
