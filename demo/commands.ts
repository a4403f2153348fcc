// The commands of the message extension, from the app's own manifest.
import { manifestOf, put } from '../manifest/app-package.ts';
import english from '../manifest/en.json' with { type: 'json' };
import type { Command } from './extension.ts';

/** As an organisation with this name gets them, in the language that people have. */
export function commandsOf(organisation: string, locale: string): Command[] {
  const settings = {
    MicrosoftAppId: '22222222-2222-4222-8222-222222222222',
    APP_ORGANISATION: organisation,
    APP_WEBSITE: 'https://example.org',
  };
  const manifest = manifestOf(settings, '0.0.0');
  if (locale.startsWith('en')) {
    const { $schema: _schema, ...words } = english;
    for (const [path, text] of Object.entries(words)) put(manifest, path, text);
  }
  const { composeExtensions } = manifest as {
    composeExtensions: { commands: Command[] }[];
  };
  return composeExtensions.flatMap(({ commands }) => commands);
}
