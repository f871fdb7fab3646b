import { Worker } from 'node:worker_threads';
import type { Filled, Filling, Value } from './database.ts';
import { type Seal, Unsealed } from './seal.ts';
import type { Batch, Outcome, Sent } from './writingThread.ts';

/** Changes that are made together or not at all; `erases` where nothing of what was there may be left in a log. */
export type Piece = { changes: readonly Filled[]; erases: boolean };

/** The thread that writes a file, as seen from the one that answers calls. It keeps the process alive while it writes. */
export type WritingThread = {
  isAlive(): boolean;
  /** Writes these pieces, after those before them, and says what became of each; rejects when the thread dies before. */
  write(pieces: readonly Piece[]): Promise<Outcome[]>;
  /** Closes the file and ends the thread. */
  end(): Promise<void>;
};

/** Starts a thread that writes this file. */
export function startWritingThread(file: string): WritingThread {
  const worker = new Worker(new URL('./writingThread.ts', import.meta.url), { workerData: file });
  const knows: Known = { statements: new Set(), seals: new Map() };
  const ended = Promise.withResolvers<void>();
  const answers: PromiseWithResolvers<Outcome[]>[] = [];
  let isAlive = true;

  function dies(cause?: unknown): void {
    isAlive = false;
    const error = new Error(`The thread that writes ${file} has died; the next write starts another.`, { cause });
    for (const { reject } of answers.splice(0)) reject(error);
  }
  worker.unref();
  worker.on('error', dies);
  worker.on('exit', () => {
    dies();
    ended.resolve();
  });
  worker.on('message', (outcomes: Outcome[]) => {
    answers.shift()?.resolve(outcomes);
    if (answers.length === 0) worker.unref();
  });

  return {
    isAlive: () => isAlive,
    write(pieces) {
      const answer = Promise.withResolvers<Outcome[]>();
      worker.ref();
      worker.postMessage(batchOf(pieces, knows));
      answers.push(answer);
      return answer.promise;
    },
    async end() {
      worker.ref();
      worker.postMessage(null);
      await ended.promise;
    },
  };
}

/** What the thread has been told before: statements by their numbers, and seals, each with its number. */
type Known = { statements: Set<number>; seals: Map<Seal, number> };

/** These pieces as the thread is told them: statements and seals by number, what they are the first time. */
function batchOf(pieces: readonly Piece[], { statements, seals }: Known): Batch {
  const batch: Batch = { statements: [], keys: [], pieces: [], erases: pieces.some(({ erases }) => erases) };
  const numberOf = (seal: Seal) =>
    seals.getOrInsertComputed(seal, () => {
      batch.keys.push(seal.key);
      return seals.size;
    });
  const sent = (value: Filling): Sent =>
    value instanceof Unsealed ? [numberOf(value.seal), value.json, value.label] : alone(value);
  for (const { changes } of pieces)
    batch.pieces.push(
      changes.map(({ statement: { number, sql }, values }) => {
        if (!statements.has(number)) batch.statements.push([number, sql]);
        statements.add(number);
        return [number, values.map(sent)];
      }),
    );
  return batch;
}

/** A letter takes along all the memory that bytes lie in, and Node lays small ones side by side in large blocks. */
const alone = (value: Value) =>
  value instanceof Uint8Array && value.buffer.byteLength > value.byteLength ? new Uint8Array(value) : value;
