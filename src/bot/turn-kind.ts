import type { TurnKind } from '../telemetry/telemetry.ts';
import { isRequest } from './requests.ts';
import { dialogVerbNames, extensionCommands, isEscalationVerb, isFileVerb, verbOf } from './verbs.ts';

/** The kinds of activity, and the names of invokes, that are told apart. */
export const activityTypes = ['message', 'conversationUpdate', 'installationUpdate', 'messageReaction'];
export const invokeNames = [
  'adaptiveCard/action',
  'task/fetch',
  'task/submit',
  'composeExtension/query',
  'composeExtension/fetchTask',
  'composeExtension/submitAction',
  'fileConsent/invoke',
];

/** Whether a word is a verb or a command that the bot knows. */
export const isKnownVerb = (verb: string) =>
  (dialogVerbNames as readonly string[]).includes(verb) ||
  Object.hasOwn(extensionCommands, verb) ||
  isEscalationVerb(verb) ||
  isFileVerb(verb) ||
  isRequest(verb) ||
  verb === 'link-channel' ||
  verb === 'show-today';

/** What kind of turn an activity brings, in words of the bot's own alone: what it does not know is `other` or `none`. */
export function turnKindOf({
  type,
  name,
  value,
}: {
  type?: unknown;
  name?: unknown;
  value?: unknown;
}): TurnKind {
  const named = String(type === 'invoke' ? name : type);
  const known = type === 'invoke' ? invokeNames : activityTypes;
  const { data, action, commandId } = (value ?? {}) as Record<string, unknown>;
  const verb = verbOf(data) ?? verbOf(action) ?? verbOf(value) ?? commandId;
  return {
    activity: known.includes(named) ? named : 'other',
    verb: verb === undefined ? 'none' : typeof verb === 'string' && isKnownVerb(verb) ? verb : 'other',
  };
}
