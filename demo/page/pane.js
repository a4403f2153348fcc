// @ts-check
// One person's view of Teams: who they are, their conversations, and the one that is open.
import { act, messages } from './api.js';
import { attachButton } from './attach.js';
import { choiceButton, fillList } from './choices.js';
import { problem } from './dialog.js';
import { commandMenu } from './extension.js';
import { replaceItems } from './items.js';
import { drawMessage } from './message.js';

/** @typedef {import('./api.js').Message} Message */
/** @typedef {import('./api.js').Person} Person */
/** @typedef {import('./api.js').World} World */
/** @typedef {{ person: Person, place: string }} Choice a place is the id of a chat or of a channel */

const template = /** @type {HTMLTemplateElement} */ (document.querySelector('template#pane'));

export class Pane {
  /** Conversations with something new, as `person place`. @type {Set<string>} */
  #unread = new Set();
  /** Cards that have refreshed themselves, each version once. @type {Set<string>} */
  #refreshed = new Set();
  /** In a channel: the thread that is answered in. @type {string | undefined} */
  #thread;
  #showing = '';
  /** Answers may overtake one another: only the last one asked for is drawn. */
  #loading = 0;

  /**
   * @param {'left' | 'right'} side
   * @param {World} world
   * @param {Choice} choice
   * @param {() => void} chosen is called after another choice
   */
  constructor(side, world, choice, chosen) {
    this.world = world;
    this.choice = choice;
    this.chosen = chosen;
    const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
    this.element = /** @type {HTMLElement} */ (copy.firstElementChild);
    this.element.dataset.pane = side;
    this.element.ariaLabel = side === 'left' ? 'Links' : 'Rechts';
    this.compose = /** @type {HTMLInputElement} */ (this.#part('[data-compose]'));
    this.#part('form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#say();
    });
    const menu = commandMenu('compose', world, () => this.#spot());
    if (menu) this.compose.before(menu);
    this.attach = attachButton(this.compose, () => this.#spot(), this.#part('.problem'));
    this.compose.after(this.attach);
    this.#part('.outside').addEventListener('click', () => this.#answerIn(undefined));
    this.#draw();
  }

  /**
   * Shows what is new in a conversation, or marks it.
   * @param {string | undefined} conversation undefined: any may have changed
   */
  changed(conversation) {
    const place = conversation?.split(';')[0];
    if (!place || place === this.choice.place) return void this.#load();
    for (const person of this.world.people) {
      if (this.#places(person).some(({ id }) => id === place)) this.#unread.add(`${person.id} ${place}`);
    }
    this.#drawLists();
  }

  /** @param {Partial<Choice>} change */
  #choose(change) {
    const person = change.person ?? this.choice.person;
    this.choice = { person, place: change.place ?? person.chat };
    this.#draw();
    this.chosen();
  }

  #draw() {
    const { person, place } = this.choice;
    this.#unread.delete(`${person.id} ${place}`);
    this.#drawLists();
    this.#part('.where').textContent = this.#places(person).find(({ id }) => id === place)?.name ?? '';
    // Teams gives a bot files in its own chat alone.
    this.attach.hidden = place !== person.chat;
    this.#answerIn(undefined);
    this.#load();
  }

