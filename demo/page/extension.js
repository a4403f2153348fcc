// @ts-check
// The app's message extension: its commands in the box to type in and on a message, and the list of a search.
import { act } from './api.js';
import { closeDialog, fillDialog, problem, showDialog } from './dialog.js';

/** @typedef {import('./api.js').Command} Command */
/** @typedef {import('./api.js').Result} Result */
/** @typedef {import('./api.js').Spot} Spot */
/** @typedef {import('./api.js').World} World */

/** How long typing pauses before a search is sent, in milliseconds. */
const pause = 250;

/**
 * The commands that can be chosen here, behind one button.
 * @param {'compose' | 'message'} place
 * @param {World} world
 * @param {() => Spot} spot who chooses, where, and on which message
 * @returns {HTMLElement | undefined}
 */
export function commandMenu(place, { commands, people }, spot) {
  const offered = commands.filter(({ context }) => context.includes(place));
  if (offered.length === 0) return undefined;
  const menu = document.createElement('details');
  menu.className = 'commands';
  const label = place === 'compose' ? 'Meer met de Klachtenbot' : 'Meer met dit bericht';
  const opener = make('summary', place === 'compose' ? '+' : '…');
  opener.ariaLabel = label;
  opener.title = label;
  const failure = make('p', '');
  failure.className = 'problem';
  failure.role = 'alert';
  const list = document.createElement('ul');
  list.append(
    ...offered.map((command) => {
      const button = make('button', command.title);
      button.setAttribute('type', 'button');
      button.onclick = async () => {
        failure.textContent = '';
        opener.focus();
        try {
          await choose(command, spot(), people);
          menu.open = false;
        } catch {
          failure.textContent = problem;
        }
      };
      const item = document.createElement('li');
      item.append(button);
      return item;
    }),
  );
  menu.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || !menu.open) return;
    menu.open = false;
    opener.focus();
  });
  menu.append(opener, list, failure);
  return menu;
}

/**
 * @param {Command} command
 * @param {Spot} spot
 * @param {World['people']} people
 */
async function choose(command, { activity, ...where }, people) {
  if (command.type === 'query') return openSearch(command, where);
  const spot = { ...where, chosen: { commandId: command.id, activity } };
  showDialog(await act('open-extension', spot), spot, people);
}

/**
 * A box to search in, over the list of what is found; a result that is picked goes into the conversation.
 * @param {Command} command
 * @param {Spot} spot
 */
async function openSearch({ id, title, parameters = [] }, spot) {
  const [parameter = { name: '', title, description: '' }] = parameters;
  const input = Object.assign(document.createElement('input'), { type: 'search', autocomplete: 'off' });
  const label = make('label', parameter.title);
  label.append(input);
  const list = Object.assign(document.createElement('ul'), { ariaLabel: 'Gevonden' });
  const note = make('p', '');
  note.role = 'status';
  const element = document.createElement('div');
  element.className = 'search';
  element.append(label, make('p', parameter.description ?? ''), list, note);

  /** Answers may overtake one another: only the last one asked for is drawn. */
  let asking = 0;
  const find = async () => {
    asking += 1;
    const mine = asking;
    const value = input.value.trim();
    const query = { commandId: id, ...(value && { search: { name: parameter.name, value } }) };
    const answer = await act('query-extension', { ...spot, query }).catch(() => ({ text: problem }));
    if (mine !== asking) return;
    list.replaceChildren(
      ...(answer?.attachments ?? []).map((/** @type {Result} */ found) => resultOf(found)),
    );
    note.textContent = answer?.text ?? '';
  };
  const resultOf = (/** @type {Result} */ found) => {
    const button = document.createElement('button');
    const { title: first = '', text = '' } = found.preview?.content ?? {};
    button.append(make('strong', first), make('span', text));
    button.onclick = async () => {
      button.disabled = true;
      await act('insert-result', { ...spot, result: found }).then(closeDialog, () => {
        button.disabled = false;
        note.textContent = problem;
      });
    };
    const item = document.createElement('li');
    item.append(button);
    return item;
  };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  input.oninput = () => {
    clearTimeout(waiting);
    waiting = setTimeout(find, pause);
  };
  await find();
  fillDialog(title, element, 'medium', 'medium');
}

/**
 * @param {string} tag
 * @param {string} text
 */
function make(tag, text) {
  return Object.assign(document.createElement(tag), { textContent: text });
}
