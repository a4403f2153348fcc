import { z } from 'zod';
import type { View } from '../cards/render.ts';
import type { Asker, Parts } from './parts.ts';

/** What a dialog shows next, or that it closes. */
export type DialogAnswer = { title: string; view: View } | 'closed';

/** What a button in a dialog does: its data, checked, and what follows. */
export interface DialogVerb {
  /** Gives nothing where the data are not what this verb's own cards carry. */
  run(data: unknown, asker: Asker, parts: Parts): Promise<DialogAnswer> | undefined;
}

/** Ties a verb's data to what it does. */
export function dialogVerb<T>(
  schema: z.ZodType<T>,
  act: (data: T, asker: Asker, parts: Parts) => Promise<DialogAnswer>,
): DialogVerb {
  return {
    run: (data, asker, parts) => {
      const read = schema.safeParse(data);
      return read.success ? act(read.data, asker, parts) : undefined;
    },
  };
}

/** How an accepted command is told in the log. */
export const outcomeOf = (repeated: boolean) => (repeated ? 'repeated' : 'accepted');

/** R11: what the buttons beside marked texts carry. */
export const markAnswers = {
  /** The words that the writer saw marked and lets stand. */
  overruled: z.array(z.string().max(500)).max(50).default([]),
  /** Whether what looks like personal data is to be replaced by what was suggested. */
  takeOver: z.boolean().default(false),
};
