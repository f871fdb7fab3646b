import { setTimeout as pause } from 'node:timers/promises';

/** How long a database that another process has locked is waited for, and how often it is tried meanwhile. */
const PATIENCE_MS = 500;
const PAUSE_MS = 20;

const SQLITE_BUSY = 5;

/** Whether this is the error of a database that another process has locked. */
export const isLocked = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;

/**
 * Does work on a database, and tries again while it is locked; other calls are answered meanwhile. Throws what the work
 * threw when the lock stays.
 */
export async function patiently<Result>(work: () => Result): Promise<Result> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!isLocked(error) || performance.now() > until) throw error;
    }
    await pause(PAUSE_MS);
  }
}
