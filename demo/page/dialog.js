// @ts-check
// The dialog that a bot opens: one at a time, over the whole page.
import { act } from './api.js';
import { drawCard } from './card.js';

/** @typedef {import('./api.js').Person} Person */
/** @typedef {import('./api.js').Spot} Spot */

export const problem = 'Er ging iets mis. Probeer het opnieuw.';

const dialog = /** @type {HTMLDialogElement} */ (document.querySelector('dialog'));
const part = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (dialog.querySelector(selector));
const title = part('h2');
const content = part('.content');
const failure = part('.problem');
export const closeDialog = () => dialog.close();
part('.close').onclick = closeDialog;

// The browser brings the line that is typed in into sight, not the whole of a text box.
content.addEventListener('focusin', ({ target }) => {
  if (target instanceof HTMLElement && target.matches(':focus-visible'))
    target.scrollIntoView({ block: 'nearest' });
});

/** Tells one opening from the next: an answer that comes after closing is too late. */
let opening = 0;
dialog.addEventListener('close', () => {
  opening += 1;
});

/**
 * Shows a bot's answer in the dialog; an empty answer closes it.
 * @param {any} answer what the bot answered to task/fetch or task/submit
 * @param {Spot} spot
 * @param {Person[]} people
 */
export function showDialog(answer, spot, people) {
  const task = answer?.task;
  failure.textContent = '';
  if (task?.type === 'continue') {
    const { title: heading = '', height, width, card } = task.value;
    const mine = opening;
    const element = drawCard(card.content, people, async (click) => {
      if (click.type !== 'submit') return;
      failure.textContent = '';
      try {
        const call = spot.chosen ? 'submit-extension' : 'submit-dialog';
        const next = await act(call, { ...spot, data: click.data });
        if (mine === opening) showDialog(next, spot, people);
      } catch {
        if (mine === opening) failure.textContent = problem;
      }
    });
    fillDialog(heading, element, height, width);
  } else if (task?.type === 'message') {
    const text = document.createElement('p');
    text.textContent = task.value;
    const button = document.createElement('button');
    button.textContent = 'Sluiten';
    button.onclick = () => dialog.close();
    const message = Object.assign(document.createElement('div'), { className: 'message' });
    message.append(text, button);
    fillDialog(title.textContent || 'Klachtenbot', message, 'auto', undefined);
  } else {
    dialog.close();
  }
}

/**
 * Shows something in the dialog, and opens it where it is closed.
 * @param {string} heading
 * @param {HTMLElement} element
 * @param {string | number | undefined} height
 * @param {string | number | undefined} width
 */
export function fillDialog(heading, element, height, width) {
  title.textContent = heading;
  content.replaceChildren(element);
  size('height', height);
  size('width', width);
  if (!dialog.open) dialog.showModal();
  content.scrollTop = 0;
  // On the first thing to fill in or press, unless that would scroll away what stands above it.
  const first = content.querySelector('input, textarea, select, button');
  const near =
    first instanceof HTMLElement &&
    first.getBoundingClientRect().bottom < content.getBoundingClientRect().bottom;
  (near ? first : content).focus({ preventScroll: true });
}

/**
 * @param {'height' | 'width'} side
 * @param {string | number | undefined} value
 */
function size(side, value) {
  dialog.dataset[side] = typeof value === 'string' ? value : typeof value === 'number' ? 'own' : 'small';
  dialog.style.setProperty(`--${side}`, typeof value === 'number' ? `${value}px` : '');
}
