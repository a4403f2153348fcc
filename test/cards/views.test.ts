import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { administrationView, linkView } from '../../src/cards/administration-view.ts';
import {
  analysisStartView,
  analysisView,
  evaluationView,
  recordsView,
  recordView,
} from '../../src/cards/analysis-view.ts';
import { detailsView } from '../../src/cards/details-view.ts';
import { administrationForms } from '../../src/cards/forms/administration.ts';
import { additionTitles, analysisForms } from '../../src/cards/forms/analysis.ts';
import { formView } from '../../src/cards/forms/form.ts';
import { handlingForms } from '../../src/cards/forms/handling.ts';
import { complaintFields, correctionFields, typedIntake } from '../../src/cards/forms/intake.ts';
import { noticeView } from '../../src/cards/notice-view.ts';
import {
  contactView,
  helpView,
  procedureView,
  receiptView,
  screenedView,
  startView,
} from '../../src/cards/pages.ts';
import {
  approvalView,
  askConcernedView,
  complaintsView,
  referenceView,
} from '../../src/cards/reference-view.ts';
import { createRender, largestCard, type View } from '../../src/cards/render.ts';
import { languages, textsFor } from '../../src/cards/texts.ts';
import { accessOf } from '../../src/domain/access.ts';
import { type AnonymousRecord, mostAdded, recordOf } from '../../src/domain/anonymous-record.ts';
import { administratorNoticeKinds, noticeKinds } from '../../src/domain/notices.ts';
import { refusalCodes } from '../../src/domain/refusal.ts';
import { count, noFigures } from '../../src/domain/report.ts';
import { life } from '../arbitraries.ts';
import {
  accepted,
  colleague,
  context,
  conversation,
  director,
  employee,
  everybody,
  give,
  intake,
  lead,
  log,
  organisation,
  senior,
} from '../fixtures.ts';

const render = createRender();
const nl = textsFor('nl');

/** Words that stand in the content of the complaints of the tests, and nowhere else. */
const canaries = /kanarie|31707630606|763 0606/i;

describe('R13: whoever may not see the content', () => {
  it('gets none of it, on any card, in any life of a complaint', () => {
    fc.assert(
      fc.property(life, ({ last }) => {
        for (const person of everybody) {
          const access = accessOf(last, person.id, organisation);
          const details = JSON.stringify(detailsView(last, { person, context, texts: nl }));
          if (access !== 'full') expect(details).not.toMatch(canaries);
          else expect(details).toMatch(canaries);
        }
      }),
    );
  });

  it('cards in chats hold none of it, for whomever', () => {
    fc.assert(
      fc.property(life, ({ last }) => {
        for (const kind of noticeKinds) {
          for (const to of [...everybody, { department: 'welzijn', stage: 'manager' as const }]) {
            const { view, summary } = noticeView({ notice: { kind, to }, complaint: last, organisation }, nl);
            expect(JSON.stringify(view) + summary).not.toMatch(canaries);
          }
        }
        expect(
          JSON.stringify(
            complaintsView({ waiting: [last], others: [last] }, { isFirst: true }, organisation, nl),
          ),
        ).not.toMatch(canaries);
        expect(
          JSON.stringify(
            receiptView(
              last,
              organisation,
              { repeated: true, takesFiles: true, told: true, untold: true },
              nl,
            ),
          ),
        ).not.toMatch(canaries);
      }),
    );
  });

  it('a status names reference, stage, state and next step, and no people', async () => {
    const pending = accepted(log({ entryStage: 'manager' }));
    const view = detailsView(pending, { person: colleague, context, texts: nl });
    const text = JSON.stringify(await render(view));
    expect(text).toContain('K-2026-0042');
    for (const { name } of everybody) expect(text).not.toContain(`"${name}"`);
  });
});

const button = { title: 'Vastleggen', data: { verb: 'x' } };

