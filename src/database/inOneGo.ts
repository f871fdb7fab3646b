import type { DatabaseSync } from 'node:sqlite';

/** Does all of the work or none of it, and lets nobody else write meanwhile. */
export function inOneGo<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK'); // a full disk has done so already
    throw error;
  }
}
