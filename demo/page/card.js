// @ts-check
// Draws a card with Microsoft's renderer, and hands over what is clicked on it.
import { hostConfig } from './host-config.js';
import { markdown } from './markdown.js';

/** @typedef {typeof import('adaptivecards')} Renderer */
/** @typedef {import('adaptivecards').Action} Action */

const { AdaptiveCard, HostConfig, Strings, SubmitAction, ExecuteAction, OpenUrlAction } =
  /** @type {Renderer} */ (/** @type {any} */ (globalThis).AdaptiveCards);

const config = new HostConfig(hostConfig);
const users = 'graph.microsoft.com/users';

/** @type {(text: string, result: { outputHtml?: string, didProcess: boolean }) => void} */
AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdown(text);
  result.didProcess = true;
};
Strings.defaults.overflowButtonTooltip = () => 'Meer mogelijkheden';

/**
 * What was clicked: an Action.Submit or an Action.Execute, with the inputs in its data.
 * @typedef {{ type: 'submit', data: Record<string, any> }
 *   | { type: 'execute', action: { verb: string, data: Record<string, any>, id?: string } }} Click
 */

/**
 * Draws a card; a click with valid input is handed over, and buttons stay off until that is dealt with.
 * @param {Record<string, any>} json the card
 * @param {{ id: string, name: string }[]} people whom a people picker offers
 * @param {(click: Click) => Promise<void>} clicked
 * @returns {HTMLElement}
 */
export function drawCard(json, people, clicked) {
  const card = new AdaptiveCard();
  card.hostConfig = config;
  card.onExecuteAction = async (action) => {
    if (action instanceof OpenUrlAction) return openUrl(action.url);
    const click = clickOf(action);
    if (click) await whileBusy(element, () => clicked(click));
  };
  card.parse(withPeople(json, people));
  const element = card.render() ?? document.createElement('div');
  element.classList.add('card');
  nameLists(element);
  tellWhatIsOpen(element);
  return element;
}

/**
 * The renderer does not say of a button that shows and hides a part whether that part is shown.
 * @param {HTMLElement} element
 */
function tellWhatIsOpen(element) {
  for (const button of element.querySelectorAll('button[aria-controls]')) {
    const part = element.querySelector(`#${CSS.escape(button.getAttribute('aria-controls') ?? '')}`);
    const tell = () => {
      if (part instanceof HTMLElement) button.ariaExpanded = String(part.style.display !== 'none');
    };
    tell();
    button.addEventListener('click', tell);
  }
}

/**
 * The renderer puts the label of a list of choices on its first choice; it is the list's own.
 * @param {HTMLElement} element
 */
function nameLists(element) {
  for (const list of element.querySelectorAll(
    '.ac-choiceSetInput-multiSelect, .ac-choiceSetInput-expanded',
  )) {
    list.role = list.matches('.ac-choiceSetInput-expanded') ? 'radiogroup' : 'group';
    const label = element.querySelector(`label[for="${list.id}"]`);
    if (label) list.setAttribute('aria-labelledby', label.id);
  }
}

/**
 * @param {Action} action
 * @returns {Click | undefined}
 */
function clickOf(action) {
  if (action instanceof SubmitAction) return { type: 'submit', data: dataOf(action.data) };
  if (!(action instanceof ExecuteAction)) return undefined;
  const { verb = '', id } = action;
  return { type: 'execute', action: { verb, data: dataOf(action.data), ...(id && { id }) } };
}

/** @param {unknown} data */
function dataOf(data) {
  return typeof data === 'object' && data !== null ? { ...data } : {};
}

/** @param {string | undefined} url */
function openUrl(url) {
  if (url && /^(https?:|mailto:|tel:)/i.test(url)) window.open(url, '_blank', 'noopener');
}

/**
 * Does some work with the buttons off.
 * @param {HTMLElement} element what holds the buttons
 * @param {() => Promise<void>} work
 */
export async function whileBusy(element, work) {
  const focused = document.activeElement;
  const buttons = [...element.querySelectorAll('button')].filter((button) => !button.disabled);
  const turn = (/** @type {boolean} */ off) => {
    for (const button of buttons) button.disabled = off;
    element.ariaBusy = String(off);
    if (!off && focused instanceof HTMLElement && document.activeElement === document.body) focused.focus();
  };
  turn(true);
  await work().finally(() => turn(false));
}

/**
 * The renderer knows no people picker: it gets a list of the people there are.
 * @param {any} json
 * @param {{ id: string, name: string }[]} people
 * @returns {any}
 */
function withPeople(json, people) {
  if (Array.isArray(json)) return json.map((item) => withPeople(item, people));
  if (typeof json !== 'object' || json === null) return json;
  if (json.type === 'Input.ChoiceSet' && String(json['choices.data']?.dataset).startsWith(users)) {
    const { 'choices.data': _query, choices = [], ...picker } = json;
    const style = picker.isMultiSelect ? 'expanded' : 'compact';
    const found = people.map(({ id, name }) => ({ title: name, value: id }));
    return { ...picker, style, wrap: true, choices: [...choices, ...found] };
  }
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, withPeople(value, people)]));
}
