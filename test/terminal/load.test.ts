import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { readSettings } from '../../src/config.ts';
import { startHotline } from '../../src/hotline.ts';
import { memberDirectory } from '../../src/membership/directory.ts';
import { population } from '../../src/membership/population.ts';
import { ownFolder } from '../rim/folder.ts';

const command = join(import.meta.dirname, '../../src/commands/load.ts');

/** A hotline with as many members as a load test wants, that runs already. */
async function running(members: number) {
  const today = '2026-11-21';
  const settings = readSettings({ PORT: '0', DATA_DIR: ownFolder(), PRETEND_TODAY: today, LOG_LEVEL: 'silent' });
  const directory = await memberDirectory({ file: join(settings.dataDir, 'members.db'), today: () => today });
  await directory.replacePopulation({ members, seed: 1 }, population({ members, seed: 1, today }));
  await directory.close();
  const hotline = await startHotline(settings);
  onTestFinished(() => hotline.close());
  return { ...hotline, today };
}

/** Starts the command; its folders for a while are in this one. */
function load(env: Record<string, string>, ...words: string[]) {
  const [cwd, folder] = [ownFolder(), ownFolder()];
  const child = spawn(process.execPath, [command, ...words], { cwd, env: { TMPDIR: folder, ...env } });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { child, ended, left: () => [...readdirSync(cwd), ...readdirSync(folder)], folder };
}

test('a load test prints one object for a script, and leaves nothing behind', async () => {
  const { ended, left } = load({}, '--calls', '30', '--virtual', '--json', '--seed', '2');
  const [out, , [code]] = await ended;
  const report = JSON.parse(out);
  expect([code, left()]).toEqual([0, []]);
  expect(report).toMatchObject({ calls: 30, wrong: 0, crossTalk: 0 });
  for (const figure of ['turns', 'callsPerSecond', 'p50ms', 'p95ms', 'p99ms', 'rssStartMB', 'rssEndMB'])
    expect(report[figure], figure).toBeGreaterThan(0);
});

test('a hotline that runs can be called by the same load test again and again', async () => {
  const { url, authToken, today } = await running(200);
  const options = ['--url', `${url}/voice`, '--token', authToken, '--members', '200', '--calls', '30', '--virtual'];
  for (const _ of ['once', 'again']) {
    const [out, , [code]] = await load({ PRETEND_TODAY: today }, ...options, '--json').ended;
    expect(JSON.parse(out)).toMatchObject({ calls: 30, wrong: 0, crossTalk: 0, whatWasWrong: [], rssEndMB: null });
    expect(code).toBe(0);
  }
});

test('where nothing answers, that is said in one sentence, and nobody is called', async () => {
  const url = 'http://127.0.0.1:1/voice';
  const [out, err, [code]] = await load({}, '--url', url, '--token', 'secret', '--calls', '30', '--virtual').ended;
  expect([code, out]).toEqual([1, '']);
  expect(err).toBe(`Nothing answers at ${url}: start what is to be called, such as by npm start.\n`);
});

test('a load test on the real clock tells how far it is, and when it is broken off its server ends with it', async () => {
  const { child, ended, left, folder } = load({}, '--calls', '10', '--rate', '20', '--burst');
  const [progress] = await once(child.stderr, 'data');
  expect(String(progress)).toMatch(/\d+ % \d+ turns, 0 wrong, 0 cross-talk/);
  child.kill('SIGINT');
  const [, , [code]] = await ended;
  expect([code, left(), existsSync(folder)]).toEqual([1, [], true]);
});
