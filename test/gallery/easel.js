// @ts-check
// The page on which a specimen is drawn, as the demo's page draws it; and what can be seen to be wrong with it.
import { drawCard } from '../../demo/page/card.js';

/** @typedef {{ card: Record<string, any>, dialog?: string, title: string }} Shown */
/** @typedef {{ language: string, theme: string, text?: number }} How */

/**
 * Draws a card: in a dialog, or as a message in a chat.
 * @param {Shown} shown
 * @param {{ id: string, name: string }[]} people
 * @param {How} how
 */
function show({ card, dialog, title }, people, { language, theme, text }) {
  const root = document.documentElement;
  root.lang = language;
  root.dataset.theme = theme;
  const drawn = drawCard(card, people, async () => {});
  const chat = dialog ? [] : [made('h2', { className: 'unseen', textContent: 'Klachtenbot' })];
  const heading = made('h1', { className: 'unseen', textContent: title });
  const place = dialog
    ? made(
        'dialog',
        { open: true, ariaLabel: dialog },
        made('header', {}, made('h2', { textContent: dialog })),
        made('div', { className: 'content' }, drawn),
      )
    : made('ol', { className: 'messages' }, made('li', { className: 'other' }, drawn));
  document.querySelector('main')?.replaceChildren(heading, ...chat, place);
  if (text === 2) doubleText();
}

/**
 * @param {string} tag
 * @param {object} properties
 * @param {Node[]} inside
 */
function made(tag, properties, ...inside) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...inside);
  return element;
}

/** As for who has set text to 200%: every letter and line twice as large, and nothing else. */
function doubleText() {
  const sizes = shownElements().map((element) => {
    const { fontSize, lineHeight } = getComputedStyle(element);
    return { element, fontSize, lineHeight };
  });
  const twice = (/** @type {string} */ size) =>
    Number.isNaN(parseFloat(size)) ? size : `${2 * parseFloat(size)}px`;
  for (const { element, fontSize, lineHeight } of sizes) {
    Object.assign(element.style, { fontSize: twice(fontSize), lineHeight: twice(lineHeight) });
  }
}

/** @returns {HTMLElement[]} */
const shownElements = () =>
  [...document.querySelectorAll('main *')].filter((each) => each instanceof HTMLElement);

/** What is wider than its place, cut off, or laid over something else. */
function misplaced() {
  const { scrollWidth, clientWidth } = document.documentElement;
  const wide = scrollWidth > clientWidth ? [`the page is ${scrollWidth} wide, in ${clientWidth}`] : [];
  const seen = shownElements().filter(
    (each) => !each.matches('.unseen') && each.checkVisibility() && each.clientWidth > 0,
  );
  return [...wide, ...seen.filter(isCut).map((each) => `${say(each)} is cut off`), ...laidOver(seen)];
}

/** In what one types in, text may be longer than the box. @param {HTMLElement} element */
function isCut(element) {
  if (element.matches('input, select, textarea, option')) return false;
  const hides = getComputedStyle(element).overflowY === 'hidden';
  const isHigh = hides && element.scrollHeight > element.clientHeight + 1;
  return isHigh || element.scrollWidth > element.clientWidth + 1;
}

/** @param {HTMLElement[]} seen */
function laidOver(seen) {
  const solid = seen
    .filter((each) => each.matches('p, button, input, select, textarea, h2'))
    .map((element) => ({ element, box: element.getBoundingClientRect() }));
  return solid.flatMap(({ element, box }, index) =>
    solid
      .slice(index + 1)
      .filter((other) => !element.contains(other.element) && meet(box, other.box))
      .map((other) => `${say(element)} lies over ${say(other.element)}`),
  );
}

/**
 * @param {DOMRect} one
 * @param {DOMRect} other
 */
const meet = (one, other) =>
  one.left < other.right - 1 &&
  other.left < one.right - 1 &&
  one.top < other.bottom - 1 &&
  other.top < one.bottom - 1;

/** @param {Element} element */
const say = (element) => `${element.localName}.${element.className} "${element.textContent?.slice(0, 40)}"`;

Object.assign(globalThis, { easel: { show, misplaced } });
