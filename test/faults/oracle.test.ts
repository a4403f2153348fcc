// R13: who may not see a complaint is answered as if it did not exist, in the very same words and after the same work; how
// long it takes is measured by `npm run bench:oracle`.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handleCommand, handleLog } from '../../src/app/handle-command.ts';
import { findById, findByReference, findSent, searchByName, searchSame } from '../../src/app/look-up.ts';
import type { Store } from '../../src/app/store.ts';
import { createTickets } from '../../src/store/tickets.ts';
import { typedComplaint } from '../bot/harness.ts';
import { accepted, colleague, director, employee, intake, log, now, seal } from '../fixtures.ts';
import { type Act, execute, type OverHttp, startOverHttp, submit } from './bot-over-http.ts';

const stranger = { id: '00000000-0000-4000-8000-0000000000ff', name: 'Vreemde' };
const file = '00000000-0000-4000-8000-000000000101';
/** What somebody could ask about, and something like it that nobody has. */
interface About {
  id: string;
  reference: string;
  name: string;
}
const missing: About = { id: 'f'.repeat(32), reference: 'K-2026-9999', name: 'Kwartel Nergens' };

let world: OverHttp;
let hidden: About;
/** A complaint that the stranger has logged. */
let own: string;
beforeAll(async () => {
  world = await startOverHttp();
  const complaint = await world.kept('with-files');
  const name = 'Kanarie Verborgen';
  hidden = { id: complaint.id, reference: complaint.reference, name };
  const { version, ...document } = (await world.store.load(complaint.id)) ?? { version: '' };
  const renamed = { ...complaint, intake: { ...complaint.intake, name } };
  await world.store.commit({ outbox: [], posted: [], ...document, complaint: renamed }, version);
  const mine = accepted(log({ name: 'Eigen Klager', concerned: [], phone: '+31702223344' }, stranger, 'own'));
  own = (await world.keep(mine)).id;
});
afterAll(() => world.stop());

const query = (value: string): Act => ({
  type: 'invoke',
  name: 'composeExtension/query',
  value: { commandId: 'myComplaints', parameters: [{ name: 'search', value }] },
});
const form = '11111111-1111-4111-8111-111111111111';
const inForm = { verb: 'submit-form', command: form, escalation: '-' };

/** Everything that names a complaint. */
const questions: Record<string, (about: About) => Act> = {
  'a reference, in the chat': ({ reference }) => ({ type: 'message', text: reference }),
  'a name, in the chat': ({ name }) => ({ type: 'message', text: `zoek ${name}` }),
  'a reference, in the message extension': ({ reference }) => query(reference),
  'a name, in the message extension': ({ name }) => query(name),
  'a reference, beside a file': ({ reference: text }) => ({
    type: 'message',
    ...{
      text,
      attachments: [{ contentType: 'image/png', name: 'x.png', contentUrl: `${world.serviceUrl}x` }],
    },
  }),
  'opening its details': ({ id }) => submit({ verb: 'open-complaint', complaint: id }),
  'opening a form of it': ({ id }) => submit({ verb: 'open-form', form: 'close', complaint: id }),
  'opening the form to correct it': ({ id }) => submit({ verb: 'open-form', form: 'correct', complaint: id }),
  'sending a form of it': ({ id }) =>
    submit({ ...inForm, complaint: id, form: 'withdraw', summary: 'Een afspraak ging mis.' }),
  'a note by the form of a complaint': ({ id }) =>
    submit({ ...inForm, complaint: id, form: 'relay', note: 'Belde terug.' }),
  'a note by its reference': ({ reference }) =>
    submit({ verb: 'relay', form, about: reference, note: 'Belde terug.' }),
  'a note by a name': ({ name }) => submit({ verb: 'relay', form, about: name, note: 'Belde terug.' }),
  'opening a file of it': ({ id }) => submit({ verb: 'open-file', complaint: id, file }),
  'adding a file to it': ({ id }) =>
    execute('add-evidence', { complaint: id, form, file: { name: 'x.txt', url: `${world.serviceUrl}x` } }),
  'accepting it on a card': ({ id }) => execute('accept-escalation', { complaint: id, escalation: id }),
  'looking at a card of it': ({ id }) => execute('show-today', { complaint: id, kind: 'receipt' }),
  'accepting it in a dialog': ({ id }) =>
    submit({ verb: 'accept-escalation', complaint: id, escalation: id }),
  'saying that one is concerned': ({ id }) => execute('declare-concerned', { complaint: id, escalation: id }),
  'linking a new complaint to it': ({ reference }) =>
    submit({
      ...{ ...typedComplaint, name: 'Eigen Klager', phone: '070 222 33 44', concernedIds: '' },
      ...{ verb: 'log-complaint', form, linkedTo: reference },
      carried: { answers: { externalBody: false, compensation: false }, earlier: [reference] },
    }),
  'closing one’s own as its duplicate': ({ reference }) =>
    submit({
      ...{ ...inForm, complaint: own, form: 'close', outcome: 'duplicate', duplicateOf: reference },
      ...{ declinesNextStage: 'false', summary: 'Een afspraak ging mis.' },
    }),
  'screening its complainant': ({ name }) =>
    submit({
      ...{ verb: 'screen', form, kept: {}, name, relation: 'client' },
      ...{ externalBody: 'false', compensation: 'false' },
    }),
};

