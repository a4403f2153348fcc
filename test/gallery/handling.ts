// Every form of the handling, as it opens and with its faults; and what looks like personal data in a summary.
import type { HandlingVerb } from '../../src/cards/forms/handling.ts';
import type { Person } from '../../src/domain/people.ts';
import { dataOf, inputsOf } from '../bot/harness.ts';
import { coordinator, director, employee, senior } from '../fixtures.ts';
import type { Life } from './complaints.ts';
import type { Makes } from './specimens.ts';

/** Of each form: on which complaint, and by whom. The compiler asks for a new one. */
export const forms: Record<HandlingVerb, [Life, Person]> = {
  'record-conversation': ['fresh', employee],
  'record-no-conversation': ['fresh', employee],
  'request-escalation': ['not-settled', employee],
  'return-escalation': ['pending', senior],
  'plan-conversation': ['director', director],
  involve: ['manager', senior],
  release: ['involved', senior],
  reassign: ['manager', senior],
  correct: ['corrected', employee],
  close: ['settled', employee],
  withdraw: ['fresh', employee],
  terminate: ['fresh', employee],
  'rewrite-summary': ['summary-returned', employee],
  reopen: ['closed', employee],
  relay: ['manager', employee],
  'remove-evidence': ['with-files', employee],
};

export const handlingSpecimens: Makes = async function* ({ desk, complaints }) {
  const { press, texts, used } = desk;
  const record = texts('button.record');
  const open = (form: HandlingVerb, life: Life, by: Person) =>
    press(by, { verb: 'open-form', form, complaint: complaints[life].id });
  for (const [form, [life, by]] of Object.entries(forms) as [HandlingVerb, [Life, Person]][]) {
    used.add(`open-form/${form}`);
    const shown = await open(form, life, by);
    yield [`form-${form}`, form, shown];
    const nothing = Object.fromEntries(Object.keys(inputsOf(shown.card)).map((id) => [id, '']));
    const faulty = await press(by, dataOf(shown.card, record), nothing);
    yield [`form-${form}-faults`, `${form}, with nothing filled in`, faulty];
  }
  const director1 = await open('return-escalation', 'pending-director', director);
  yield ['form-return-director', 'return-escalation, by the director', director1];
  yield ['form-appoint', 'reassign, by the coordinator', await open('reassign', 'appointment', coordinator)];

  const closing = dataOf((await open('close', 'settled', employee)).card, record);
  const sure = {
    outcome: 'resolved',
    summary: 'Kanarie van der Berg belde op 070 763 06 06 over een afspraak.',
  };
  const marked = await press(employee, closing, { ...sure, recommendation: 'Bel Merel de Vries eerder.' });
  yield ['marks', 'Personal data in a summary', marked];
  const taken = await press(employee, dataOf(marked.card, texts('button.take-over')), sure);
  yield ['marks-taken', 'The suggestions taken over', taken];
  const doubtful = { outcome: 'resolved', summary: 'Er is met Merel de Vries een nieuwe afspraak gemaakt.' };
  yield ['marks-doubtful', 'Something that may be personal data', await press(employee, closing, doubtful)];
  const unresolved = { outcome: 'unresolved', summary: 'Een afspraak ging niet door.' };
  yield [
    'form-close-word',
    'close: the complainant’s word is missing',
    await press(employee, closing, unresolved),
  ];

  const refusal = await open('close', 'pending', employee);
  yield ['form-refused', 'A form that is not for now', refusal];
};