  #drawLists() {
    const { person, place } = this.choice;
    const unread = [...this.#unread];
    const people = this.world.people.map((one) => {
      const fresh = unread.some((key) => key.startsWith(one.id));
      const button = choiceButton(one.name, one.id === person.id, fresh, () => this.#choose({ person: one }));
      button.dataset.person = one.id;
      return button;
    });
    const places = this.#places(person).map(({ id, name }) => {
      const fresh = this.#unread.has(`${person.id} ${id}`);
      const button = choiceButton(name, id === place, fresh, () => this.#choose({ place: id }));
      button.dataset.place = id;
      return button;
    });
    fillList(this.#part('.people'), people);
    fillList(this.#part('.places'), places);
  }

  /** @param {Person} person */
  #places(person) {
    const channels = this.world.channels.filter(({ members }) => members.includes(person.id));
    return [{ id: person.chat, name: 'Klachtenbot' }, ...channels];
  }

  /** Draws the messages; those that did not change keep what is typed in them. */
  async #load() {
    const { person, place } = this.choice;
    this.#loading += 1;
    const mine = this.#loading;
    const all = await messages(place, person.id);
    if (mine !== this.#loading) return;
    const list = this.#part('.messages');
    const same = this.#showing === `${person.id} ${place}`;
    this.#showing = `${person.id} ${place}`;
    const kept = new Map([...list.children].map((child) => [child.getAttribute('data-drawn'), child]));
    const items = threads(all).map((message) => {
      const drawn = `${this.#showing} ${JSON.stringify(message)}`;
      const item = kept.get(drawn) ?? this.#drawMessage(message);
      item.setAttribute('data-drawn', drawn);
      return item;
    });
    const fresh = items.filter((item) => !kept.has(item.getAttribute('data-drawn')));
    const known = new Set([...list.children].map((child) => child.getAttribute('data-activity')));
    const added = items.filter((item) => !known.has(item.getAttribute('data-activity'))).at(-1);
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
    if (items.length !== list.children.length || fresh.length > 0) {
      const used = list.querySelector('li:is(:has([aria-busy=true]), :focus-within)');
      const clicked = used?.getAttribute('data-activity');
      replaceItems(list, items);
      const answer = fresh.find((item) => clicked && item.getAttribute('data-activity') === clicked);
      /** @type {HTMLElement | null | undefined} */ (answer?.querySelector('button, .answered'))?.focus();
      // A message that was changed leaves the list where it is; a new one is shown.
      if (same && added && added !== items.at(-1)) added.scrollIntoView({ block: 'nearest' });
      else if (!same || added || atEnd) list.scrollTop = list.scrollHeight;
    }
    const last = all.at(-1);
    if (same && last && last.from !== person.id) {
      this.#part('.news').textContent = `Nieuw bericht: ${last.text ?? 'een kaart van de Klachtenbot'}`;
    }
    this.#refresh(all);
  }

  /** @param {Message} message */
  #drawMessage(message) {
    const { id } = this.choice.person;
    const item = drawMessage(message, id, this.world.people);
    const [, first] = message.conversationId.split(';messageid=');
    if (first && first !== message.activityId) item.classList.add('reply');
    if (first && first === message.activityId) {
      const button = document.createElement('button');
      Object.assign(button, { className: 'answer', textContent: 'Beantwoorden' });
      button.onclick = () => this.#answerIn(message.conversationId, true);
      item.append(button);
    }
    const spot = { person: id, conversation: message.conversationId, activity: message.activityId };
    const menu = message.deleted ? undefined : commandMenu('message', this.world, () => spot);
    if (menu) item.append(menu);
    return item;
  }

  /** Who does something, and where. */
  #spot() {
    const { person, place } = this.choice;
    return { person: person.id, conversation: this.#thread ?? place };
  }

  /** @param {Message[]} all */
  #refresh(all) {
    const { person } = this.choice;
    for (const { card, activityId, conversationId, edited = 0 } of all) {
      const key = `${person.id} ${activityId} ${edited}`;
      if (!card?.refresh || this.#refreshed.has(key)) continue;
      this.#refreshed.add(key);
      const spot = { person: person.id, conversation: conversationId, activity: activityId };
      // A card that can't refresh stays as it was posted, as in Teams.
      act('refresh', spot).catch(() => {});
    }
  }

  /**
   * @param {string | undefined} thread
   * @param {boolean} focus
   */
  #answerIn(thread, focus = false) {
    this.#thread = thread;
    this.#part('.outside').hidden = thread === undefined;
    this.compose.placeholder = thread ? 'Typ een antwoord' : 'Typ een bericht';
    this.compose.ariaLabel = this.compose.placeholder;
    if (focus) this.compose.focus();
  }

  async #say() {
    const said = this.compose.value.trim();
    if (said === '') return;
    const failure = this.#part('.problem');
    this.compose.value = '';
    failure.textContent = '';
    await act('say', { ...this.#spot(), said }).catch(() => {
      failure.textContent = problem;
    });
  }

  /** @param {string} selector */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.element.querySelector(selector));
  }
}

/**
 * Puts each answer under the message that started its thread.
 * @param {Message[]} all
 */
function threads(all) {
  const order = [...new Set(all.map(({ conversationId }) => conversationId))];
  return order.flatMap((thread) => all.filter(({ conversationId }) => conversationId === thread));
}
