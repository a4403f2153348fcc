// `npm run cosmos:setup`: makes the database and its containers in Cosmos DB.
import { containers, createCosmosClient, setUpCosmos } from '../store/cosmos-containers.ts';
import { Refused, runProgram } from './program.ts';
import { processTerminal, type Terminal } from './terminal.ts';

interface Options {
  endpoint?: string;
  key?: string;
  database?: string;
}

/** Runs the tool; may be run again without harm. Gives its exit code. */
export function runCosmosSetup(args: readonly string[], terminal: Terminal): Promise<number> {
  const { environment } = terminal;
  return runProgram(
    'cosmos:setup',
    (program, words) => {
      program
        .description(words('setup about'))
        .option('--endpoint <url>', words('setup endpoint'))
        .option('--key <key>', words('setup key'))
        .option('--database <name>', words('setup database'))
        .action(async (options: Options) => {
          const endpoint = options.endpoint ?? environment['COSMOS_ENDPOINT'];
          if (!endpoint || !URL.canParse(endpoint)) throw new Refused(words('setup no-endpoint'));
          const database = options.database ?? (environment['COSMOS_DATABASE'] || 'klachten');
          const key = options.key ?? (environment['COSMOS_KEY'] || undefined);
          const client = await createCosmosClient({ endpoint, key });
          try {
            const done = await setUpCosmos(client, database);
            terminal.write(words(`setup ${done.database}`, { database }));
            for (const name of Object.values(containers)) {
              terminal.write(words(`setup ${done.containers[name] ?? 'unchanged'}-container`, { name }));
            }
          } finally {
            client.dispose();
          }
        });
    },
    args,
    terminal,
  );
}

if (import.meta.main) process.exitCode = await runCosmosSetup(process.argv.slice(2), processTerminal());
