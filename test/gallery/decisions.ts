// Accepting and declining, on a card and in a dialog, and what follows.

import { approvalView } from '../../src/cards/reference-view.ts';
import { actionOn, dataOf, inputsOf } from '../bot/harness.ts';
import { employee, lead, senior } from '../fixtures.ts';
import type { Makes } from './specimens.ts';

export const decisionSpecimens: Makes = async function* ({ desk, complaints }) {
  const { press, execute, texts } = desk;
  const card = async (life: 'pending' | 'typed-names' | 'pending-director') =>
    actionOn((await desk.send(approvalView(complaints[life], true, texts, ''))).card, texts('button.accept'));

  const typed = await card('typed-names');
  const asked = await execute(senior, typed.verb, typed.data);
  yield ['asks-concerned', 'On a card: is it about you?', asked];
  yield [
    'asks-concerned-dialog',
    'In a dialog: is it about you?',
    await press(senior, { verb: typed.verb, ...typed.data }),
  ];
  const yes = actionOn(asked.card, texts('asks-concerned.yes'));
  yield ['declared', 'On a card: it is about me', await execute(senior, yes.verb, yes.data)];
  const rest = { verb: 'declare-concerned', ...yes.data };
  yield ['declared-dialog', 'In a dialog: it is about me', await press(lead, rest)];

  const pending = await card('pending');
  yield [
    'accept-not-asked',
    'On a card, by somebody who is not asked',
    await execute(employee, pending.verb, pending.data),
  ];
  yield ['accepted', 'On a card: accepted', await execute(lead, pending.verb, pending.data)];
  yield [
    'accept-late',
    'On a card, when somebody else took it',
    await execute(senior, pending.verb, pending.data),
  ];
  const late = await press(senior, { verb: pending.verb, ...pending.data });
  yield ['accept-late-dialog', 'In a dialog, when somebody else took it', late];

  const { id } = complaints.settled;
  const form = await press(employee, { verb: 'open-form', form: 'close', complaint: id });
  const filled = { ...inputsOf(form.card), summary: 'Een afspraak ging mis; een medewerker gaf uitleg.' };
  yield [
    'closed-flash',
    'A complaint that was closed just now',
    await press(employee, dataOf(form.card, texts('button.record')), filled),
  ];
};
