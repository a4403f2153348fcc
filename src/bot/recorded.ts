import type { Texts } from '../cards/texts.ts';
import type { CommandKind } from '../domain/commands.ts';
import type { Complaint } from '../domain/complaint.ts';

/**
 * What is said of a command that was accepted. Where it was sent again after something else had happened, what it brought
 * about may have passed: then it says no more than that it was recorded.
 */
export function recordedWords(
  { kind, id }: { kind: CommandKind; id: string },
  { timeline }: Pick<Complaint, 'timeline'>,
  texts: Texts,
): string {
  return texts(timeline.at(-1)?.commandId === id ? `recorded.${kind}` : 'form.recorded-before');
}
