import { CardFactory, type TaskModuleResponse } from 'botbuilder';
import { typedLines } from '../cards/forms/form.ts';
import { messageView } from '../cards/pages.ts';
import type { Card, View } from '../cards/render.ts';
import type { Texts } from '../cards/texts.ts';
import type { DialogAnswer } from './dialog.ts';
import type { Asker, Parts } from './parts.ts';
import { verbOf } from './verbs.ts';

/** Who asks, or nobody who may; and the language in which they are answered. */
export interface Asking {
  asker: Asker | undefined;
  texts: Texts;
}

/**
 * What a button that opens a dialog, or one in a dialog, brings about: what the dialog shows next, or that it closes.
 * `read` gives what it carries, and is asked once it is known that somebody may ask.
 */
export async function runDialog(
  read: () => unknown,
  { asker, texts }: Asking,
  mayAsk: (personId: string) => Promise<boolean>,
  parts: Parts,
): Promise<TaskModuleResponse> {
  const say = (words: string) => ({
    title: texts('dialog.message'),
    view: messageView({ title: texts('bot.fault-title'), lines: [words] }, texts),
  });
  if (!asker) return shown(say(texts('bot.not-for-you')), parts);
  const isAllowed = await mayAsk(asker.actor.id);
  const data = read();
  if (!isAllowed) return shown(again(data, texts, texts('bot.too-many')), parts);
  const verb = verbOf(data) ?? '';
  // Forms take long to load; nothing before the first of them needs them.
  const { dialogVerbs } = await import('./dialogs.ts');
  const known = Object.hasOwn(dialogVerbs, verb) ? dialogVerbs[verb] : undefined;
  try {
    const answer = await known?.run(data, asker, parts);
    return await shown(answer ?? notUnderstood(data, texts), parts);
  } catch (fault) {
    parts.log.error('dialog failed', known ? { command: verb } : {}, fault);
    return shown(again(data, texts, texts('bot.fault-dialog')), parts);
  }
}

async function shown(answer: DialogAnswer, { render }: Parts): Promise<TaskModuleResponse> {
  // An answer without a body closes a dialog; Teams takes an empty one, `{}`, for a fault.
  if (answer === 'closed') return undefined as unknown as TaskModuleResponse;
  const card = CardFactory.adaptiveCard(await render(answer.view));
  return {
    task: { type: 'continue', value: { title: answer.title, width: 'medium', height: 'large', card } },
  };
}

/** A form of another version of the bot, or what is none: what was typed in it is shown, so that it can be taken over. */
function notUnderstood(data: unknown, texts: Texts): { title: string; view: View } {
  const typed = typedLines((data ?? {}) as Card, texts);
  const title = texts('bot.fault-title');
  const lines = [texts(typed.length > 0 ? 'form.older' : 'bot.unknown-card'), ...typed];
  return { title: texts('dialog.message'), view: messageView({ title, lines }, texts) };
}

/** What was typed goes along in the button, so that nothing is lost and it can be tried again. */
function again(data: unknown, texts: Texts, words: string): { title: string; view: View } {
  const { msteams: _fetch, ...carried } = (data ?? {}) as Card;
  const buttons = [{ title: texts('button.again'), style: 'positive' as const, data: carried }];
  const message = { title: texts('bot.fault-title'), lines: [words], buttons };
  return { title: texts('dialog.message'), view: messageView(message, texts) };
}
