import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { dial } from '../../src/simulator/phone.ts';
import { ownFolder } from './folder.ts';
import { longCall as acts } from './longCall.ts';

const main = join(import.meta.dirname, '../../src/main.ts');
const authToken = 'tokenOfAServerThatDies';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** A hotline in a process of its own, which a test may kill and start again on the same folder and port. */
async function mortalHotline() {
  const port = String(await freePort());
  const folder = ownFolder();
  const env = { PORT: port, DATA_DIR: folder, TWILIO_AUTH_TOKEN: authToken, PRETEND_TODAY: '2026-11-21' };
  const start = async () => {
    const hotline = spawn(process.execPath, [main], { cwd: folder, env });
    const { promise: ready, resolve, reject } = Promise.withResolvers<void>();
    hotline.stdout.on('data', (chunk) => String(chunk).includes('Ctrl-C') && resolve());
    hotline.stderr.on('data', (chunk) => reject(new Error(String(chunk))));
    await ready;
    return hotline;
  };
  const kill = async () => {
    hotline.kill('SIGKILL');
    await once(hotline, 'exit');
  };
  let hotline = await start();
  onTestFinished(kill);
  const killAndStartAgain = async () => {
    await kill();
    hotline = await start();
  };
  return { url: `http://127.0.0.1:${port}/voice`, killAndStartAgain };
}

async function longCall(url: string, between: () => Promise<void>): Promise<string[]> {
  const phone = await dial(url, { authToken });
  for (const act of acts) {
    await phone.waitUntilSilence();
    await between();
    await act(phone);
  }
  await phone.waitUntilSilence();
  return phone.transcript;
}

test('a server killed between any two turns, and started again, loses no call', { timeout: 120_000 }, async () => {
  const { url, killAndStartAgain } = await mortalHotline();
  const undisturbed = await longCall(url, async () => {});
  expect(undisturbed.at(-1)).toMatch(/^ {2}\(hangs up after/);
  let deaths = 0;
  const disturbed = await longCall(url, async () => {
    await killAndStartAgain();
    deaths += 1;
  });
  expect(disturbed).toEqual(undisturbed);
  expect(deaths).toBe(acts.length);
});
