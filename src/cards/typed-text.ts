/** Typed text as one block, its line breaks kept; empty lines in a row count as one. */
export function typedText(text: string): string {
  return text.replace(/\n{3,}/g, '\n\n');
}
