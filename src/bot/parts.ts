import type { ConversationReference } from 'botbuilder';
import type { FileParts } from '../app/files.ts';
import type { Surroundings } from '../app/handle-command.ts';
import type { Ticket } from '../app/tickets.ts';
import type { Picked } from '../cards/forms/intake.ts';
import type { Render } from '../cards/render.ts';
import type { Texts } from '../cards/texts.ts';
import type { Person } from '../domain/people.ts';
import type { Log } from '../log.ts';
import type { Reports } from './reports.ts';
import type { createTurns } from './turns.ts';

/** What files of complaints are kept with, and looked at by. */
export interface EvidenceParts extends FileParts {
  /** The address at which a file can be fetched with a ticket. */
  addressOf(ticket: Ticket): Promise<string>;
  /** Work on a file, when it is somebody's turn. */
  inTurn: ReturnType<typeof createTurns>;
  /** Whether files may come from this computer: in local use alone. */
  isLocal: boolean;
}

/** What the bot is put together from. */
export interface Parts extends Surroundings {
  render: Render;
  log: Log;
  /** Called when somebody lost or got a role: complaints may have to be asked for anew. */
  organisationChanged: () => void;
  /** Makes the yearly report for somebody, and sends it to their chat. */
  reports: Reports;
  /** What keeps files; nothing where none are kept. */
  evidence: EvidenceParts | undefined;
  /** Whether somebody may relay one note more today. */
  mayRelay: (personId: string) => Promise<boolean>;
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
