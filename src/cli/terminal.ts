import { userInfo } from 'node:os';
import { stderr, stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline/promises';
import { SingleBar } from 'cli-progress';

/** Shows how far something is. */
export interface Progress {
  show(done: number, total: number): void;
  end(): void;
}

/** What a tool has around it: its settings, who reads what it says and answers it, and the clock. */
export interface Terminal {
  environment: Record<string, string | undefined>;
  /** What the tool was asked for. */
  write(text: string): void;
  /** What goes wrong, and what is said along the way. */
  tell(text: string): void;
  /** Asks something; nothing where nobody can be asked. */
  ask(question: string): Promise<string | undefined>;
  progress(title: string): Progress;
  /** Who uses the tool, as the machine knows them. */
  user: string;
  clock(): Date;
}

/** The terminal of this process; the bar is drawn on standard error, and only where somebody sees it. */
export function processTerminal(): Terminal {
  return {
    environment: process.env,
    write: (text) => void stdout.write(`${text}\n`),
    tell: (text) => void stderr.write(`${text}\n`),
    ask: async (question) => {
      if (!stdin.isTTY) return undefined;
      const asking = createInterface({ input: stdin, output: stderr });
      try {
        return await asking.question(`${question} `);
      } finally {
        asking.close();
      }
    },
    progress: (title) => (stderr.isTTY ? bar(title) : { show: () => undefined, end: () => undefined }),
    user: userName(),
    clock: () => new Date(),
  };
}

function bar(title: string): Progress {
  const drawn = new SingleBar({
    format: `${title} [{bar}] {percentage}% {value}/{total}`,
    barCompleteChar: '#',
    barIncompleteChar: '.',
    stream: stderr,
    clearOnComplete: true,
  });
  return {
    show: (done, total) => {
      if (!drawn.isActive) drawn.start(total, 0);
      drawn.setTotal(total);
      drawn.update(done);
    },
    end: () => drawn.stop(),
  };
}

/** The name of the account; an account without a name is told by its number. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? '?'}`;
  }
}
