// @ts-check
// Draws a file that the bot offers, with the answer to it, and a file that it gave.
import { whileBusy } from './card.js';

/** @typedef {import('./api.js').Consent} Consent */
/** @typedef {import('./api.js').GivenFile} GivenFile */

const kilobytes = new Intl.NumberFormat('nl-NL', { maximumFractionDigits: 0 });
const answers = { accept: 'Toegestaan', decline: 'Geweigerd' };

/**
 * Draws a file that is offered: two buttons until it is answered, then what was answered.
 * @param {Consent} consent
 * @param {(accepted: boolean) => Promise<void>} answered
 * @returns {HTMLElement}
 */
export function drawConsent({ name, description, sizeInBytes, answer }, answered) {
  const element = box(part('p', 'name', name));
  if (description) element.append(part('p', '', description));
  if (sizeInBytes !== undefined) {
    element.append(part('p', 'size', `${kilobytes.format(Math.ceil(sizeInBytes / 1000))} kB`));
  }
  if (answer) {
    // The button that had the focus is gone: this gets it.
    element.append(Object.assign(part('p', 'answered', answers[answer]), { tabIndex: -1 }));
    return element;
  }
  const choose = (/** @type {boolean} */ accepted) => () => whileBusy(element, () => answered(accepted));
  const buttons = part('div', 'choice', '');
  buttons.append(
    Object.assign(part('button', 'primary', 'Toestaan'), { onclick: choose(true) }),
    Object.assign(part('button', 'secondary', 'Weigeren'), { onclick: choose(false) }),
  );
  element.append(buttons);
  return element;
}

/**
 * Draws a file that was given: a link, where it can be downloaded.
 * @param {GivenFile} file
 * @returns {HTMLElement}
 */
export function drawFile({ name, id }) {
  if (id === undefined) return box(part('p', 'name', name));
  const href = `page/files/${encodeURIComponent(id)}`;
  return box(Object.assign(part('a', 'name', name), { href, download: name }));
}

/** @param {HTMLElement} content */
function box(content) {
  const element = part('div', 'file', '');
  element.append(content);
  return element;
}

/**
 * @param {string} tag
 * @param {string} className
 * @param {string} text
 */
function part(tag, className, text) {
  return Object.assign(document.createElement(tag), { className, textContent: text });
}
