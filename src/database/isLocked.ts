const SQLITE_BUSY = 5;

/** Whether this is the error of a SQLite file that another process has locked. */
export const isLocked = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
