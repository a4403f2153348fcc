// A dialog as a bot answers it.
import { isJson, type Json } from './content.ts';

export interface Dialog {
  title?: string;
  height?: 'small' | 'medium' | 'large' | number;
  width?: 'small' | 'medium' | 'large' | number;
  card: { contentType: string; content: Json };
}

/** What a bot answers to the opening or the submitting of a dialog; nothing closes it. */
export type DialogAnswer =
  | { task: { type: 'continue'; value: Dialog } }
  | { task: { type: 'message'; value: string } }
  | undefined;

/** Reads the answer of a bot to the opening or the submitting of a dialog. */
export function dialogAnswer(body: unknown): DialogAnswer {
  return isJson(body) && isJson(body['task']) ? (body as DialogAnswer) : undefined;
}
