import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { ownFolder } from '../rim/folder.ts';

const command = join(import.meta.dirname, '../../src/commands/play.ts');
const recorded = join(import.meta.dirname, '../calls/nothing-owed.call');

/** Runs the command in a folder of its own, with these settings and no others. */
async function play(words: string[], { cwd = ownFolder(), env = {} as Record<string, string> } = {}) {
  const child = spawn(process.execPath, [command, ...words], { cwd, env });
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { out, err, code, left: readdirSync(cwd) };
}

/** A recording of somebody who hangs up when the application says good-bye, and the application itself. */
async function application() {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const form = new URLSearchParams(await text(request));
    asked.push(`${request.url} ${form.get('CallStatus')}`);
    response.setHeader('Content-Type', 'text/xml').end('<Response><Say>Good-bye.</Say></Response>');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/ivr?tenant=1`, asked };
}

function recording(lines: string) {
  const file = join(ownFolder(), 'a.call');
  writeFileSync(file, lines);
  return file;
}

test('a recorded call goes as recorded against a hotline of its own, which leaves nothing behind', async () => {
  expect(await play([recorded])).toEqual({ code: 0, out: `as recorded: ${recorded}\n`, err: '', left: [] });
});

test('an application that was named hears nothing but the call', async () => {
  const { url, asked } = await application();
  const { out, left } = await play([recorded, '--url', url, '--token', 'secret']);
  expect(out).toContain('otherwise than recorded');
  expect([asked, left]).toEqual([['/ivr?tenant=1 ringing'], []]);
});

test('advice for our own hotline is given only for calls that were recorded there', async () => {
  const { url } = await application();
  const own = await play([recorded, '--url', url, '--token', 'secret']);
  expect(own.out).toMatch(/It was recorded on \d{4}-\d\d-\d\d \(PRETEND_TODAY\), .*LOOKUP_FAILURES_/);
  const foreign = recording('> dials 1500400\n< Welcome.\n');
  const { out } = await play([foreign, '--url', url, '--token', 'secret']);
  expect(out).toContain('otherwise than recorded');
  expect(out).not.toMatch(/LOOKUP_FAILURES_|PRETEND_TODAY/);
});

test('who plays to a hotline of ours without telling it of the end is told how to', async () => {
  const { url } = await application();
  const [voice, status] = [new URL('/voice', url).href, new URL('/voice/status', url).href];
  const hint = `A hotline of ours takes these calls for going on: with --status ${status} it hears of their end.\n`;
  expect((await play([recorded, '--url', voice, '--token', 'secret'])).out.endsWith(`\n${hint}`)).toBe(true);
  expect((await play([recorded, '--url', voice, '--token', 'secret', '--status', status])).out).not.toContain(hint);
  expect((await play([recorded, '--url', url, '--token', 'secret'])).out).not.toContain('--status');
});

test('an application hears of the end of a call where the tester says so', async () => {
  const { url, asked } = await application();
  await play([recorded, '--url', url, '--token', 'secret', '--status', new URL('/ended', url).href]);
  expect(asked).toEqual(['/ivr?tenant=1 ringing', '/ended completed']);
});

test('somebody else’s application is not called with a token made up for it', async () => {
  const { url, asked } = await application();
  const { code, err, left } = await play([recorded, '--url', url]);
  expect([code, asked, left]).toEqual([2, [], []]);
  expect(err).toMatch(/^There is no auth token to sign requests with: give --token\. Usage: npm run play .*\n$/);
});

test('a token that is kept signs the calls to an application', async () => {
  const { url, asked } = await application();
  const cwd = ownFolder();
  mkdirSync(join(cwd, 'data'));
  writeFileSync(join(cwd, 'data/auth-token'), 'a'.repeat(64));
  await play([recorded, '--url', url], { cwd });
  expect(asked).toEqual(['/ivr?tenant=1 ringing']);
  expect(readFileSync(join(cwd, 'data/auth-token'), 'utf8')).toBe('a'.repeat(64));
});

test.each([
  [[], 'No recorded call is named'],
  [[recorded, '--url', 'localhost:15400/voice'], '--url is "localhost:15400/voice": give a web address such as'],
  [[recorded, '--url', 'http://x/', '--status', 'x/ended'], '--status is "x/ended": give a web address such as'],
  [[recorded, '--status', 'http://x/ended'], '--token and --status are for an application named by --url'],
  [[recorded, '--token', 'secret'], '--token and --status are for an application named by --url'],
  [[recorded, '--ulr', 'http://x/'], "Unknown option '--ulr'"],
])('the words %j are refused in one line', async (words, sentence) => {
  const { code, out, err } = await play(words);
  expect([code, out, err.split('\n').length]).toEqual([2, '', 2]);
  expect(err).toContain(`${sentence}`);
});

test('a recording that is not there, or is a folder, is told in one line, and the others are played', async () => {
  const folder = ownFolder();
  const { code, out, err } = await play([join(folder, 'no.call'), folder, recorded]);
  expect(err).toBe(`${join(folder, 'no.call')}: there is no such file.\n${folder}: it is a folder, not a file.\n`);
  expect([code, out]).toEqual([1, `as recorded: ${recorded}\n`]);
});

test('a recording whose world has a name that nobody knows is not played', async () => {
  const file = recording('# Saldo: a sentence with a colon.\n# tody: 2026-11-21\n> dials 1500400\n');
  expect(await play([file])).toMatchObject({
    code: 1,
    out: '',
    err: `${file}: "# tody: 2026-11-21" is not understood: a recorded call may say today, membership, writeOff, from, seed, clock.\n`,
  });
});

test('a recording of a day before bills can be reckoned is refused with the reason', async () => {
  const { code, err } = await play([recording('# today: 2021-01-01\n> dials 1500400\n')]);
  expect(code).toBe(1);
  expect(err).toContain(
    'PRETEND_TODAY is "2021-01-01": give a day of the calendar as YYYY-MM-DD, not before 2022-08-01',
  );
});
