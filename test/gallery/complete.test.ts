// A new view, form, notice, refusal or verb fails here until the gallery shows it.
import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { dialogVerbs } from '../../src/bot/dialogs.ts';
import { administrationForms } from '../../src/cards/forms/administration.ts';
import { analysisForms } from '../../src/cards/forms/analysis.ts';
import { handlingForms } from '../../src/cards/forms/handling.ts';
import { viewNames } from '../../src/cards/render.ts';
import { type Texts, textsFor } from '../../src/cards/texts.ts';
import { happened } from '../../src/domain/complaint.ts';
import { administratorNoticeKinds, noticeKinds } from '../../src/domain/notices.ts';
import { stages, states } from '../../src/domain/vocabulary.ts';
import { wordsOf } from '../bot/harness.ts';
import { type Specimen, specimensIn } from './specimens.ts';

let specimens: Specimen[] = [];
let used: ReadonlySet<string>;
let views: ReadonlySet<string>;
const nl: Texts = textsFor('nl');

beforeAll(async () => {
  ({ specimens, used, views } = await specimensIn('nl'));
}, 60_000);

const missing = (asked: readonly string[], shown: (each: string) => boolean) =>
  asked.filter((each) => !shown(each));
const isShown = (words: string) =>
  specimens.some(({ card }) => `${wordsOf(card)}${JSON.stringify(card)}`.includes(words));
const hasName = (name: string) => specimens.some((specimen) => specimen.name === name);

describe('the gallery shows', () => {
  it('every view, and there is a template for each', () => {
    expect(missing(viewNames, (name) => views.has(name))).toEqual([]);
    const templates = readdirSync(new URL('../../cards/', import.meta.url)).map((file) =>
      file.replace('.json', ''),
    );
    expect(templates.sort()).toEqual([...viewNames].sort());
  });

  it.each([
    ['handling', 'open-form', Object.keys(handlingForms)],
    ['administration', 'open-administration-form', Object.keys(administrationForms)],
    ['analysis', 'open-analysis-form', Object.keys(analysisForms)],
  ])('every form of the %s, as it opens and with faults', (_name, verb, forms) => {
    expect(missing(forms, (form) => used.has(`${verb}/${form}`))).toEqual([]);
    const faulty = specimens.filter(({ name }) => name.endsWith('-faults'));
    expect(missing(forms, (form) => faulty.some(({ name }) => name.includes(form)))).toEqual([]);
  });

  it('every kind of notice', () => {
    const kinds = [...noticeKinds, ...administratorNoticeKinds];
    expect(missing(kinds, (kind) => hasName(`notice-${kind}`) && isShown(nl(`notice.${kind}`)))).toEqual([]);
  });

  it('what every button of a dialog brings', () => {
    const shown = (verb: string) => used.has(verb) || verb === 'close-dialog';
    expect(missing(Object.keys(dialogVerbs), shown)).toEqual([]);
  });

  it('every stage and state, and all that can happen to a complaint', () => {
    expect(missing(stages, (stage) => isShown(nl(`stage.${stage}`)))).toEqual([]);
    expect(missing(states, (state) => isShown(nl(`state.${state}`)))).toEqual([]);
    expect(missing(Object.values(happened), (kind) => isShown(nl(`event.${kind}`)))).toEqual([]);
  });

  it('each specimen under a name of its own, with a picture’s file name', () => {
    const names = specimens.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(names.filter((name) => !/^[a-z0-9-]+$/.test(name))).toEqual([]);
  });
});
