import type { CommandKind, ContentOf as Content } from '../../domain/commands.ts';
import {
  outcomes,
  participantRoles,
  reasonsWithoutConversation,
  satisfactions,
} from '../../domain/vocabulary.ts';
import { choice, choices, day, optionalText, text, toggle } from './field.ts';
import type { ContentOf, Fields } from './form.ts';

/** A form whose fields make the content of one command. */
export interface HandlingForm<F extends Fields = Fields, K extends CommandKind = CommandKind> {
  kind: K;
  fields: F;
  toContent(read: ContentOf<F>): Content<K>;
}

const form = <const F extends Fields, const K extends CommandKind>(definition: HandlingForm<F, K>) =>
  definition;

/** The forms of the handling, by the verb that opens them. A new one has a line here and its words in the locales. */
export const handlingForms = {
  'record-conversation': form({
    kind: 'recordConversation',
    fields: {
      on: day(),
      participants: choices(participantRoles, 'complainant,concerned'),
      account: text('paragraph', 2000),
      satisfied: choice(satisfactions),
    },
    toContent: (read) => ({ held: true, ...read }),
  }),
  'record-no-conversation': form({
    kind: 'recordConversation',
    fields: { noConversation: choice(reasonsWithoutConversation), explanation: text('paragraph', 1000) },
    toContent: ({ noConversation, explanation }) => ({ held: false, reason: noConversation, explanation }),
  }),
  close: form({
    kind: 'close',
    fields: {
      outcome: choice(outcomes, 'resolved'),
      declinesNextStage: toggle(),
      summary: text('paragraph', 2000),
      recommendation: optionalText('paragraph', 1000),
    },
    toContent: ({ recommendation, ...read }) => ({ ...read, ...(recommendation && { recommendation }) }),
  }),
  withdraw: form({
    kind: 'withdraw',
    fields: { withdrawReason: optionalText('paragraph', 1000) },
    toContent: ({ withdrawReason }) => (withdrawReason ? { reason: withdrawReason } : {}),
  }),
  terminate: form({
    kind: 'terminate',
    fields: { externalName: text('line', 200) },
    toContent: ({ externalName }) => ({ externalBody: externalName }),
  }),
};
export type HandlingVerb = keyof typeof handlingForms;
