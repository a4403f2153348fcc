// Cards that stand in a chat or a channel, looked at: Teams asks for today's by itself.
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { administrator, colleague, director, employee, lead, now, senior } from '../fixtures.ts';
import {
  askManager,
  at,
  buttonsOf,
  cardOf,
  channels,
  dataOf,
  decideOn,
  type Harness,
  inputsOf,
  type Json,
  linkChannel,
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

type One = typeof employee;
const chatOf = ({ id }: One) => harness.teams.personalChat(id);

/** The card with these words in somebody's chat or in a channel. */
const cardWith = (conversation: string, words: string) =>
  harness.teams.waitFor(conversation, ({ card }) => wordsOf(card).includes(words));

/** What somebody sees who looks at a card, or nothing where it stays as it is. */
async function look(
  { id }: One,
  { conversationId, activityId }: { conversationId: string; activityId: string },
): Promise<Json | undefined> {
  const { value } = (await harness.teams.refresh(id, conversationId, activityId)) ?? {};
  if (typeof value !== 'string') return value as Json;
  expect(value).toContain('Deze kaart kon nu niet worden bijgewerkt.');
  return undefined;
}

/** What is asked by a card that somebody made themselves. */
async function forge({ id }: One, conversationId: string, data: Json) {
  const { activityId } = await harness.teams.say(id, 'help');
  const { value } = await harness.teams.execute(id, conversationId, activityId, { verb: 'show-today', data });
  return JSON.stringify(value);
}

/** From now on no card is replaced: what stands there stays. */
function holdUpdates(): void {
  harness.intercept.with = ({ method }) => (method === 'PUT' ? { status: 503, body: {} } : undefined);
}

describe('a card in one’s own chat, looked at', () => {
  it('shows the complaint as it is today, also where its update did not come through', async () => {
    holdUpdates();
    await askManager(harness);
    const own = await cardWith(chatOf(employee), 'Deze klacht heb je vastgelegd');
    expect(wordsOf(own.card)).not.toContain('wacht op overname');
    expect(wordsOf(await look(employee, own))).toContain('wacht op overname');
  });

  it('R13: of who lost sight it names nothing, as one of a complaint that never was', async () => {
    const receipt = await at(harness, employee).log();
    const details = cardOf(await at(harness, employee).press(dataOf(receipt, 'Klacht openen')));
    const joined = { person: lead.id, consent: 'true' };
    const involved = await at(harness, employee).fill(details, 'Iemand betrekken', joined);
    const card = await cardWith(chatOf(lead), 'K-2026-0001');
    holdUpdates();
    await at(harness, employee).fill(involved, 'Niet meer betrekken', { released: lead.id });
    const seen = await look(lead, card);
    expect(wordsOf(seen)).toContain('Niet voor jou te zien');
    const asked = (complaint: string) => forge(lead, chatOf(lead), { complaint, kind: 'involved' });
    const answers = [await asked(complaintOn(card)), await asked(crypto.randomUUID())];
    expect(answers[0]).toBe(answers[1]);
    expect(answers[0]).toBe(JSON.stringify(seen));
  });

  it('R13: says nothing that its reader was never sent', async () => {
    await at(harness, employee).log();
    const card = await cardWith(chatOf(colleague), 'K-2026-0001');
    const asked = { complaint: complaintOn(card) };
    // Nobody was sent the first; the second went to who logged it.
    for (const kind of ['conversation-planned', 'receipt']) {
      const shown = await forge(colleague, chatOf(colleague), { ...asked, kind });
      expect(shown).toContain('K-2026-0001');
      expect(shown).not.toMatch(/gesprek gepland|heb je vastgelegd/);
    }
  });

  it('R14: names nothing once the complaint was destroyed', async () => {
    await at(harness, employee).log();
    const own = await cardWith(chatOf(employee), 'Deze klacht heb je vastgelegd');
    await vi.waitFor(() => expect(owed()).toBe(0));
    withDatabase((db) => db.exec('PRAGMA foreign_keys = ON; DELETE FROM complaint'));
    const seen = await look(employee, own);
    expect(wordsOf(seen)).toContain('een klacht die er niet meer is');
    expect(JSON.stringify(seen)).not.toContain('K-2026');
  });

  it('writes nothing, posts nothing, and is no look at the content', async () => {
    await at(harness, employee).log();
    const own = await cardWith(chatOf(employee), 'Deze klacht heb je vastgelegd');
    await cardWith(chatOf(colleague), 'K-2026-0001');
    await vi.waitFor(() => expect(owed()).toBe(0));
    const [stored, messages] = [harness.stored(), harness.teams.messages(chatOf(employee)).length];
    expect(wordsOf(await look(employee, own))).toContain('K-2026-0001');
    expect(harness.stored()).toBe(stored);
    expect(harness.teams.messages(chatOf(employee))).toHaveLength(messages);
  });

  it('takes nothing from what a person may ask', async () => {
    await at(harness, employee).log();
    const own = await cardWith(chatOf(employee), 'Deze klacht heb je vastgelegd');
    // Two days on, it is asked again whether they belong to the organisation: once, however many cards they look at.
    today = new Date(now.getTime() + 2 * 24 * 60 * 60_000);
    let rosters = 0;
    harness.intercept.with = ({ method, path }) => {
      if (method === 'GET' && path.includes('/members/')) rosters++;
      return undefined;
    };
    const looks = await Promise.all(Array.from({ length: 150 }, () => look(employee, own)));
    // Too many in one go: the card stays.
    expect(looks.filter((card) => card === undefined)).toHaveLength(30);
    expect(rosters).toBe(1);
    expect(wordsOf(await at(harness, employee).ask('help'))).toContain('Dit kan ik voor je doen');
  });

  it('stays as it is where the store can not be read', async () => {
    await at(harness, employee).log();
    const own = await cardWith(chatOf(employee), 'Deze klacht heb je vastgelegd');
    await vi.waitFor(() => expect(owed()).toBe(0));
    withDatabase((db) => db.exec('ALTER TABLE audience RENAME TO away'));
    expect(await look(employee, own)).toBeUndefined();
    expect(harness.logged()).toContain('card not brought up to date');
    withDatabase((db) => db.exec('ALTER TABLE away RENAME TO audience'));
    expect(wordsOf(await look(employee, own))).toContain('K-2026-0001');
  });
});

describe('a card in a channel, looked at', () => {
  beforeEach(() => linkChannels(harness));

  it('shows an approver who took the complaint on, also where its update did not come through', async () => {
    await askManager(harness);
    const posted = await cardWith(channels.welzijn.id, 'Je wordt gevraagd');
    holdUpdates();
    await decideOn(harness, senior, posted.conversationId, posted.activityId, 'Klacht aannemen', posted.card);
    const seen = await look(lead, posted);
    expect(wordsOf(seen)).toContain('Aangenomen door\nSenior');
    expect(buttonsOf(seen).map(({ title }) => title)).toEqual(['K-2026-0001 openen']);
    expect(JSON.stringify(seen)).not.toMatch(/kanarie/i);
  });

  it('shows everybody there what stands there for everybody', async () => {
    await askManager(harness);
    const posted = await cardWith(channels.welzijn.id, 'Je wordt gevraagd');
    expect(await look(administrator, posted)).toEqual(posted.card);
  });

  it('R13: names nothing to who left the organisation', async () => {
    await askManager(harness);
    const posted = await cardWith(channels.welzijn.id, 'Je wordt gevraagd');
    const roles = cardOf(await at(harness, administrator).open({ verb: 'open-administration' }));
    await at(harness, administrator).fill(roles, 'Collega is vertrokken', { leaver: senior.id });
    expect(wordsOf(await look(senior, posted))).toContain('Niet voor jou te zien');
  });

  it('R13: names nothing of a complaint that was not sent there, as if it did not exist', async () => {
    await askManager(harness);
    const posted = await cardWith(channels.welzijn.id, 'Je wordt gevraagd');
    const asked = { complaint: complaintOn(posted), kind: 'escalation-requested' };
    const missing = { ...asked, complaint: crypto.randomUUID() };
    for (const data of [asked, missing, { ...asked, kind: 'receipt' }, { ...asked, kind: 'nothing' }]) {
      const shown = await forge(director, channels.directie.id, data);
      expect(shown).toBe(await forge(director, channels.directie.id, missing));
      expect(shown).toContain('Niet voor jou te zien');
    }
  });

  it('R13: says nothing of why it was sent to who asks elsewhere', async () => {
    await askManager(harness);
    const posted = await cardWith(channels.welzijn.id, 'Je wordt gevraagd');
    const asked = { complaint: complaintOn(posted), kind: 'escalation-requested' };
    for (const person of [employee, senior]) {
      const shown = await forge(person, chatOf(person), asked);
      expect(shown).toContain('wacht op overname');
      expect(shown).not.toMatch(/Je wordt gevraagd|kanarie/i);
      expect(shown.includes('Klacht aannemen')).toBe(person === senior);
    }
  });

  it('of two departments, each card shows what it was sent for', async () => {
    await linkChannel(harness, channels.welzijn, 'ondersteuning');
    await askManager(harness);
    const first = await cardWith(channels.welzijn.id, 'Je wordt gevraagd');
    holdUpdates();
    const returning = { verb: 'open-form', form: 'return-escalation', complaint: complaintOn(first) };
    const form = cardOf(await at(harness, senior).open(returning));
    const wrong = { returnReason: 'wrong-department', toDepartment: 'ondersteuning', returnNote: '' };
    await at(harness, senior).press({ ...inputsOf(form), ...dataOf(form, 'Vastleggen'), ...wrong });
    const second = await harness.teams.waitFor(
      channels.welzijn.id,
      ({ card, activityId }) =>
        activityId !== first.activityId && wordsOf(card).includes('Je wordt gevraagd'),
    );
    expect(buttonsOf(await look(lead, first)).map(({ title }) => title)).toEqual(['K-2026-0001 openen']);
    expect(await look(lead, second)).toEqual(second.card);
    expect(buttonsOf(second.card).map(({ title }) => title)).toContain('Klacht aannemen');
  });

  it('still offers what it offered where another channel was linked since', async () => {
    await askManager(harness);
    const posted = await cardWith(channels.welzijn.id, 'Je wordt gevraagd');
    await vi.waitFor(() => expect(owed()).toBe(0));
    await linkChannel(harness, channels.directie, 'welzijn');
    expect(await look(lead, posted)).toEqual(posted.card);
  });
});

/** The complaint that a card asks about. */
const complaintOn = ({ card }: { card?: Json | undefined }) =>
  (card as { refresh: { action: { data: { complaint: string } } } }).refresh.action.data.complaint;

function withDatabase<T>(use: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(harness.databaseFile);
  try {
    return use(db);
  } finally {
    db.close();
  }
}

/** How many complaints have something that is to be sent or written. */
const owed = () =>
  withDatabase((db) =>
    Number(db.prepare('SELECT count(*) AS count FROM complaint WHERE due_at IS NOT NULL').get()?.['count']),
  );
