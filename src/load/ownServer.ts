import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Target } from './makeCall.ts';
import type { Census } from './people.ts';
import type { Beginning, Order, Report } from './server.ts';

/** What a server has used so far: memory now, and time on the processor. */
export type Use = { rssMB: number; cpuSeconds: number };

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

/** How long a server may take until it listens; a million members take a while to lay. */
const MOST_SECONDS_TO_START = 120;

const program = join(import.meta.dirname, 'server.ts');

/** On a bad day members who are slow are given up, and callers asked to wait for them, a good deal sooner. */
const unsteadily = { MEMBERSHIP_DEADLINE_MS: '500', ASK_TO_WAIT_AFTER_MS: '100' };

async function start(folder: string, port: string, today: string, beginning: Beginning) {
  const env = { PORT: port, DATA_DIR: folder, PRETEND_TODAY: today };
  const child = spawn(process.execPath, [program], {
    cwd: folder,
    env: { ...env, ...(beginning.unsteady && unsteadily) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  try {
    const report = await asked(child, { begin: beginning });
    if ('url' in report) return { child, ...report };
    throw new Error('The server of the load test did not say where it listens.');
  } catch (error) {
    await killed(child);
    throw error;
  }
}

/** Asks the server something; fails where it has ended or does not answer. */
async function asked(child: ChildProcess, order: Order): Promise<Report> {
  const patience = AbortSignal.timeout(MOST_SECONDS_TO_START * 1_000);
  const ended = once(child, 'exit', { signal: patience }).then(() => {
    throw new Error('The server of the load test has ended by itself.');
  });
  child.send(order);
  const [report] = await Promise.race([once(child, 'message', { signal: patience }), ended]);
  return report as Report;
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** Starts a hotline with a population of its own in a folder of its own; both are gone when it is closed. */
export async function ownServer({ members, seed, today }: Census, unsteady: boolean): Promise<OwnServer> {
  const folder = mkdtempSync(join(tmpdir(), 'hotline-load-'));
  const beginning = { members, seed, unsteady };
  let { child, url, authToken } = await start(folder, '0', today, { ...beginning, isNew: true });
  let up = Promise.resolve();
  const again = async () => {
    await killed(child);
    ({ child } = await start(folder, new URL(url).port, today, { ...beginning, isNew: false }));
  };
  return {
    target: { url: `${url}/voice`, authToken, statusUrl: `${url}/voice/status` },
    async use() {
      const report = await asked(child, 'use');
      return 'rssMB' in report ? report : { rssMB: 0, cpuSeconds: 0 };
    },
    killAndStartAgain() {
      up = again();
      return up;
    },
    isUp: () => up,
    async close() {
      await up.catch(() => {});
      await killed(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
