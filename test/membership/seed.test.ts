import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { memberDirectory } from '../../src/membership/directory.ts';
import { mostMembers } from '../../src/membership/population.ts';

const folder = mkdtempSync(join(tmpdir(), 'seed-'));
afterAll(() => rmSync(folder, { recursive: true }));
const seed = (...words: string[]) =>
  spawnSync(process.execPath, ['src/commands/seed.ts', ...words], {
    encoding: 'utf8',
    env: { ...process.env, DATA_DIR: folder },
  });

describe('a tester who seeds a population', () => {
  it('finds as many members as asked for in the data folder, and sees how far it is', async () => {
    const { status, stdout, stderr } = seed('--members', '500', '--seed', '3');
    expect([status, stderr.split('\n').length]).toEqual([0, 11]);
    expect(stdout).toContain('500 members of seed 3');
    const directory = await memberDirectory({ file: join(folder, 'members.db'), today: () => '2026-11-21' });
    expect(await directory.findMember({ kind: 'card', digits: '0009990000499' })).not.toBeNull();
    expect(await directory.findMember({ kind: 'card', digits: '0009990000500' })).toBeNull();
    await directory.close();
  });

  it('of nobody is taken at their word, also by a server that starts later', async () => {
    const file = join(folder, 'nobody.db');
    expect(seed('--members', '0', '--file', file).stdout).toMatch(
      /^No invented population is in \S+nobody\.db any more:/,
    );
    const directory = await memberDirectory({ file, today: () => '2026-11-21' });
    expect(await directory.findMember({ kind: 'card', digits: '0009990000000' })).toBeNull();
    await directory.close();
  });

  it('and switches the computer off halfway is told so when the server starts', async () => {
    const file = join(folder, 'halfway.db');
    const words = ['src/commands/seed.ts', '--members', '400000', '--file', file];
    const child = spawn(process.execPath, words, { env: { ...process.env, DATA_DIR: folder } });
    child.stderr.on('data', (progress) => String(progress).includes('20 %') && child.kill('SIGKILL'));
    expect(await once(child, 'close')).toEqual([null, 'SIGKILL']);
    const warnings: string[] = [];
    const directory = await memberDirectory({ file, today: () => '2026-11-21', warn: (told) => warnings.push(told) });
    expect(warnings).toEqual([expect.stringContaining('400000 members (seed 1)')]);
    expect(await directory.findMember({ kind: 'card', digits: '0009990001999' })).not.toBeNull();
    expect(await directory.findMember({ kind: 'card', digits: '0009990002000' })).toBeNull();
    await directory.close();
  });

  it('into a file that is something else is told which, and what to do', () => {
    const file = join(folder, 'letter.txt');
    writeFileSync(file, 'Not a database, but a letter to somebody who has one.\n'.repeat(20));
    const { status, stderr } = seed('--members', '5', '--file', file);
    expect([status, stderr]).toEqual([
      1,
      `${file} is damaged, or no SQLite database: put a backup of it back, move it away, or name another file.\n`,
    ]);
  });

  it.each([
    [[], '--members is missing'],
    [['--members', 'many'], '--members is "many": give a whole number from 0 to 10000000'],
    [['--members', `${mostMembers + 1}`], `--members is "${mostMembers + 1}"`],
    [['--members', '-5'], '--members is followed by something with a dash, not by a value: give --members one'],
    [['--members=-5'], '--members is "-5": give a whole number from 0 to 10000000'],
    [['--members', '5', '--sede', '1'], "Unknown option '--sede'"],
    [['--members', '5', '--file', ''], '--file is empty'],
  ])('with %j gets one line that says what is wrong', (words, complaint) => {
    const { status, stderr } = seed(...words);
    expect(status).toBe(2);
    expect(stderr).toContain(complaint);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
