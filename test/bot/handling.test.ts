import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { colleague, employee, lead, now, senior } from '../fixtures.ts';
import {
  at,
  buttonsOf,
  cardOf,
  dataOf,
  type Harness,
  inputsOf,
  type Json,
  startHarness,
  wordsOf,
} from './harness.ts';

let harness: Harness;
let details: Json;
beforeEach(async () => {
  harness = await startHarness({ clock: () => now });
  const receipt = await at(harness, employee).log();
  details = cardOf(await at(harness, employee).press(dataOf(receipt, 'Klacht openen')));
});
afterEach(() => harness.stop());

const talk = {
  participants: 'complainant,concerned',
  account: 'Kanarieverslag: uitleg gegeven',
  satisfied: 'yes',
};
const summary = 'Een afspraak ging mis; een medewerker gaf uitleg.';

describe('handling a complaint', () => {
  it('offers its handler what the procedure allows', () => {
    expect(buttonsOf(details).map(({ title }) => title)).toEqual([
      ...['Gesprek vastleggen', 'Geen gesprek mogelijk', 'Klacht afsluiten'],
      ...[
        'Iemand betrekken',
        'Overdragen',
        'Gegevens verbeteren',
        'Klager trekt klacht in',
        'Naar externe instantie',
        'Klaar',
      ],
    ]);
  });

  it('offers the employee concerned to record a conversation, and no more', async () => {
    const card = await at(harness, colleague).told('K-2026-0001');
    const seen = cardOf(await at(harness, colleague).open(dataOf(card, 'K-2026-0001 openen')));
    expect(buttonsOf(seen).map(({ title }) => title)).toEqual([
      'Gesprek vastleggen',
      'Geen gesprek mogelijk',
      'Klaar',
    ]);
  });

  it('records a conversation, and shows it in the timeline', async () => {
    const words = wordsOf(await at(harness, employee).fill(details, 'Gesprek vastleggen', talk));
    expect(words).toContain('Vastgelegd in de klacht.');
    expect(words).toContain('Gesprek op 24 november 2026 met de klager en de betrokken medewerker.');
    expect(words).toContain('Kanarieverslag: uitleg gegeven');
    expect(words).toContain('Klager tevreden: ja.');
  });

  it('R7: records why there was no conversation', async () => {
    const typed = { noConversation: 'not-wanted', explanation: 'De klager wil dat niet' };
    const words = wordsOf(await at(harness, employee).fill(details, 'Geen gesprek mogelijk', typed));
    expect(words).toContain('een gesprek is niet gewenst');
  });

  it('corrects the intake; the timeline tells what stood there', async () => {
    const typed = { reason: 'Verkeerd verstaan', name: 'Kanarie de Wit', nature: 'processes' };
    const words = wordsOf(await at(harness, employee).fill(details, 'Gegevens verbeteren', typed));
    expect(words).toContain('Kanarie de Wit (cliënt)');
    expect(words).toContain('Naam van de klager was: Kanarie van der Berg');
    expect(words).toContain('Aard van de klacht was: houding of communicatie');
  });

  it('the form to correct starts with what stands there', async () => {
    const form = cardOf(await at(harness, employee).press(dataOf(details, 'Gegevens verbeteren')));
    expect(inputsOf(form)).toMatchObject({
      name: 'Kanarie van der Berg',
      description: 'Kanariegeheim: twee keer niet teruggebeld',
      phone: '+31707630606',
      concernedIds: colleague.id,
    });
  });

  it('closes, tells the person concerned, and leaves it to its last handler', async () => {
    const words = wordsOf(await at(harness, employee).fill(details, 'Klacht afsluiten', { summary }));
    expect(words).toContain('De klacht is afgesloten.');
    expect(words).toContain('afgesloten');
    const card = await at(harness, colleague).told('De behandeling van deze klacht is geëindigd.');
    const seen = cardOf(await at(harness, colleague).open(dataOf(card, 'K-2026-0001 openen')));
    expect(wordsOf(seen)).toContain('Alleen de status');
    expect(JSON.stringify(seen)).not.toMatch(/kanarie/i);
  });

  it('R11: brings the form back with what was typed where the summary names somebody', async () => {
    const typed = { summary: 'Kanarie was boos', recommendation: 'Bel terug' };
    const again = await at(harness, employee).fill(details, 'Klacht afsluiten', typed);
    expect(wordsOf(again)).toContain('Nog niet vastgelegd: in de tekst staat iets dat een persoonsgegeven');
    expect(wordsOf(again)).toContain('⚠ ‘Kanarie’ (naam) moet weg. Voorstel: De klager');
    expect(inputsOf(again)).toMatchObject(typed);
    expect(markedIn(again)).toEqual(['Kanarie']);
    expect(buttonsOf(again).map(({ title }) => title)).not.toContain('Zo laten staan en vastleggen');
  });

  it('R11: takes the suggestions over with one press, to be read and then recorded', async () => {
    const typed = { summary: 'Kanarie was boos, bel 070 763 06 06', recommendation: 'Bel Kanarie' };
    const marked = await at(harness, employee).fill(details, 'Klacht afsluiten', typed);
    const press = { ...inputsOf(marked), ...dataOf(marked, 'Voorstellen overnemen') };
    const replaced = cardOf(await at(harness, employee).press(press));
    expect(wordsOf(replaced)).toContain('De voorstellen staan nu in de tekst.');
    expect(inputsOf(replaced)).toMatchObject({
      summary: 'De klager was boos, bel [telefoonnummer]',
      recommendation: 'Bel de klager',
    });
    const ended = { ...inputsOf(replaced), ...dataOf(replaced, 'Vastleggen') };
    expect(wordsOf(cardOf(await at(harness, employee).press(ended)))).toContain('De klacht is afgesloten.');
  });

  it('R11: what is doubtful stays where the writer says so, and only what they saw', async () => {
    const typed = { summary: 'De klager kwam voor mevrouw Specht.' };
    const marked = await at(harness, employee).fill(details, 'Klacht afsluiten', typed);
    expect(markedIn(marked)).toEqual(['mevrouw Specht']);
    const overrule = dataOf(marked, 'Zo laten staan en vastleggen');
    const more = { ...inputsOf(marked), ...overrule, summary: `${typed.summary} En voor mevrouw Merel.` };
    const again = cardOf(await at(harness, employee).press(more));
    expect(markedIn(again)).toEqual(['mevrouw Merel']);
    const ended = cardOf(await at(harness, employee).press({ ...inputsOf(marked), ...overrule }));
    expect(wordsOf(ended)).toContain('De klacht is afgesloten.');
  });

  it.each([
    ['Klager trekt klacht in', { withdrawReason: 'Bedacht zich', summary }, 'De klacht is ingetrokken.'],
    ['Naar externe instantie', { externalName: 'Een ombudsman', summary }, 'De behandeling is beëindigd.'],
  ])('R4: %s ends it', async (button, typed, words) => {
    const ended = await at(harness, employee).fill(details, button, typed);
    expect(wordsOf(ended)).toContain(words);
    expect(buttonsOf(ended).map(({ title }) => title)).toEqual(['Klaar']);
  });

  it('a form of a complaint that has ended meanwhile is refused in words, with what was typed', async () => {
    const form = cardOf(await at(harness, employee).press(dataOf(details, 'Gesprek vastleggen')));
    await at(harness, employee).fill(details, 'Klager trekt klacht in', { summary });
    const again = cardOf(
      await at(harness, employee).press({ ...inputsOf(form), ...dataOf(form, 'Vastleggen'), ...talk }),
    );
    expect(wordsOf(again)).toContain('de status van deze klacht is intussen veranderd');
    expect(inputsOf(again)).toMatchObject({ account: talk.account });
  });

  it('pressed twice is entered once', async () => {
    const form = cardOf(await at(harness, employee).press(dataOf(details, 'Gesprek vastleggen')));
    const press = () =>
      at(harness, employee).press({ ...inputsOf(form), ...dataOf(form, 'Vastleggen'), ...talk });
    await press();
    const words = wordsOf(cardOf(await press()));
    expect(words.match(/Gesprek gevoerd/g)).toHaveLength(1);
  });

  it('R8: a card made for one person does nothing in the hands of another', async () => {
    const form = cardOf(await at(harness, employee).press(dataOf(details, 'Klacht afsluiten')));
    const forged = { ...inputsOf(form), ...dataOf(form, 'Vastleggen'), summary };
    expect(wordsOf(cardOf(await at(harness, lead).press(forged)))).toContain('Ik ken geen klacht');
    expect(wordsOf(cardOf(await at(harness, colleague).press(forged)))).toContain(
      'Alleen wie de klacht nu behandelt',
    );
    expect(wordsOf(await at(harness, employee).ask('klacht K-2026-0001'))).toContain('in behandeling');
  });

  it('shows a long timeline page by page, the latest first', async () => {
    let latest = details;
    for (const turn of ['een', 'twee', 'drie', 'vier']) {
      latest = await at(harness, employee).fill(latest, 'Gesprek vastleggen', {
        ...talk,
        account: `verslag ${turn}`,
      });
    }
    expect(wordsOf(latest)).toContain('verslag vier');
    expect(wordsOf(latest)).not.toContain('verslag een');
    const older = cardOf(await at(harness, employee).press(dataOf(latest, 'Eerdere stappen')));
    expect(wordsOf(older)).toContain('verslag een');
    expect(wordsOf(older)).toContain('Klacht vastgelegd');
    expect(buttonsOf(older).map(({ title }) => title)).toContain('Latere stappen');
  });
});

