import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { colleague, employee, lead, senior } from '../fixtures.ts';
import { extensionOf, invoke, listed, place, ticking } from './extension.ts';
import { at, buttonsOf, cardOf, dataOf, type Harness, screening, startHarness, wordsOf } from './harness.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness({ clock: ticking() });
});
afterEach(() => harness.stop());

describe("the search command 'Mijn klachten'", () => {
  it('opens with one’s own complaints, latest first: reference, state and stage', async () => {
    await at(harness, employee).log();
    await at(harness, employee).log({ entryStage: 'manager', linkedTo: '' });
    expect(listed(await extensionOf(harness, employee).find())).toEqual([
      ['K-2026-0002', 'wacht op overname, fase: senior of leidinggevende'],
      ['K-2026-0001', 'in behandeling, fase: gesprek met de betrokken medewerker'],
    ]);
  });

  it.each(['K-2026-0001', 'k 2026 1', 'K-2026-00', '0001', 'kanarie', 'Berg', 'van der berg'])(
    'finds %j',
    async (typed) => {
      await at(harness, employee).log();
      expect(listed(await extensionOf(harness, employee).find(typed))).toHaveLength(1);
    },
  );

  it('R13: holds neither the name nor the content, and puts the bare reference in the conversation', async () => {
    await at(harness, employee).log();
    const answer = await extensionOf(harness, employee).find('kanarie');
    expect(JSON.stringify(answer)).not.toMatch(/kanarie|teruggebeld|070|houding|Welzijn|medewerker /i);
    if (answer?.type !== 'result') throw new Error('no result');
    const [{ preview, ...attachment } = { contentType: '' }] = answer.attachments;
    expect(preview?.contentType).toBe('application/vnd.microsoft.card.thumbnail');
    expect(wordsOf(attachment)).toBe(
      'Wie deze klacht mag inzien, opent die met de knop.\nK-2026-0001\nK-2026-0001 openen',
    );
    expect(harness.logged()).not.toMatch(/kanarie/i);
  });

  it('R13: what was put in the conversation opens for who may see it, and for others as if it were not there', async () => {
    await at(harness, employee).log();
    const answer = await extensionOf(harness, employee).find();
    if (answer?.type !== 'result') throw new Error('no result');
    const [result = { contentType: '' }] = answer.attachments;
    const { activityId } = await harness.teams.insertResult(employee.id, place, result);
    const { card, conversationId = '' } = harness.teams.messages(place)[0] ?? {};
    const [button = { data: {} }] = buttonsOf(card);
    const openedBy = (id: string) => harness.teams.openDialog(id, conversationId, activityId, button.data);
    expect(wordsOf(cardOf(await openedBy(colleague.id)))).toContain('Kanariegeheim');
    expect(wordsOf(cardOf(await openedBy(lead.id)))).toContain('Ik ken geen klacht met dit nummer');
    expect(await openedBy(lead.id)).toEqual(
      await harness.teams.openDialog(lead.id, place, undefined, { ...button.data, complaint: 'nowhere' }),
    );
  });

  it('put in the chat with the bot itself, needs no answer', async () => {
    await at(harness, employee).log();
    await at(harness, employee).told('Deze klacht heb je vastgelegd.');
    const chat = harness.teams.personalChat(employee.id);
    const answer = await extensionOf(harness, employee, chat).find();
    if (answer?.type !== 'result') throw new Error('no result');
    const [result = { contentType: '' }] = answer.attachments;
    const before = harness.teams.messages(chat).length;
    await harness.teams.insertResult(employee.id, chat, result);
    expect(harness.teams.messages(chat)).toHaveLength(before + 1);
  });

  it.each(['K-2026-0001', 'K-2026-00', 'kanarie', 'berg', undefined])(
    'R13: another person’s complaint never appears, by %j neither',
    async (typed) => {
      const before = await extensionOf(harness, lead).find(typed);
      await at(harness, employee).log();
      expect(await extensionOf(harness, lead).find(typed)).toEqual(before);
      expect(before?.type).toBe('message');
      expect(JSON.stringify(before)).not.toContain('K-2026-0001');
    },
  );

  it('R13: who handed it on finds it by its number, and no longer by the name', async () => {
    await at(harness, employee).log({ entryStage: 'manager' });
    const asked = await at(harness, senior).told('Je wordt gevraagd deze klacht over te nemen');
    const details = cardOf(await at(harness, senior).open(dataOf(asked, 'K-2026-0001 openen')));
    await at(harness, senior).press(dataOf(details, 'Klacht aannemen'));
    expect(listed(await extensionOf(harness, senior).find('kanarie'))).toHaveLength(1);
    expect(listed(await extensionOf(harness, employee).find('K-2026-0001'))).toHaveLength(1);
    expect(await extensionOf(harness, employee).find('kanarie')).toEqual({
      type: 'message',
      text: expect.stringContaining('Geen klacht gevonden die jij mag inzien'),
    });
  });

  it('says that there are none yet', async () => {
    expect(await extensionOf(harness, employee).find()).toEqual({
      type: 'message',
      text: 'Je hebt geen klachten.',
    });
    expect(await extensionOf(harness, employee).find('   ')).toEqual(
      await extensionOf(harness, employee).find(),
    );
  });

  it('gives a page at a time, and an empty list after the last', async () => {
    for (const name of ['Merel', 'Mus', 'Spreeuw']) {
      await at(harness, employee).log({ name, phone: '', email: `${name}@example.org` });
    }
    const { find } = extensionOf(harness, employee);
    const page = async (skip: number, count: number) =>
      listed(await find(undefined, { skip, count })).map((row) => (row as string[])[0]);
    expect(await page(0, 2)).toEqual(['K-2026-0003', 'K-2026-0002']);
    expect(await page(2, 2)).toEqual(['K-2026-0001']);
    expect(await page(3, 2)).toEqual([]);
    expect(await page(-1, 0)).toHaveLength(3);
    expect(await page(0, 1_000_000)).toHaveLength(3);
  });

  it.each([{}, { commandId: 'nowhere' }, { commandId: 'myComplaints', parameters: 'x' }])(
    'a question that it does not know, %j, is answered with words',
    async (value) => {
      expect(JSON.stringify(await invoke(harness, 'query', value))).toContain('herken ik niet meer');
    },
  );
});

