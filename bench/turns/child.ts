// What a bot that is measured tells the process that measures it.

/** How much a bot took so far: of the processor in microseconds, of memory in bytes now. */
export interface Usage {
  cpu: number;
  rss: number;
}

/** Tells the parent where the bot listens, and at each question what it took. */
export function answerParent(port: number): void {
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    const usage: Usage = { cpu: user + system, rss: process.memoryUsage.rss() };
    process.send?.(usage);
  });
  // Ends with its parent; so a profile of it (`--cpu-prof`) is written too.
  process.once('disconnect', () => process.exit(0));
  process.send?.({ port });
}
