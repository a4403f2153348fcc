// @ts-check
// The calls of the page to its server.

/** @typedef {{ id: string, name: string, chat: string }} Person */
/** @typedef {{ id: string, name: string, team: { id: string, name: string }, members: string[] }} Channel */
/** @typedef {{ people: Person[], channels: Channel[] }} World */
/**
 * @typedef {{ activityId: string, conversationId: string, from: string, at: string, text?: string,
 *   card?: Record<string, any>, consent?: Consent, file?: GivenFile, edited?: number, deleted?: true }} Message
 */
/**
 * A file that the bot offers.
 * @typedef {{ name: string, description?: string, sizeInBytes?: number, answer?: 'accept' | 'decline' }} Consent
 */
/** @typedef {{ name: string, id?: string }} GivenFile */
/**
 * Who does something, where, and on which message.
 * @typedef {{ person: string, conversation: string, activity?: string | undefined }} Spot
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
 * @param {'say' | 'submit' | 'open-dialog' | 'submit-dialog' | 'execute' | 'refresh' | 'consent'} call
 * @param {Spot & { said?: string, data?: unknown, action?: unknown, accepted?: boolean }} body
 * @returns {Promise<any>}
 */
export async function act(call, body) {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`page/${call}`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${call}: ${response.status}`);
  return response.json();
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
