import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  askNextStage,
  type Demo,
  dayInNetherlands,
  dialogOn,
  dialogSays,
  finish,
  logComplaint,
  openPage,
  paneOf,
  picture,
  recordTalk,
  startDemo,
  type Watched,
} from './demo.ts';

let demo: Demo;
let page: Page;
let watched: Watched;

beforeAll(async () => {
  demo = await startDemo();
  watched = await openPage(demo);
  page = watched.page;
});
afterAll(() => demo.stop());

/** Opens the page in light, with one person or two; each is somebody, or somebody in a channel. */
const show = (left: string, right?: string, theme = 'licht') =>
  watched.show(`links=${left}${right ? `&rechts=${right}` : ''}&thema=${theme}`);
const left = () => paneOf(page, 'left');
const right = () => paneOf(page, 'right');
const press = (within: Locator, name: string) => within.getByRole('button', { name, exact: true }).click();
const open = (within: Locator, reference: string) => press(within, `${reference} openen`);
const phone = { width: 390, height: 844 };
const desk = { width: 1280, height: 900 };
const asked = 'Je wordt gevraagd deze klacht over te nemen.';

describe('the Beheerder sets up', () => {
  it.each([
    ['Klachten Welzijn', 'Welzijn', '21-link-department'],
    ['Klachten directie', 'Directeur-bestuurder', '23-link-director'],
  ])('the channel %s is linked from the channel itself', async (channel, to, name) => {
    await show(`Beheerder/${channel}`);
    await left().say('koppel');
    const card = left().card('Voor wie zijn de berichten in dit kanaal?');
    await card.waitFor();
    await picture(page, name);
    await press(card, to);
    await left().card(`Dit kanaal is gekoppeld aan ${to}.`).waitFor();
  });

  it('another member of the channel can link nothing, and the linked channel says so to both', async () => {
    await show('Beheerder/Klachten Welzijn', 'Senior/Klachten Welzijn');
    await right().say('koppel');
    await right().card('Dit kan alleen een beheerder.').waitFor();
    await left().card('Dit kan alleen een beheerder.').waitFor();
    await picture(page, '22-linked-two-views');
  });

  it('whatever else is said in a channel is for the chat', async () => {
    await show('Senior/Klachten Welzijn');
    await left().say('klacht over een collega');
    await left().card('Over klachten praat ik alleen in onze persoonlijke chat.').waitFor();
    await picture(page, '24-channel-other-words');
  });

  it('"beheer" shows who holds which role, and which channel is whose', async () => {
    await show('Beheerder');
    await left().say('beheer');
    const card = left().card('Hier regel je wie welke rol heeft.');
    await card.waitFor();
    await picture(page, '25-administration-start');
    await press(card, 'Beheer openen');
    await dialogSays(page, 'Klachten Welzijn');
    await dialogSays(page, 'Klachten directie');
    await picture(page, '26-administration');
  });

  it('a department is added, with the people who take over its complaints', async () => {
    const dialog = dialogOn(page);
    await press(dialog, 'Afdeling toevoegen');
    await dialog.getByLabel('Naam van de afdeling').fill('Jongerenwerk');
    await dialog
      .getByRole('group', { name: 'Leidinggevenden' })
      .getByRole('checkbox', { name: 'Leidinggevende', exact: true })
      .check();
    await dialog
      .getByRole('group', { name: 'Seniors' })
      .getByRole('checkbox', { name: 'Tweede medewerker' })
      .check();
    await picture(page, '27-administration-department');
    await press(dialog, 'Vastleggen');
    await dialogSays(page, 'De wijziging is vastgelegd.');
    await dialogSays(page, 'Leidinggevende, Tweede medewerker (kanaal: geen)');
    await picture(page, '28-administration-changed');
  });

  it('the last Beheerder can’t be taken off', async () => {
    const dialog = dialogOn(page);
    await press(dialog, 'Beheerders');
    await dialog.getByRole('checkbox', { name: 'Beheerder', exact: true }).uncheck();
    await press(dialog, 'Vastleggen');
    await dialogSays(page, 'Er moet minstens één beheerder blijven.');
    await picture(page, '29-administration-refused');
    await press(dialog, 'Annuleren');
  });

  it('somebody who leaves is picked from the list', async () => {
    const dialog = dialogOn(page);
    await press(dialog, 'Collega is vertrokken');
    await dialog.getByLabel('Wie is vertrokken?').selectOption({ label: 'Tweede medewerker' });
    await picture(page, '30-administration-leaver');
    await press(dialog, 'Annuleren');
    await finish(page);
  });

  it('nobody else gets that far', async () => {
    await show('Senior');
    await left().say('beheer');
    await left().card('Dit kan alleen een beheerder.').waitFor();
  });
});

