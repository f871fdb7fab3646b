import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MeasuredServer, measuredServer } from '../load/measuredServer.ts';
import type { Contender } from './server.ts';
import { TODAY } from './today.ts';

/** A contender that answers, in a process and a folder of its own. */
export type Running = MeasuredServer & { folder: string; [Symbol.asyncDispose](): Promise<void> };

const program = join(import.meta.dirname, 'server.ts');

/** Starts a contender on a free port. A folder that is given is kept, with what was written into it. */
export async function running(
  contender: Contender,
  { folder: given, settings = {} }: { folder?: string; settings?: Record<string, string> } = {},
): Promise<Running> {
  const folder = given ?? mkdtempSync(join(tmpdir(), 'hotline-bench-'));
  const env = { PORT: '0', DATA_DIR: folder, PRETEND_TODAY: TODAY, LOG_LEVEL: 'info', ...settings };
  const server = await measuredServer({ program, folder, env }, contender);
  const gone = async () => {
    await server.kill();
    if (given === undefined) rmSync(folder, { recursive: true, force: true });
  };
  return { ...server, folder, [Symbol.asyncDispose]: gone };
}
