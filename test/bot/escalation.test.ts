import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { administrator, colleague, coordinator, director, employee, lead, now, senior } from '../fixtures.ts';
import {
  actionOn,
  askManager,
  at,
  buttonsOf,
  cardOf,
  channelCard,
  channels,
  dataOf,
  decideOn,
  type Harness,
  type Json,
  linkChannels,
  startHarness,
  wordsOf,
} from './harness.ts';

let harness: Harness;
let today: Date;
beforeEach(async () => {
  today = now;
  harness = await startHarness({ clock: () => today });
});
afterEach(() => harness.stop());

const talk = { participants: 'complainant,concerned', account: 'Kanarieverslag', satisfied: 'no' };
const summary = 'Een afspraak ging mis; een medewerker gaf uitleg.';

async function opened(person: typeof employee, reference = 'K-2026-0001'): Promise<Json> {
  const card = await at(harness, person).ask(`klacht ${reference}`);
  return cardOf(await at(harness, person).open(dataOf(card, `${reference} openen`)));
}

/** The channel's card about the complaint, once it shows these words. */
const inChannel = (channel: { id: string }, words: string) =>
  harness.teams.waitFor(channel.id, ({ card }) => wordsOf(card).includes(words));

describe('an escalation in a channel', () => {
  beforeEach(async () => {
    await linkChannels(harness);
    await askManager(harness);
  });

  it('R13: shows reference, stage and state, and nothing else', async () => {
    const { card } = await inChannel(channels.welzijn, 'Je wordt gevraagd deze klacht over te nemen');
    expect(wordsOf(card)).toContain('K-2026-0001');
    expect(buttonsOf(card).map(({ title }) => title)).toEqual([
      'Klacht aannemen',
      'Terugsturen',
      'K-2026-0001 openen',
    ]);
    expect(JSON.stringify(harness.teams.messages(channels.welzijn.id))).not.toMatch(
      /kanarie|Tweede medewerker/i,
    );
  });

  it('is accepted by an approver; the card shows everybody who has it', async () => {
    const { card, activityId } = await inChannel(channels.welzijn, 'Je wordt gevraagd');
    const answer = await decideOn(harness, senior, channels.welzijn.id, activityId, 'Klacht aannemen', card);
    expect(wordsOf(answer)).toContain('Jij behandelt deze klacht nu.');
    // What was answered to a click is not taken away by looking at it.
    expect(answer).not.toHaveProperty('refresh');
    const shown = await inChannel(channels.welzijn, 'Aangenomen door');
    expect(shown.activityId).toBe(activityId);
    expect(wordsOf(shown.card)).toContain('Aangenomen door\nSenior');
    expect(buttonsOf(shown.card).map(({ title }) => title)).toEqual(['K-2026-0001 openen']);
    await at(harness, employee).told('Deze klacht is overgenomen.');
  });

  it('two at once: exactly one has it, the other is told who', async () => {
    const { card, activityId } = await inChannel(channels.welzijn, 'Je wordt gevraagd');
    const click = (person: typeof senior) =>
      decideOn(harness, person, channels.welzijn.id, activityId, 'Klacht aannemen', card);
    const answers = (await Promise.all([click(senior), click(lead)])).map(wordsOf);
    expect(answers.filter((words) => words.includes('Jij behandelt deze klacht nu.'))).toHaveLength(1);
    expect(answers.filter((words) => /heeft deze klacht al aangenomen/.test(words))).toHaveLength(1);
  });

  it('a double click gives the same answer', async () => {
    const { card, activityId } = await inChannel(channels.welzijn, 'Je wordt gevraagd');
    const click = () => decideOn(harness, senior, channels.welzijn.id, activityId, 'Klacht aannemen', card);
    await click();
    expect(wordsOf(await click())).toContain('Jij behandelt deze klacht nu.');
    expect(wordsOf(await opened(senior)).match(/Klacht aangenomen/g)).toHaveLength(1);
  });

  it('an old card pressed again by who has handed it on does not say that they handle it', async () => {
    const { card, activityId } = await inChannel(channels.welzijn, 'Je wordt gevraagd');
    const click = () => decideOn(harness, senior, channels.welzijn.id, activityId, 'Klacht aannemen', card);
    await click();
    const details = await opened(senior);
    const talk = { account: 'Verslag van het gesprek', satisfied: 'no' };
    const talked = await at(harness, senior).fill(details, 'Gesprek vastleggen', talk);
    await at(harness, senior).fill(talked, 'Naar de volgende stap', { escalationWish: 'Verder' });
    const answer = wordsOf(await click());
    expect(answer).not.toContain('Jij behandelt deze klacht nu.');
    expect(answer).toContain('Dit was al eerder vastgelegd');
    const { verb, data } = actionOn(card, 'Klacht aannemen');
    const again = wordsOf(cardOf(await at(harness, senior).press({ verb, ...data })));
    expect(again).not.toContain('Jij behandelt deze klacht nu.');
  });

  it('R8, R13: the buttons of the card do nothing for who is not asked, and tell them nothing', async () => {
    const { card, activityId } = await inChannel(channels.welzijn, 'Je wordt gevraagd');
    for (const person of [administrator, director, coordinator]) {
      const answer = await decideOn(
        harness,
        person,
        channels.welzijn.id,
        activityId,
        'Klacht aannemen',
        card,
      );
      expect(wordsOf(answer)).toContain('Ik ken geen klacht met dit nummer');
    }
    const opening = await harness.teams.openDialog(
      administrator.id,
      channels.welzijn.id,
      activityId,
      dataOf(card, 'K-2026-0001 openen'),
    );
    expect(JSON.stringify(opening)).not.toMatch(/kanarie/i);
    const answer = await decideOn(
      harness,
      colleague,
      channels.welzijn.id,
      activityId,
      'Klacht aannemen',
      card,
    );
    expect(wordsOf(answer)).toContain('Deze klacht gaat over jou.');
  });

  it('is returned to the right department, and the card of the first follows', async () => {
    const { card, activityId } = await inChannel(channels.welzijn, 'Je wordt gevraagd');
    const opening = dataOf(card, 'Terugsturen');
    const form = cardOf(await harness.teams.openDialog(senior.id, channels.welzijn.id, activityId, opening));
    const typed = { returnReason: 'wrong-department', toDepartment: 'ondersteuning', returnNote: '' };
    const answer = await at(harness, senior).press({ ...dataOf(form, 'Vastleggen'), ...typed });
    expect(wordsOf(cardOf(answer))).toContain('De klacht is teruggestuurd.');
    const asked = await at(harness, lead).told('Je wordt gevraagd deze klacht over te nemen');
    expect(buttonsOf(asked).map(({ title }) => title)).toContain('Klacht aannemen');
  });

  it('the form to return decides on its own escalation only, and sent twice it is returned once', async () => {
    const { card, activityId } = await inChannel(channels.welzijn, 'Je wordt gevraagd');
    const open = (person: typeof senior) =>
      harness.teams.openDialog(person.id, channels.welzijn.id, activityId, dataOf(card, 'Terugsturen'));
    const typed = { returnReason: 'not-yet-discussed', toDepartment: '', returnNote: '' };
    const [mine, old] = [cardOf(await open(senior)), cardOf(await open(lead))];
    const press = () => at(harness, senior).press({ ...dataOf(mine, 'Vastleggen'), ...typed });
    expect(wordsOf(cardOf(await press()))).toContain('De klacht is teruggestuurd.');
    expect(wordsOf(cardOf(await press()))).toContain('De klacht is teruggestuurd.');
    await at(harness, employee).fill(await opened(employee), 'Naar de volgende stap', {
      escalationWish: 'x',
    });
    const refused = await at(harness, lead).press({ ...dataOf(old, 'Vastleggen'), ...typed });
    expect(wordsOf(cardOf(refused))).toMatch(/al eens teruggestuurd|hoort bij een eerdere vraag/);
  });

  it('an old card decides nothing, and answers with how it stands', async () => {
    const { card, activityId } = await inChannel(channels.welzijn, 'Je wordt gevraagd');
    const form = cardOf(
      await harness.teams.openDialog(senior.id, channels.welzijn.id, activityId, dataOf(card, 'Terugsturen')),
    );
    const typed = { returnReason: 'not-yet-discussed', toDepartment: '', returnNote: '' };
    await at(harness, senior).press({ ...dataOf(form, 'Vastleggen'), ...typed });
    const details = await opened(employee);
    await at(harness, employee).fill(details, 'Naar de volgende stap', { escalationWish: 'x' });
    const answer = await decideOn(harness, senior, channels.welzijn.id, activityId, 'Klacht aannemen', card);
    expect(wordsOf(answer)).toContain('Deze kaart hoort bij een eerdere vraag.');
    const today = await decideOn(harness, senior, channels.welzijn.id, activityId, 'Klacht aannemen', answer);
    expect(wordsOf(today)).toContain('Jij behandelt deze klacht nu.');
  });

  it('goes on to the director, who is asked in channel and chat, plans, records and closes', async () => {
    const { card, activityId } = await inChannel(channels.welzijn, 'Je wordt gevraagd');
    await decideOn(harness, senior, channels.welzijn.id, activityId, 'Klacht aannemen', card);
    const talked = await at(harness, senior).fill(await opened(senior), 'Gesprek vastleggen', talk);
    await at(harness, senior).fill(talked, 'Naar de volgende stap', {
      escalationWish: 'Wil de directeur spreken',
    });

    await inChannel(channels.directie, 'Je wordt gevraagd deze klacht over te nemen');
    const chat = harness.teams.personalChat(director.id);
    const asked = await harness.teams.waitFor(chat, ({ card }) =>
      wordsOf(card).includes('Je wordt gevraagd'),
    );
    await decideOn(harness, director, chat, asked.activityId, 'Klacht aannemen', asked.card);
    await inChannel(channels.directie, 'Aangenomen door\nDirecteur-bestuurder');

    const plan = { plannedOn: '2026-12-01', plannedTime: '14:30', place: 'Dobbelaan 4' };
    const planned = await at(harness, director).fill(await opened(director), 'Gesprek plannen', plan);
    expect(wordsOf(planned)).toContain('1 december 2026 om 14:30, Dobbelaan 4.');
    const link = JSON.stringify(planned).match(/https:[^"]+/)?.[0] ?? '';
    expect(new URL(link).host).toBe('teams.microsoft.com');
    expect([...new URL(link).searchParams.entries()]).toEqual([
      ['subject', 'K-2026-0001'],
      ['startTime', '2026-12-01T14:30:00'],
    ]);

    today = new Date('2026-12-02T09:00:00Z');
    const held = { ...talk, on: '2026-12-01', satisfied: 'yes' };
    const recorded = await at(harness, director).fill(planned, 'Gesprek vastleggen', held);
    const closed = await at(harness, director).fill(recorded, 'Klacht afsluiten', { summary });
    expect(wordsOf(closed)).toContain('De klacht is afgesloten.');
    await inChannel(channels.directie, 'afgesloten');
    await harness.teams.waitFor(channels.welzijn.id, ({ card }) => wordsOf(card).includes('afgesloten'));

    const reopened = await at(harness, director).fill(closed, 'Weer openen', {
      reopenReason: 'Niet nagekomen',
    });
    expect(wordsOf(reopened)).toContain('De klacht is weer open.');
  });
});

describe('without a channel', () => {
  it('the approvers are asked in their own chats, and the administrator hears that one is missing', async () => {
    await askManager(harness);
    const chat = harness.teams.personalChat(senior.id);
    const asked = await harness.teams.waitFor(chat, ({ card }) =>
      wordsOf(card).includes('Je wordt gevraagd'),
    );
    const missing = await at(harness, administrator).told('heeft geen kanaal');
    expect(JSON.stringify(missing)).not.toMatch(/K-2026|kanarie/i);
    await decideOn(harness, senior, chat, asked.activityId, 'Klacht aannemen', asked.card);
    const follows = await at(harness, lead).told('in behandeling');
    expect(buttonsOf(follows).map(({ title }) => title)).toEqual(['K-2026-0001 openen']);
  });

  it('R8: an approver is asked whether a typed name is theirs; saying yes has another one asked', async () => {
    await askManager(harness, { concernedIds: '', concernedNames: 'Getypte naam' });
    const chat = harness.teams.personalChat(senior.id);
    const { card, activityId } = await harness.teams.waitFor(chat, (message) =>
      wordsOf(message.card).includes('Je wordt gevraagd'),
    );
    const question = await decideOn(harness, senior, chat, activityId, 'Klacht aannemen', card);
    expect(wordsOf(question)).toContain('Gaat deze klacht over jou?');
    const declared = await decideOn(harness, senior, chat, activityId, 'Ja, over mij', question);
    expect(wordsOf(declared)).toContain('Vastgelegd dat de klacht over jou gaat.');
    const again = await decideOn(harness, senior, chat, activityId, 'Klacht aannemen', card);
    expect(wordsOf(again)).not.toContain('Jij behandelt');
    const details = await opened(lead);
    const asked = cardOf(await at(harness, lead).press(dataOf(details, 'Klacht aannemen')));
    const answered = cardOf(await at(harness, lead).press(dataOf(asked, 'Nee, ik neem de klacht aan')));
    expect(wordsOf(answered)).toContain('Jij behandelt deze klacht nu.');
  });

  it('R8: where everybody is concerned, the coordinator appoints without seeing the content', async () => {
    const all = [senior, lead, director].map(({ id }) => id).join(',');
    await askManager(harness, { concernedIds: all });
    await at(harness, coordinator).told('Deze klacht heeft een behandelaar nodig');
    const details = await opened(coordinator);
    expect(JSON.stringify(details)).not.toMatch(/kanarie/i);
    const self = await at(harness, coordinator).fill(details, 'Behandelaar aanwijzen', {
      to: coordinator.id,
    });
    expect(wordsOf(self)).toContain('Deze collega kan de klacht niet behandelen');
    const appointed = await at(harness, coordinator).fill(details, 'Behandelaar aanwijzen', {
      to: colleague.id,
    });
    expect(wordsOf(appointed)).toContain('De klacht is overgedragen.');
    expect(JSON.stringify(appointed)).not.toMatch(/kanarie/i);
    await at(harness, colleague).told('Jij behandelt deze klacht nu.');
    expect(wordsOf(await opened(colleague))).toContain('Kanariegeheim');
  });
});

describe('people who join (R9)', () => {
  it('see the complaint until they are released, and their card then names nothing', async () => {
    const details = cardOf(
      await at(harness, employee).press(dataOf(await at(harness, employee).log(), 'Klacht openen')),
    );
    const without = await at(harness, employee).fill(details, 'Iemand betrekken', {
      person: lead.id,
      consent: 'false',
    });
    expect(wordsOf(without)).toContain('Vraag eerst of de klager geen bezwaar heeft');
    const involved = await at(harness, employee).fill(details, 'Iemand betrekken', {
      person: lead.id,
      consent: 'true',
    });
    const card = await at(harness, lead).told('Je bent betrokken bij de gesprekken');
    expect(wordsOf(await opened(lead))).toContain('Kanariegeheim');
    await at(harness, employee).fill(involved, 'Niet meer betrekken', { released: lead.id });
    await at(harness, lead).told('Niet voor jou te zien');
    expect(wordsOf(cardOf(await at(harness, lead).open(dataOf(card, 'K-2026-0001 openen'))))).toContain(
      'Ik ken geen klacht',
    );
  });
});

describe('a complainant who calls back', () => {
  const relay = async (about: string, person = colleague) => {
    const form = cardOf(await at(harness, person).open({ verb: 'open-relay' }));
    return cardOf(
      await at(harness, person).press({
        ...dataOf(form, 'Doorgeven'),
        about,
        note: 'Kanarienotitie: bel na 14 uur',
      }),
    );
  };

  it.each(['K-2026-0001', 'van der BERG, Kanarie'])('%s: the note reaches the handler', async (about) => {
    await at(harness, employee).log();
    await relay(about, administrator);
    await at(harness, employee).told('Er is een notitie bij deze klacht');
    expect(wordsOf(await opened(employee))).toContain('Kanarienotitie: bel na 14 uur');
  });

  it('R13: the answer is the same whether or not there is such a complaint', async () => {
    await at(harness, employee).log();
    const known = await relay('K-2026-0001', administrator);
    expect(await relay('K-2026-0999', administrator)).toEqual(known);
    expect(await relay('Iemand Anders', administrator)).toEqual(known);
  });

  it('R13: is limited for each person, whether or not there is such a complaint', {
    timeout: 60_000,
  }, async () => {
    await at(harness, employee).log();
    await Promise.all(Array.from({ length: 30 }, () => relay('K-2026-0999', lead)));
    for (const about of ['K-2026-0999', 'K-2026-0001']) {
      expect(wordsOf(await relay(about, lead))).toContain('Je hebt vandaag al veel notities doorgegeven');
    }
    expect(wordsOf(await relay('K-2026-0001', senior))).not.toContain('al veel notities');
  });
});

describe('finding complaints again', () => {
  it('by the complainant’s name, among those one may see in full', async () => {
    await at(harness, employee).log();
    const found = await at(harness, employee).ask('zoek berg');
    expect(wordsOf(found)).toContain('K-2026-0001');
    expect(JSON.stringify(found)).not.toMatch(/kanarie/i);
    expect(wordsOf(await at(harness, lead).ask('zoek berg'))).toContain('is er geen');
    expect(wordsOf(await at(harness, employee).ask('zoek jansen'))).toContain('is er geen');
  });

  it('my complaints begin with what waits for me', async () => {
    await askManager(harness);
    await at(harness, senior).log({ concernedIds: '', entryStage: 'employee' });
    const list = wordsOf(await at(harness, lead).ask('mijn klachten'));
    expect(list).toContain('Wacht op jou\nK-2026-0001');
    expect(list).not.toContain('K-2026-0002');
  });
});

describe('silence', () => {
  it('is followed by a reminder, then by one stage up hearing of it, by reference alone', async () => {
    await at(harness, employee).log();
    today = new Date('2026-12-01T09:00:00Z');
    await harness.bot.keepUp();
    await at(harness, employee).told('Deze klacht wacht op jou.');
    today = new Date('2026-12-08T09:00:00Z');
    await harness.bot.keepUp();
    const above = await at(harness, senior).told('Deze klacht wacht al langer op iemand anders');
    expect(JSON.stringify(above)).not.toMatch(/kanarie/i);
    expect(JSON.stringify(await opened(senior))).not.toMatch(/kanarie/i);
  });
});

describe('administration', () => {
  const administration = async (person = administrator) =>
    cardOf(await at(harness, person).open({ verb: 'open-administration' }));
  const change = async (button: string, typed: Json) =>
    at(harness, administrator).fill(await administration(), button, typed);

  it('is for administrators only, and shows no complaint', async () => {
    await askManager(harness);
    expect(wordsOf(await at(harness, administrator).ask('beheer'))).toContain(
      'Hier regel je wie welke rol heeft',
    );
    expect(wordsOf(await at(harness, director).ask('beheer'))).toContain('Dit kan alleen een beheerder.');
    expect(wordsOf(await administration(director))).toContain('Dit kan alleen een beheerder.');
    expect(JSON.stringify(await administration())).not.toMatch(/kanarie|K-2026/i);
    const forged = {
      verb: 'submit-administration-form',
      form: 'administrators',
      target: '',
      holders: director.id,
    };
    expect(wordsOf(cardOf(await at(harness, director).press(forged)))).toContain(
      'Dit kan alleen een beheerder.',
    );
  });

  it('changes who is asked', async () => {
    const changed = await change('Welzijn', { seniors: colleague.id, leads: '' });
    expect(wordsOf(changed)).toContain('De wijziging is vastgelegd.');
    await askManager(harness, { concernedIds: '' });
    await at(harness, colleague).told('Je wordt gevraagd deze klacht over te nemen');
  });

  it('adds a department, which complaints can be logged for', async () => {
    await change('Afdeling toevoegen', {
      departmentName: 'Schuldhulp & Budget',
      leads: lead.id,
      seniors: '',
    });
    expect(wordsOf(cardOf(await at(harness, employee).screen()))).toContain('Schuldhulp & Budget');
  });

  it('who loses a role loses sight at once, and what they handled is asked for anew', async () => {
    await askManager(harness);
    const details = await opened(senior);
    await at(harness, senior).press(dataOf(details, 'Klacht aannemen'));
    await change('Welzijn', { seniors: '', leads: lead.id });
    expect(JSON.stringify(await opened(senior))).not.toMatch(/kanarie/i);
    await harness.bot.keepUp();
    await at(harness, lead).ask('mijn klachten');
    const list = await at(harness, lead).told('Wacht op jou');
    expect(wordsOf(list)).toContain('Wacht op jou\nK-2026-0001');
  });

  it('a colleague who left: the coordinator is asked to name a handler', async () => {
    await at(harness, employee).log();
    await change('Collega is vertrokken', { leaver: employee.id });
    await at(harness, coordinator).told('Deze klacht heeft een behandelaar nodig');
    expect(wordsOf(await at(harness, employee).ask('klacht K-2026-0001'))).toContain('Ik ken geen klacht');
  });

  it('the last administrator can’t be removed', async () => {
    const refused = await change('Collega is vertrokken', { leaver: administrator.id });
    expect(wordsOf(refused)).toContain('Er moet minstens één beheerder blijven.');
  });

  it('a channel is linked by an administrator, not by others', async () => {
    await harness.teams.say(senior.id, 'koppel', { conversationId: channels.welzijn.id });
    expect(wordsOf(channelCard(harness, channels.welzijn)?.card)).toContain('Dit kan alleen een beheerder.');
    await linkChannels(harness);
    expect(wordsOf(await administration())).toContain('(kanaal: Klachten Welzijn)');
    // Everybody in the channel sees that it is linked, whoever did it.
    const seenBySenior = channelCard(harness, channels.directie, senior)?.card;
    expect(wordsOf(seenBySenior)).toContain('Dit kanaal is gekoppeld aan');
    const forged = { verb: 'link-channel', data: { to: 'director' } };
    const { activityId = '' } = channelCard(harness, channels.welzijn) ?? {};
    const { value } = await harness.teams.execute(senior.id, channels.welzijn.id, activityId, forged);
    expect(wordsOf(value)).toContain('Dit kan alleen een beheerder.');
  });

  it('R13: says nothing of complaints in a channel, whatever is typed there', async () => {
    await askManager(harness);
    await harness.teams.say(senior.id, 'klacht K-2026-0001', { conversationId: channels.welzijn.id });
    expect(wordsOf(channelCard(harness, channels.welzijn)?.card)).toContain(
      'alleen in onze persoonlijke chat',
    );
    expect(JSON.stringify(harness.teams.messages(channels.welzijn.id))).not.toMatch(
      /in behandeling|kanarie/i,
    );
  });
});
