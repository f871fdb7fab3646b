import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Begun, Order, Report, Use } from './takeOrders.ts';

/** How long a server may take to answer; a million members take a while to lay. */
const MOST_SECONDS = 120;

/** A server in a process of its own. */
export type MeasuredServer = Begun & {
  /** Fails where the process has ended or does not answer. */
  use(): Promise<Use>;
  /** Ends the process as a power cut would. */
  kill(): Promise<void>;
};

/** Starts a program that takes orders, under this very Node, in a folder and with settings of its own and none of ours. */
export async function measuredServer<Beginning>(
  { program, folder, env }: { program: string; folder: string; env: Record<string, string> },
  begin: Beginning,
): Promise<MeasuredServer> {
  const child = spawn(process.execPath, [program], { cwd: folder, env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const kill = () => killed(child);
  try {
    const begun = await asked<Beginning>(child, { begin });
    if (!('url' in begun)) throw new Error('The measured server did not say where it listens.');
    return { ...begun, use: () => usedBy(child), kill };
  } catch (error) {
    await kill();
    throw error;
  }
}

async function usedBy(child: ChildProcess): Promise<Use> {
  const use = await asked(child, 'use');
  if (!('rssMB' in use)) throw new Error('The measured server did not say what it has used.');
  return use;
}

async function asked<Beginning>(child: ChildProcess, order: Order<Beginning>): Promise<Report> {
  const patience = AbortSignal.timeout(MOST_SECONDS * 1_000);
  const ended = once(child, 'exit', { signal: patience }).then(() => {
    throw new Error('The measured server has ended by itself.');
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
