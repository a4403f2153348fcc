// The bot itself, on the database that it is given; with `limited`, people may ask as much as in production.
import { dirname, join } from 'node:path';
import { createLimit } from '../../src/bot/limit.ts';
import { parseEnvironment } from '../../src/config/environment.ts';
import { readTelemetry } from '../../src/config/telemetry.ts';
import { createLog } from '../../src/log.ts';
import { start } from '../../src/main.ts';
import { answerParent } from './child.ts';
import { benchKeys } from './world.ts';

const [file = '', limited] = process.argv.slice(2);
const { port } = await start(
  {
    port: 0,
    host: '127.0.0.1',
    auth: { kind: 'none' },
    store: { kind: 'sqlite', file },
    keys: { kind: 'given', keys: JSON.stringify(benchKeys) },
    files: { place: { kind: 'folder', folder: join(dirname(file), 'files') } },
    organisationFile: undefined,
    noticesLateAfter: 15,
    telemetry: readTelemetry(parseEnvironment(process.env)),
    logLevel: 'info',
  },
  // Its log is written, as in production; only what failed is shown.
  createLog('info', {
    write: (line) => void (line.includes('"level":"error"') && process.stderr.write(line)),
  }),
  () => new Date(),
  limited === 'limited' ? createLimit() : async () => true,
);
answerParent(port);
