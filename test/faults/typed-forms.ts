import type { HandlingVerb } from '../../src/cards/forms/handling.ts';
import { closing, colleague, lead } from '../fixtures.ts';
import type { Json } from './bot-over-http.ts';

const written = { summary: closing().summary, recommendation: '' };

/** What is typed in each form. */
export const typed: Record<HandlingVerb, Json> = {
  'record-conversation': { account: 'Uitgelegd.', satisfied: 'no' },
  'record-no-conversation': { noConversation: 'not-wanted', explanation: 'Wil niet.' },
  'request-escalation': { escalationWish: 'Niet tevreden.' },
  'return-escalation': { returnReason: 'wrong-department', toDepartment: 'ondersteuning', returnNote: '' },
  'plan-conversation': { plannedOn: '2026-12-01', plannedTime: '14:30', place: 'Dobbelaan 4' },
  involve: { person: lead.id, consent: 'true' },
  release: { released: colleague.id },
  reassign: { to: lead.id },
  correct: { reason: 'Andere aard.', nature: 'service' },
  close: { outcome: 'resolved', ...written },
  withdraw: { withdrawReason: '', ...written },
  terminate: { externalName: 'Geschillencommissie', ...written },
  'rewrite-summary': written,
  reopen: { reopenReason: 'Ging weer mis.' },
  relay: { note: 'Na twee uur bereikbaar.' },
  'remove-evidence': { file: '00000000-0000-4000-8000-000000000101', removeReason: 'Hoort hier niet.' },
};