describe('wherever it is used', () => {
  const elsewhere = { id: '19:merel_mus@unq.gbl.spaces', conversationType: 'personal' };

  it('R13: in the chat of two people it works, and what is owed to one still comes to their own chat', async () => {
    const value = { commandId: 'myComplaints', parameters: [{ name: 'initialRun', value: 'true' }] };
    expect(await invoke(harness, 'query', value, { person: colleague, conversation: elsewhere })).toEqual({
      composeExtension: { type: 'message', text: 'Je hebt geen klachten.' },
    });
    await at(harness, employee).log();
    await at(harness, colleague).told('Er is een klacht vastgelegd die over jou gaat');
  });

  it('R13: a fault is told in words, loses nothing typed, and leaves nothing typed in the log', async () => {
    const { open, press, find } = extensionOf(harness, employee);
    const form = { ...dataOf(await open({ html: 'Kanariegeheim' }), 'Verder'), ...screening };
    const db = new DatabaseSync(harness.databaseFile);
    db.exec('DROP TABLE search');
    db.close();
    expect(await find('kanarie')).toEqual({
      type: 'message',
      text: expect.stringContaining('Er ging iets mis'),
    });
    const again = cardOf(await press(form));
    expect(wordsOf(again)).toContain('Er ging iets mis');
    expect(dataOf(again, 'Verder')).toMatchObject({ kept: { description: 'Kanariegeheim' } });
    expect(harness.logged()).toContain('question failed');
    expect(harness.logged()).not.toMatch(/kanarie/i);
  });

  it('who is not known as somebody of this organisation hears that it is not for them', async () => {
    const stranger = { from: { id: '29:x', name: 'Gast' } };
    const value = { commandId: 'logComplaint' };
    for (const name of ['fetchTask', 'submitAction']) {
      expect(JSON.stringify(await invoke(harness, name, value, stranger))).toContain(
        'niet herkennen als medewerker',
      );
    }
    expect(await invoke(harness, 'query', { commandId: 'myComplaints' }, stranger)).toMatchObject({
      composeExtension: { type: 'message', text: expect.stringContaining('niet herkennen als medewerker') },
    });
  });

  it('who asks faster than a hand can hears so, and loses nothing typed', async () => {
    const { open, press, find } = extensionOf(harness, employee);
    const form = { ...dataOf(await open({ html: 'Kanariegeheim' }), 'Verder'), ...screening };
    await Promise.all(Array.from({ length: 120 }, () => press({ verb: 'close-dialog' })));
    const refused = cardOf(await press(form));
    expect(dataOf(refused, 'Nog eens proberen')).toMatchObject(form);
    expect(await find()).toEqual({ type: 'message', text: expect.stringContaining('te snel achter elkaar') });
  });
});
