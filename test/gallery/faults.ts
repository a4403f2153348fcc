// Where the store fails, somebody asks too much, or a button is not known any more.
import { dataOf, screening, typedComplaint } from '../bot/harness.ts';
import { employee, lead } from '../fixtures.ts';
import type { Makes } from './specimens.ts';

export const faultSpecimens: Makes = async function* ({ desk }) {
  const { texts, press } = desk;
  const broken = desk.failing();
  yield ['fault', 'In the chat', await broken.say(employee, texts('command.mine'))];
  yield ['fault-dialog', 'In a dialog', await broken.press(employee, { verb: 'open-analysis', year: 2026 })];
  const first = await press(lead, { verb: 'open-log-complaint' });
  const screen = dataOf(first.card, texts('button.next'));
  const answers = { ...screening, name: 'Winterkoning Bos' };
  yield ['fault-screening', 'In step 1 of the form', await broken.press(lead, screen, answers)];
  const second = await press(lead, screen, answers);
  const typed = { ...typedComplaint, name: answers.name, phone: '06 12 34 56 71' };
  const unwritten = desk.failing('commit');
  yield [
    'fault-recording',
    'When a complaint is recorded',
    await unwritten.press(lead, dataOf(second.card, texts('button.record')), typed),
  ];
  yield ['unknown-card', 'A card of before', await desk.execute(employee, 'gone', {})];
  yield ['unknown-button', 'A button of before', await press(employee, { verb: 'gone' })];
  yield [
    'stranger',
    'Somebody of another organisation',
    await desk.execute({ id: '', name: '' }, 'help', {}),
  ];
  const hurried = desk.hurried();
  yield ['too-many', 'Too much at once, in the chat', await hurried.say(employee, 'help')];
  yield [
    'too-many-dialog',
    'Too much at once, in a dialog',
    await hurried.press(employee, { verb: 'open-relay' }),
  ];
};
