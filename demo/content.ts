// What an activity shows in a conversation: text, a card, a file that the bot offers, or one that it gave.
import type { Files } from './files.ts';

export type Json = Record<string, unknown>;

export interface Attachment {
  contentType: string;
  content?: unknown;
  contentUrl?: string;
  name?: string;
}

/** An activity as it comes over the wire: what is named here is what this Teams looks at. */
export interface Activity extends Json {
  type: string;
  id?: string;
  text?: string;
  replyToId?: string;
  attachments?: Attachment[];
}

/** A file that the bot asks to put in a person's OneDrive. */
export interface Consent {
  name: string;
  description?: string;
  sizeInBytes?: number;
  /** Goes back to the bot when the person accepts. */
  acceptContext?: unknown;
  /** Goes back to the bot when the person declines. */
  declineContext?: unknown;
  answer?: ConsentAnswer;
}

export type ConsentAnswer = 'accept' | 'decline';

/** A file that the bot says it has put there, or that a person sent. */
export interface GivenFile {
  name: string;
  /** What it can be downloaded by; absent where this chat has no such file. */
  id?: string;
}

export interface Content {
  text?: string;
  card?: Json;
  consent?: Consent;
  file?: GivenFile;
}

const cardType = 'application/vnd.microsoft.card.adaptive';
const consentType = 'application/vnd.microsoft.teams.card.file.consent';
const fileType = 'application/vnd.microsoft.teams.card.file.info';
/** A file that a person sends to the bot, with an address at which the bot can fetch it. */
export const downloadType = 'application/vnd.microsoft.teams.file.download.info';

/** What an activity shows in a conversation. */
export function contentOf(activity: Activity, conversationId: string, files: Files): Content {
  const { text } = activity;
  const card = attached(activity, cardType)?.content;
  const consent = consentOf(attached(activity, consentType));
  const given = attached(activity, fileType) ?? attached(activity, downloadType);
  const file = fileOf(given, conversationId, files);
  return {
    ...(text && { text }),
    ...(isJson(card) && { card }),
    ...(consent && { consent }),
    ...(file && { file }),
  };
}

/** Tells whether an activity offers a file. */
export function offersFile(activity: Activity): boolean {
  return attached(activity, consentType) !== undefined;
}

/** Tells whether a value is a JSON object. */
export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function attached({ attachments = [] }: Activity, type: string): Attachment | undefined {
  return attachments.find(({ contentType }) => contentType === type);
}

/** Without a name Teams does not draw it. */
function consentOf(attachment: Attachment | undefined): Consent | undefined {
  if (!attachment?.name || !isJson(attachment.content)) return undefined;
  const { description, sizeInBytes, acceptContext, declineContext } = attachment.content;
  return {
    name: String(attachment.name),
    ...(typeof description === 'string' && { description }),
    ...(typeof sizeInBytes === 'number' && { sizeInBytes }),
    acceptContext,
    declineContext,
  };
}

/** The name and the address are the bot's word: only a file that was uploaded for this chat can be downloaded. */
function fileOf(
  attachment: Attachment | undefined,
  conversationId: string,
  files: Files,
): GivenFile | undefined {
  if (!attachment?.name) return undefined;
  const id = isJson(attachment.content) ? String(attachment.content['uniqueId']) : '';
  const file = files.get(id);
  const known = file?.conversationId === conversationId && file.contentUrl === attachment.contentUrl;
  return known ? { name: file.name, id } : { name: String(attachment.name) };
}
