import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { memberDirectory } from '../../src/membership/directory.ts';
import { ownFolder } from './folder.ts';

const main = join(import.meta.dirname, '../../src/main.ts');

/** Starts the hotline in this folder, without a `.env` unless it has one, with nothing but these settings. */
function start(env: Record<string, string>, folder = ownFolder()) {
  return spawnSync(process.execPath, [main], { cwd: folder, env, encoding: 'utf8', timeout: 15_000 });
}

test('wrong settings end the start with all faults at once', () => {
  const { status, stderr, stdout } = start({ PORT: 'many', LOG_LEVEL: 'loud' });
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toContain('PORT is "many": give a whole number from 0 to 65535.');
  expect(stderr).toContain('LOG_LEVEL is "loud"');
  expect(stderr).not.toContain('    at ');
});

test('a slip of the hand in the file of settings ends the start as well', () => {
  const folder = ownFolder();
  writeFileSync(join(folder, '.env'), 'PROT=8080\n');
  const { status, stderr } = start({ DATA_DIR: folder }, folder);
  expect([status, stderr]).toEqual([1, expect.stringContaining('PROT in .env is no setting: write PORT')]);
});

test('a hotline tells whoever starts it that the members were never all laid', async () => {
  const folder = ownFolder();
  const directory = await memberDirectory({ file: join(folder, 'members.db'), today: () => '2026-11-21' });
  function* families() {
    yield* [];
    throw new Error('switched off');
  }
  await expect(directory.replacePopulation({ members: 7000, seed: 3 }, families())).rejects.toThrow('switched off');
  await directory.close();
  const hotline = spawn(process.execPath, [main], { cwd: folder, env: { PORT: '0', DATA_DIR: folder } });
  onTestFinished(() => void hotline.kill('SIGKILL'));
  let told = '';
  for await (const chunk of hotline.stdout) {
    told += chunk;
    if (told.includes('npm run seed')) break;
  }
  expect(told).toMatch(/The population of \S+ members \(seed 3\) in .* was never finished/);
});

/** A hotline that starts with these settings, and what it says until it has said all. */
async function started(env: Record<string, string>) {
  const hotline = spawn(process.execPath, [main], { cwd: ownFolder(), env: { PORT: '0', LOG_LEVEL: 'error', ...env } });
  onTestFinished(() => void hotline.kill('SIGKILL'));
  let printed = '';
  for await (const chunk of hotline.stdout) {
    printed += chunk;
    if (printed.includes('Ctrl-C')) break;
  }
  return { hotline, printed };
}

test('a hotline says where it answers and what to do next, and ends well when it is told to stop', async () => {
  const { hotline, printed } = await started({});
  expect(printed).toMatch(
    /answers at http:\/\/127\.0\.0\.1:(\d+)\/voice\nThe console is at http:\/\/127\.0\.0\.1:\1\/\n/,
  );
  expect(printed).toContain('npm run phone');
  hotline.kill('SIGTERM');
  expect(await once(hotline, 'exit')).toEqual([0, null]);
});

test('a hotline that others may reach says that its console is closed, or asks for the password', async () => {
  const closed = await started({ HOST: '0.0.0.0' });
  expect(closed.printed).toMatch(/^The console is closed, since .*: set CONSOLE_PASSWORD to open it\.$/m);
  const password = 'twelve letters at least';
  const { printed } = await started({ PUBLIC_BASE_URL: 'http://hotline.example.org', CONSOLE_PASSWORD: password });
  expect(printed).toContain('The console asks for CONSOLE_PASSWORD, and is at http://hotline.example.org/\n');
  expect(printed).not.toContain(password);
});
