import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childServer } from '../load/childServer.ts';
import type { Measured } from './rounds.ts';
import type { Contender, Order, Report, Use } from './server.ts';
import { TODAY } from './today.ts';

/** A contender that answers, in a process and a folder of its own. */
export type Running = Measured & {
  folder: string;
  use(): Promise<Use>;
  kill(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

const program = join(import.meta.dirname, 'server.ts');

/** Starts a contender on a free port. A folder that is given is kept, with what was written into it. */
export async function running(
  contender: Contender,
  { folder: given, settings = {} }: { folder?: string; settings?: Record<string, string> } = {},
): Promise<Running> {
  const folder = given ?? mkdtempSync(join(tmpdir(), 'hotline-bench-'));
  const env = { PORT: '0', DATA_DIR: folder, PRETEND_TODAY: TODAY, LOG_LEVEL: 'info', ...settings };
  const child = childServer<Order, Report>(program, folder, env);
  const gone = async () => {
    await child.kill();
    if (given === undefined) rmSync(folder, { recursive: true, force: true });
  };
  try {
    const report = await child.ask({ begin: contender });
    if (!('url' in report)) throw new Error('The measured server did not say where it listens.');
    return { ...report, folder, use: () => used(child), kill: child.kill, [Symbol.asyncDispose]: gone };
  } catch (error) {
    await gone();
    throw error;
  }
}

async function used(child: { ask(order: Order): Promise<Report> }): Promise<Use> {
  const report = await child.ask('use');
  if (!('rssMB' in report)) throw new Error('The measured server did not say what it has used.');
  return report;
}
