import { type ChildProcess, spawn } from 'node:child_process';
import { on, once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Target } from './makeCall.ts';
import type { Census } from './people.ts';
import type { Answer, Beginning, News, Order } from './server.ts';

/** What a server has used so far: memory now, and time on the processor. */
export type Use = { rssMB: number; cpuSeconds: number };

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

/** How long a server may take until it listens; a million members take a while to lay. */
const MOST_SECONDS_TO_START = 120;

const program = join(import.meta.dirname, 'server.ts');

/** What callers on a bad day wait for the membership service, in milliseconds. */
const UNSTEADY_DEADLINE_MS = '500';

type Start = { folder: string; port: string; today: string; beginning: Beginning; took(transition: string): void };

async function start({ folder, port, today, beginning, took }: Start) {
  const env = { PORT: port, DATA_DIR: folder, PRETEND_TODAY: today };
  const child = spawn(process.execPath, [program], {
    cwd: folder,
    env: { ...env, ...(beginning.unsteady && { MEMBERSHIP_DEADLINE_MS: UNSTEADY_DEADLINE_MS }) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  child.on('message', (message: Answer | News) => 'took' in message && took(message.took));
  try {
    const answer = await asked(child, { begin: beginning });
    if ('url' in answer) return { child, ...answer };
    throw new Error('The server of the load test did not say where it listens.');
  } catch (error) {
    await killed(child);
    throw error;
  }
}

/** Asks the server something; fails where it has ended or does not answer. */
async function asked(child: ChildProcess, order: Order): Promise<Answer> {
  const isAnswered = new AbortController();
  const signal = AbortSignal.any([isAnswered.signal, AbortSignal.timeout(MOST_SECONDS_TO_START * 1_000)]);
  const ended = once(child, 'exit', { signal }).then(() => {
    throw new Error('The server of the load test has ended by itself.');
  });
  const answer = answerOf(child, signal);
  child.send(order);
  return Promise.race([answer, ended]).finally(() => isAnswered.abort());
}

async function answerOf(child: ChildProcess, signal: AbortSignal): Promise<Answer> {
  for await (const [message] of on(child, 'message', { signal }) as AsyncIterable<[Answer | News]>)
    if (!('took' in message)) return message;
  throw new Error('The server of the load test said no more.');
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** Starts a hotline with a population of its own in a folder of its own; both are gone when it is closed. */
export async function ownServer(
  { members, seed, today }: Census,
  { unsteady = false, watched = false } = {},
): Promise<OwnServer> {
  const folder = mkdtempSync(join(tmpdir(), 'hotline-load-'));
  const taken = new Set<string>();
  const startAt = (port: string, isNew: boolean) => {
    const beginning = { members, seed, unsteady, watched, isNew };
    return start({ folder, port, today, beginning, took: (transition) => taken.add(transition) });
  };
  let { child, url, authToken, transitions } = await startAt('0', true);
  let up = Promise.resolve();
  const again = async () => {
    await killed(child);
    ({ child } = await startAt(new URL(url).port, false));
  };
  return {
    target: { url: `${url}/voice`, authToken, statusUrl: `${url}/voice/status` },
    transitions: watched ? { all: transitions, taken } : null,
    async use() {
      const answer = await asked(child, 'use');
      return 'rssMB' in answer ? answer : { rssMB: 0, cpuSeconds: 0 };
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
