/** A button of a card that sends something to the bot. */
export interface CardAction {
  type: 'Action.Submit' | 'Action.Execute';
  verb?: string;
  data: Record<string, unknown>;
}

/** Every such button, wherever it stands. */
export function actionsIn(node: unknown): CardAction[] {
  if (typeof node !== 'object' || node === null) return [];
  if ('type' in node && (node.type === 'Action.Submit' || node.type === 'Action.Execute')) {
    return [{ data: {}, ...(node as object) } as CardAction];
  }
  return Object.values(node).flatMap(actionsIn);
}
