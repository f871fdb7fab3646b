import { type ChildProcess, spawn } from 'node:child_process';
import { on, once } from 'node:events';

/** How long a server may take to answer; a million members take a while to lay. */
const MOST_SECONDS = 120;

/** What a server says without being asked. */
export type News = { news: string };

/** A server in a process of its own, which takes orders and answers each with one report. */
export type ChildServer<Order, Report> = {
  /** Fails where the process has ended or does not answer. */
  ask(order: Order): Promise<Report>;
  /** Ends the process as a power cut would. */
  kill(): Promise<void>;
};

/** Starts a program under this very Node, in a folder and with settings of its own and none of ours. */
export function childServer<Order extends object | string, Report extends object>(
  program: string,
  cwd: string,
  env: Record<string, string>,
  onNews: (news: string) => void = () => {},
): ChildServer<Order, Report> {
  const child = spawn(process.execPath, [program], { cwd, env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  child.on('message', (message: Report | News) => 'news' in message && onNews(message.news));
  return { ask: (order) => asked<Report>(child, order), kill: () => killed(child) };
}

async function asked<Report extends object>(child: ChildProcess, order: object | string): Promise<Report> {
  const isAnswered = new AbortController();
  const signal = AbortSignal.any([isAnswered.signal, AbortSignal.timeout(MOST_SECONDS * 1_000)]);
  const ended = once(child, 'exit', { signal }).then(() => {
    throw new Error('The measured server has ended by itself.');
  });
  const report = reportOf<Report>(child, signal);
  child.send(order);
  return Promise.race([report, ended]).finally(() => isAnswered.abort());
}

async function reportOf<Report extends object>(child: ChildProcess, signal: AbortSignal): Promise<Report> {
  const messages = on(child, 'message', { signal }) as AsyncIterable<[Report | News]>;
  for await (const [message] of messages) if (!('news' in message)) return message;
  throw new Error('The measured server said no more.');
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
