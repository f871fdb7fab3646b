import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { memberDirectory } from '../../src/membership/directory.ts';

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
    const directory = memberDirectory({ file: join(folder, 'members.db'), today: () => '2026-11-21' });
    expect(await directory.findMember({ kind: 'card', digits: '0009990000499' })).not.toBeNull();
    expect(await directory.findMember({ kind: 'card', digits: '0009990000500' })).toBeNull();
    directory.close();
  });

  it.each([
    [[], '--members is missing'],
    [['--members', 'many'], '--members is "many": give a whole number from 0 to 9000000'],
    [['--members', '9000001'], '--members is "9000001"'],
    [['--members', '5', '--seed', '-1'], "'--seed' argument is ambiguous"],
    [['--members', '5', '--sede', '1'], "Unknown option '--sede'"],
    [['--members', '5', '--file', ''], '--file is empty'],
  ])('with %j gets one line that says what is wrong', (words, complaint) => {
    const { status, stderr } = seed(...words);
    expect(status).toBe(2);
    expect(stderr).toContain(complaint);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
