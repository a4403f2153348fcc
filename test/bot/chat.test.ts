import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { coordinator, employee, lead } from '../fixtures.ts';
import { at, buttonsOf, type Harness, startHarness, wordsOf } from './harness.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

describe('in the personal chat', () => {
  it('greets who installs it, with what it can do', () => {
    const [greeting] = at(harness, employee).cards();
    expect(wordsOf(greeting)).toContain('Dag, ik ben de Klachtenbot');
    expect(buttonsOf(greeting).map(({ title }) => title)).toEqual([
      'Klacht registreren',
      'Mijn klachten',
      'Klachtenregeling',
      'Contactgegevens',
      'Klager belde terug',
    ]);
  });

  it.each([
    ['klacht', 'Een klacht registreren'],
    ['  KLACHT ', 'Een klacht registreren'],
    ['mijn klachten', 'Je hebt geen klachten.'],
    ['regeling', 'Klachtenregeling SenW LV'],
    ['contact', 'info@senw-lv.nl'],
    ['help', 'Dit kan ik voor je doen'],
    ['iets anders', 'Dat herken ik niet.'],
    ['klacht K-2026-9999', 'Ik ken geen klacht met dit nummer'],
    ['k-2026-9999', 'Ik ken geen klacht met dit nummer'],
  ])('answers %j', async (typed, answer) => {
    expect(wordsOf(await at(harness, employee).ask(typed))).toContain(answer);
  });

  it.each([
    ['complaint', 'Log a complaint'],
    ['my complaints', 'You have no complaints.'],
    ['procedure', 'Complaint procedure'],
    ['help', 'I can do'],
  ])('answers %j in English where the locale is English', async (typed, answer) => {
    const words = wordsOf(await at(harness, employee).ask(typed, { locale: 'en-GB' }));
    expect(words.toLowerCase()).toContain(answer.toLowerCase());
  });

  it('R16: has the whole procedure to read aloud, with the organisation’s own contact details', async () => {
    const words = wordsOf(await at(harness, employee).ask('regeling'));
    for (const part of [
      'Wie kan een klacht indienen?',
      'Anonieme klacht',
      'Vertrouwelijkheid',
      'Evaluatie',
    ]) {
      expect(words).toContain(part);
    }
    expect(words).toContain('Dobbelaan 4, 2262 EA Leidschendam-Voorburg');
    expect(words).toContain('070 763 06 06');
  });

  it('answers the buttons of its help as the words', async () => {
    const chat = harness.teams.personalChat(coordinator.id);
    await harness.teams.submit(coordinator.id, chat, undefined, { verb: 'contact' });
    expect(wordsOf(at(harness, coordinator).cards().at(-1))).toContain('Dobbelaan 4');
  });

  it.each([{}, { verb: 'nowhere' }, { verb: '__proto__' }, { verb: 7 }, 'text', null])(
    'a dialog with the data %j is answered with words',
    async (data) => {
      const answer = await harness.teams.openDialog(
        lead.id,
        harness.teams.personalChat(lead.id),
        undefined,
        data as never,
      );
      expect(JSON.stringify(answer)).toContain('herken ik niet meer');
    },
  );

  it('an Action.Execute that it does not know is answered with words', async () => {
    const chat = harness.teams.personalChat(lead.id);
    const { value } = await harness.teams.execute(lead.id, chat, 'none', { verb: 'nowhere', data: {} });
    expect(wordsOf(value)).toContain('herken ik niet meer');
  });
});
