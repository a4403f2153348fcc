// @ts-check
// Sending a file in the chat with the bot.
import { act } from './api.js';
import { problem } from './dialog.js';

/** @typedef {import('./api.js').Spot} Spot */

/**
 * The button beside the box to type in; what is typed there goes with the file.
 * @param {HTMLInputElement} compose
 * @param {() => Spot} spot who sends it, and where
 * @param {HTMLElement} failure where it is said that it failed
 * @returns {HTMLElement}
 */
export function attachButton(compose, spot, failure) {
  const input = Object.assign(document.createElement('input'), { type: 'file', hidden: true });
  const button = Object.assign(document.createElement('button'), { type: 'button', textContent: 'Bestand' });
  button.className = 'attach';
  button.title = 'Een bestand sturen';
  button.onclick = () => input.click();
  input.onchange = async () => {
    const [file] = input.files ?? [];
    if (!file) return;
    const said = compose.value.trim();
    compose.value = input.value = failure.textContent = '';
    const content = await base64(file);
    await act('send-file', { ...spot(), name: file.name, content, said }).catch(() => {
      failure.textContent = problem;
    });
  };
  const element = document.createElement('span');
  element.append(button, input);
  return element;
}

/**
 * @param {File} file
 * @returns {Promise<string>}
 */
async function base64(file) {
  const reader = new FileReader();
  const read = new Promise((resolve) => {
    reader.onload = resolve;
  });
  reader.readAsDataURL(file);
  await read;
  return String(reader.result).split(',')[1] ?? '';
}
