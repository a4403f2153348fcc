import type { AnonymousRecord } from '../domain/anonymous-record.ts';
import type { Organisation } from '../domain/organisation.ts';
import { divisions, type Figures, keysOf } from '../domain/report.ts';
import { improvementStates, natures } from '../domain/vocabulary.ts';
import { divisionLabel } from './division-labels.ts';
import { additionsOf } from './forms/analysis.ts';
import { type Button, buttonData, formView } from './forms/form.ts';
import type { Mark } from './forms/mark-view.ts';
import { messageView } from './pages.ts';
import { excerptOf, factsOf, headingOf, shortId } from './record-words.ts';
import type { View } from './render.ts';
import type { Texts } from './texts.ts';
import { typedText } from './typed-text.ts';

type Nature = AnonymousRecord['nature'];

/** The way into the analysis, for a coordinator or director in the chat. */
export function analysisStartView(year: number, texts: Texts): View {
  const open = { msteams: { type: 'task/fetch' }, verb: 'open-analysis', year };
  const buttons: Button[] = [
    { title: texts('analysis.open', { year }), style: 'positive', data: open },
    { title: texts('analysis.open', { year: year - 1 }), data: { ...open, year: year - 1 } },
  ];
  return messageView({ title: texts('analysis.title'), lines: [texts('analysis.start')], buttons }, texts);
}

/** R15: the evaluation of the procedure is due. */
export function evaluationView({ nextEvaluation }: Organisation, texts: Texts): View {
  const data = {
    msteams: { type: 'task/fetch' },
    verb: 'open-analysis',
    year: Number(nextEvaluation.slice(0, 4)),
  };
  const lines = [texts('evaluation.due', { day: texts.day(nextEvaluation) })];
  const buttons = [{ title: texts('button.analysis'), data }];
  return messageView({ title: texts('evaluation.title'), lines, buttons }, texts);
}

/** R11, R12: the figures of a year, as charts where Teams draws them, else as tables; and the way to its records. */
export function analysisView(
  figures: Figures,
  { organisation, thisYear }: { organisation: Organisation; thisYear: number },
  texts: Texts,
  flash = '',
): View {
  const { year, total, notReady, divided } = figures;
  const departments = organisation.departments.map(({ id }) => id);
  const made = improvementStates
    .map(
      (state) => `${texts(`improvement.${state}`)}: ${texts.number(figures.improvementStates[state] ?? 0)}`,
    )
    .join(', ');
  const step = (to: number): Button => ({
    title: texts('analysis.open', { year: to }),
    data: { verb: 'open-analysis', year: to },
  });
  const natureButtons = natures.map((nature) => ({
    title: `${texts(`choice.nature.${nature}`)} (${texts.number(figures.readable[nature] ?? 0)})`,
    data: { verb: 'open-records', year, nature },
  }));
  const evaluation = { verb: 'open-analysis-form', form: 'set-evaluation', record: '', year };
  return {
    name: 'analysis',
    data: {
      flash,
      hasFlash: flash !== '',
      title: texts('analysis.year-title', { year }),
      facts: [
        { title: texts('analysis.total'), value: texts.number(total) },
        { title: texts('analysis.not-ready'), value: texts.number(notReady) },
        { title: texts('analysis.improvements'), value: made },
        { title: texts('analysis.evaluation'), value: texts.day(organisation.nextEvaluation) },
      ],
      buttonRows: [
        { label: texts('analysis.records'), actions: natureButtons.map(buttonData) },
        {
          label: texts('analysis.more'),
          actions: [
            step(year - 1),
            ...(year < thisYear ? [step(year + 1)] : []),
            { title: texts('action.set-evaluation'), data: evaluation },
          ].map(buttonData),
        },
      ],
      charts: divisions.map((division) => {
        const bars = keysOf(division, departments, [figures]).map((key) => ({
          x: divisionLabel(division, key, organisation, texts),
          y: divided[division][key] ?? 0,
        }));
        return {
          title: texts(`analysis.${division}`),
          whatTitle: texts(`analysis.${division}`),
          countTitle: texts('analysis.count'),
          bars,
          rows: bars.map(({ x, y }) => ({ what: x, count: texts.number(y) })),
        };
      }),
      actions: [doneButton(texts)].map(buttonData),
    },
  };
}

