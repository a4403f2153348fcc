// Everything that changes something, sent again: by a double click, by Teams, in parallel, late.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HandlingVerb, handlingForms } from '../../src/cards/forms/handling.ts';
import { textsFor } from '../../src/cards/texts.ts';
import { dataOf, inputsOf, typedComplaint, wordsOf } from '../bot/harness.ts';
import { administrator, coordinator, employee, lead, now, senior } from '../fixtures.ts';
import { forms } from '../gallery/handling.ts';
import {
  type Act,
  cardIn,
  execute,
  type Json,
  type OverHttp,
  startOverHttp,
  submit,
} from './bot-over-http.ts';
import { typed } from './typed-forms.ts';

const texts = textsFor('nl');
/** What is answered before a complaint may be typed. */
const answers = {
  name: 'Ooievaar Kanarie',
  relation: 'client',
  externalBody: 'false',
  compensation: 'false',
};

let world: OverHttp;
beforeAll(async () => {
  world = await startOverHttp();
});
afterAll(() => world.stop());

/**
 * Sends an act twice at once under one id, twice at once under others, then again: under the same, under another, and
 * twenty minutes later. Gives the cards that answered.
 */
async function sendAgainAndAgain(act: Act, by: { id: string }): Promise<Json[]> {
  const send = (id: string) => world.send({ id, ...act }, by.id);
  const answers = await Promise.all(['f:1', 'f:1', 'f:2', 'f:3'].map(send));
  answers.push(await send('f:1'), await send('f:4'));
  const { time } = world;
  time.now = new Date(time.now.getTime() + 20 * 60_000);
  answers.push(await send('f:5'));
  time.now = now;
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  return answers.map(cardIn);
}
const timelineOf = async (id: string) => (await world.store.load(id))?.complaint.timeline ?? [];
/** The notices of a complaint, however far they came, by id. */
async function noticesOf(id: string): Promise<string[]> {
  const document = await world.store.load(id);
  return [...(document?.outbox ?? []), ...(document?.posted ?? [])].map((each) => each.id).sort();
}

async function formOf(verb: HandlingVerb, complaint: string, by: { id: string }): Promise<Act> {
  const opening = submit({ verb: 'open-form', form: verb, complaint });
  const form = cardIn(await world.send(opening, by.id));
  return submit({ ...inputsOf(form), ...dataOf(form, 'Vastleggen'), ...typed[verb] });
}

describe('a form of the handling, sent again and again', () => {
  it.each(Object.keys(handlingForms) as HandlingVerb[])(
    '%s: recorded once, answered the same',
    async (verb) => {
      const [life, by] = forms[verb];
      const { id, timeline } = await world.kept(life);
      const answers = await sendAgainAndAgain(await formOf(verb, id, by), by);
      expect(wordsOf(answers[0])).toContain(texts(`recorded.${handlingForms[verb].kind}`));
      for (const answer of answers) expect(answer).toEqual(answers[0]);
      expect(await timelineOf(id)).toHaveLength(timeline.length + 1);
      const notices = await noticesOf(id);
      expect(notices).toEqual([...new Set(notices)]);
    },
  );
});

const organisationNow = async () => (await world.store.loadOrganisation())?.organisation;

