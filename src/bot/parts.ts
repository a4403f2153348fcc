import type { ConversationReference } from 'botbuilder';
import type { Surroundings } from '../app/handle-command.ts';
import type { Picked } from '../cards/forms/intake.ts';
import type { Render } from '../cards/render.ts';
import type { Texts } from '../cards/texts.ts';
import type { Person } from '../domain/people.ts';
import type { Log } from '../log.ts';
import type { Reports } from './reports.ts';

/** What the bot is put together from. */
export interface Parts extends Surroundings {
  render: Render;
  log: Log;
  /** Called when somebody lost or got a role: complaints may have to be asked for anew. */
  organisationChanged: () => void;
  /** Makes the yearly report for somebody, and sends it to their chat. */
  reports: Reports;
  /** A fresh id for a form; random. */
  newId: () => string;
}

/** Somebody who is asking something, as the channel has authenticated them. */
export interface Asker {
  actor: Person;
  texts: Texts;
  /** Where they are answered later. */
  chat: Partial<ConversationReference>;
  /** The names of picked people; for somebody unknown, words that say so. */
  named(ids: readonly string[]): Promise<Picked[]>;
}
