import type { CommandKind, CommandOf } from '../commands.ts';
import type { Complaint } from '../complaint.ts';
import type { Notice } from '../notices.ts';
import type { Person } from '../people.ts';
import type { Context, Refusal } from '../refusal.ts';
import type { State } from '../vocabulary.ts';

/** What an accepted command brings about, before it is entered in the timeline. */
export interface Change {
  complaint: Complaint;
  notices: Notice[];
}

/** One command of the procedure: when it is allowed, to whom, and what follows. */
export interface Procedure<K extends CommandKind> {
  states: readonly State[];
  /** Why this person may not give this command now, whatever it carries; the buttons on a card come from this too. */
  refuse(complaint: Complaint, actor: Person, context: Context): Refusal | undefined;
  /** Decides on what the command carries. */
  decide(complaint: Complaint, command: CommandOf<K>, actor: Person, context: Context): Change | Refusal;
}