describe('what is no form of the handling, sent again and again', () => {
  it('a new complaint: taken up once, under the number of its first receipt', async () => {
    const screening = submit({ verb: 'screen', form: crypto.randomUUID(), kept: {}, ...answers });
    const form = cardIn(await world.send(screening, employee.id));
    const numbers = () => world.store.nextNumber(2026);
    const before = await numbers();
    const act = submit({
      ...inputsOf(form),
      ...dataOf(form, 'Vastleggen'),
      ...typedComplaint,
      phone: '070 222 33 44',
      name: answers.name,
    });
    const receipts = (await sendAgainAndAgain(act, employee)).map(wordsOf);
    const references = receipts.map((words) => /K-2026-\d{4}/.exec(words)?.[0]);
    expect(new Set(references).size).toBe(1);
    for (const words of receipts) expect(words).toContain('Uw klacht is vastgelegd');
    expect(receipts.filter((words) => !words.includes('al vastgelegd'))).toHaveLength(1);
    // Four at once may each have drawn a number; whoever came later drew none.
    expect((await numbers()) - before - 1).toBeLessThanOrEqual(4);
    const used = await world.store.findByReference(references[0] ?? '');
    expect(used?.complaint.timeline).toHaveLength(1);
  });

  it.each([
    ['accept-escalation', 'pending', {}, 'Jij behandelt deze klacht nu.'],
    ['accept-escalation', 'typed-names', { notConcerned: true }, 'Jij behandelt deze klacht nu.'],
    ['declare-concerned', 'typed-names', {}, 'Vastgelegd dat de klacht over jou gaat.'],
  ] as const)('R8: %s on a card and in a dialog (%s)', async (verb, life, more, words) => {
    for (const make of [execute, (name: string, data: Json) => submit({ verb: name, ...data })]) {
      const complaint = await world.kept(life);
      const escalation = complaint.state === 'pending' ? complaint.escalation.id : '';
      const act = make(verb, { complaint: complaint.id, escalation, ...more });
      const cards = await sendAgainAndAgain(act, senior);
      for (const card of cards) expect(card).toEqual(cards[0]);
      expect(wordsOf(cards[0])).toContain(words);
      expect(await timelineOf(complaint.id)).toHaveLength(complaint.timeline.length + 1);
    }
  });

  it('a note: brought once', async () => {
    const { id, reference, timeline } = await world.kept('manager');
    const note = { about: reference, note: 'Belde terug.' };
    const cards = await sendAgainAndAgain(
      submit({ verb: 'relay', form: crypto.randomUUID(), ...note }),
      lead,
    );
    for (const card of cards) expect(card).toEqual(cards[0]);
    expect(await timelineOf(id)).toHaveLength(timeline.length + 1);
  });

  it('R10: a file: added once, and kept once', async () => {
    const { id, timeline } = await world.kept('fresh');
    const file = { name: 'brief.txt', url: `${world.serviceUrl}file` };
    const act = execute('add-evidence', { complaint: id, form: crypto.randomUUID(), file });
    const cards = (await sendAgainAndAgain(act, employee)).map(wordsOf);
    // One of four at once may have been told that the others were first.
    expect(cards.filter((words) => words.includes('toegevoegd'))).toHaveLength(cards.length);
    expect(await timelineOf(id)).toHaveLength(timeline.length + 1);
    expect(world.filesOf(id)).toHaveLength(1);
  });

  it('a new department: made once', async () => {
    const form = { verb: 'submit-administration-form', form: 'department', target: '' };
    const act = submit({ ...form, departmentName: 'Jongerenwerk', leads: lead.id, seniors: '' });
    const cards = await sendAgainAndAgain(act, administrator);
    for (const card of cards) expect(wordsOf(card)).toContain('De wijziging is vastgelegd.');
    const made = (await organisationNow())?.departments.filter(({ name }) => name === 'Jongerenwerk');
    expect(made).toHaveLength(1);
    const { items } = await world.store.readLog('change', { limit: 100 });
    expect(items).toHaveLength(1);
  });

  it('R12: an improvement: added once, taken out once', async () => {
    const { id } = await world.kept('closed');
    const record = (await world.store.load(id))?.record?.id;
    await world.recordWritten(String(record));
    const form = { verb: 'submit-analysis-form', record, year: 2026, command: crypto.randomUUID() };
    const add = submit({ ...form, form: 'add-improvement', improvementText: 'Terugbellen binnen een dag.' });
    const added = await sendAgainAndAgain(add, coordinator);
    for (const card of added) expect(wordsOf(card)).toBe(wordsOf(added[0]));
    expect((await world.store.loadRecord(String(record)))?.record.improvements).toHaveLength(1);
    const remove = submit({ ...form, form: 'remove-addition', addition: 'Terugbellen binnen een dag.' });
    const removed = await sendAgainAndAgain(remove, coordinator);
    for (const card of removed) expect(wordsOf(card)).toBe(wordsOf(removed[0]));
    expect((await world.store.loadRecord(String(record)))?.record.improvements).toEqual([]);
  });
});

