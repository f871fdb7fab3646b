import type { KeyObject } from 'node:crypto';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import type { Value } from './database.ts';
import { inOneGo } from './inOneGo.ts';
import { isLocked } from './isLocked.ts';
import { PATIENCE_MS } from './patiently.ts';
import { type Seal, sealWith } from './seal.ts';

/** What fills a blank, or what does once it is sealed. */
export type Sent = Value | [seal: number, json: string, label: string];

/** A statement, by its number, and what fills its blanks. */
export type Change = [statement: number, values: Sent[]];

/**
 * What the thread is told to write: pieces of changes that belong together, statements that it has not met yet, and the
 * keys of seals that it has not met, in the order of their numbers.
 */
export type Batch = {
  statements: [statement: number, sql: string][];
  keys: KeyObject[];
  pieces: Change[][];
  erases: boolean;
};

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
const seals: Seal[] = [];

function written(value: Sent): Value {
  if (!Array.isArray(value)) return value;
  const [seal, json, label] = value;
  return seals[seal]!.closeJson(json, label);
}

function changed([number, values]: Change): number {
  const statement = statements.getOrInsertComputed(number, () => database.prepare(texts.get(number)!));
  return Number(statement.run(...values.map(written)).changes);
}

/** Nobody shall suffer from another one's fault: then each piece is tried alone. A lock is nobody's, and was waited for. */
function outcomesOf(pieces: Change[][]): Outcome[] {
  try {
    return inOneGo(database, () => pieces.map((piece) => piece.map(changed)));
  } catch (error) {
    if (pieces.length > 1 && !isLocked(error)) return pieces.flatMap((piece) => outcomesOf([piece]));
    return pieces.map(() => error as Error);
  }
}

parentPort!.on('message', (batch: Batch | null) => {
  if (batch === null) {
    database.close();
    return parentPort!.close();
  }
  for (const [number, sql] of batch.statements) texts.set(number, sql);
  for (const key of batch.keys) seals.push(sealWith(key));
  const outcomes = outcomesOf(batch.pieces);
  if (batch.erases) database.exec('PRAGMA wal_checkpoint(TRUNCATE)'); // or it would stay in the write-ahead log
  parentPort!.postMessage(outcomes);
});
