// Who holds which role: the overview and its forms.
import { type AdministrationVerb, administrationForms } from '../../src/cards/forms/administration.ts';
import { dataOf, inputsOf } from '../bot/harness.ts';
import { administrator, senior } from '../fixtures.ts';
import type { Makes } from './specimens.ts';

export const administrationSpecimens: Makes = async function* ({ desk }) {
  const { press, texts, used } = desk;
  const record = texts('button.record');
  yield ['administration', 'The overview', await press(administrator, { verb: 'open-administration' })];
  const open = (form: AdministrationVerb, target = '') =>
    press(administrator, { verb: 'open-administration-form', form, target });
  for (const form of Object.keys(administrationForms) as AdministrationVerb[]) {
    used.add(`open-administration-form/${form}`);
    const shown = await open(form, form === 'department' ? 'welzijn' : '');
    yield [`administration-${form}`, form, shown];
    const nothing = Object.fromEntries(Object.keys(inputsOf(shown.card)).map((id) => [id, '']));
    const faulty = await press(administrator, dataOf(shown.card, record), nothing);
    yield [`administration-${form}-faults`, `${form}, with nothing filled in`, faulty];
  }
  const added = await open('department');
  yield ['administration-new', 'A new department', added];
  const typed = { departmentName: 'Jongerenwerk', leads: senior.id, seniors: '' };
  const changed = await press(administrator, dataOf(added.card, record), typed);
  yield ['administration-changed', 'The overview, once something changed', changed];
  yield [
    'administration-refused',
    'The dialog, for somebody else',
    await press(senior, { verb: 'open-administration' }),
  ];
};
