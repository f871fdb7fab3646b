import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** How long a server may take to answer; a million members take a while to lay. */
const MOST_SECONDS = 120;

/** A server in a process of its own, which takes orders and answers each with one report. */
export type ChildServer<Order, Report> = {
  /** Fails where the process has ended or does not answer. */
  ask(order: Order): Promise<Report>;
  /** Ends the process as a power cut would. */
  kill(): Promise<void>;
};

/** Starts a program under this very Node, in a folder and with settings of its own and none of ours. */
export function childServer<Order, Report>(
  program: string,
  cwd: string,
  env: Record<string, string>,
): ChildServer<Order, Report> {
  const child = spawn(process.execPath, [program], { cwd, env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  return { ask: (order) => asked(child, order), kill: () => killed(child) };
}

async function asked<Order, Report>(child: ChildProcess, order: Order): Promise<Report> {
  const patience = AbortSignal.timeout(MOST_SECONDS * 1_000);
  const ended = once(child, 'exit', { signal: patience }).then(() => {
    throw new Error('The measured server has ended by itself.');
  });
  child.send(order as object);
  const [report] = await Promise.race([once(child, 'message', { signal: patience }), ended]);
  return report as Report;
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
