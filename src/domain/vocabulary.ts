/** The closed sets of values of the procedure; every other part takes its words from here. */

/** R7: who a complaint lies with, in the order in which it goes up. */
export const stages = ['employee', 'manager', 'director'] as const;
export type Stage = (typeof stages)[number];

/** R7: where a complaint may enter; nobody enters at the director. */
export const entryStages = ['employee', 'manager'] as const;

export const states = ['open', 'pending', 'closed', 'withdrawn', 'terminated'] as const;
export type State = (typeof states)[number];

/** R2: nature of a complaint. */
export const natures = ['service', 'conduct', 'processes', 'other'] as const;

/** R6: ways in. */
export const waysIn = ['phone', 'in-person', 'email', 'web-form', 'post'] as const;

/** R1: relations to the organisation for which this procedure is meant. */
export const eligibleRelations = ['client', 'participant', 'visitor', 'involved', 'partner'] as const;

/** R1: relations for which the procedure for employees holds instead. */
export const staffRelations = ['employee', 'volunteer', 'intern'] as const;
export const relations = [...eligibleRelations, ...staffRelations] as const;

/** Who took part in a conversation, by role. */
export const participantRoles = ['complainant', 'concerned', 'approver', 'director', 'other'] as const;

export const satisfactions = ['yes', 'partly', 'no'] as const;

/** Why there was no conversation (R7). */
export const reasonsWithoutConversation = ['not-possible', 'not-wanted'] as const;

export const outcomes = ['resolved', 'unresolved', 'duplicate'] as const;

/** What became of an improvement that was decided on. */
export const improvementStates = ['planned', 'carried-out', 'dropped'] as const;

/** R10: kinds of files that may be evidence, told by their content, by the extension that each has. */
export const evidenceKinds = [
  ...['pdf', 'jpg', 'png', 'gif', 'webp', 'heic', 'tif'],
  ...['docx', 'xlsx', 'odt', 'ods', 'txt'],
  ...['mp3', 'm4a', 'ogg', 'wav', 'mp4', 'mov'],
] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];

/** Largest file that may be evidence, in bytes. */
export const largestFile = 20 * 1024 * 1024;

/** For what an escalation may be returned, once at each stage. */
export const returnReasons = ['wrong-department', 'not-yet-discussed'] as const;
