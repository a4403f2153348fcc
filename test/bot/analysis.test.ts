import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { textsIn } from '../../src/report/docx-text.ts';
import {
  administrator,
  allOf,
  colleague,
  coordinator,
  director,
  employee,
  everybody,
  now,
} from '../fixtures.ts';
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
let today: Date;
beforeEach(async () => {
  today = now;
  harness = await startHarness({ clock: () => today });
});
afterEach(() => harness.stop());

const nature = 'houding of communicatie (1)';
const others = everybody.filter(({ id }) => id !== coordinator.id && id !== director.id);

/** Logs a complaint and closes it, with this summary. */
async function closed(summary: string, changed: Json = {}): Promise<void> {
  const receipt = await at(harness, employee).log(changed);
  const details = cardOf(await at(harness, employee).press(dataOf(receipt, 'Klacht openen')));
  await at(harness, employee).fill(details, 'Klacht afsluiten', { summary });
}

const analysis = async (person = coordinator, year = 2026) => {
  const start = await at(harness, person).ask(`analyse ${year}`);
  return cardOf(await at(harness, person).open(dataOf(start, `Klachten in ${year}`)));
};
/** Opens the one record there is; it is there once the outbox has written it. */
async function record(person = coordinator): Promise<Json> {
  for (;;) {
    const button = buttonsOf(await analysis(person)).find(({ title }) => title === nature);
    const records = button && cardOf(await at(harness, person).press(button.data));
    const open = records && buttonsOf(records).find(({ title }) => /^Registratie .+ openen$/.test(title));
    if (open && !wordsOf(records).includes('nog open'))
      return cardOf(await at(harness, person).press(open.data));
  }
}

const summary = 'De klager is niet teruggebeld; een medewerker heeft uitleg gegeven.';

