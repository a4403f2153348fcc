// `npm run package`: writes the app package for Teams.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import project from '../package.json' with { type: 'json' };
import { ConfigFault } from '../src/config/fault.ts';
import { appPackage } from './app-package.ts';

const { values } = parseArgs({ options: { out: { type: 'string', default: 'klachtenbot.zip' } } });
try {
  writeFileSync(values.out, await appPackage(process.env, project.version));
  console.log(values.out);
} catch (fault) {
  if (!(fault instanceof ConfigFault)) throw fault;
  console.error(fault.lines.join('\n'));
  process.exitCode = 1;
}
