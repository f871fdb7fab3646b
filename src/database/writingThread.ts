import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import type { Value } from './database.ts';
import { inOneGo } from './inOneGo.ts';
import { isLocked } from './isLocked.ts';
import { PATIENCE_MS } from './patiently.ts';

/** A statement, by its number, and what fills its blanks. */
export type Change = [statement: number, values: Value[]];

/** What the thread is told to write: pieces of changes that belong together, and statements that it has not met yet. */
export type Batch = { learn: [statement: number, sql: string][]; pieces: Change[][]; erases: boolean };

/** What became of a piece: how many rows each change has changed, or why nothing has. */
export type Outcome = number[] | Error;

/*
 * A thread of its own for what is written to one SQLite file: it waits for the disk, so that the calls do not. A disk
 * takes as long for one piece as for fifty, so a batch is one transaction. The thread ends when it is told nothing (null).
 */
const database = new DatabaseSync(workerData as string, { timeout: PATIENCE_MS });
database.exec('PRAGMA synchronous = FULL; PRAGMA secure_delete = ON');
const texts = new Map<number, string>();
const statements = new Map<number, StatementSync>();

function changed([number, values]: Change): number {
  const statement = statements.getOrInsertComputed(number, () => database.prepare(texts.get(number)!));
  return Number(statement.run(...values).changes);
}

/** Nobody shall suffer from another one's fault: then each piece is tried alone. A lock is nobody's, and was waited for. */
function written(pieces: Change[][]): Outcome[] {
  try {
    return inOneGo(database, () => pieces.map((piece) => piece.map(changed)));
  } catch (error) {
    if (pieces.length > 1 && !isLocked(error)) return pieces.flatMap((piece) => written([piece]));
    return pieces.map(() => error as Error);
  }
}

parentPort!.on('message', (batch: Batch | null) => {
  if (batch === null) {
    database.close();
    return parentPort!.close();
  }
  for (const [number, sql] of batch.learn) texts.set(number, sql);
  const outcomes = written(batch.pieces);
  if (batch.erases) database.exec('PRAGMA wal_checkpoint(TRUNCATE)'); // or it would stay in the write-ahead log
  parentPort!.postMessage(outcomes);
});
