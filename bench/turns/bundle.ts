// The bots of the bench as the image runs them: bundled.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import image from '../../rolldown.config.ts';

/** Bundles a bot of the bench into a folder of its own, and gives the script to start. */
export async function bundled(script: string, folder: string): Promise<string> {
  const name = script.replace(/\.ts$/, '');
  const build = await rolldown({
    ...image,
    input: { [name]: fileURLToPath(new URL(script, import.meta.url)) },
    // The program starts by itself where it is what Node was given; here the bench starts it.
    transform: { define: { 'import.meta.main': 'false' } },
  });
  await build.write({
    dir: folder,
    // Else Node looks for a package.json beside it that says what it is.
    entryFileNames: '[name].mjs',
    chunkFileNames: '[name]-[hash].mjs',
  });
  await build.close();
  return join(folder, `${name}.mjs`);
}
