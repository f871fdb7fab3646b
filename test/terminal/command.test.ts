import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const run = (name: string, ...words: string[]) => {
  const file = join(import.meta.dirname, `../../src/commands/${name}.ts`);
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...words], { encoding: 'utf8' });
  return { status, stdout, stderr };
};

test.each([
  ['phone', ['--loud'], "Unknown option '--loud'. Usage: npm run phone "],
  ['phone', ['--save'], "Option '--save <value>' argument missing. Usage: npm run phone "],
  ['seed', ['--members', '1.5'], '--members is "1.5": give a whole number from 0 to 10000000. Usage: npm run seed '],
  ['load', ['--calls', '0'], '--calls is "0": give a whole number from 1 to 1000000. Usage: npm run load '],
  ['load', ['--url', 'http://example.com/voice'], '--url leads to another machine: a load test calls this one only. '],
  [
    'load',
    ['--url', 'http://127.0.0.1:1/voice', '--coverage'],
    '--coverage is for a server of our own, without --url. ',
  ],
  ['load', ['--members', '5'], '--token, --status and --members are for a server named by --url. '],
  ['walk', ['--today', 'xyz'], '--today is "xyz": give a day of the calendar as YYYY-MM-DD, not before 2022-08-01'],
  ['walk', ['--calls', 'nowhere'], 'There is no nowhere. Usage: npm run walk '],
  ['walk', ['--save', 'README.md'], '--save is "README.md", which is a file: give a folder. Usage: npm run walk '],
  ['play', ['--url', 'http://x/'], 'No recorded call is named. Usage: npm run play '],
] as const)('%s %j is told what is wrong, and how to call it', (name, words, complaint) => {
  const { status, stdout, stderr } = run(name, ...words);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain(complaint);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});

test.each(['phone', 'play', 'seed', 'load'])('%s --help tells how to call it', (name) => {
  expect(run(name, '--help')).toEqual({ status: 0, stdout: expect.stringMatching(/^Usage: npm run /), stderr: '' });
});
