// What a bot that is measured tells the process that measures it.
import { readdirSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How much a bot took so far: of the processor in microseconds, of memory in bytes now. */
export interface Usage {
  cpu: number;
  rss: number;
}

/** What it has in use; the delays of the event loop are those since the last sample, in milliseconds. */
export interface Sample extends Usage {
  heapUsed: number;
  /** What V8 has taken for its heap, in use or not: it grows it before it collects. */
  heapTotal: number;
  external: number;
  /** Open file descriptors, sockets among them. */
  handles: number;
  delay: { mean: number; p99: number; max: number };
}

/** How often the event loop is looked at, in milliseconds: what it is late, it takes longer than this. */
const resolution = 10;

/** Tells the parent where the bot listens, and at each question what it took: `usage`, `sample`, or `sample-after-gc`. */
export function answerParent(port: number): void {
  let histogram: ReturnType<typeof monitorEventLoopDelay> | undefined;
  const usage = (): Usage => {
    const { user, system } = process.cpuUsage();
    return { cpu: user + system, rss: process.memoryUsage.rss() };
  };
  const sample = (afterGc: boolean): Sample => {
    const seen = histogram ?? monitorEventLoopDelay({ resolution });
    const [mean, p99, max] = [seen.mean, seen.percentile(99), seen.max].map((ns) =>
      Math.max(0, ns / 1e6 - resolution),
    ) as [number, number, number];
    if (afterGc) globalThis.gc?.();
    const { heapUsed, heapTotal, external } = process.memoryUsage();
    const handles = readdirSync('/proc/self/fd').length;
    // Begun anew after collecting, which is not the bot's doing.
    seen.disable();
    histogram = monitorEventLoopDelay({ resolution });
    histogram.enable();
    return { ...usage(), heapUsed, heapTotal, external, handles, delay: { mean, p99, max } };
  };
  process.on('message', (question) => {
    process.send?.(question === 'usage' ? usage() : sample(question === 'sample-after-gc'));
  });
  // Ends with its parent; so a profile of it (`--cpu-prof`) is written too.
  process.once('disconnect', () => process.exit(0));
  process.send?.({ port });
}
