import { compile } from 'html-to-text';
import { longestDescription } from '../domain/intake.ts';

/** How much of a message can be taken over: all, the first part, or nothing because it has no text. */
export const takenOver = ['whole', 'cut', 'empty'] as const;
export type TakenOver = (typeof takenOver)[number];

/** Most characters that are given up to cut between two words. */
const longestWord = 200;

const alone = { leadingLineBreaks: 1, trailingLineBreaks: 1 };
const heading = { format: 'heading', options: { uppercase: false } };

/** Teams writes each line as a paragraph and an empty line as one with a space in it. */
const plain = compile({
  wordwrap: false,
  limits: { maxDepth: 60, maxChildNodes: 5000 },
  formatters: {
    // A picture has no text, but Teams draws an emoji as one, and says which.
    emoji: (element, _walk, builder) => builder.addInline(String(element.attribs['alt'] ?? '')),
    // The library lays tables out in columns, and would take hours for a cell that says it spans a million of them.
    cell: (element, walk, builder) => {
      walk(element.children, builder);
      builder.addInline(' ');
    },
    // It counts on from where a list says it starts, and gives up where that is far.
    list: (element, walk, builder, options) => {
      element.attribs = {};
      builder.options.formatters['orderedList']?.(element, walk, builder, options);
    },
  },
  selectors: [
    { selector: 'p', format: 'paragraph', options: alone },
    { selector: 'blockquote', format: 'blockquote', options: alone },
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true } },
    { selector: 'img', format: 'emoji' },
    { selector: 'emoji', format: 'emoji' },
    { selector: 'attachment', format: 'skip' },
    { selector: 'systemEventMessage', format: 'skip' },
    { selector: 'table', format: 'block', options: alone },
    { selector: 'tr', format: 'block', options: alone },
    ...['td', 'th'].map((selector) => ({ selector, format: 'cell' })),
    { selector: 'ol', format: 'list' },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, ...heading })),
  ],
});

/** A message's text as it would be typed in the form, cut to what the description of a complaint takes. */
export function messageText({ contentType, content }: { contentType: string; content: string }): {
  text: string;
  taken: TakenOver;
} {
  const read = contentType === 'html' ? plain(content) : content;
  const text = read
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  if (text === '') return { text, taken: 'empty' };
  return text.length <= longestDescription ? { text, taken: 'whole' } : { text: cut(text), taken: 'cut' };
}

/** The first part, up to a space where there is one near; half a character is none. */
function cut(text: string): string {
  const part = text.slice(0, longestDescription).replace(/[\uD800-\uDBFF]$/, '');
  const [tail = ''] = /\s\S*$/.exec(part) ?? [];
  return part.slice(0, tail.length > longestWord ? undefined : part.length - tail.length).trimEnd();
}