describe('too late, or too early', () => {
  it('accepted, handed on, and pressed again: nobody is told that they handle it', async () => {
    const { id, ...complaint } = await world.kept('pending');
    const escalation = 'escalation' in complaint ? complaint.escalation.id : '';
    const accept = execute('accept-escalation', { complaint: id, escalation });
    await world.send(accept, senior.id);
    await world.send(await formOf('reassign', id, senior), senior.id);
    const again = cardIn(await world.send(accept, senior.id));
    expect(wordsOf(again)).toContain('Dit was al eerder vastgelegd, en sindsdien is er meer gebeurd.');
    expect(wordsOf(again)).not.toContain('Jij behandelt');
    expect(wordsOf(again)).toContain(lead.name);
  });

  it('closed, reopened, and the form to close sent again: it stays open, and no one is told that it is closed', async () => {
    const { id } = await world.kept('settled');
    const closingForm = await formOf('close', id, employee);
    await world.send(closingForm, employee.id);
    await world.send(await formOf('reopen', id, employee), employee.id);
    const again = cardIn(await world.send(closingForm, employee.id));
    expect(wordsOf(again)).not.toContain('De klacht is afgesloten.');
    expect((await world.store.load(id))?.complaint.state).toBe('open');
  });

  it('an acceptance that comes before the answer to who asked: both are answered, and it is accepted once', async () => {
    const { id } = await world.kept('not-settled');
    const asking = world.send(await formOf('request-escalation', id, employee), employee.id);
    let accepted = '';
    for (let count = 0; count < 500 && !accepted.includes('Jij behandelt'); count++) {
      const complaint = (await world.store.load(id))?.complaint;
      const escalation = complaint?.state === 'pending' ? complaint.escalation.id : '-';
      const accept = execute('accept-escalation', { complaint: id, escalation });
      accepted = wordsOf(cardIn(await world.send(accept, senior.id)));
    }
    expect(accepted).toContain('Jij behandelt deze klacht nu.');
    expect((await asking).status).toBe(200);
    const happened = (await timelineOf(id)).map(({ kind }) => kind);
    expect(happened.filter((kind) => kind === 'escalationAccepted')).toHaveLength(1);
  });

  it.each(['record-conversation', 'request-escalation', 'involve', 'close', 'withdraw'] as const)(
    '%s, filled in before the complaint was closed and sent after: refused, with what was typed',
    async (verb) => {
      const { id } = await world.kept(verb === 'involve' ? 'manager' : 'not-settled');
      const by = verb === 'involve' ? senior : employee;
      const form = await formOf(verb, id, by);
      await world.send(await formOf('terminate', id, by), by.id);
      const before = await timelineOf(id);
      const card = cardIn(await world.send(form, by.id));
      expect(wordsOf(card)).toContain(texts('refusal.wrong-state'));
      expect(inputsOf(card)).toMatchObject(typed[verb]);
      expect(await timelineOf(id)).toEqual(before);
    },
  );

  it('R14: the cards of a complaint, years later: before it is destroyed and after', async () => {
    const { id, reference } = await world.kept('closed');
    const { time } = world;
    const open = {
      type: 'invoke',
      name: 'task/fetch',
      value: { data: { verb: 'open-complaint', complaint: id } },
    };
    const accept = execute('accept-escalation', { complaint: id, escalation: id });
    const look = { type: 'message', text: reference };
    const reopening = await formOf('reopen', id, employee);
    time.now = new Date('2027-11-24T09:00:00Z');
    expect(wordsOf(cardIn(await world.send(open, employee.id)))).toContain('afgesloten');
    expect(wordsOf(cardIn(await world.send(accept, employee.id)))).toContain(texts('refusal.wrong-state'));
    time.now = new Date('2028-12-24T09:00:00Z');
    const late = cardIn(await world.send(reopening, employee.id));
    expect(wordsOf(late)).toContain(texts('refusal.retention-passed'));
    await world.bot.keepUp();
    expect(await world.store.wasDestroyed(id)).toBe(true);
    for (const act of [open, accept, reopening])
      expect(wordsOf(cardIn(await world.send(act, employee.id)))).toContain(texts('refusal.not-found'));
    expect((await world.send(look, employee.id)).status).toBe(200);
    // Reminders of other complaints come in between.
    expect(world.posted.join()).toContain('Ik ken geen klacht met dit nummer');
    time.now = now;
  });
});
