// The bot as a process of its own, so that it can be killed: `node bot.ts <what its clock shows at first>`.
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { start } from '../../src/main.ts';

const began = Date.parse(String(process.argv[2])) - performance.now();
const clock = () => new Date(began + performance.now());
const config = readConfig(process.env);
const { port } = await start(config, createLog(config.logLevel), clock, async () => true);
process.once('disconnect', () => process.exit(0));
process.send?.({ port });
