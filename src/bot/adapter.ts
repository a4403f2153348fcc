import { CloudAdapter, type TurnContext } from 'botbuilder';
import type { BotAuth } from '../config/auth.ts';
import { noTelemetry } from '../telemetry/telemetry.ts';
import { ChannelAuthentication } from './authentication.ts';
import { measureCalls } from './channel-calls.ts';

/** A CloudAdapter that leaves the HTTP answer to the server, so that no fault's text gets out. */
export class BotAdapter extends CloudAdapter {
  /** Authenticates an activity and runs a turn on it. Throws an `EntryRefused` where it may not come in. */
  turn(authorization: string, activity: object, logic: (context: TurnContext) => Promise<void>) {
    return this.processActivity(authorization, activity as Parameters<typeof this.processActivity>[1], logic);
  }
}

/** Makes the adapter for how the bot proves who it is. */
export function createAdapter(auth: BotAuth, telemetry = noTelemetry): BotAdapter {
  return new BotAdapter(new ChannelAuthentication(auth, measureCalls(telemetry)));
}

/** The bot's own id, as the channel knows it; empty for local use. */
export function appIdOf(auth: BotAuth): string {
  return auth.kind === 'none' ? '' : auth.appId;
}
