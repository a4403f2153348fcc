/** What XML 1.0 has no way to write: control characters, halves of surrogate pairs and two noncharacters. */
const unwritable = /[^\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** All that people and programs end a line with, Word's own soft break (vertical tab) among them. */
const lineEnd = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/u;

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** The lines of a text, with a space for a tab, and without the characters that an XML document cannot hold. */
export const linesOf = (text: string): string[] =>
  text.split(lineEnd).map((line) => line.replaceAll('\t', ' ').replace(unwritable, ''));

/** A text on one line, as `linesOf` reads it. */
export const onOneLine = (text: string): string => linesOf(text).join(' ');

/** A text as it is written between two XML tags. */
export const escapeXml = (text: string): string =>
  text.replace(/[&<>]/g, (character) => escapes[character] ?? character);
