import type { DatabaseSync } from 'node:sqlite';

/** Does all of the work or none of it, and lets no other process write meanwhile. */
export function inOneGo<Result>(db: DatabaseSync, work: () => Result): Result {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}
