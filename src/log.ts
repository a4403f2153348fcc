import { type DestinationStream, pino } from 'pino';
import { ZodError } from 'zod';
import { Fault } from './fault.ts';

/** What may stand in a line of the log. Names, texts and ids of people have no field, so they can't get in. */
export interface LogFields {
  reference?: string;
  command?: string;
  outcome?: string;
  notice?: string;
  attempts?: number;
  count?: number;
  ms?: number;
  port?: number;
  status?: number;
}

export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields, fault?: unknown): void;
  error(event: string, fields?: LogFields, fault?: unknown): void;
}

/** JSON lines on standard output, or on another stream. */
export function createLog(level: string, destination?: DestinationStream): Log {
  const logger = pino(
    { level, base: null, formatters: { level: (label) => ({ level: label }) } },
    destination,
  );
  return {
    info: (event, fields) => logger.info(fields ?? {}, event),
    warn: (event, fields, fault) => logger.warn({ ...fields, ...describe(fault) }, event),
    error: (event, fields, fault) => logger.error({ ...fields, ...describe(fault) }, event),
  };
}

/**
 * What is told of a fault: its kind and where it arose. Its message only where the message is our own:
 * those of libraries may quote what they were given.
 */
function describe(fault: unknown): object {
  if (fault === undefined) return {};
  if (!(fault instanceof Error)) return { fault: { name: typeof fault } };
  const { code, statusCode } = fault as { code?: unknown; statusCode?: unknown };
  return {
    fault: {
      name: fault.name,
      ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
      ...(typeof statusCode === 'number' ? { statusCode } : {}),
      ...(fault instanceof Fault ? { message: fault.message } : {}),
      ...(fault instanceof ZodError
        ? { at: fault.issues.map(({ path, code }) => `${path.join('.')}: ${code}`) }
        : {}),
      stack: fault.stack
        ?.split('\n')
        .filter((line) => /^\s+at /.test(line))
        .slice(0, 8)
        .map((line) => line.trim()),
      ...(fault.cause === undefined ? {} : { cause: describe(fault.cause) }),
    },
  };
}