describe('a complaint goes up to the directeur-bestuurder', () => {
  let reference = '';

  it('the medewerker logs it and records the talk, which did not settle it', async () => {
    await show('Medewerker', 'Senior/Klachten Welzijn');
    reference = await logComplaint(page, 'left', {
      name: 'Kanarie van der Berg',
      description: 'Twee keer niet teruggebeld.\nDe derde keer werd opgehangen.',
      concerned: ['Tweede medewerker'],
    });
    await press(dialogOn(page), 'Klacht openen');
    await recordTalk(
      page,
      'Uitleg gegeven.\n\nDe klager vindt dat niet genoeg en wil excuses.',
      'nee',
      '31-talk',
    );
    await picture(page, '32-talk-recorded');
  });

  it('the complainant wants to go on: the wish is recorded', async () => {
    await askNextStage(page, 'Wil excuses van de leidinggevende.', '33-next-stage');
    await picture(page, '34-next-stage-asked');
    await finish(page);
  });

  it('R13: the channel sees reference, stage and state, and nothing else', async () => {
    const card = right().card(asked);
    await card.waitFor();
    await left().card('wacht op overname').waitFor();
    await picture(page, '35-both-sides-of-the-question');
    expect(await right().pane.textContent()).not.toMatch(/kanarie|teruggebeld|excuses/i);
    await page.setViewportSize(phone);
    await show('Leidinggevende/Klachten Welzijn');
    await left().card(asked).waitFor();
    await picture(page, '36-question-phone');
    await show('Leidinggevende/Klachten Welzijn', undefined, 'donker');
    await left().card(asked).waitFor();
    await picture(page, '37-question-phone-dark');
    await page.setViewportSize(desk);
  });

  it('R13: the Beheerder is in the channel too, and learns nothing from its buttons', async () => {
    await show('Beheerder/Klachten Welzijn');
    await open(left().card(asked), reference);
    await dialogSays(page, 'Ik ken geen klacht met dit nummer');
    expect(await dialogOn(page).textContent()).not.toMatch(/kanarie/i);
    await picture(page, '38-administrator-sees-nothing');
  });

  it('it can be returned, once, for one of two reasons', async () => {
    await show('Leidinggevende/Klachten Welzijn');
    await press(left().card(asked), 'Terugsturen');
    await dialogOn(page).getByLabel('Waarom stuur je de klacht terug?').waitFor();
    await picture(page, '39-return');
    await press(dialogOn(page), 'Annuleren');
  });

  it('the Leidinggevende accepts in the channel, and the Senior sees who has it', async () => {
    await show('Leidinggevende/Klachten Welzijn', 'Senior/Klachten Welzijn');
    await press(left().card(asked), 'Klacht aannemen');
    await left().card('Aangenomen door').getByText('Leidinggevende', { exact: true }).waitFor();
    const other = right().card('Aangenomen door');
    await other.getByText('Leidinggevende', { exact: true }).waitFor();
    expect(await other.getByRole('button').allTextContents()).toEqual([`${reference} openen`]);
    await picture(page, '40-accepted-two-views');
  });

  it('the Leidinggevende opens it and records a talk', async () => {
    await show('Leidinggevende/Klachten Welzijn', 'Directeur-bestuurder');
    await open(left().card('Aangenomen door'), reference);
    await dialogSays(page, 'Kanarie van der Berg');
    await picture(page, '41-details-leader');
    await page.setViewportSize(phone);
    await picture(page, '41-details-leader-phone');
    await page.setViewportSize(desk);
    await recordTalk(page, 'Excuses gemaakt. De klager wil de directeur-bestuurder spreken.', 'deels');
    await dialogOn(page).getByText('Eerdere stappen').scrollIntoViewIfNeeded();
    await picture(page, '42-timeline-leader');
    await askNextStage(page, 'Wil weten wat de organisatie eraan verandert.');
    await picture(page, '43-director-asked');
    await finish(page);
  });

  it('the Directeur-bestuurder is asked in channel and chat, and accepts in the chat', async () => {
    await show('Directeur-bestuurder/Klachten directie', 'Directeur-bestuurder');
    await left().card(asked).waitFor();
    await right().card(asked).waitFor();
    await picture(page, '44-director-asked-twice');
    await press(right().card(asked), 'Klacht aannemen');
    await right().card(reference).getByText('in behandeling').waitFor();
    await left().card('Aangenomen door').getByText('Directeur-bestuurder', { exact: true }).waitFor();
    await picture(page, '45-director-accepted');
  });

  it('R9: the Directeur-bestuurder asks for consent before somebody is involved', async () => {
    await show('Directeur-bestuurder', 'Tweede medewerker');
    await open(left().card(reference), reference);
    const dialog = dialogOn(page);
    await dialogSays(page, 'Kanarie van der Berg');
    await picture(page, '46-details-director');
    await press(dialog, 'Iemand betrekken');
    await dialog.getByLabel('Wie wil je betrekken?').selectOption({ label: 'Tweede medewerker' });
    await press(dialog, 'Vastleggen');
    await dialogSays(page, 'Vraag eerst of de klager geen bezwaar heeft');
    await picture(page, '47-involve-without-consent');
    await dialog.getByRole('checkbox', { name: 'De klager heeft hier geen bezwaar tegen' }).check();
    await press(dialog, 'Vastleggen');
    await dialogSays(page, 'Deze collega is nu betrokken.');
    await right().card('Je bent betrokken bij de gesprekken over deze klacht.').waitFor();
  });

  it('the Directeur-bestuurder plans the conversation; Teams’ form has the reference as its subject and nothing else', async () => {
    const dialog = dialogOn(page);
    await press(dialog, 'Gesprek plannen');
    await dialog.getByLabel('Datum van het gesprek').fill(dayInNetherlands(-1));
    await dialog.getByLabel('Tijd').fill('14:30');
    await dialog.getByLabel('Plaats').fill('Dobbelaan 4, kamer 2');
    await press(dialog, 'Vastleggen');
    await dialogSays(page, 'Deze datum is voorbij.');
    const day = dayInNetherlands(1);
    await dialog.getByLabel('Datum van het gesprek').fill(day);
    await picture(page, '48-plan');
    await press(dialog, 'Vastleggen');
    await dialogSays(page, 'om 14:30, Dobbelaan 4, kamer 2.');
    await picture(page, '49-planned');
    expect(await meetingOpened()).toEqual([
      ['subject', reference],
      ['startTime', `${day}T14:30:00`],
    ]);
    await finish(page);
    await right().card('Voor deze klacht is een gesprek gepland.').waitFor();
    await picture(page, '50-planned-both-told');
  });

  /** Presses the button for a meeting, and gives what its address carries; the site itself is not asked. */
  async function meetingOpened(): Promise<[string, string][]> {
    const context = page.context();
    const site = 'https://teams.microsoft.com/**';
    await context.route(site, (route) => route.fulfill({ contentType: 'text/html', body: 'Teams' }));
    const [opened] = await Promise.all([
      context.waitForEvent('page'),
      dialogOn(page).getByRole('link', { name: 'In Teams-agenda zetten' }).click(),
    ]);
    await opened.waitForURL(site);
    const address = new URL(opened.url());
    await opened.close();
    await context.unroute(site);
    expect(`${address.origin}${address.pathname}`).toBe('https://teams.microsoft.com/l/meeting/new');
    return [...address.searchParams];
  }

  it('"Klager belde terug": a colleague passes a note on, and is not told what there is', async () => {
    await show('Klachtencoördinator', 'Directeur-bestuurder');
    await left().say('terugbellen');
    await press(left().card('Klager belde terug'), 'Klager belde terug');
    const dialog = dialogOn(page);
    await dialog.getByLabel('Nummer van de klacht, of naam van de klager').fill('van der berg, kanarie');
    await dialog
      .getByLabel('Wat wil je doorgeven?')
      .fill('Kan morgen pas na 14 uur.\nLiever bellen dan mailen.');
    await picture(page, '51-relay');
    await press(dialog, 'Doorgeven');
    await dialogSays(page, 'Of die er is, mag ik niet zeggen.');
    await right().card('Er is een notitie bij deze klacht: de klager belde terug.').waitFor();
    await picture(page, '52-relayed');
  });

  it('"mijn klachten" begins with what waits for whoever asks', async () => {
    await show('Directeur-bestuurder', 'Medewerker', 'donker');
    await right().say('mijn klachten');
    await left().say('mijn klachten');
    const list = left().card('Mijn klachten');
    await list.getByText('Wacht op jou').waitFor();
    await right().card('Mijn klachten').getByText(reference).first().waitFor();
    expect(await right().card('Mijn klachten').textContent()).not.toContain('Wacht op jou');
    await picture(page, '53-my-complaints-dark');
    await open(list, reference);
    await dialogSays(page, 'Kan morgen pas na 14 uur.');
    await dialogOn(page).getByText('Kan morgen pas na 14 uur.').scrollIntoViewIfNeeded();
    await picture(page, '54-note-in-timeline-dark');
  });

  it('the Directeur-bestuurder records the conversation and closes', async () => {
    const dialog = dialogOn(page);
    await recordTalk(
      page,
      'De klager kon eerder komen.\n\nAfgesproken: we bellen voortaan dezelfde dag terug.',
      'ja',
    );
    await picture(page, '55-director-recorded-dark');
    await press(dialog, 'Klacht afsluiten');
    await dialog.getByLabel('Samenvatting zonder persoonsgegevens').fill('Kanarie van der Berg is tevreden.');
    await press(dialog, 'Vastleggen');
    await dialogSays(page, 'Nog niet vastgelegd: in de tekst staat iets');
    await picture(page, '56-summary-with-a-name-dark');
    await dialog
      .getByLabel('Samenvatting zonder persoonsgegevens')
      .fill(
        'De klager werd niet teruggebeld. Er zijn excuses gemaakt en er is een afspraak gemaakt over bellen.',
      );
    await dialog.getByLabel('Aanbeveling').fill('Bel dezelfde dag terug.');
    await press(dialog, 'Vastleggen');
    await dialogSays(page, 'De klacht is afgesloten.');
    await picture(page, '57-closed-dark');
    await finish(page);
  });

  it.each([
    ['Leidinggevende/Klachten Welzijn', 'Directeur-bestuurder/Klachten directie', '58-channels-at-the-end'],
    ['Medewerker', 'Tweede medewerker', '59-chats-at-the-end'],
    ['Leidinggevende', 'Directeur-bestuurder', '60-chats-at-the-end'],
  ])('%s and %s: every card that was posted shows the last state', async (one, other, name) => {
    await show(one, other);
    for (const side of [left(), right()]) {
      const cards = side.pane.locator('.card', { hasText: reference }).filter({ hasText: /Fase/ });
      await cards.first().waitFor();
      await cards.filter({ hasNotText: 'afgesloten' }).first().waitFor({ state: 'detached' });
      expect(await side.pane.getByRole('button', { name: 'Klacht aannemen' }).count()).toBe(0);
    }
    await picture(page, name);
  });
});

