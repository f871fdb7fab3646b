import { type ChildProcess, spawn } from 'node:child_process';
import { on, once } from 'node:events';
import type { Answer, Begun, News, Order, Use } from './takeOrders.ts';

/** How long a server may take to answer; a million members take a while to lay. */
const MOST_SECONDS = 120;

/** A server in a process of its own. */
export type MeasuredServer<Started extends Begun = Begun> = Started & {
  /** Fails where the process has ended or does not answer. */
  use(): Promise<Use>;
  /** Ends the process as a power cut would. */
  kill(): Promise<void>;
};

/** A program that takes orders, its folder, its settings, and who is told what it says unasked. */
export type Program = {
  program: string;
  folder: string;
  env: Record<string, string>;
  onNews?: (news: string) => void;
};

/** Starts a program under this very Node, with settings of its own and none of ours. */
export async function measuredServer<Beginning, Started extends Begun = Begun>(
  { program, folder, env, onNews = () => {} }: Program,
  begin: Beginning,
): Promise<MeasuredServer<Started>> {
  const child = spawn(process.execPath, [program], { cwd: folder, env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const ask = (order: Order<Beginning>) => asked<Beginning, Started>(child, order);
  const kill = () => killed(child);
  child.on('message', (message: Answer<Started> | News) => 'news' in message && onNews(message.news));
  try {
    const answer = await ask({ begin });
    if (!('started' in answer)) throw new Error('The measured server did not say where it listens.');
    const use = async () => {
      const used = await ask('use');
      if (!('use' in used)) throw new Error('The measured server did not say what it has used.');
      return used.use;
    };
    return { ...answer.started, use, kill };
  } catch (error) {
    await kill();
    throw error;
  }
}

/** Asks the server something; fails where it has ended or does not answer. */
async function asked<Beginning, Started extends Begun>(
  child: ChildProcess,
  order: Order<Beginning>,
): Promise<Answer<Started>> {
  const isAnswered = new AbortController();
  const signal = AbortSignal.any([isAnswered.signal, AbortSignal.timeout(MOST_SECONDS * 1_000)]);
  const ended = once(child, 'exit', { signal }).then(() => {
    throw new Error('The measured server has ended by itself.');
  });
  const answer = answerOf<Started>(child, signal);
  child.send(order);
  return Promise.race([answer, ended]).finally(() => isAnswered.abort());
}

async function answerOf<Started extends Begun>(child: ChildProcess, signal: AbortSignal): Promise<Answer<Started>> {
  const messages = on(child, 'message', { signal }) as AsyncIterable<[Answer<Started> | News]>;
  for await (const [message] of messages) if (!('news' in message)) return message;
  throw new Error('The measured server said no more.');
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