describe('analyse', () => {
  it('R11: shows the coordinator the figures of the year and its anonymous records, and no complaint', async () => {
    await closed(summary);
    const card = await record();
    expect(wordsOf(card)).toContain('november 2026, Welzijn: opgelost');
    expect(JSON.stringify(card)).toContain(summary);
    const year = await analysis();
    expect(wordsOf(year)).toContain('Klachten ingediend in 2026');
    expect(wordsOf(year)).toContain('telefonisch\n1');
    const mine = at(harness, coordinator).cards();
    expect(JSON.stringify([card, year, mine])).not.toMatch(/kanarie|K-2026-0001|707630606/i);
  });

  it('draws charts where Teams has them, with a table of the same figures to fall back on', async () => {
    await closed(summary);
    await record();
    const body = (await analysis())['body'] as Json[];
    const charts = body.filter(({ type }) => type === 'Chart.HorizontalBar');
    expect(charts).toHaveLength(7);
    const [natures] = charts;
    expect(natures?.['data']).toContainEqual({ x: 'houding of communicatie', y: 1 });
    expect(wordsOf(natures?.['fallback'])).toContain('houding of communicatie\n1');
    expect(JSON.stringify(natures?.['fallback'])).toContain('"firstRowAsHeader":true');
  });

  it.each(others.map((person) => [person.name, person] as const))(
    'R13: is not for the %s, by word or by button',
    async (_name, person) => {
      expect(wordsOf(await at(harness, person).ask('analyse'))).toContain(
        'Dit kan alleen de klachtencoördinator',
      );
      expect(wordsOf(await at(harness, person).ask('rapport 2026'))).toContain(
        'Dit kan alleen de klachtencoördinator',
      );
      const record = '11111111-1111-4111-8111-111111111111';
      const stolen = { record, year: 2026, command: record };
      for (const data of [
        { verb: 'open-analysis', year: 2026 },
        { verb: 'open-records', year: 2026, nature: 'conduct' },
        { verb: 'open-record', record },
        { verb: 'open-analysis-form', form: 'return-summary', ...stolen },
        { verb: 'submit-analysis-form', form: 'return-summary', ...stolen, returnSummaryReason: 'Zomaar' },
        { verb: 'submit-analysis-form', form: 'set-evaluation', ...stolen, evaluationOn: '2030-01-01' },
      ]) {
        expect(wordsOf(cardOf(await at(harness, person).press(data)))).toContain(
          'Dit kan alleen de klachtencoördinator',
        );
      }
    },
  );

  it.each(['analyse 1800', 'analyse x', 'analyse 20255', 'rapport 2031', 'rapport x'])(
    '%s is no year',
    async (typed) => {
      expect(wordsOf(await at(harness, coordinator).ask(typed))).toContain('Typ een jaar dat is begonnen');
    },
  );

  it('help names it to who may, and to nobody else', async () => {
    expect(wordsOf(await at(harness, coordinator).ask('help'))).toContain('rapport 2025');
    expect(wordsOf(await at(harness, employee).ask('help'))).not.toContain('rapport 2025');
  });

  it('R12: takes a recommendation and an improvement, and what became of it', async () => {
    await closed(summary);
    const one = await at(harness, coordinator).fill(await record(), 'Aanbeveling toevoegen', {
      recommendationText: 'Bel binnen twee dagen terug.',
    });
    const two = await at(harness, coordinator).fill(one, 'Verbetering toevoegen', {
      improvementText: 'Er komt een terugbellijst.',
    });
    expect(JSON.stringify(two)).toContain('Bel binnen twee dagen terug.');
    expect(JSON.stringify(two)).toContain('Er komt een terugbellijst. (gepland, 24 november 2026)');
    const three = await at(harness, director).fill(two, 'Stand van verbetering', {
      improvement: 'Er komt een terugbellijst.',
      improvementState: 'carried-out',
    });
    expect(JSON.stringify(three)).toContain('Er komt een terugbellijst. (doorgevoerd, 24 november 2026)');
  });

  it('R12: marks personal data in what is added, and takes suggestions over', async () => {
    await closed(summary);
    const typed = { recommendationText: 'Bel mevrouw Specht op 06 12345678.' };
    const marked = await at(harness, coordinator).fill(await record(), 'Aanbeveling toevoegen', typed);
    expect(wordsOf(marked)).toContain('Nog niet vastgelegd');
    expect(inputsOf(marked)).toMatchObject(typed);
    const press = { ...inputsOf(marked), ...dataOf(marked, 'Voorstellen overnemen') };
    const replaced = cardOf(await at(harness, coordinator).press(press));
    expect(inputsOf(replaced)).toMatchObject({ recommendationText: 'Bel iemand op [telefoonnummer].' });
  });

  it('R13: tells nobody by its answers whose complaint a record is', async () => {
    await closed(summary);
    // The complainant's own name, typed by who does not know it, is a word like any other here.
    const typed = { recommendationText: 'kanarie' };
    const card = await at(harness, coordinator).fill(await record(), 'Aanbeveling toevoegen', typed);
    expect(wordsOf(card)).toContain('Vastgelegd.');
  });

  it('R11: returns a summary to its writer, who writes it anew', async () => {
    await closed(summary);
    const returned = await at(harness, coordinator).fill(await record(), 'Samenvatting terugsturen', {
      returnSummaryReason: 'Er staat te veel in.',
    });
    expect(wordsOf(returned)).toContain('De samenvatting is uit de registratie gehaald.');
    expect(JSON.stringify(returned)).not.toContain(summary);
    const card = await at(harness, employee).told('De samenvatting van deze klacht is teruggestuurd.');
    const details = cardOf(await at(harness, employee).open(dataOf(card, 'K-2026-0001 openen')));
    expect(JSON.stringify(details)).toContain('Er staat te veel in.');
    const again = { summary: 'De klager kreeg uitleg.' };
    const rewritten = await at(harness, employee).fill(details, 'Samenvatting herschrijven', again);
    expect(wordsOf(rewritten)).toContain('De samenvatting is herschreven.');
    await expect.poll(async () => JSON.stringify(await record())).toContain(again.summary);
  });

  it('R11: nobody else sees that it was returned: by that, a reference could be tied to a record', async () => {
    await closed(summary);
    const asking = async () => wordsOf(await at(harness, director).ask('klacht K-2026-0001'));
    const cardsOf = (person: typeof employee) =>
      harness.teams.messages(harness.teams.personalChat(person.id)).filter(({ card }) => card);
    const edits = (person: typeof employee) => cardsOf(person).map(({ edited = 0 }) => edited);
    // The colleague concerned was told of it twice; both cards show that it has ended.
    await expect
      .poll(() => cardsOf(colleague).filter(({ card }) => wordsOf(card).includes('afgesloten')))
      .toHaveLength(2);
    const [before, theirs] = [await asking(), edits(colleague)];
    expect(before).toContain('afgesloten');
    const [own = 0] = edits(employee).slice(-1);
    await at(harness, coordinator).fill(await record(), 'Samenvatting terugsturen', {
      returnSummaryReason: 'Te veel',
    });
    await at(harness, employee).told('De samenvatting van deze klacht is teruggestuurd.');
    // The writer's own card follows; once it has, all cards of the complaint have been gone through.
    await expect.poll(() => edits(employee).at(-2)).toBeGreaterThan(own);
    await harness.bot.keepUp();
    expect(await asking()).toBe(before);
    expect(edits(colleague)).toEqual(theirs);
  });

  it('R11: what is still being handled is counted only', async () => {
    await at(harness, employee).log();
    await expect.poll(async () => wordsOf(await analysis())).toContain('telefonisch\n1');
    const open = buttonsOf(await analysis()).find(({ title }) => title === 'houding of communicatie (0)');
    expect(wordsOf(cardOf(await at(harness, coordinator).press(open?.data ?? {})))).toContain(
      'Er zijn geen registraties.',
    );
  });

  it('R15: the next evaluation is planned there, and its date is reminded of, once', async () => {
    const year = await analysis();
    const planned = await at(harness, coordinator).fill(year, 'Volgende evaluatie plannen', {
      evaluationOn: '2026-12-01',
    });
    expect(wordsOf(planned)).toContain('1 december 2026');
    const reminders = () =>
      at(harness, coordinator)
        .cards()
        .filter((card) => wordsOf(card).includes('De evaluatie van de klachtenregeling staat voor'));
    await harness.bot.keepUp();
    expect(reminders()).toHaveLength(0);
    today = new Date('2026-12-01T05:07:00Z');
    await harness.bot.keepUp();
    expect(reminders()).toHaveLength(0);
    today = new Date('2026-12-01T08:07:00Z');
    await harness.bot.keepUp();
    await harness.bot.keepUp();
    expect(reminders()).toHaveLength(1);
    expect(buttonsOf(reminders()[0]).map(({ title }) => title)).toEqual(['Analyse openen']);
  });
});

