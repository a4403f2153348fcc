import { z } from 'zod';
import { type Person, personSchema } from './people.ts';

/** What people are told of; a notice names the complaint by reference alone (R13). */
export const noticeKinds = [
  'receipt',
  'concerns-you',
  'escalation-requested',
  'conversation-recorded',
  'ended',
  'ended-by-person-concerned',
] as const;

/** Somebody must be told something. What they see is decided when it is sent. */
export const noticeSchema = z.object({ kind: z.enum(noticeKinds), to: personSchema });
export type Notice = z.infer<typeof noticeSchema>;

/** One notice a person. */
export function notify(kind: Notice['kind'], people: readonly Person[]): Notice[] {
  return people.map((to) => ({ kind, to }));
}
