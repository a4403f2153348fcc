import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Fault } from '../src/fault.ts';
import { createLog } from '../src/log.ts';

function linesOf(write: (log: ReturnType<typeof createLog>) => void) {
  const lines: string[] = [];
  write(createLog('info', { write: (line) => void lines.push(line) }));
  return lines.map((line) => JSON.parse(line));
}

describe('the log (R13)', () => {
  it('is JSON lines with what happened, and to which reference', () => {
    const [line] = linesOf((log) =>
      log.info('command', { reference: 'K-2026-0001', command: 'close', ms: 3 }),
    );
    expect(line).toMatchObject({
      level: 'info',
      msg: 'command',
      reference: 'K-2026-0001',
      command: 'close',
      ms: 3,
    });
  });

  it('tells of a fault its kind and where it arose, not its message', () => {
    const fault = Object.assign(new TypeError('Kanarie is not a function'), {
      code: 'ERR_X',
      statusCode: 502,
    });
    const [line] = linesOf((log) => log.error('failed', {}, fault));
    expect(line.fault).toMatchObject({ name: 'TypeError', code: 'ERR_X', statusCode: 502 });
    expect(line.fault.stack[0]).toMatch(/^at .*log\.test\.ts/);
    expect(JSON.stringify(line)).not.toContain('Kanarie');
  });

  it('tells the message of our own faults, and the causes in the same way', () => {
    const fault = new Fault('no answer', { cause: new Error('Kanarie') });
    const [line] = linesOf((log) => log.error('failed', {}, fault));
    expect(line.fault.message).toBe('no answer');
    expect(JSON.stringify(line)).not.toContain('Kanarie');
  });

  it('tells which field of a document was wrong, not what stood in it', () => {
    const { error } = z.object({ name: z.literal('x') }).safeParse({ name: 'Kanarie' });
    const [line] = linesOf((log) => log.error('failed', {}, error));
    expect(line.fault.at).toEqual(['name: invalid_value']);
    expect(JSON.stringify(line)).not.toContain('Kanarie');
  });

  it('tells nothing of a thing thrown that is no error', () => {
    const [line] = linesOf((log) => log.error('failed', {}, 'Kanarie'));
    expect(JSON.stringify(line)).not.toContain('Kanarie');
  });
});
