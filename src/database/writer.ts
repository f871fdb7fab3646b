import type { Filled } from './database.ts';
import { type Piece, startWritingThread, type WritingThread } from './startWritingThread.ts';
import { together } from './together.ts';

/** Writes to one SQLite file without letting calls wait for the disk. */
export type Writer = {
  /** Does all of these changes or none; on the disk when it resolves, with the number of rows that each has changed. */
  write(changes: readonly Filled[]): Promise<number[]>;
  /** The same, and what was there before is gone from the write-ahead log too. */
  erase(changes: readonly Filled[]): Promise<number[]>;
  /** Writes what is waiting, and ends. */
  close(): Promise<void>;
};

/**
 * While the thread writes one batch, another may lie there: who answers calls may be too busy to hand it over just when the
 * thread comes back.
 */
const TOGETHER = { atOnce: 2 };

/**
 * A writer with a thread of its own. What comes while the thread writes is then written together. A thread that dies takes
 * along what it was told to write, whose writers hear of it; the next write starts another.
 */
export function writerOf(file: string): Writer {
  let thread: WritingThread | null = null;
  let isClosed = false;
  const pieces = together<Piece, number[]>((some) => {
    if (!thread?.isAlive()) thread = startWritingThread(file);
    return thread.write(some);
  }, TOGETHER);

  async function asked(changes: readonly Filled[], erases: boolean): Promise<number[]> {
    if (isClosed) throw new Error(`${file} is closed: nothing is written there any more.`);
    return pieces.ask({ changes, erases });
  }

  return {
    write: (changes) => asked(changes, false),
    erase: (changes) => asked(changes, true),
    async close() {
      isClosed = true;
      await pieces.done();
      await thread?.end();
    },
  };
}
