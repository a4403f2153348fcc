// @ts-check
// The part of markdown that Teams shows in a card: bold, italic, links, lists and backslash escapes.

const escapes = /** @type {Record<string, string>} */ ({
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
});
const safeLink = /^(https?:|mailto:|tel:)/i;

/**
 * Turns markdown into HTML. All HTML in it is shown as text.
 * @param {string} source
 * @returns {string}
 */
export function markdown(source) {
  /** @type {string[]} */
  const held = [];
  // What must not be looked at again is put aside, with a mark in its place.
  const hold = (/** @type {string} */ html) => `\uE000${held.push(html) - 1}\uE001`;
  /** @type {(text: string) => string} */
  const restore = (text) =>
    text.replace(/\uE000(\d+)\uE001/g, (_mark, index) => restore(held[Number(index)] ?? ''));

  /** @type {(text: string) => string} */
  const inline = (text) =>
    emphasis(
      text.replace(/\[([^\]]+)\]\(([^()\s]+)\)/g, (whole, label, address) => {
        const url = restore(address);
        if (!safeLink.test(url)) return whole;
        return hold(`<a href="${url}" target="_blank" rel="noopener noreferrer">${emphasis(label)}</a>`);
      }),
    );

  const text = source
    .replace(/[\uE000\uE001]/g, '')
    .replace(/\r\n?/g, '\n')
    .replace(/\\([!-/:-@[-`{-~])/g, (_whole, character) => hold(escapeHtml(character)));
  const blocks = escapeHtml(text).split(/\n\s*\n/);
  return restore(blocks.map((block) => lines(block, inline)).join(''));
}

/**
 * @param {string} block
 * @param {(text: string) => string} inline
 */
function lines(block, inline) {
  /** @type {{ tag: 'ul' | 'ol' | 'p', items: string[] }[]} */
  const parts = [];
  for (const line of block.split('\n')) {
    const [, bullet, item] = /^\s*([-*+]|\d+\.)\s+(.*)$/.exec(line) ?? [];
    const tag = bullet === undefined ? 'p' : /\d/.test(bullet) ? 'ol' : 'ul';
    const last = parts.at(-1);
    if (last?.tag === tag) last.items.push(item ?? line);
    else parts.push({ tag, items: [item ?? line] });
  }
  return parts
    .map(({ tag, items }) => {
      // A single line break is none in markdown.
      if (tag === 'p') return `<p>${inline(items.join('\n'))}</p>`;
      return `<${tag}>${items.map((item) => `<li>${inline(item)}</li>`).join('')}</${tag}>`;
    })
    .join('');
}

/** @param {string} text */
function emphasis(text) {
  return text
    .replace(/\*\*(\S(?:.*?\S)?)\*\*/gs, '<strong>$1</strong>')
    .replace(/(?<!\w)__(\S(?:.*?\S)?)__(?!\w)/gs, '<strong>$1</strong>')
    .replace(/\*(\S(?:.*?\S)?)\*/gs, '<em>$1</em>')
    .replace(/(?<!\w)_(\S(?:.*?\S)?)_(?!\w)/gs, '<em>$1</em>');
}

/** @param {string} text */
function escapeHtml(text) {
  return text.replace(/[&<>"]/g, (character) => escapes[character] ?? '');
}
