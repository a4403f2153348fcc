// Logging a complaint, step by step, to the receipt; and a note for whoever handles one.
import { dataOf, inputsOf, screening, typedComplaint } from '../bot/harness.ts';
import { colleague, lead, senior } from '../fixtures.ts';
import type { Makes } from './specimens.ts';

const answers = { ...screening, name: 'Roodborst de Wit' };
const complaint = { ...typedComplaint, name: answers.name, phone: '06 12 34 56 79' };

export const intakeSpecimens: Makes = async function* ({ desk }) {
  const { texts, press } = desk;
  const [next, record] = [texts('button.next'), texts('button.record')];
  const first = await press(lead, { msteams: {}, verb: 'open-log-complaint' });
  yield ['screening', 'Step 1', first];
  const screen = dataOf(first.card, next);
  yield ['screening-fault', 'Step 1, with a fault', await press(lead, screen, { ...answers, relation: '' })];
  const anonymous = await press(lead, screen, { ...answers, name: 'anoniem' });
  yield ['screened-anonymous', 'R5: no name', anonymous];
  const staff = await press(lead, screen, { ...answers, relation: 'volunteer' });
  yield ['screened-staff', 'R1: another procedure', staff];
  const external = await press(lead, screen, { ...answers, externalBody: 'true' });
  yield ['screened-external', 'R4: before an external body', external];
  const compensation = await press(lead, screen, { ...answers, compensation: 'true' });
  yield ['screened-compensation', 'R3: about compensation', compensation];
  const back = dataOf(anonymous.card, texts('button.back'));
  yield ['screening-back', 'Step 1 again, with what was typed', await press(lead, back)];

  const second = await press(lead, screen, answers);
  yield ['complaint', 'Step 2, for an approver', second];
  const again = dataOf(second.card, record);
  const empty = Object.fromEntries(Object.keys(inputsOf(second.card)).map((id) => [id, '']));
  yield ['complaint-empty', 'Step 2, with nothing filled in', await press(lead, again, empty)];
  const wrong = { ...complaint, phone: '12', email: 'naam@', submittedOn: '2031-01-01' };
  yield ['complaint-faults', 'Step 2, with faults in what was typed', await press(lead, again, wrong)];
  const unknown = { ...complaint, concernedIds: '00000000-0000-4000-8000-00000000abcd' };
  yield ['complaint-name', 'Step 2, a picked colleague without a name', await press(lead, again, unknown)];

  const receipt = await press(lead, again, { ...complaint, wayIn: 'in-person' });
  yield ['receipt', 'The receipt: to talk it through first', receipt];
  yield [
    'receipt-again',
    'The receipt: sent twice',
    await press(lead, again, { ...complaint, wayIn: 'in-person' }),
  ];
  yield ['receipt-other', 'The same form with other content', await press(lead, again, complaint)];

  // The same person calls again, under the same name, and a relative from the same number.
  const more = await press(
    lead,
    dataOf((await press(lead, { verb: 'open-log-complaint' })).card, next),
    answers,
  );
  yield ['complaint-linked', 'Step 2, of somebody who complained before', more];
  const relative = { ...answers, name: 'Roodstaart de Wit' };
  const other = await press(
    lead,
    dataOf((await press(lead, { verb: 'open-log-complaint' })).card, next),
    relative,
  );
  const same = { ...complaint, name: relative.name };
  yield [
    'complaint-same',
    'Step 2, from a known number',
    await press(lead, dataOf(other.card, record), same),
  ];

  const mine = await press(senior, dataOf((await press(senior, { verb: 'open-log-complaint' })).card, next), {
    ...answers,
    name: 'Koolmees van Dijk',
  });
  const typed = { ...complaint, name: 'Koolmees van Dijk', phone: '070 763 06 07', entryStage: 'employee' };
  const named = { concernedIds: colleague.id, concernedNames: 'Merel uit de wijk' };
  const told = await press(senior, dataOf(mine.card, record), { ...typed, ...named });
  yield ['receipt-talk', 'The receipt: first a talk, not everybody told', told];

  const relay = await press(colleague, { msteams: {}, verb: 'open-relay' });
  yield ['relay', 'A note for whoever handles it', relay];
  const send = dataOf(relay.card, texts('button.send'));
  yield ['relay-fault', 'A note, with faults', await press(colleague, send, { about: '', note: '' })];
  const note = { about: 'Roodborst de Wit', note: 'Is na 14 uur bereikbaar.' };
  yield ['relayed', 'A note that was sent', await press(colleague, send, note)];
};
