import { z } from 'zod';
import { type Person, personSchema } from './people.ts';
import { stages } from './vocabulary.ts';

/** What people are told of; a notice names the complaint by reference alone (R13). */
export const noticeKinds = [
  'receipt',
  'concerns-you',
  'escalation-requested',
  'escalation-accepted',
  'escalation-returned',
  'appointment-needed',
  'conversation-recorded',
  'evidence-added',
  'evidence-removed',
  'conversation-planned',
  'involved',
  'reassigned',
  'reopened',
  'relayed',
  'reminder',
  'waiting-below',
  'ended',
  'ended-by-person-concerned',
  'summary-returned',
] as const;

/** Notices for administrators: they name no complaint. */
export const administratorNoticeKinds = ['channel-missing', 'undeliverable', 'coordinator-missing'] as const;

/** Those who may accept at a stage: told in their channel, else each in their own chat. */
const roleSchema = z.object({ department: z.string().min(1), stage: z.enum(stages) });
export type Role = z.infer<typeof roleSchema>;

/** Somebody must be told something. What they see is decided when it is sent. */
export const noticeSchema = z.object({
  kind: z.enum([...noticeKinds, ...administratorNoticeKinds]),
  to: z.union([personSchema, roleSchema]),
});
export type Notice = z.infer<typeof noticeSchema>;

/** One notice a person. */
export function notify(kind: Notice['kind'], people: readonly Person[]): Notice[] {
  return people.map((to) => ({ kind, to }));
}
