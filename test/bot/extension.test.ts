import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { colleague, employee, lead } from '../fixtures.ts';
import { activity, extensionOf, invoke, place, ticking } from './extension.ts';
import {
  at,
  cardOf,
  dataOf,
  type Harness,
  inputsOf,
  referenceOn,
  screening,
  startHarness,
  typedComplaint,
  wordsOf,
} from './harness.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness({ clock: ticking() });
});
afterEach(() => harness.stop());

describe("the action command 'Klacht registreren'", () => {
  it('opens the form of the bot itself: the screening, before any free text (R1, R3, R4, R5)', async () => {
    const own = cardOf(await at(harness, employee).open({ verb: 'open-log-complaint' }));
    const opened = await extensionOf(harness, employee).open();
    expect(Object.keys(inputsOf(opened))).toEqual(Object.keys(inputsOf(own)));
    expect(inputsOf(opened)).not.toHaveProperty('description');
  });

  it('goes through to the receipt, where the complaint opens and the dialog closes without a word', async () => {
    const { press, screen } = extensionOf(harness, employee);
    const form = await screen('<p>Twee keer niet teruggebeld</p>');
    const { description: _typed, ...rest } = typedComplaint;
    const receipt = cardOf(await press({ ...inputsOf(form), ...dataOf(form, 'Vastleggen'), ...rest }));
    expect(referenceOn(receipt)).toBe('K-2026-0001');
    const details = cardOf(await press(dataOf(receipt, 'Klacht openen')));
    expect(wordsOf(details)).toContain('Twee keer niet teruggebeld');
    const talk = cardOf(await press(dataOf(details, 'Gesprek vastleggen')));
    const back = cardOf(await press(dataOf(talk, 'Annuleren')));
    expect(wordsOf(back)).toContain('Twee keer niet teruggebeld');
    expect(await press(dataOf(receipt, 'Klaar'))).toBeUndefined();
  });

  it('R13: puts nothing into the conversation that it was opened in', async () => {
    const calls: string[] = [];
    harness.intercept.with = ({ path }) => void calls.push(decodeURIComponent(path));
    const { press, screen } = extensionOf(harness, employee);
    const form = await screen('<p>Kanariegeheim</p>');
    await press({ ...inputsOf(form), ...dataOf(form, 'Vastleggen'), ...typedComplaint });
    await at(harness, colleague).told('Er is een klacht vastgelegd die over jou gaat');
    expect(harness.teams.messages(place)).toEqual([]);
    expect(calls.filter((path) => path.includes(place))).toEqual([]);
  });

  it('pressed twice is recorded once, with the same receipt', async () => {
    const { press, screen } = extensionOf(harness, employee);
    const form = await screen('<p>x</p>');
    const data = { ...dataOf(form, 'Vastleggen'), ...typedComplaint };
    const [first, second] = await Promise.all([press(data), press(data)]);
    expect(referenceOn(cardOf(first))).toBe('K-2026-0001');
    expect(referenceOn(cardOf(second))).toBe('K-2026-0001');
    const other = cardOf(await extensionOf(harness, lead).press(data));
    expect(referenceOn(other)).toMatch(/^K-2026-000[23]$/);
  });

  it('does not wait for the channel: Teams gives it five seconds', async () => {
    const { press, screen } = extensionOf(harness, employee);
    const form = await screen('<p>x</p>');
    harness.intercept.with = () => 'drop';
    const started = performance.now();
    const receipt = cardOf(await press({ ...dataOf(form, 'Vastleggen'), ...typedComplaint }));
    expect(referenceOn(receipt)).toBe('K-2026-0001');
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('answers in English where the locale is English, and a forged preview of a message as any other button', async () => {
    const value = { commandId: 'logComplaint', commandContext: 'compose' };
    const english = await invoke(harness, 'fetchTask', value, { locale: 'en-GB' });
    expect(JSON.stringify(english)).toContain('Step 1 of 2');
    for (const botMessagePreviewAction of ['send', 'edit']) {
      const { status, body } = await harness.teams.post(
        activity(harness, 'submitAction', {
          ...value,
          botMessagePreviewAction,
          data: { verb: 'close-dialog' },
        }),
      );
      expect([status, body]).toEqual([200, undefined]);
    }
  });

  it.each([{}, { commandId: 'nowhere' }, { commandId: 'myComplaints' }])(
    'a command that it does not know, %j, is answered with words',
    async (value) => {
      expect(JSON.stringify(await invoke(harness, 'fetchTask', value))).toContain('herken ik niet meer');
      expect(
        JSON.stringify(await invoke(harness, 'submitAction', { ...value, data: { verb: 'nowhere' } })),
      ).toContain('herken ik niet meer');
      expect(JSON.stringify(await invoke(harness, 'submitAction', value))).toContain('herken ik niet meer');
    },
  );
});

describe('a message that the form is opened on', () => {
  it.each([
    [
      '<p>Dag,</p>\n<p>&nbsp;</p>\n<p>koffie &amp; caf&eacute;<br>2 &lt; 3</p>',
      'Dag,\n\nkoffie & café\n2 < 3',
    ],
    [
      '<div><at id="0">Senior</at>&nbsp;kijk <b>hier</b> <emoji alt="🙂"></emoji></div>',
      'Senior kijk hier 🙂',
    ],
    ['<a href="https://example.org/a">brief</a>', 'brief [https://example.org/a]'],
    ['<ul><li>een</li><li>twee</li></ul>', '* een\n* twee'],
    ['<script>weg()</script>ja', 'ja'],
    ['${name} [x](https://example.org)', '${name} [x](https://example.org)'],
  ])('%j stands in the description as text, to be changed', async (html, text) => {
    const form = await extensionOf(harness, employee).screen(html);
    expect(inputsOf(form)['description']).toBe(text);
    expect(wordsOf(form)).toContain('Haal weg wat niet bij de klacht hoort');
  });

  it('is told in the first step, and waits there unseen', async () => {
    const form = await extensionOf(harness, employee).open({ html: '<p>Kanariegeheim</p>' });
    expect(wordsOf(form)).toContain('De tekst van het bericht staat straks bij');
    expect(wordsOf(form)).not.toContain('Kanariegeheim');
  });

  it.each([
    ['<table><tr><td colspan="1000000">Tel</td><td rowspan="1000000">x</td></tr></table>', 'Tel x'],
    ['<ol type="I" start="100000000"><li>Gebeld</li></ol>', '1. Gebeld'],
  ])('keeps nobody waiting, whatever it claims: %s', async (content, words) => {
    const { screen } = extensionOf(harness, employee);
    expect(inputsOf(await screen(content))['description']).toContain(words);
  });

  it('that is too long is cut between two words, and the person hears so', async () => {
    const form = await extensionOf(harness, employee).screen(`<p>${'woord '.repeat(900)}</p>`);
    expect(inputsOf(form)['description']).toMatch(/^(woord )+woord$/);
    expect(inputsOf(form)['description']).toHaveLength(3995);
    expect(wordsOf(form)).toContain('langer dan 4000 tekens');
    const emoji = await extensionOf(harness, employee).screen(`x${'😀'.repeat(2500)}`);
    expect(inputsOf(emoji)['description']).toHaveLength(3999);
  });

  it.each(['', '<attachment id="1"></attachment>', '<p>&nbsp;</p>'])(
    'without text, %j, opens an empty form that says so',
    async (html) => {
      const form = await extensionOf(harness, employee).screen(html);
      expect(inputsOf(form)['description']).toBe('');
      expect(wordsOf(form)).toContain('Het bericht had geen tekst om over te nemen');
    },
  );

  it.each([{ body: null }, { body: { contentType: 'html', content: null } }, { deleted: true }])(
    'that was deleted, %j, too',
    async (messagePayload) => {
      const answer = await invoke(harness, 'fetchTask', { commandId: 'logComplaint', messagePayload });
      expect(JSON.stringify(answer)).toContain('geen tekst om over te nemen');
    },
  );

  it.each([
    ['as deep as it goes', '<b>'.repeat(40_000)],
    ['as wide as it goes', '<td>x'.repeat(30_000)],
  ])('%s is answered in time', async (_kind, html) => {
    const started = performance.now();
    await extensionOf(harness, employee).open({ html });
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it.each([
    ['R1', { relation: 'volunteer' }],
    ['R3', { compensation: 'true' }],
    ['R4', { externalBody: 'true' }],
    ['R5', { name: 'anoniem' }],
  ])('%s: of a complaint that is not taken up leaves no trace', async (_rule, changed) => {
    const { press, screen } = extensionOf(harness, employee);
    const refused = await screen('<p>Kanariegeheim</p>', changed);
    expect(wordsOf(refused)).toContain('Er is niets vastgelegd');
    expect(harness.stored() + harness.logged()).not.toMatch(/kanarie/i);
    expect(harness.teams.messages(place)).toEqual([]);
    const back = cardOf(await press(dataOf(refused, 'Terug')));
    const form = cardOf(await press({ ...dataOf(back, 'Verder'), ...screening }));
    expect(inputsOf(form)['description']).toBe('Kanariegeheim');
    expect(harness.stored() + harness.logged()).not.toMatch(/kanarie/i);
  });
});