/** The pieces of text that a card marks. */
function markedIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  if ('highlight' in node && node.highlight === true && 'text' in node) return [String(node.text)];
  return Object.values(node).flatMap(markedIn);
}

describe('my complaints', () => {
  it('names each with its state and next step, five a page', async () => {
    for (let count = 0; count < 6; count++) await at(harness, employee).log();
    const chat = harness.teams.personalChat(employee.id);
    const first = await at(harness, employee).ask('mijn klachten');
    expect(wordsOf(first)).toContain('in behandeling, fase: gesprek met de betrokken medewerker');
    const openings = (card: unknown) => buttonsOf(card).filter(({ title }) => title.endsWith(' openen'));
    expect(openings(first)).toHaveLength(5);
    const message = harness.teams.messages(chat).at(-1)?.activityId ?? '';
    const { value } = await harness.teams.execute(employee.id, chat, message, {
      verb: 'my-complaints',
      data: dataOf(first, 'Oudere klachten'),
    });
    expect(openings(value)).toHaveLength(2);
    expect(buttonsOf(value).map(({ title }) => title)).toContain('Nieuwste klachten');
  });

  it('R13: shows a stranger none, also for the page of somebody else', async () => {
    expect(wordsOf(await at(harness, senior).ask('mijn klachten'))).toContain('Je hebt geen klachten.');
    const chat = harness.teams.personalChat(senior.id);
    const message = harness.teams.messages(chat).at(-1)?.activityId ?? '';
    const data = { verb: 'my-complaints', after: '9999/zzz' };
    const { value } = await harness.teams.execute(senior.id, chat, message, { verb: 'my-complaints', data });
    expect(wordsOf(value)).not.toContain('K-2026');
  });
});
