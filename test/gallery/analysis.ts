// The anonymous records: figures, lists, one record, its forms, and what stops the yearly report.
import { type AnalysisForm, analysisForms } from '../../src/cards/forms/analysis.ts';
import { buttonsOf, dataOf, inputsOf } from '../bot/harness.ts';
import { accepted, closing, coordinator, employee, give, lead, log } from '../fixtures.ts';
import type { Makes } from './specimens.ts';

export const analysisSpecimens: Makes = async function* ({ desk }) {
  const { press, texts, used, keep } = desk;
  const record = texts('button.record');
  const figures = await press(coordinator, { msteams: {}, verb: 'open-analysis', year: 2026 });
  yield ['analysis', 'The figures of a year', figures];
  yield [
    'analysis-empty',
    'A year without complaints',
    await press(coordinator, { verb: 'open-analysis', year: 2025 }),
  ];
  const nature = buttonsOf(figures.card).find(({ data }) => data['nature'] === 'conduct');
  const records = await press(coordinator, nature?.data ?? {});
  yield ['records', 'The records of a nature', records];
  yield [
    'records-next',
    'The next page',
    await press(coordinator, dataOf(records.card, texts('analysis.further'))),
  ];
  const none = { verb: 'open-records', year: 2026, nature: 'other' };
  yield ['records-empty', 'No records', await press(coordinator, none)];
  const opened = await press(coordinator, buttonsOf(records.card)[0]?.data ?? {});
  yield ['record', 'A record', opened];

  const open = (form: AnalysisForm) =>
    form === 'set-evaluation'
      ? press(coordinator, dataOf(figures.card, texts('action.set-evaluation')))
      : press(coordinator, { ...dataOf(opened.card, texts('action.add-improvement')), form });
  const fill = async (form: AnalysisForm, typed: object) =>
    press(coordinator, dataOf((await open(form)).card, record), { ...typed });
  yield [
    'record-recommended',
    'A recommendation added',
    await fill('add-recommendation', { recommendationText: 'Oefen het gesprek met klagers.' }),
  ];
  yield [
    'record-improved',
    'An improvement added',
    await fill('add-improvement', { improvementText: 'Een vaste terugbelmiddag.' }),
  ];
  for (const form of Object.keys(analysisForms) as AnalysisForm[]) {
    used.add(`open-analysis-form/${form}`);
    const shown = await open(form);
    yield [`analysis-${form}`, form, shown];
    const nothing = Object.fromEntries(Object.keys(inputsOf(shown.card)).map((id) => [id, '']));
    const faulty = await press(coordinator, dataOf(shown.card, record), nothing);
    yield [`analysis-${form}-faults`, `${form}, with nothing filled in`, faulty];
  }
  const named = { recommendationText: 'De Klachtencoördinator belt Merel de Vries op 070 763 06 06.' };
  yield ['analysis-marks', 'Personal data in a recommendation', await fill('add-recommendation', named)];
  yield [
    'analysis-past',
    'An evaluation on a day that passed',
    await fill('set-evaluation', { evaluationOn: '2020-01-01' }),
  ];
  yield [
    'analysis-planned',
    'The evaluation planned',
    await fill('set-evaluation', { evaluationOn: '2027-11-01' }),
  ];
  const returning = { returnSummaryReason: 'Schrijf op wat er is afgesproken.' };
  yield ['record-returned', 'A summary returned', await fill('return-summary', returning)];
  yield [
    'analysis-refused',
    'The dialog, for somebody else',
    await press(lead, { verb: 'open-analysis', year: 2026 }),
  ];

  // A name in a summary that no check of its own complaint could know.
  const about = accepted(log({ name: 'Specht van der Wijk', nature: 'service' }));
  const other = accepted(log({ name: 'Zwaluw Smit', nature: 'service', phone: '+31612345670' }));
  const summary = 'De klager kwam met een klacht over de Wijk.';
  const ended = accepted(give(other, 'close', closing({ summary }), employee));
  await keep(about);
  await keep(ended);
  const asked = texts.language === 'nl' ? 'rapport 2026' : 'report 2026';
  yield ['report-making', 'A report is being made', await desk.say(coordinator, asked)];
  const stopped = await desk.later();
  yield ['report-stopped', 'A report that would name somebody', stopped];
  const [check] = buttonsOf(stopped.card);
  const suspects = await press(coordinator, check?.data ?? {});
  yield ['suspects', 'What stopped the report', suspects];
  yield [
    'record-cleared',
    'Words that are nobody’s',
    await press(coordinator, dataOf(suspects.card, texts('analysis.clear'))),
  ];
  yield ['suspects-none', 'Nothing of the handler’s stopped it', await press(coordinator, check?.data ?? {})];
};
