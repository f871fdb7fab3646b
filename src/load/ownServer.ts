import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Target } from './makeCall.ts';
import { type MeasuredServer, measuredServer } from './measuredServer.ts';
import type { Census } from './people.ts';
import type { Beginning } from './server.ts';
import type { Use } from './takeOrders.ts';

/** A hotline in a process of its own, for the length of a load test. */
export type OwnServer = {
  target: Target;
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

function start(folder: string, port: string, today: string, beginning: Beginning): Promise<MeasuredServer> {
  const env = { PORT: port, DATA_DIR: folder, PRETEND_TODAY: today, ...(beginning.unsteady && unsteadily) };
  return measuredServer({ program, folder, env }, beginning);
}

/** Starts a hotline with a population of its own in a folder of its own; both are gone when it is closed. */
export async function ownServer({ members, seed, today }: Census, unsteady: boolean): Promise<OwnServer> {
  const folder = mkdtempSync(join(tmpdir(), 'hotline-load-'));
  const beginning = { members, seed, unsteady };
  let server = await start(folder, '0', today, { ...beginning, isNew: true });
  const { url, authToken } = server;
  let up = Promise.resolve();
  const again = async () => {
    await server.kill();
    server = await start(folder, new URL(url).port, today, { ...beginning, isNew: false });
  };
  return {
    target: { url: `${url}/voice`, authToken, statusUrl: `${url}/voice/status` },
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