/** Every kind of card, with as little and with as much as it can hold. */
function allViews(language: (typeof languages)[number]): [string, View][] {
  const texts = textsFor(language);
  const long = (length: number) => '*🙂'.repeat(length / 3);
  /** A record that holds as much as it can. */
  const longRecord: AnonymousRecord = {
    ...recordOf('11111111-1111-4111-8111-111111111111', accepted(log()), undefined, () => 0),
    ...{ state: 'complete', outcome: 'terminated', summary: long(1998) },
    recommendations: Array(mostAdded + 1).fill({ text: long(999), from: 'coordinator' }),
    improvements: Array(mostAdded).fill({ text: long(999), state: 'carried-out', on: '2026-11-24' }),
  };
  const longMark = {
    field: 'summary',
    text: long(1998),
    findings: Array.from({ length: 50 }, (_each, index) => ({
      ...{ start: index * 30, end: index * 30 + 20, kind: 'name' as const },
      ...{ suggestion: 'een medewerker', certain: index % 2 === 0 },
    })),
  };
  const figures = noFigures(2026);
  count(figures, longRecord, new Set(['welzijn']));
  const full = accepted(
    log({
      name: `Kanarie ${long(189)}`,
      description: long(3999),
      wish: long(999),
      evidence: long(999),
      email: `${'x'.repeat(60)}@voorbeeld.nl`,
      concerned: Array.from({ length: 10 }, (_, index) => ({ name: `${long(180)}${index}` })),
    }),
  );
  let talked = full;
  for (let count = 0; count < 4; count++) {
    talked = accepted(give(talked, 'recordConversation', conversation('yes', long(1998)), employee));
  }
  const corrected = accepted(give(talked, 'correct', { intake: intake(), reason: long(498) }, employee));
  const viewer = { person: employee, context, texts };
  const form = (fields: Parameters<typeof formView>[0]['fields'], typed = {}) =>
    formView(
      {
        intro: 'x',
        fields,
        typed,
        buttons: [button],
        titles: {
          department: { welzijn: 'Welzijn', ondersteuning: 'O' },
          toDepartment: { welzijn: 'Welzijn', ondersteuning: 'O' },
          to: { [senior.id]: 'x', [lead.id]: 'y' },
          released: { [colleague.id]: 'x' },
          linkedTo: { 'K-2026-0001': 'K-2026-0001' },
        },
      },
      texts,
    );
  return [
    ...(['greeting', 'help', 'unknown'] as const).map((occasion): [string, View] => [
      occasion,
      helpView(occasion, { administers: true, analyses: true }, texts),
    ]),
    ['start', startView(texts)],
    ['analysis start', analysisStartView(2026, texts)],
    ['analysis', analysisView(figures, { organisation, thisYear: 2027 }, texts, 'Vastgelegd.')],
    ['evaluation', evaluationView(organisation, texts)],
    [
      'records',
      recordsView(
        { year: 2026, nature: 'service' },
        { items: Array(5).fill(longRecord), next: 'x', isFirst: false },
        organisation,
        texts,
      ),
    ],
    ['record', recordView(longRecord, organisation, texts, 'Vastgelegd.')],
    ['marked', formView({ fields: {}, typed: {}, buttons: [], marks: [longMark] }, texts)],
    ['contact', contactView(organisation, texts)],
    ['procedure', procedureView(organisation, texts)],
    [
      'receipt',
      receiptView(full, organisation, { repeated: true, takesFiles: true, told: true, untold: true }, texts),
    ],
    ['reference', referenceView(full, organisation, texts, 'x')],
    ['approval', approvalView(accepted(log({ entryStage: 'manager' })), true, texts, 'x')],
    ['approval that was taken', approvalView({ ...full, stage: 'manager' }, false, texts, 'x')],
    ['whether concerned', askConcernedView(full, 'x', texts)],
    ['administration', administrationView(organisation, texts, 'x')],
    ['link a channel', linkView(organisation, texts)],
    ...[...noticeKinds, ...administratorNoticeKinds].map((kind): [string, View] => [
      `notice ${kind}`,
      noticeView({ notice: { kind, to: employee }, complaint: full, organisation }, texts).view,
    ]),
    [
      'a card that outlived its reader’s sight',
      noticeView({ notice: { kind: 'involved', to: director }, complaint: full, organisation }, texts).view,
    ],
    [
      'list',
      complaintsView(
        { waiting: [full, full, full, full, full], others: [full, full, full, full, full] },
        { next: 'x', isFirst: false },
        organisation,
        texts,
      ),
    ],
    ['empty list', complaintsView({ waiting: [], others: [] }, { isFirst: true }, organisation, texts)],
    ['details', detailsView(accepted(log()), viewer)],
    ['long details', detailsView(talked, viewer, 0, { words: 'x' })],
    ['details after a correction', detailsView(corrected, viewer)],
    [
      'status',
      detailsView({ ...full, handler: colleague, loggedBy: colleague, informed: [employee] }, viewer),
    ],
    ['complaint form', form(complaintFields(organisation, ['K-2026-0001']), { description: long(3999) })],
    ['correction form', form(correctionFields(organisation), typedIntake(full.intake))],
    ...Object.entries(handlingForms).map(([name, { fields }]): [string, View] => [
      `form ${name}`,
      form(
        fields({
          complaint: { ...full, involved: [colleague] },
          context,
          viewer: employee,
          escalation: '-',
          overruled: [],
        }),
      ),
    ]),
    ...Object.entries(administrationForms).map(([name, { fields }]): [string, View] => [
      `administration ${name}`,
      form(fields(organisation, 'welzijn')),
    ]),
    ...Object.entries(analysisForms).map(([name, { fields }]): [string, View] => [
      `analysis form ${name}`,
      formView(
        {
          fields: fields(longRecord),
          titles: additionTitles(longRecord),
          typed: {},
          buttons: [button],
        },
        texts,
      ),
    ]),
    ...refusalCodes.map((code): [string, View] => [`refusal ${code}`, screenedView(code, button, texts)]),
  ];
}

describe.each(languages)('every card in %s', (language) => {
  it.each(allViews(language))('%s has all its words, and stays under 80 kB', async (_name, view) => {
    const card = JSON.stringify(await render(view));
    expect(card.length * 2).toBeLessThan(largestCard);
    expect(card).not.toMatch(/\$\{|\{\{[a-z]/);
  });
});

describe('the words', () => {
  it('write days, moments and counts as people do, in Dutch time', () => {
    expect(nl.day('2026-12-31')).toBe('31 december 2026');
    expect(nl.day('2026-12-31T23:30:00Z')).toBe('1 januari 2027');
    expect(nl.moment('2026-07-01T22:30:00Z')).toBe('2 juli 2026 om 00:30');
    expect(textsFor('en').day('2026-07-01')).toBe('1 July 2026');
    expect([nl.number(1234), textsFor('en').number(1234)]).toEqual(['1.234', '1,234']);
    expect(nl('fault.too-long', { max: 4000 })).toContain('4.000 tekens');
  });

  it('a key without words throws, rather than showing itself', () => {
    expect(() => nl('nowhere.at.all')).toThrow('no words for nowhere.at.all');
  });

  it.each(noticeKinds)('there are words for the notice %s in both', (kind) => {
    for (const language of languages) expect(textsFor(language)(`notice.${kind}`)).not.toBe('');
  });
});
