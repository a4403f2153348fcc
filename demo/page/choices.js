// @ts-check
// The lists of people and conversations beside a chat.

/**
 * A button that chooses a person or a conversation.
 * @param {string} name
 * @param {boolean} current
 * @param {boolean} fresh
 * @param {() => void} onclick
 */
export function choiceButton(name, current, fresh, onclick) {
  const button = Object.assign(document.createElement('button'), { textContent: name, onclick });
  if (current) button.ariaCurrent = 'true';
  if (fresh)
    button.append(Object.assign(document.createElement('span'), { className: 'fresh', title: 'nieuw' }));
  return button;
}

/**
 * Puts buttons in a list; the one that has the focus keeps it.
 * @param {HTMLElement} list
 * @param {HTMLElement[]} buttons
 */
export function fillList(list, buttons) {
  const focused = [...list.querySelectorAll('button')].findIndex((one) => one.matches(':focus'));
  list.replaceChildren(
    ...buttons.map((button) => {
      const item = document.createElement('li');
      item.append(button);
      return item;
    }),
  );
  buttons[focused]?.focus();
}
