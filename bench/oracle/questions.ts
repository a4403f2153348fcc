// What somebody can ask about a complaint that is none of theirs, to learn from the time of the answer whether it exists.
import { randomUUID } from 'node:crypto';
import type { Tickets } from '../../src/app/tickets.ts';
import type { Json } from '../turns/world.ts';
import type { Hidden } from './world.ts';

/** What is asked: an activity, or an address to be fetched. */
export type Question = { activity: Json } | { file: string };

const says = (text: string): Question => ({ activity: { type: 'message', text } });
const invoke = (name: string, value: Json): Question => ({ activity: { type: 'invoke', name, value } });
const submit = (data: Json) => invoke('task/submit', { data });
const execute = (verb: string, data: Json) =>
  invoke('adaptiveCard/action', { action: { type: 'Action.Execute', verb, data } });
const query = (value: string) =>
  invoke('composeExtension/query', {
    commandId: 'myComplaints',
    parameters: [{ name: 'search', value }],
    queryOptions: { skip: 0, count: 25 },
  });

/** The questions by name; `about` is a complaint of others, or something like it that is not there. */
export function questionsAbout(
  own: { complaint: string; typed: Json; asker: string },
  tickets: Tickets,
): Record<string, (about: Hidden, n: number) => Question | Promise<Question>> {
  const carried = (earlier: string[]) => ({
    carried: { answers: { externalBody: false, compensation: false }, earlier },
  });
  return {
    'a reference, in the chat': ({ reference }) => says(reference),
    'a reference, in the message extension': ({ reference }) => query(reference),
    'a name, in the chat': ({ name }) => says(`zoek ${name}`),
    'a name, in the message extension': ({ name }) => query(name),
    'opening, by a forged id': ({ id }) => submit({ verb: 'open-complaint', complaint: id }),
    'accepting, by a forged id': ({ id }) => execute('accept-escalation', { complaint: id, escalation: id }),
    'looking at a card, by a forged id': ({ id }) =>
      execute('show-today', { complaint: id, kind: 'receipt' }),
    'logging, linked to a forged reference': ({ reference }) =>
      submit({
        ...{ ...own.typed, verb: 'log-complaint', form: randomUUID() },
        ...{ ...carried([reference]), linkedTo: reference },
      }),
    'screening, by a name': ({ name }) =>
      submit({
        ...{ verb: 'screen', form: randomUUID(), kept: {}, name, relation: 'client' },
        ...{ externalBody: 'false', compensation: 'false' },
      }),
    'closing, as a duplicate of a forged reference': ({ reference }) =>
      submit({
        ...{ verb: 'submit-form', form: 'close', complaint: own.complaint, command: randomUUID() },
        ...{ escalation: '-', outcome: 'duplicate', duplicateOf: reference, declinesNextStage: 'false' },
        ...{ summary: 'Een afspraak ging mis.', recommendation: '' },
      }),
    'a file, by a ticket that was given to somebody without sight': async ({ id }) => ({
      file: await tickets.issue({
        ...{ personId: own.asker, complaintId: id, fileId: randomUUID() },
        until: new Date(Date.now() + 3_600_000).toISOString(),
      }),
    }),
  };
}

/** Notes that are brought to whoever handles a complaint: the answer comes after a time that is always the same. */
export const relays: Record<string, (about: Hidden) => Question> = {
  'a note, by reference': ({ reference }) =>
    submit({ verb: 'relay', form: randomUUID(), about: reference, note: 'Belde terug.' }),
  'a note, by name': ({ name }) =>
    submit({ verb: 'relay', form: randomUUID(), about: name, note: 'Belde terug.' }),
};
