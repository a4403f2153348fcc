import { CardFactory, MessageFactory, type TurnContext } from 'botbuilder';
import type { View } from '../cards/render.ts';
import type { Parts } from './parts.ts';

/**
 * Puts an answer in the place of the card that was pressed, for everybody who sees it, so that nobody presses it once
 * more. Throws where the conversation can't be reached.
 */
export async function replaceCard(
  context: TurnContext,
  view: View,
  { render }: Pick<Parts, 'render'>,
): Promise<void> {
  const { replyToId: id } = context.activity;
  if (!id) return;
  const card = CardFactory.adaptiveCard(await render(view));
  await context.updateActivity({ ...MessageFactory.attachment(card), id });
}
