import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { inventedAccount } from '../../src/simulator/invented.ts';
import { ownFolder } from '../rim/folder.ts';

const command = join(import.meta.dirname, '../../src/commands/phone.ts');

/** Runs the command on pipes, with these lines as its keyboard. */
async function phone(words: string[], { keys = '', env = {} as Record<string, string>, cwd = process.cwd() } = {}) {
  const child = spawn(process.execPath, [command, ...words], { env: { ...process.env, ...env }, cwd });
  child.stdin.end(keys);
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { out, err, code };
}

/** An application that asks for one key and says good-bye with it. */
async function application() {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const form = new URLSearchParams(await text(request));
    asked.push(`${request.url} ${form.get('CallStatus')} ${form.get('Digits') ?? '-'}`);
    const twiml = request.url === '/voice' ? '<Gather numDigits="1" action="/turn"/>' : '<Hangup/>';
    response.setHeader('Content-Type', 'text/xml').end(`<Response>${twiml}</Response>`);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { base, asked, [Symbol.dispose]: () => void server.close() };
}

test('keys from a pipe make a whole call, and the application hears of its end', async () => {
  using app = await application();
  const status = `${app.base}/status`;
  const { out, code } = await phone([`${app.base}/voice`, '--token', 'secret', '--status', status], { keys: '7\n' });
  expect(code).toBe(0);
  expect(out).toContain('> 7\n· The call lasted 0:00; the application hung up.\n');
  expect(app.asked).toEqual(['/voice ringing -', '/turn in-progress 7', '/status completed -']);
});

test('when there are no keys left, the telephone hangs up properly', async () => {
  using app = await application();
  const { out } = await phone([`${app.base}/voice`, '--token', 'secret', '--status', `${app.base}/status`]);
  expect(out).toContain('you hung up');
  expect(app.asked.at(-1)).toBe('/status completed -');
});

test('a call that the application breaks off with an error ends with exit code 1', async () => {
  const url = `http://127.0.0.1:${await freePort()}/voice`;
  const { out, code } = await phone([url, '--token', 'secret']);
  expect(out).toContain('an application error has occurred');
  expect(code).toBe(1);
});

test('what is piped and means nothing is told, and how a sentence is', async () => {
  using app = await application();
  const { out } = await phone([`${app.base}/voice`, '--token', 'secret'], { keys: 'xy7\n' });
  expect(out.replace(/\s+/g, ' ')).toContain('by keys or, in quotation marks, by a sentence ("my bill")');
  expect(out.replace(/\s+/g, ' ')).toContain('"xy" means nothing: keys are 0-9 * #, and a sentence stands in "…"');
  expect(app.asked).toContain('/turn in-progress 7');
});

test('a wrong word is answered in one line and exit code 2', async () => {
  expect(await phone(['--loud'])).toEqual({
    code: 2,
    out: '',
    err: expect.stringMatching(/^Unknown option '--loud'\. Usage: npm run phone .*\n$/),
  });
});

test('when nothing listens, the tester is told to start the hotline', async () => {
  expect(await phone([], { env: { HOST: '127.0.0.1', PORT: '1', PUBLIC_BASE_URL: '' } })).toEqual({
    code: 1,
    out: '',
    err: 'Nothing answers at http://127.0.0.1:1/voice: run npm start in another terminal.\n',
  });
});

test('somebody else’s application is not called with a token made up for it', async () => {
  using app = await application();
  const cwd = ownFolder();
  const { code, err } = await phone([`${app.base}/voice`], { cwd });
  expect([code, app.asked, readdirSync(cwd)]).toEqual([2, [], []]);
  expect(err).toMatch(/^There is no auth token to sign requests with: give --token\. Usage: npm run phone .*\n$/);
});

