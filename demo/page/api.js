// @ts-check
// The calls of the page to its server.

/** @typedef {{ id: string, name: string, chat: string }} Person */
/** @typedef {{ id: string, name: string, team: { id: string, name: string }, members: string[] }} Channel */
/**
 * A command of the app's message extension.
 * @typedef {{ id: string, type: string, context: string[], title: string,
 *   parameters?: { name: string, title: string, description?: string }[] }} Command
 */
/** @typedef {{ people: Person[], channels: Channel[], commands: Command[] }} World */
/**
 * A result of its search: what the list shows, and the card that goes into the conversation.
 * @typedef {{ contentType: string, content?: unknown,
 *   preview?: { content?: { title?: string, text?: string } } }} Result
 */
/**
 * @typedef {{ activityId: string, conversationId: string, from: string, at: string, text?: string,
 *   card?: Record<string, any>, consent?: Consent, file?: GivenFile, edited?: number, deleted?: true, unheard?: true }} Message
 */
/**
 * A file that the bot offers.
 * @typedef {{ name: string, description?: string, sizeInBytes?: number, answer?: 'accept' | 'decline' }} Consent
 */
/** @typedef {{ name: string, id?: string }} GivenFile */
/**
 * Who does something, where, and on which message; in a dialog of the message extension by which command.
 * @typedef {{ person: string, conversation: string, activity?: string | undefined,
 *   chosen?: { commandId: string, activity?: string | undefined } }} Spot
 */

/**
 * The people and the channels there are.
 * @returns {Promise<World>}
 */
export async function world() {
  return (await fetch('page/world')).json();
}

/**
 * The messages of a conversation as one person sees them.
 * @param {string} conversation
 * @param {string} viewer
 * @returns {Promise<Message[]>}
 */
export async function messages(conversation, viewer) {
  return (await fetch(`page/messages?${new URLSearchParams({ conversation, viewer })}`)).json();
}

/**
 * Does something in a person's name; throws when the bot fails.
 * @param {'say' | 'submit' | 'open-dialog' | 'submit-dialog' | 'execute' | 'refresh' | 'consent' | 'open-extension' |
 *   'send-file' | 'submit-extension' | 'query-extension' | 'insert-result'} call
 * @param {Spot & { said?: string, data?: unknown, action?: unknown, accepted?: boolean, query?: unknown,
 *   result?: Result, name?: string, content?: string }} body
 * @returns {Promise<any>}
 */
export async function act(call, body) {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`page/${call}`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${call}: ${response.status}`);
  return response.json();
}

/**
 * Chooses the language in which everybody has Teams: from now on the bot answers in it.
 * @param {string} locale
 */
export async function setLanguage(locale) {
  const headers = { 'content-type': 'application/json' };
  await fetch('page/language', { method: 'POST', headers, body: JSON.stringify({ locale }) });
}

/**
 * Tells which conversation changed, each time one does; after a broken connection too (undefined).
 * @param {(conversation: string | undefined) => void} changed
 */
export function listen(changed) {
  const events = new EventSource('page/events');
  let opened = false;
  events.onopen = () => {
    if (opened) changed(undefined);
    opened = true;
  };
  events.onmessage = ({ data }) => changed(JSON.parse(data));
}