describe('rapport', () => {
  const chat = () => harness.teams.personalChat(coordinator.id);
  const offered = () =>
    harness.teams.waitFor(chat(), ({ consent }) => consent !== undefined && !consent.answer);
  const given = () => harness.teams.waitFor(chat(), ({ file }) => file !== undefined);

  /** Everything that can be read in the document that the bot put. */
  async function textOf(id: string): Promise<string> {
    const file = join(harness.databaseFile, '..', 'gegeven.docx');
    writeFileSync(file, harness.teams.file(id)?.content ?? '');
    return (await allOf(textsIn(file))).join('\n');
  }

  it('R12: is made, offered, and put in OneDrive when that is allowed', async () => {
    await closed(summary);
    await record();
    expect(wordsOf(await at(harness, coordinator).ask('rapport 2026'))).toContain(
      'Ik maak het jaarverslag over 2026',
    );
    const { activityId, consent } = await offered();
    expect(consent?.name).toBe('klachtenverslag-2026.docx');
    expect(consent?.description).toContain('2026: 1 klacht.');
    await harness.teams.answerConsent(coordinator.id, chat(), activityId, true);
    const { file } = await given();
    const text = await textOf(file?.id ?? '');
    expect(text).toContain('Klachtenverslag 2026');
    expect(text).toContain(summary);
    expect(text).not.toMatch(/kanarie/i);
  });

  it('is over the previous calendar year where none is said', async () => {
    expect(wordsOf(await at(harness, director).ask('rapport'))).toContain(
      'Ik maak het jaarverslag over 2025',
    );
    expect(wordsOf(await at(harness, director).ask('rapport 2031'))).toContain(
      'Typ een jaar dat is begonnen',
    );
  });

  it('declined, it is put nowhere', async () => {
    await at(harness, coordinator).ask('rapport 2026');
    const { activityId } = await offered();
    await harness.teams.answerConsent(coordinator.id, chat(), activityId, false);
    await expect
      .poll(
        () => harness.teams.messages(chat()).find((message) => message.activityId === activityId)?.deleted,
      )
      .toBe(true);
    expect(harness.teams.messages(chat()).some(({ file }) => file)).toBe(false);
  });

  it('R12: stops where a summary names somebody of another complaint, and says in which record', async () => {
    await closed('De klager kwam samen met Merelaar.');
    const first = await record();
    await at(harness, employee).log({ name: 'Kanarie Merelaar' });
    await at(harness, coordinator).ask('rapport 2026');
    const stopped = await at(harness, coordinator).told('Er is geen verslag gemaakt');
    expect(wordsOf(stopped)).not.toMatch(/merelaar|K-2026/i);
    const [button] = buttonsOf(stopped);
    const checked = cardOf(await at(harness, coordinator).open(button?.data ?? {}));
    expect(wordsOf(checked)).toContain('⚠ ‘Merelaar’ (naam) moet weg.');
    expect(buttonsOf(checked).map(({ title }) => title)).toContain('Samenvatting terugsturen');
    expect(wordsOf(first)).not.toContain('Kanarie');
    expect(harness.teams.messages(chat()).some(({ consent }) => consent)).toBe(false);
  });

  it('R12: a word that is just a word stops no report for ever: the coordinator says so', async () => {
    await closed('De klager kwam met een klacht over de Wijk.');
    await record();
    await at(harness, employee).log({ name: 'Specht van der Wijk' });
    await at(harness, coordinator).ask('rapport 2026');
    const stopped = await at(harness, coordinator).told('Er is geen verslag gemaakt');
    const checked = cardOf(await at(harness, coordinator).open(buttonsOf(stopped)[0]?.data ?? {}));
    const cleared = dataOf(checked, 'Dit zijn geen persoonsgegevens');
    expect(wordsOf(cardOf(await at(harness, coordinator).press(cleared)))).toContain('Vastgelegd.');
    await at(harness, coordinator).ask('rapport 2026');
    expect((await offered()).consent?.name).toBe('klachtenverslag-2026.docx');
  });

  it('R12: what the coordinator added themselves can be taken out again', async () => {
    await closed(summary);
    const added = await at(harness, coordinator).fill(await record(), 'Aanbeveling toevoegen', {
      recommendationText: 'Bel Merelaar terug.',
    });
    await at(harness, employee).log({ name: 'Kanarie Merelaar' });
    await at(harness, coordinator).ask('rapport 2026');
    await at(harness, coordinator).told('Er is geen verslag gemaakt');
    const removed = await at(harness, coordinator).fill(added, 'Toevoeging verwijderen', {
      addition: 'Bel Merelaar terug.',
    });
    expect(JSON.stringify(removed)).not.toContain('Merelaar');
    await at(harness, coordinator).ask('rapport 2026');
    await offered();
  });

  it('R13: who lost the role between the offer and the answer gets nothing', async () => {
    await at(harness, coordinator).ask('rapport 2026');
    const { activityId } = await offered();
    const start = await at(harness, administrator).ask('beheer');
    const open = cardOf(await at(harness, administrator).open(dataOf(start, 'Beheer openen')));
    await at(harness, administrator).fill(open, 'Klachtencoördinator', { holders: employee.id });
    await harness.teams.answerConsent(coordinator.id, chat(), activityId, true);
    await at(harness, coordinator).told('Dit kan alleen de klachtencoördinator');
    expect(harness.teams.messages(chat()).some(({ file }) => file)).toBe(false);
  });

  it('that could not be put is told, and nothing claims that it was', async () => {
    await at(harness, coordinator).ask('rapport 2026');
    const { activityId } = await offered();
    harness.intercept.with = ({ method }) => (method === 'PUT' ? { status: 503 } : undefined);
    await harness.teams.answerConsent(coordinator.id, chat(), activityId, true);
    await at(harness, coordinator).told('Het verslag kon niet in je OneDrive worden gezet.');
    expect(harness.teams.messages(chat()).some(({ file }) => file)).toBe(false);
  });
});