test('the tester hears what the other end is told, and takes the call there with a key', async () => {
  const answers: Record<string, string> = {
    '/voice': '<Dial action="/over" timeLimit="1"><Number url="/whisper">+62215550101</Number></Dial>',
    '/whisper': '<Gather numDigits="1" action="/taken"><Say>Take it?</Say></Gather><Hangup/>',
    '/taken': '',
    '/over': '<Gather numDigits="1"><Say>Bye.</Say></Gather><Hangup/>',
  };
  const statuses: (string | null)[] = [];
  const server = createServer(async (request, response) => {
    statuses.push(new URLSearchParams(await text(request)).get('DialCallStatus'));
    response.setHeader('Content-Type', 'text/xml').end(`<Response>${answers[request.url ?? '']}</Response>`);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/voice`;
  const { out } = await phone([url, '--token', 'secret'], { keys: 'a\no1\n' });
  server.close();
  expect(out).toContain('· the other end hears: Take it?\n');
  expect(out).toContain('· the other end answers\n');
  expect(statuses.at(-1)).toBe('completed');
});

test('a recorded call is not written over', async () => {
  const { code, err } = await phone(['--save', 'nothing-owed']);
  expect(code).toBe(2);
  expect(err).toContain('test/calls/nothing-owed.call is there already');
});

/** A port that nobody listens on: it was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test('an application finds the REST interface where the tester puts it, and its messages are shown', async () => {
  const message = { To: '+6281200000002', From: '+621500400', Body: 'Kode Anda 7' };
  const accountSid = inventedAccount('secret');
  let account = '';
  const server = createServer(async (_request, response) => {
    const headers = { authorization: `Basic ${Buffer.from(`${accountSid}:secret`).toString('base64')}` };
    const body = new URLSearchParams(message);
    await fetch(`${account}/Messages.json`, { method: 'POST', headers, body });
    response.setHeader('Content-Type', 'text/xml').end('<Response><Hangup/></Response>');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const port = await freePort();
  account = `http://127.0.0.1:${port}/2010-04-01/Accounts/${accountSid}`;
  const voice = `http://127.0.0.1:${(server.address() as AddressInfo).port}/voice`;
  const { out } = await phone([voice, '--token', 'secret', '--rest', String(port)]);
  server.close();
  expect(out).toContain(`REST interface at http://127.0.0.1:${port} for account ${accountSid}`);
  expect(out).toContain('Message to +6281200000002: Kode Anda 7\n');
});

test('calls that the application makes are shown, and outlast the call in hand', async () => {
  const accountSid = `AC${'1'.repeat(32)}`;
  const [port, told] = [await freePort(), [] as (string | null)[]];
  const server = createServer(async (request, response) => {
    const form = new URLSearchParams(await text(request));
    if (request.url === '/told') told.push(form.get('CallStatus'));
    if (request.url !== '/voice') return void response.end();
    const headers = { authorization: `Basic ${btoa(`${accountSid}:secret`)}` };
    const StatusCallback = new URL('/told', `http://${request.headers.host}`).href;
    const wish = {
      To: '+6281200000002',
      From: '+62150',
      Twiml: '<Response><Say>Halo.</Say></Response>',
      StatusCallback,
    };
    const calls = `http://127.0.0.1:${port}/2010-04-01/Accounts/${accountSid}/Calls.json`;
    await fetch(calls, { method: 'POST', headers, body: new URLSearchParams(wish) });
    response.setHeader('Content-Type', 'text/xml').end('<Response><Hangup/></Response>');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const voice = `http://127.0.0.1:${(server.address() as AddressInfo).port}/voice`;
  const { out } = await phone([voice, '--token', 'secret', '--account', accountSid, '--rest', String(port)]);
  server.close();
  const shown = ['the application calls +6281200000002', '+6281200000002 answers', '+6281200000002 hears: Halo.'];
  for (const note of [...shown, 'the call to +6281200000002 is over: completed']) expect(out).toContain(`· ${note}\n`);
  expect(out).toMatch(/· the application’s call to \+6281200000002 goes on: waiting a minute/);
  expect(told).toEqual(['completed']);
});

test('a message that the line has shown is not told once more at the end', async () => {
  const server = createServer((_request, response) =>
    response.setHeader('Content-Type', 'text/xml').end('<Response><Sms>Kode Anda 7</Sms></Response>'),
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const voice = `http://127.0.0.1:${(server.address() as AddressInfo).port}/voice`;
  const { out } = await phone([voice, '--token', 'secret']);
  server.close();
  expect(out.match(/Kode Anda 7/g)).toHaveLength(1);
});

test('a port that is taken is told in one sentence', async () => {
  using app = await application();
  const { code, err } = await phone([`${app.base}/voice`, '--token', 'secret', '--rest', new URL(app.base).port]);
  expect([code, err]).toEqual([1, `Port ${new URL(app.base).port} is taken: give --rest another one.\n`]);
});
