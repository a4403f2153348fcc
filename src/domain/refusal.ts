import type { Organisation } from './organisation.ts';

/** Every reason for which the procedure says no; each has its words in the locales, with what to do instead. */
export const refusalCodes = [
  'staff-procedure',
  'external-body',
  'compensation',
  'anonymous',
  'no-contact-details',
  'day-in-future',
  'day-long-ago',
  'unknown-department',
  'not-found',
  'wrong-state',
  'not-handler',
  'not-participant',
  'concerned',
  'not-satisfied-on-record',
  'no-complainants-word',
  'personal-data-in-summary',
  'nothing-changed',
  'used-before',
  'no-conversation-yet',
  'not-asked',
  'old-card',
  'asks-whether-concerned',
  'returned-before',
  'no-other-department',
  'day-in-past',
  'no-consent',
  'already-there',
  'not-there',
  'not-eligible',
  'retention-passed',
  'unknown-duplicate',
  'has-left',
  'no-way-back',
  'not-returned',
  'writer-gone',
  'too-much-recorded',
  'too-many-files',
  'no-file-to-remove',
  'file-gone',
  'file-empty',
  'file-too-large',
  'file-kind',
  'file-infected',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** A refusal is a value: why, and the field to put right where there is one. */
export interface Refusal {
  code: RefusalCode;
  field?: string;
}

/** What a decision depends on beside the complaint: the moment, and who holds which role today. */
export interface Context {
  now: Date;
  organisation: Organisation;
}
