// @ts-check
// The page: one pane or two, its colours, the language that the bot hears, and an address that keeps the choice.
// `?links=Medewerker&rechts=Senior/Klachten Welzijn&thema=donker&taal=en-GB`
import { listen, setLanguage, world } from './api.js';
import { Pane } from './pane.js';

/** @typedef {import('./pane.js').Choice} Choice */

const query = new URLSearchParams(location.search);
const spoken = query.get('taal') === 'en-GB' ? 'en-GB' : 'nl-NL';
await setLanguage(spoken);
const everything = await world();
const main = /** @type {HTMLElement} */ (document.querySelector('main'));
const two = /** @type {HTMLInputElement} */ (document.querySelector('#two'));
const language = /** @type {HTMLSelectElement} */ (document.querySelector('#language'));
const theme = /** @type {HTMLSelectElement} */ (document.querySelector('#theme'));

const left = new Pane('left', everything, choiceFrom(query.get('links'), 0), keep);
/** @type {Pane | undefined} */
let right;

language.value = spoken;
language.onchange = () => {
  query.set('taal', language.value);
  keep();
  location.reload();
};

two.checked = query.has('rechts');
two.onchange = () => {
  showRight();
  keep();
};
theme.value = query.get('thema') ?? '';
theme.onchange = () => {
  showTheme();
  if (theme.value === '') query.delete('thema');
  else query.set('thema', theme.value);
  keep();
};
const [dark, contrast] = [
  '(prefers-color-scheme: dark)',
  '(forced-colors: active), (prefers-contrast: more)',
].map((asked) => matchMedia(asked));
for (const asked of [dark, contrast]) asked?.addEventListener('change', showTheme);

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
  const own = contrast?.matches ? 'contrast' : dark?.matches ? 'donker' : 'licht';
  const names = { licht: 'light', donker: 'dark', contrast: 'contrast' };
  const chosen = /** @type {keyof typeof names} */ (theme.value || own);
  document.documentElement.dataset.theme = names[chosen];
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
