import { z } from 'zod';
import {
  type Analysed,
  addImprovement,
  addRecommendation,
  changeImprovement,
  removeAddition,
  returnSummary,
  setEvaluation,
} from '../app/analysis.ts';
import { currentOrganisation } from '../app/handle-command.ts';
import { type AnalysisForm, additionsOf, additionTitles, analysisForms } from '../cards/forms/analysis.ts';
import {
  type ContentOf,
  type Fields,
  type FormView,
  formView,
  readForm,
  type Typed,
} from '../cards/forms/form.ts';
import { markButtons, marksIn, withSuggestions } from '../cards/forms/marks.ts';
import type { Texts } from '../cards/texts.ts';
import { type Known, knownStaff } from '../domain/anonymise.ts';
import type { AnonymousRecord } from '../domain/anonymous-record.ts';
import { holdersOf } from '../domain/organisation.ts';
import { analysed, recordOf, showRecord, showYear, year } from './analysis-dialog.ts';
import { type DialogAnswer, dialogVerb, markAnswers } from './dialog.ts';
import { commandIdOf } from './form-id.ts';
import type { Asker, Parts } from './parts.ts';

const recordId = z.union([z.uuid(), z.literal('')]);
const formName = z.enum(Object.keys(analysisForms) as AnalysisForm[]);

/** Opens a form of the analysis. */
export const openAnalysisForm = dialogVerb(
  z.object({ form: formName, record: recordId, year }),
  async (data, asker, parts) =>
    analysed(asker, parts, async () => {
      const record = await recordOf(data.record, parts);
      const first = data.form === 'set-evaluation' ? await evaluationIn(parts) : {};
      return analysisForm({ ...data, command: parts.newId() }, record, first, asker.texts);
    }),
);

/** Carries out what a form of the analysis asks, and shows what it was about as it stands then. */
export const submitAnalysisForm = dialogVerb(
  z.looseObject({
    form: formName,
    record: recordId,
    year,
    command: z.uuid(),
    ...markAnswers,
  }),
  async (data, asker, parts) =>
    analysed(asker, parts, async () => {
      const { texts } = asker;
      const { form, record: id, overruled, takeOver } = data;
      const { verb: _verb, record: _id, year: _year, command: _command, ...typed }: Typed = data;
      const record = await recordOf(id, parts);
      const again = (more: Partial<FormView>) => analysisForm(data, record, typed, texts, more);
      // What was taken out is no choice any more: sent again, it is out.
      if (form === 'remove-addition' && isOut(typed['addition'], record))
        return showRecord(id, asker, parts, texts('analysis.done'));
      const read = readForm(analysisForms[form].fields(record) as Fields, typed, texts);
      if ('faults' in read) return again({ faults: read.faults });
      const written = textsIn(form, read.content);
      if (takeOver) {
        const replaced = withSuggestions(written, await staffIn(parts));
        return again({ typed: { ...typed, ...replaced }, note: texts('form.taken-over') });
      }
      try {
        const outcome = await carryOut(data, read.content, asker, parts);
        parts.log.info('record analysed', { command: form, outcome, count: overruled.length });
        if (outcome === 'personal-data') {
          return again({
            fault: texts('analysis.personal-data'),
            marks: marksIn(written, await staffIn(parts), overruled),
            overruled,
          });
        }
        if (outcome !== 'done') return again({ fault: texts(`analysis.${outcome}`) });
        const special = `analysis.done-${form}`;
        const flash = texts(texts.has(special) ? special : 'analysis.done');
        return id === '' ? showYear(data.year, asker, parts, flash) : showRecord(id, asker, parts, flash);
      } catch (fault) {
        parts.log.error('command failed', { command: form }, fault);
        return again({ fault: texts('form.not-recorded') });
      }
    }),
);

/** Whether something that was added to a record is not there any more. */
const isOut = (addition: unknown, record: AnonymousRecord | undefined) =>
  typeof addition === 'string' && addition !== '' && !additionsOf(record).includes(addition);

/** What was typed to go into the record, by field. */
function textsIn(form: AnalysisForm, content: ContentOf<Fields>): Record<string, string> {
  const fields: Partial<Record<AnalysisForm, string>> = {
    'add-recommendation': 'recommendationText',
    'add-improvement': 'improvementText',
  };
  const field = fields[form];
  return field === undefined ? {} : { [field]: String(content[field]) };
}

/** What a form of the analysis is about. */
interface About {
  form: AnalysisForm;
  record: string;
  year: number;
  command: string;
}

async function carryOut(
  { form, record, command, overruled }: About & { overruled: readonly string[] },
  content: ContentOf<Fields>,
  { actor }: Asker,
  parts: Parts,
): Promise<Analysed> {
  const text = (field: string) => String(content[field]);
  switch (form) {
    case 'add-recommendation':
      return addRecommendation({ record, text: text('recommendationText'), overruled }, actor, parts);
    case 'add-improvement':
      return addImprovement({ record, text: text('improvementText'), overruled }, actor, parts);
    case 'change-improvement': {
      const state = content['improvementState'] as AnonymousRecord['improvements'][number]['state'];
      return changeImprovement({ record, text: text('improvement'), state }, actor, parts);
    }
    case 'remove-addition':
      return removeAddition({ record, text: text('addition') }, actor, parts);
    case 'return-summary': {
      const returned = {
        record,
        reason: text('returnSummaryReason'),
        command: commandIdOf(command, actor.id),
      };
      return returnSummary(returned, actor, parts);
    }
    case 'set-evaluation':
      return setEvaluation(text('evaluationOn'), actor, parts);
  }
}

function analysisForm(
  { form, record: id, year: of, command }: About,
  record: AnonymousRecord | undefined,
  typed: Typed,
  texts: Texts,
  more: Partial<FormView> = {},
): DialogAnswer {
  const data = { verb: 'submit-analysis-form', form, record: id, year: of, command };
  const back = id === '' ? { verb: 'open-analysis', year: of } : { verb: 'open-record', record: id };
  const view = formView(
    {
      intro: texts(`intro.${form}`),
      fields: analysisForms[form].fields(record) as Fields,
      titles: additionTitles(record),
      typed,
      buttons: [
        ...markButtons(more, data, texts),
        { title: texts('button.record'), style: more.marks ? 'default' : 'positive', data },
        { title: texts('button.cancel'), leaves: true, data: back },
      ],
      ...more,
    },
    texts,
  );
  return { title: texts(`action.${form}`), view };
}

async function evaluationIn({ store }: Parts): Promise<Typed> {
  return { evaluationOn: (await currentOrganisation(store)).nextEvaluation };
}

/** The names of who holds a role: no secret to who analyses, and no names for a report. */
async function staffIn({ store }: Parts): Promise<Known> {
  return knownStaff(holdersOf(await currentOrganisation(store)));
}
