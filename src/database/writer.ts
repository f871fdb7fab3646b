import type { Filled } from './database.ts';
import { type Piece, startWritingThread, type WritingThread } from './startWritingThread.ts';

/** Writes to one SQLite file without letting calls wait for the disk. */
export type Writer = {
  /** Does all of these changes or none; on the disk when it resolves, with the number of rows that each has changed. */
  write(changes: readonly Filled[]): Promise<number[]>;
  /** The same, and what was there before is gone from the write-ahead log too. */
  erase(changes: readonly Filled[]): Promise<number[]>;
  /** Writes what is waiting, and ends. */
  close(): Promise<void>;
};

type Waiting = Piece & { resolve: (rows: number[]) => void; reject: (error: unknown) => void };

/**
 * A writer with a thread of its own. What comes while the thread writes waits, and is then written together. A thread
 * that dies takes along what it was writing, whose writers are told; the next write starts another.
 */
export function writerOf(file: string): Writer {
  let thread: WritingThread | null = null;
  let waiting: Waiting[] = [];
  let writing: Promise<void> | null = null;
  let isClosed = false;

  async function writeWhatWaits(): Promise<void> {
    const pieces = waiting;
    waiting = [];
    if (!thread?.isAlive()) thread = startWritingThread(file);
    try {
      const outcomes = await thread.write(pieces);
      for (const [index, { resolve, reject }] of pieces.entries()) {
        const outcome = outcomes[index]!;
        if (outcome instanceof Error) reject(outcome);
        else resolve(outcome);
      }
    } catch (error) {
      for (const { reject } of pieces) reject(error);
    }
  }

  /** What comes in the same moment goes together. */
  async function writeAll(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) await writeWhatWaits();
    writing = null;
  }

  const asked = (changes: readonly Filled[], erases: boolean) =>
    new Promise<number[]>((resolve, reject) => {
      if (isClosed) return reject(new Error(`${file} is closed: nothing is written there any more.`));
      waiting.push({ changes, erases, resolve, reject });
      writing ??= writeAll();
    });

  return {
    write: (changes) => asked(changes, false),
    erase: (changes) => asked(changes, true),
    async close() {
      isClosed = true;
      await writing;
      await thread?.end();
    },
  };
}
