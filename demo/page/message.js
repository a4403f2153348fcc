// @ts-check
// Draws one message, and does what its buttons ask.
import { act } from './api.js';
import { drawCard } from './card.js';
import { problem, showDialog } from './dialog.js';
import { drawConsent, drawFile } from './file.js';

/** @typedef {import('./api.js').Message} Message */
/** @typedef {import('./api.js').Person} Person */

const time = new Intl.DateTimeFormat('nl-NL', { hour: '2-digit', minute: '2-digit' });

/**
 * Draws a message as one person sees it.
 * @param {Message} message
 * @param {string} viewer
 * @param {Person[]} people
 * @returns {HTMLLIElement}
 */
export function drawMessage(message, viewer, people) {
  const { activityId, from, at, text, card, consent, file, edited, deleted } = message;
  const item = document.createElement('li');
  item.dataset.activity = activityId;
  item.className = from === viewer ? 'own' : 'other';
  const name = from === 'bot' ? 'Klachtenbot' : (people.find(({ id }) => id === from)?.name ?? '');
  const changed = edited && !deleted ? ' · bewerkt' : '';
  const through = card && from !== 'bot' ? ' via Klachtenbot' : '';
  item.append(part('p', 'by', `${name}${through} ${time.format(new Date(at))}${changed}`));

  // In a channel only what mentions the bot reaches it; who leaves that out is taken to have meant it.
  const toBot =
    from !== 'bot' &&
    !message.unheard &&
    message.conversationId.includes(';') &&
    !/@Klachtenbot/i.test(text ?? '');
  const said = toBot ? `@Klachtenbot ${text}` : (text ?? '');
  const bubble = part('div', 'bubble', deleted ? 'Dit bericht is verwijderd.' : said);
  if (deleted) bubble.classList.add('gone');
  if (deleted || text) item.append(bubble);
  const note = part('p', 'note', '');
  note.role = 'status';
  if (card) item.append(drawCard(card, people, (click) => clicked(click, message, viewer, people, note)));
  if (consent) item.append(drawConsent(consent, (accepted) => answered(accepted, message, viewer, note)));
  if (file) item.append(drawFile(file));
  if (card || consent) item.append(note);
  return item;
}

/**
 * @param {import('./card.js').Click} click
 * @param {Message} message
 * @param {string} viewer
 * @param {Person[]} people
 * @param {HTMLElement} note
 */
async function clicked(click, message, viewer, people, note) {
  const spot = { person: viewer, conversation: message.conversationId, activity: message.activityId };
  note.textContent = '';
  try {
    if (click.type === 'execute') {
      const answer = await act('execute', { ...spot, action: click.action });
      if (typeof answer?.value === 'string') note.textContent = answer.value;
    } else if (click.data.msteams?.type === 'task/fetch') {
      const answer = await act('open-dialog', { ...spot, data: click.data });
      // After the buttons are back on, so that closing the dialog can put the focus back.
      setTimeout(() => showDialog(answer, spot, people));
    } else {
      await act('submit', { ...spot, data: click.data });
    }
  } catch {
    note.textContent = problem;
  }
}

/**
 * @param {boolean} accepted
 * @param {Message} message
 * @param {string} viewer
 * @param {HTMLElement} note
 */
async function answered(accepted, { conversationId, activityId }, viewer, note) {
  note.textContent = '';
  await act('consent', {
    person: viewer,
    conversation: conversationId,
    activity: activityId,
    accepted,
  }).catch(() => {
    note.textContent = problem;
  });
}

/**
 * @param {string} tag
 * @param {string} className
 * @param {string} text
 */
function part(tag, className, text) {
  return Object.assign(document.createElement(tag), { className, textContent: text });
}
