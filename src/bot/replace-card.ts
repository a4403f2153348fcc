import { type AdaptiveCardInvokeResponse, CardFactory, MessageFactory, type TurnContext } from 'botbuilder';
import type { Card, View } from '../cards/render.ts';
import { within } from '../within.ts';
import type { Parts } from './parts.ts';

/** How long an answer waits for the card in its place, in milliseconds. */
const patience = 2000;

/**
 * Puts an answer in the place of the card that was pressed, for everybody who sees it, so that nobody presses it once
 * more. What was done is done, and pressed again it answers the same: where the card can't be replaced, the answer
 * neither fails nor waits for it.
 */
export async function replaceCard(
  context: TurnContext,
  view: View,
  { render, log }: Pick<Parts, 'render' | 'log'>,
): Promise<void> {
  const { replyToId: id } = context.activity;
  if (!id) return;
  const replacing = async () => {
    const card = CardFactory.adaptiveCard(await render(view));
    await context.updateActivity({ ...MessageFactory.attachment(card), id });
  };
  await within(patience, replacing(), 'the card was not replaced in time').catch((fault: unknown) =>
    log.warn('card not replaced', {}, fault),
  );
}

/** The answer that puts a card in the place of the one that was pressed or looked at, for that person alone. */
export const inPlace = (card: Card): AdaptiveCardInvokeResponse => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.card.adaptive',
  value: card,
});
