// The connector fails: people are answered all the same, and truly.
import { describe, expect, it } from 'vitest';
import type { Reply } from '../../demo/connector.ts';
import type { Fault } from '../../demo/local-teams.ts';
import {
  at,
  cardOf,
  channelCard,
  channels,
  dataOf,
  referenceOn,
  startHarness,
  wordsOf,
} from '../bot/harness.ts';
import { administrator, employee } from '../fixtures.ts';

const faults: [name: string, fault: Reply | Fault][] = [
  ['429 that says an hour', { status: 429, headers: { 'retry-after': '3600' } }],
  ['503', { status: 503 }],
  ['403', { status: 403 }],
  ['404', { status: 404 }],
  ['413', { status: 413 }],
  ['a page of HTML', { status: 502, headers: { 'content-type': 'text/html' }, text: '<h1>Bad Gateway</h1>' }],
  ['half an answer', { status: 200, text: '{"id"' }],
  ['a connection that ends', 'drop'],
  ['a connection that ends once it was taken', 'take-drop'],
  ['no answer', 'hang'],
];

const talk = { participants: 'complainant,concerned', account: 'Uitgelegd', satisfied: 'no' };

describe('while the connector answers nothing but', () => {
  it.concurrent.each(faults)(
    '%s: what was done is said, at once; afterwards all is well',
    async (_name, fault) => {
      const harness = await startHarness();
      const { teams, intercept } = harness;
      await teams.say(administrator.id, 'koppel', { conversationId: channels.welzijn.id });
      const linking = channelCard(harness, channels.welzijn)?.activityId ?? '';

      intercept.with = () => fault;
      const receipt = await at(harness, employee).log();
      expect(wordsOf(receipt)).toContain('Uw klacht is vastgelegd');
      // The answer did not wait for a notice that nobody answers.
      if (fault === 'hang') expect(harness.logged()).not.toContain('"failed"');
      const details = cardOf(await at(harness, employee).press(dataOf(receipt, 'Klacht openen')));
      const talked = await at(harness, employee).fill(details, 'Gesprek vastleggen', talk);
      expect(wordsOf(talked)).toContain('Vastgelegd in de klacht.');

      const link = { verb: 'link-channel', data: { to: 'welzijn' } };
      const linked = await teams.execute(administrator.id, channels.welzijn.id, linking, link);
      expect(wordsOf(linked.value)).toContain('Dit kanaal');
      const administration = await at(harness, administrator).open({ verb: 'open-administration' });
      expect(wordsOf(cardOf(administration))).toContain('Algemeen');

      intercept.with = undefined;
      const later = referenceOn(
        await at(harness, employee).log({ phone: '070 111 11 11', concernedIds: '' }),
      );
      await at(harness, employee).told(later);
      await harness.stop();
    },
  );
});
