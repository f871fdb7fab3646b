import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { ownFolder } from '../rim/folder.ts';

const command = join(import.meta.dirname, '../../src/commands/load.ts');

/** Starts the command; its folders for a while are in this one. */
function load(...words: string[]) {
  const [cwd, folder] = [ownFolder(), ownFolder()];
  const child = spawn(process.execPath, [command, ...words], { cwd, env: { TMPDIR: folder } });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { child, ended, left: () => [...readdirSync(cwd), ...readdirSync(folder)], folder };
}

test('a load test prints one object for a script, and leaves nothing behind', async () => {
  const { ended, left } = load('--calls', '30', '--virtual', '--json', '--seed', '2');
  const [out, , [code]] = await ended;
  const report = JSON.parse(out);
  expect([code, left()]).toEqual([0, []]);
  expect(report).toMatchObject({ calls: 30, wrong: 0, crossTalk: 0 });
  for (const figure of ['turns', 'callsPerSecond', 'p50ms', 'p95ms', 'p99ms', 'rssStartMB', 'rssEndMB'])
    expect(report[figure], figure).toBeGreaterThan(0);
});

test('a load test on the real clock tells how far it is, and when it is broken off its server ends with it', async () => {
  const { child, ended, left, folder } = load('--calls', '10', '--rate', '20', '--burst');
  const [progress] = await once(child.stderr, 'data');
  expect(String(progress)).toMatch(/\d+ % \d+ turns, 0 wrong, 0 cross-talk/);
  child.kill('SIGINT');
  const [, , [code]] = await ended;
  expect([code, left(), existsSync(folder)]).toEqual([1, [], true]);
});
