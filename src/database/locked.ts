import { setTimeout as pause } from 'node:timers/promises';

/** How long a SQLite file that another process has locked is waited for. */
export const PATIENCE_MS = 500;

/** How often it is tried meanwhile. */
const PAUSE_MS = 20;

const SQLITE_BUSY = 5;

/** Whether this is the error of a file that another process has locked. */
export const isLocked = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;

/** Does work on a file, and tries again while it is locked; the thread does other things meanwhile. */
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