/** A page of the anonymous records of a year and a nature. */
export function recordsView(
  { year, nature }: { year: number; nature: Nature },
  {
    items,
    next,
    isFirst,
  }: { items: readonly AnonymousRecord[]; next?: string | undefined; isFirst: boolean },
  organisation: Organisation,
  texts: Texts,
): View {
  const page = { verb: 'open-records', year, nature };
  const pages: Button[] = [
    ...(isFirst ? [] : [{ title: texts('analysis.first'), data: page }]),
    ...(next ? [{ title: texts('analysis.further'), data: { ...page, after: next } }] : []),
    { title: texts('button.back'), data: { verb: 'open-analysis', year } },
    doneButton(texts),
  ];
  return {
    name: 'records',
    data: {
      title: texts('analysis.records-title', { year, nature: texts(`choice.nature.${nature}`) }),
      isEmpty: items.length === 0,
      empty: texts('analysis.no-records'),
      items: items.map((record) => ({
        heading: headingOf(record, organisation, texts),
        text: excerptOf(record, texts),
        open: texts('analysis.open-record-id', { id: shortId(record) }),
        data: { verb: 'open-record', record: record.id },
      })),
      actions: pages.map(buttonData),
    },
  };
}

/** One anonymous record, with what can be done with it. */
export function recordView(
  record: AnonymousRecord,
  organisation: Organisation,
  texts: Texts,
  flash = '',
): View {
  const { id, year, nature, state, summary, recommendations, improvements } = record;
  const form = (name: string): Button => ({
    title: texts(`action.${name}`),
    data: { verb: 'open-analysis-form', form: name, record: id, year },
  });
  const section = (key: string, lines: readonly string[]) => ({
    title: texts(`analysis.${key}`),
    text: typedText(lines.join('\n') || texts('analysis.none')),
    hasText: true,
  });
  const said = improvements.map(
    ({ text, state: stand, on }) => `• ${text} (${texts(`improvement.${stand}`)}, ${texts.day(on)})`,
  );
  return {
    name: 'details',
    data: {
      flash,
      flashStyle: 'good',
      hasFlash: flash !== '',
      reference: headingOf(record, organisation, texts),
      facts: factsOf(record, organisation, texts),
      sections: [
        section('summary', [
          summary ?? texts(`analysis.${state === 'returned' ? 'returned' : 'no-summary'}`),
        ]),
        section(
          'recommendations',
          recommendations.map(({ text }) => `• ${text}`),
        ),
        section('improvements', said),
      ],
      buttonRows: [
        {
          label: texts('analysis.do'),
          actions: [
            form('add-recommendation'),
            form('add-improvement'),
            ...(improvements.length > 0 ? [form('change-improvement')] : []),
            ...(additionsOf(record).length > 0 ? [form('remove-addition')] : []),
            form('return-summary'),
          ].map(buttonData),
        },
      ],
      ...{ links: [], hasLinks: false, timelineTitle: '', timeline: [], hasTimeline: false },
      actions: [
        { title: texts('button.back'), data: { verb: 'open-records', year, nature } },
        doneButton(texts),
      ].map(buttonData),
    },
  };
}

/** R12: the words in a record that stopped the report, and the ways on. */
export function suspectsView({ id, year }: AnonymousRecord, marks: readonly Mark[], texts: Texts): View {
  const words = marks.flatMap(({ text, findings }) =>
    findings.map(({ start, end }) => text.slice(start, end)),
  );
  const back = { verb: 'open-analysis-form', form: 'return-summary', record: id, year };
  const buttons: Button[] = [
    ...(words.length > 0
      ? [
          { title: texts('action.return-summary'), style: 'positive' as const, data: back },
          {
            title: texts('analysis.clear'),
            data: { verb: 'clear-record', record: id, words: words.slice(0, 50) },
          },
        ]
      : []),
    { title: texts('analysis.open-record'), data: { verb: 'open-record', record: id } },
  ];
  const intro = texts(words.length > 0 ? 'analysis.check' : 'analysis.check-other');
  return formView({ intro, fields: {}, typed: {}, marks, buttons }, texts);
}

const doneButton = (texts: Texts): Button => ({
  title: texts('button.done'),
  data: { verb: 'close-dialog' },
});
