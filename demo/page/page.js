// @ts-check
// The page: one pane or two, light or dark, and an address that keeps the choice.
// `?links=Medewerker&rechts=Senior/Klachten Welzijn&thema=donker`
import { listen, world } from './api.js';
import { Pane } from './pane.js';

/** @typedef {import('./pane.js').Choice} Choice */

const everything = await world();
const query = new URLSearchParams(location.search);
const main = /** @type {HTMLElement} */ (document.querySelector('main'));
const two = /** @type {HTMLInputElement} */ (document.querySelector('#two'));
const dark = /** @type {HTMLInputElement} */ (document.querySelector('#dark'));

const left = new Pane('left', everything, choiceFrom(query.get('links'), 0), keep);
/** @type {Pane | undefined} */
let right;

two.checked = query.has('rechts');
two.onchange = () => {
  showRight();
  keep();
};
dark.checked = query.has('thema')
  ? query.get('thema') === 'donker'
  : matchMedia('(prefers-color-scheme: dark)').matches;
dark.onchange = () => {
  showTheme();
  query.set('thema', dark.checked ? 'donker' : 'licht');
  keep();
};

main.append(left.element);
showRight();
showTheme();
listen((conversation) => {
  left.changed(conversation);
  right?.changed(conversation);
});

function showRight() {
  if (two.checked) {
    right ??= new Pane('right', everything, choiceFrom(query.get('rechts'), 2), keep);
    main.append(right.element);
  } else {
    right?.element.remove();
    right = undefined;
  }
}

function showTheme() {
  document.documentElement.dataset.theme = dark.checked ? 'dark' : 'light';
}

function keep() {
  query.set('links', named(left.choice));
  if (right) query.set('rechts', named(right.choice));
  else query.delete('rechts');
  history.replaceState(null, '', `?${query}`);
}

/** @param {Choice} choice */
function named({ person, place }) {
  const channel = everything.channels.find(({ id }) => id === place);
  return channel ? `${person.name}/${channel.name}` : person.name;
}

/**
 * @param {string | null} text a person's name or id, with or without the name of a channel
 * @param {number} otherwise
 * @returns {Choice}
 */
function choiceFrom(text, otherwise) {
  const { people, channels } = everything;
  const [who, where] = (text ?? '').split('/');
  const person = people.find(({ id, name }) => id === who || name === who) ?? people[otherwise] ?? people[0];
  if (!person) throw new Error('There are no people');
  const channel = channels.find(({ name, members }) => name === where && members.includes(person.id));
  return { person, place: channel?.id ?? person.chat };
}