/** The answer and what was posted with it, with what was asked by taken out. */
async function answerTo(question: (about: About) => Act, about: About): Promise<string> {
  const before = world.posted.length;
  const { status, text } = await world.send(question(about), stranger.id);
  const told = world.posted
    .slice(before)
    .filter((post) => post.includes(`"a:${stranger.id}"`) && post.includes('"replyToId"'));
  const answer = [status, text, ...told];
  return Object.entries(about)
    .reduce((words, [field, value]) => words.replaceAll(String(value), `{${field}}`), answer.join('\n'))
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '{uuid}');
}

describe('somebody who may not see a complaint', () => {
  it.each(Object.keys(questions))('%s: is answered as if it did not exist', async (name) => {
    const question = questions[name];
    if (!question) throw new Error(name);
    const answer = await answerTo(question, hidden);
    expect(answer).toBe(await answerTo(question, missing));
    expect(answer).not.toContain('Twee keer gebeld');
  });

  it('a ticket for a file: is answered as if it did not exist', async () => {
    const tickets = createTickets(seal);
    const given = async (complaintId: string) => {
      const until = '2026-11-24T09:02:00.000Z';
      const ticket = await tickets.issue({ personId: stranger.id, complaintId, fileId: file, until });
      const response = await fetch(`${world.url}/files?ticket=${ticket}`);
      const headers = [...response.headers].filter(([name]) => name !== 'date');
      return [response.status, headers, await response.text()];
    };
    expect(await given(hidden.id)).toEqual(await given(missing.id));
    expect(await given(hidden.id)).toContain(404);
  });

  it('the same questions are put to the store, and nothing is opened that is not theirs', async () => {
    const asked: string[] = [];
    const watched = new Proxy(world.store, {
      get:
        (store, call: keyof Store) =>
        async (...given: unknown[]) => {
          const result = await (store[call] as (...all: unknown[]) => Promise<unknown>)(...given);
          const isNothing = result === undefined || (Array.isArray(result) && result.length === 0);
          if (call !== 'loadOrganisation') asked.push(`${call} ${isNothing ? 'nothing' : 'something'}`);
          return result;
        },
    });
    const around = { store: watched, clock: () => now, noticesOwed: () => undefined };
    const callsOf = async (about: About) => {
      asked.length = 0;
      await findById(about.id, stranger, around);
      await findSent(about.id, 'viewer', stranger, around);
      await findByReference(about.reference, stranger, around);
      await searchByName(about.name, stranger, around);
      await searchSame({ name: about.name }, stranger, around);
      const accept = { kind: 'acceptEscalation', id: 'x', content: { escalation: about.id } } as const;
      await handleCommand(about.id, accept, stranger, around);
      const content = intake({ linkedTo: about.reference, concerned: [] });
      await handleLog({ kind: 'logComplaint', id: 'never', content }, stranger, around);
      return [...asked];
    };
    const calls = await callsOf(hidden);
    expect(calls).toEqual(await callsOf(missing));
    expect(calls.join()).not.toContain('something');
    for (const person of [employee, colleague])
      expect(await findById(hidden.id, person, around)).toBeDefined();
    expect(await findById(hidden.id, director, around)).toBeUndefined();
  });
});
