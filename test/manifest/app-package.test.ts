import { describe, expect, it } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { appPackage, manifestOf, refusalsOf } from '../../manifest/app-package.ts';
import english from '../../manifest/en.json' with { type: 'json' };
import dutch from '../../manifest/nl.json' with { type: 'json' };
import { channelWords } from '../../src/bot/channel.ts';
import { requests } from '../../src/bot/requests.ts';
import { extensionCommands } from '../../src/bot/verbs.ts';
import type { ConfigFault } from '../../src/config/fault.ts';

const environment = {
  MicrosoftAppId: '8f2b1c9e-3d54-4a6b-9c01-5e7d2f3a4b6c',
  APP_ORGANISATION: 'SenW LV',
  APP_WEBSITE: 'https://www.senw-lv.nl',
};
const manifest = () => manifestOf(environment, '1.2.3');

interface Command {
  id: string;
  type: string;
  fetchTask?: boolean;
  parameters?: { name: string }[];
}

/** The words of a list of commands, in one language. */
const titlesIn = (words: object, list: number) =>
  Object.entries(words).flatMap(([path, text]) =>
    path.startsWith(`bots[0].commandLists[${list}].`) && path.endsWith('.title') ? String(text) : [],
  );
const heard = (word: string) =>
  requests.find(({ words }) => (words as readonly string[]).includes(word))?.verb;

describe('the app package', () => {
  it("passes Microsoft's own schema", async () => {
    expect(await refusalsOf(manifest())).toEqual([]);
    expect(await refusalsOf({ ...manifest(), id: 'no-guid' })).not.toEqual([]);
  });

  it.each([
    ['Dutch', dutch],
    ['English', english],
  ])('in %s names the commands that the bot hears, and all of them', (_language, words) => {
    const named = titlesIn(words, 0).map(heard);
    expect(named).not.toContain(undefined);
    expect(new Set(named)).toEqual(new Set(requests.map(({ verb }) => verb)));
    for (const word of titlesIn(words, 1)) expect(word).toMatch(channelWords);
  });

  it('names the commands of the message extension that the bot knows, and all of them', () => {
    const extensions = manifest()['composeExtensions'] as { commands: Command[] }[];
    const named = extensions.flatMap(({ commands }) => commands);
    expect(
      Object.fromEntries(
        named.map(({ id, type, parameters = [] }) => [
          id,
          { type, parameters: parameters.map(({ name }) => name) },
        ]),
      ),
    ).toEqual(extensionCommands);
    expect(new Set(named.map(({ id }) => id)).size).toBe(named.length);
    for (const { type, fetchTask } of named) expect(fetchTask ?? false).toBe(type === 'action');
  });

  it('has the same words in both languages, each as short as Teams shows them', () => {
    expect(Object.keys(english)).toEqual(Object.keys(dutch));
    for (const [path, text] of Object.entries({ ...dutch, ...english })) {
      if (path.endsWith('.title')) expect(text.length).toBeLessThanOrEqual(32);
      if (path.endsWith('].description')) expect(text.length).toBeLessThanOrEqual(128);
    }
  });

  it('leaves no text empty', () => {
    expect(JSON.stringify(manifest())).not.toContain('""');
    expect(JSON.stringify(manifest())).not.toContain('${');
  });

  it('holds the manifest, English and both icons, the same each time', async () => {
    const content = await appPackage(environment, '1.2.3');
    const names: string[] = [];
    for await (const { fileName } of (await fromBufferPromise(content)).eachEntry()) names.push(fileName);
    expect(names).toEqual(['manifest.json', 'en.json', 'color.png', 'outline.png']);
    expect((await appPackage(environment, '1.2.3')).equals(content)).toBe(true);
  });

  it('names each fault of the environment', () => {
    const faults = (changed: Record<string, string>) => {
      try {
        manifestOf({ ...environment, ...changed }, '1.2.3');
        return [];
      } catch (fault) {
        return (fault as ConfigFault).lines;
      }
    };
    expect(faults({ MicrosoftAppId: 'x', APP_WEBSITE: 'http://www.senw-lv.nl' })).toEqual([
      'MicrosoftAppId: must be the application id of the bot, a UUID',
      'APP_WEBSITE: must be an https address, for example https://www.senw-lv.nl',
    ]);
    expect(faults({})).toEqual([]);
  });
});
