// @ts-check
// The items of a list, replaced without disturbing those that stay.

/**
 * Replaces the items of a list without moving those that stay, which would lose the focus in them.
 * @param {HTMLElement} list
 * @param {Element[]} items
 */
export function replaceItems(list, items) {
  for (const child of [...list.children]) if (!items.includes(child)) child.remove();
  for (const [index, item] of items.entries()) {
    if (list.children[index] !== item) list.insertBefore(item, list.children[index] ?? null);
  }
}
