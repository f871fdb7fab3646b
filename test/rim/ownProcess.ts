import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { ownFolder } from './folder.ts';

const main = join(import.meta.dirname, '../../src/main.ts');

/** A hotline in a process of its own, which a test may stop and kill; it is gone when the test is over. */
export type OwnProcess = {
  /** Where it listens. */
  url: string;
  /** Sends this signal and tells how the process ended, with the milliseconds that it took. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<{ code: number | null; signal: string | null; ms: number }>;
};

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/** Starts a hotline in a folder without a `.env`, with nothing but these settings, and resolves when it answers. */
export async function ownProcess(env: Record<string, string>, nodeOptions: string[] = []): Promise<OwnProcess> {
  const hotline = spawn(process.execPath, [...nodeOptions, main], { cwd: ownFolder(), env });
  onTestFinished(() => void hotline.kill('SIGKILL'));
  const { promise: answers, resolve, reject } = Promise.withResolvers<string>();
  let printed = '';
  hotline.stdout.on('data', (chunk) => {
    printed += chunk;
    const [, url] = /(?:listens|answers) at (http:\/\/127\.0\.0\.1:\d+)(?=\/voice\n|\n)/.exec(printed) ?? [];
    if (url && printed.includes('Ctrl-C')) resolve(url);
  });
  hotline.stderr.on('data', (chunk) => reject(new Error(String(chunk))));
  hotline.once('exit', (code) => reject(new Error(`The hotline ended with ${code} before it answered.`)));
  const url = await answers;
  return {
    url,
    async end(signal) {
      const began = performance.now();
      const exit = once(hotline, 'exit');
      hotline.kill(signal);
      const [code, killedBy] = await exit;
      return { code, signal: killedBy, ms: performance.now() - began };
    },
  };
}
