// The app package that an administrator uploads to Teams: manifest, languages and icons, made from the environment.
import { readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { AppManifestUtils, TeamsManifestConverter } from '@microsoft/app-manifest';
import { ZipFile } from 'yazl';
import { z } from 'zod';
import { ConfigFault } from '../src/config/fault.ts';
import { drawIcons } from './icons.ts';

const address = z.url({
  protocol: /^https$/,
  error: 'must be an https address, for example https://www.senw-lv.nl',
});

/** What the package says of the organisation and its bot. */
const settingsSchema = z.object({
  MicrosoftAppId: z.uuid('must be the application id of the bot, a UUID'),
  APP_ORGANISATION: z.string('is missing, for example SenW LV').min(1).max(32),
  APP_WEBSITE: address,
  APP_PRIVACY: address.optional(),
  APP_TERMS: address.optional(),
});

type Json = Record<string, unknown>;
const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');

/** Makes the manifest, in Dutch. Throws a `ConfigFault` with a line for each fault in the environment. */
export function manifestOf(environment: Record<string, string | undefined>, version: string): Json {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = settingsSchema.safeParse(given);
  if (!parsed.success) {
    throw new ConfigFault(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
  }
  const { MicrosoftAppId, APP_ORGANISATION, APP_WEBSITE, APP_PRIVACY, APP_TERMS } = parsed.data;
  const values: Record<string, string> = {
    VERSION: version,
    APP_ID: MicrosoftAppId,
    ORGANISATION: APP_ORGANISATION,
    WEBSITE: APP_WEBSITE,
    PRIVACY: APP_PRIVACY ?? APP_WEBSITE,
    TERMS: APP_TERMS ?? APP_WEBSITE,
  };
  const manifest = filled(JSON.parse(read('manifest.json')), values) as Json;
  const { $schema: _schema, ...words } = JSON.parse(read('nl.json')) as Record<string, string>;
  for (const [path, text] of Object.entries(words)) put(manifest, path, text);
  return manifest;
}

/** Makes the package. Throws a `ConfigFault`, also where Microsoft's schema refuses the manifest. */
export async function appPackage(
  environment: Record<string, string | undefined>,
  version: string,
): Promise<Buffer> {
  const manifest = manifestOf(environment, version);
  const refused = await refusalsOf(manifest);
  if (refused.length > 0) throw new ConfigFault(refused.map((line) => `manifest: ${line}`));
  const { color, outline } = await drawIcons();
  const zip = new ZipFile();
  // The same package for the same settings.
  const options = { mtime: new Date(1980, 0, 1), forceDosTimestamp: true, mode: 0o100644 };
  zip.addBuffer(Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`), 'manifest.json', options);
  zip.addBuffer(Buffer.from(read('en.json')), 'en.json', options);
  zip.addBuffer(color, 'color.png', options);
  zip.addBuffer(outline, 'outline.png', options);
  zip.end();
  return buffer(zip.outputStream);
}

/** What Microsoft's own schema has against a manifest. */
export async function refusalsOf(manifest: Json): Promise<string[]> {
  return AppManifestUtils.validateAgainstSchema(
    TeamsManifestConverter.jsonToManifest(JSON.stringify(manifest)),
  );
}

/** Fills the values in; a value that is missing is a fault of the template. */
function filled(node: unknown, values: Record<string, string>): unknown {
  if (typeof node === 'string')
    return node.replace(/\$\{(\w+)\}/g, (_all, name: string) => values[name] ?? '');
  if (Array.isArray(node)) return node.map((item) => filled(item, values));
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, filled(value, values)]));
}

/** Puts a text in its place, which is written as Teams writes places: `bots[0].commandLists[0].scopes`. */
export function put(manifest: Json, path: string, text: string): void {
  const keys = path.replace(/\[(\d+)\]/g, '.$1').split('.');
  const last = keys.pop() ?? '';
  const place = keys.reduce<Json>((node, key) => node[key] as Json, manifest);
  if (!(last in place)) throw new TypeError(`the manifest has no ${path}`);
  place[last] = text;
}
