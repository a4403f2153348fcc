import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { relayNote } from '../app/relay.ts';
import { text } from '../cards/forms/field.ts';
import { type FormView, formView, readForm, type Typed } from '../cards/forms/form.ts';
import type { Texts } from '../cards/texts.ts';
import { said } from './complaint-dialog.ts';
import { type DialogAnswer, dialogVerb } from './dialog.ts';
import { commandIdOf } from './form-id.ts';

/** How long the answer takes at least, in milliseconds: it must not tell whether there was anything to do (R13). */
const leastTime = 400;

const relayFields = { about: text('line', 200), note: text('paragraph', 1000) };

/** Opens the form for a note to whoever handles a complaint. */
export const openRelay = dialogVerb(z.object({}), async (_data, { texts }, { newId }) =>
  relayForm(newId(), {}, texts),
);

/** Brings the note; the answer is the same whether or not there is such a complaint (R13). */
export const relay = dialogVerb(
  z.looseObject({ form: z.uuid() }),
  async ({ form, verb: _verb, ...typed }, { actor, texts }, parts) => {
    const read = readForm(relayFields, typed, texts);
    if ('faults' in read) return relayForm(form, typed, texts, { faults: read.faults });
    // The same whether or not there is such a complaint (R13).
    if (!(await parts.mayRelay(actor.id)))
      return relayForm(form, typed, texts, { fault: texts('relay.too-many') });
    try {
      const note = { ...read.content, id: commandIdOf(form, actor.id) };
      await Promise.all([relayNote(note, actor, parts), setTimeout(leastTime)]);
      return said(texts('relay.done'), texts, texts('relay.title'));
    } catch (fault) {
      parts.log.error('command failed', { command: 'relay' }, fault);
      return relayForm(form, typed, texts, { fault: texts('form.not-recorded') });
    }
  },
);

function relayForm(form: string, typed: Typed, texts: Texts, more: Partial<FormView> = {}): DialogAnswer {
  const buttons = [
    { title: texts('button.send'), style: 'positive' as const, data: { verb: 'relay', form } },
  ];
  const view = formView({ intro: texts('relay.intro'), fields: relayFields, typed, buttons, ...more }, texts);
  return { title: texts('relay.title'), view };
}