describe('R8: nobody rules on a complaint about themselves', () => {
  it('an approver is asked whether a typed name is theirs; a colleague takes it on', async () => {
    await show('Medewerker', 'Senior/Klachten Welzijn');
    const reference = await logComplaint(page, 'left', {
      name: 'Iris de Wit',
      description: 'Kortaf aan de balie.',
      typed: 'de oudere collega met bril',
    });
    await press(dialogOn(page), 'Klacht openen');
    await recordTalk(page, 'Gebeld; de klager wil het hogerop.', 'nee');
    await askNextStage(page, 'Wil de leidinggevende spreken.');
    await finish(page);
    const first = right()
      .pane.locator('li', { has: page.locator('.card', { hasText: reference }) })
      .first();
    await press(first, 'Klacht aannemen');
    await first.getByText('Gaat deze klacht over jou?').waitFor();
    await picture(page, '61-about-you');
    await press(first, 'Ja, over mij');
    await first.getByText('Vastgelegd dat de klacht over jou gaat.').waitFor();
    expect(await first.getByRole('button', { name: 'Klacht aannemen' }).count()).toBe(0);
    await picture(page, '62-about-me');
    await show('Leidinggevende/Klachten Welzijn', 'Medewerker');
    const asking = left().pane.locator('.card', { hasText: reference }).last();
    await press(asking, 'Klacht aannemen');
    await press(asking, 'Nee, ik neem de klacht aan');
    await asking.getByText('Aangenomen door').waitFor();
    await right().card('Deze klacht is overgenomen.').waitFor();
    await picture(page, '63-taken-by-another');
  });

  it('where everybody who could decide is concerned, the Klachtencoördinator appoints, by reference alone', async () => {
    await show('Medewerker', 'Klachtencoördinator');
    const reference = await logComplaint(page, 'left', {
      name: 'Wim Kanarie',
      description: 'Niemand van de leiding luistert.',
      concerned: ['Senior', 'Leidinggevende', 'Directeur-bestuurder'],
    });
    await press(dialogOn(page), 'Klacht openen');
    await recordTalk(page, 'Gebeld; de klager wil iemand die er niet bij hoort.', 'nee');
    await askNextStage(page, 'Wil een onpartijdig gesprek.');
    await picture(page, '64-appointment-awaited');
    await finish(page);
    const card = right().card('Deze klacht heeft een behandelaar nodig');
    await card.waitFor();
    await picture(page, '65-appointment-needed');
    await open(card, reference);
    await dialogSays(page, 'Alleen de status');
    expect(await dialogOn(page).textContent()).not.toMatch(/kanarie|leiding luistert/i);
    await picture(page, '66-coordinator-sees-the-status');
    await press(dialogOn(page), 'Behandelaar aanwijzen');
    await dialogOn(page)
      .getByLabel('Wie neemt de klacht over?')
      .selectOption({ label: 'Directeur-bestuurder' });
    await press(dialogOn(page), 'Vastleggen');
    await dialogSays(page, 'Deze collega kan de klacht niet behandelen');
    await picture(page, '67-not-eligible');
    await dialogOn(page).getByLabel('Wie neemt de klacht over?').selectOption({ label: 'Tweede medewerker' });
    await press(dialogOn(page), 'Vastleggen');
    await dialogSays(page, 'De klacht is overgedragen.');
    await picture(page, '68-appointed');
    await finish(page);
    await show('Klachtencoördinator', 'Tweede medewerker');
    const appointed = right().card('Jij behandelt deze klacht nu.');
    await appointed.waitFor();
    await picture(page, '69-appointed-both-told');
    await open(appointed, reference);
    await dialogSays(page, 'Wim Kanarie');
    await picture(page, '70-appointed-handler-opens');
  });
});

it('the page met no fault of its own, and asked nothing of another site', () => {
  expect(watched.faults).toEqual([]);
});
