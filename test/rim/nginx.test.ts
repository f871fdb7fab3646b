import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ownFolder } from './folder.ts';
import { freePort } from './ownProcess.ts';

const isInstalled = spawnSync('nginx', ['-v']).error === undefined;

/** All time runs so much faster here, but that for which a copy is left out. */
const SECOND_MS = 200;

/** The carrier waits fifteen seconds for an answer. */
const CARRIER_WAITS_MS = 15 * SECOND_MS;

const answers: RequestListener = (_request, response) => response.end('<Response/>');
const hangs: RequestListener = () => {};

/** A copy that does this with every request, and how many it was asked. */
async function copyThat(does: RequestListener) {
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    does(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, asked: () => asked };
}

/** Whether somebody listens there: nothing is asked, since that would go on to a copy. */
async function isListeningOn(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const isOpen = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return isOpen;
}

/** nginx.conf in front of these copies of this machine, as its address. */
async function nginxBefore(one: { port: number }, two: { port: number }): Promise<string> {
  const folder = ownFolder();
  const port = await freePort();
  const conf = readFileSync(join(import.meta.dirname, '../../nginx.conf'), 'utf8')
    .replaceAll('one:15400 resolve', `127.0.0.1:${one.port}`)
    .replaceAll('two:15400 resolve', `127.0.0.1:${two.port}`)
    .replaceAll(' /tmp/', ` ${folder}/`)
    .replace(/^ *resolver .*$/m, '')
    .replace('listen 8080', `listen 127.0.0.1:${port}`)
    .replace(/(proxy_\w+_timeout) (\d+)s;/g, (_, name, seconds) => `${name} ${seconds * SECOND_MS}ms;`);
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, conf);
  const nginx = spawn('nginx', ['-e', 'stderr', '-c', file, '-g', 'daemon off;'], { stdio: 'ignore' });
  onTestFinished(async () => {
    nginx.kill();
    if (nginx.exitCode === null) await once(nginx, 'exit');
  });
  await expect.poll(() => isListeningOn(port)).toBe(true);
  return `http://127.0.0.1:${port}`;
}

/** What a call that begins is answered, and how long it waited. */
async function begins(url: string) {
  const began = performance.now();
  const { status } = await fetch(`${url}/voice`, { method: 'POST', body: 'CallSid=CA1' });
  return { status, ms: performance.now() - began };
}

describe.runIf(isInstalled)('the proxy in front', () => {
  test('asks the other copy where one hangs, in the time that the carrier has, and soon leaves that one out', async () => {
    const hanging = await copyThat(hangs);
    const url = await nginxBefore(hanging, await copyThat(answers));
    const atOnce = await Promise.all(Array.from({ length: 20 }, () => begins(url)));
    for (const { status, ms } of atOnce) {
      expect(status).toBe(200);
      expect(ms).toBeLessThan(CARRIER_WAITS_MS);
    }
    const asked = hanging.asked();
    expect(asked).toBeGreaterThan(0);
    for (let call = 0; call < 20; call++) expect((await begins(url)).status).toBe(200);
    expect(hanging.asked()).toBe(asked);
  });

  test('tells the carrier that all copies hang while it still waits', async () => {
    const url = await nginxBefore(await copyThat(hangs), await copyThat(hangs));
    const { status, ms } = await begins(url);
    expect(status).toBe(504);
    expect(ms).toBeLessThan(CARRIER_WAITS_MS);
  });
});
