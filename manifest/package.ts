// `npm run package`: writes the app package for Teams.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import project from '../package.json' with { type: 'json' };
import { ConfigFault } from '../src/config/fault.ts';
import { appPackage } from './app-package.ts';

try {
  const { values } = parseArgs({ options: { out: { type: 'string', default: 'klachtenbot.zip' } } });
  writeFileSync(values.out, await appPackage(process.env, project.version));
  console.log(values.out);
} catch (fault) {
  const isTyped =
    fault instanceof TypeError && String((fault as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS');
  if (!(fault instanceof ConfigFault) && !isTyped) throw fault;
  console.error(isTyped ? `${fault.message}\nUse: npm run package -- --out klachtenbot.zip` : fault.message);
  process.exitCode = 1;
}
