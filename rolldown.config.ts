// Makes dist/, the program and its tools in a few files, for the image. Everywhere else the source runs as it is.
import { defineConfig } from 'rolldown';

export default defineConfig({
  input: {
    main: 'src/main.ts',
    ...Object.fromEntries(
      ['copy', 'cosmos-setup', 'keys', 'privacy', 'report'].map((tool) => [
        `cli/${tool}`,
        `src/cli/${tool}.ts`,
      ]),
    ),
  },
  platform: 'node',
  // Machine code; the font, a file that is looked up beside it, stays a package too.
  external: ['@resvg/resvg-js'],
  output: { dir: 'dist', cleanDir: true, chunkFileNames: 'parts/[name]-[hash].js' },
});
