import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Target } from './makeCall.ts';
import { measuredServer } from './measuredServer.ts';
import type { Census } from './people.ts';
import type { Beginning, Started } from './server.ts';
import type { Use } from './takeOrders.ts';

/** How far the flows of a server were gone through: the names of all transitions, and of those that a call took. */
export type Taken = { all: readonly string[]; taken: ReadonlySet<string> };

/** A hotline in a process of its own, for the length of a load test. */
export type OwnServer = {
  target: Target;
  /** Null where nobody wants to know. */
  transitions: Taken | null;
  use(): Promise<Use>;
  /** Ends the process as a power cut would, and starts another one on the same folder and port. */
  killAndStartAgain(): Promise<void>;
  /** Resolves when the server is there: at once, but while it starts again. */
  isUp(): Promise<void>;
  close(): Promise<void>;
};

const program = join(import.meta.dirname, 'server.ts');

/** On a bad day members who are slow are given up, and callers asked to wait for them, a good deal sooner. */
const unsteadily = { MEMBERSHIP_DEADLINE_MS: '500', ASK_TO_WAIT_AFTER_MS: '100' };

/** Starts a hotline with a population of its own in a folder of its own; both are gone when it is closed. */
export async function ownServer(
  { members, seed, today }: Census,
  { unsteady = false, watched = false } = {},
): Promise<OwnServer> {
  const folder = mkdtempSync(join(tmpdir(), 'hotline-load-'));
  const taken = new Set<string>();
  const startAt = (port: string, isNew: boolean) => {
    const env = { PORT: port, DATA_DIR: folder, PRETEND_TODAY: today, ...(unsteady && unsteadily) };
    const onNews = (transition: string) => void taken.add(transition);
    const beginning = { members, seed, unsteady, watched, isNew };
    return measuredServer<Beginning, Started>({ program, folder, env, onNews }, beginning);
  };
  let server = await startAt('0', true);
  const { url, authToken, transitions } = server;
  let up = Promise.resolve();
  const again = async () => {
    await server.kill();
    server = await startAt(new URL(url).port, false);
  };
  return {
    target: { url: `${url}/voice`, authToken, statusUrl: `${url}/voice/status` },
    transitions: watched ? { all: transitions, taken } : null,
    use: () => server.use(),
    killAndStartAgain() {
      up = again();
      return up;
    },
    isUp: () => up,
    async close() {
      await up.catch(() => {});
      await server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
