// The commands of the message extension, from the app's own manifest.
import { manifestOf } from '../manifest/app-package.ts';
import type { Command } from './extension.ts';

/** As an organisation with this name gets them. */
export function commandsOf(organisation: string): Command[] {
  const settings = {
    MicrosoftAppId: '22222222-2222-4222-8222-222222222222',
    APP_ORGANISATION: organisation,
    APP_WEBSITE: 'https://example.org',
  };
  const { composeExtensions } = manifestOf(settings, '0.0.0') as {
    composeExtensions: { commands: Command[] }[];
  };
  return composeExtensions.flatMap(({ commands }) => commands);
}
