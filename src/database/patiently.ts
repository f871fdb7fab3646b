import { setTimeout as pause } from 'node:timers/promises';

/** How long a database is waited for that another process has locked, or that is away. */
export const PATIENCE_MS = 500;

/** How often it is tried meanwhile. */
const PAUSE_MS = 20;

/** Does work, and tries again, not for ever, while its error is one that may pass; the thread is free meanwhile. */
export async function patiently<Result>(
  work: () => Result | Promise<Result>,
  mayPass: (error: unknown) => boolean,
  patienceMs = PATIENCE_MS,
): Promise<Result> {
  const until = performance.now() + patienceMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!mayPass(error) || performance.now() > until) throw error;
    }
    await pause(PAUSE_MS);
  }
}
