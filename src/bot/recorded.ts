import type { Texts } from '../cards/texts.ts';
import type { Complaint } from '../domain/complaint.ts';

/**
 * What is said of a command that was accepted: `words`, as long as nothing followed it. Where it was sent again after
 * something else had happened, what it brought about may have passed: then no more than that it was recorded.
 */
export function recordedWords(
  words: string,
  commandId: string,
  { timeline }: Pick<Complaint, 'timeline'>,
  texts: Texts,
): string {
  return timeline.at(-1)?.commandId === commandId ? words : texts('form.recorded-before');
}
