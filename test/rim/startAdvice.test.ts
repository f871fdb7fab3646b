import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readSettings } from '../../src/config.ts';
import { startHotline } from '../../src/hotline.ts';
import { jsonLog } from '../../src/log.ts';
import { startAdvice } from '../../src/startAdvice.ts';
import { ownFolder } from './folder.ts';

/** What somebody is told who starts a hotline in vain with these settings. */
async function told(env: Record<string, string>): Promise<string> {
  const settings = readSettings({ PORT: '0', DATA_DIR: ownFolder(), ...env });
  const started = startHotline(settings, { log: jsonLog('silent') });
  return started.then(
    ({ close }) => close().then(() => 'it started'),
    (error) => startAdvice(error, settings),
  );
}

test('a port that somebody has is named, with the setting', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  expect(await told({ PORT: String(port) })).toMatch(
    new RegExp(`^Port ${port} at 127\\.0\\.0\\.1 is taken.* set PORT`),
  );
});

test.each(['192.0.2.7', 'no-such-host.invalid'])('an address that is another machine’s, %s, is named', async (host) => {
  expect(await told({ HOST: host })).toMatch(new RegExp(`^This machine cannot listen at ${host} .* set HOST`));
});

test.each(['a file', 'a file/below'])('a data folder that cannot be one, %s, is named', async (name) => {
  const folder = ownFolder();
  writeFileSync(join(folder, 'a file'), '');
  const dataDir = join(folder, name);
  expect(await told({ DATA_DIR: dataDir })).toContain(`DATA_DIR is ${dataDir}: it must be a folder that this server`);
});

test.each(['calls.db', 'members.db'])('a file that is no database, %s, is named', async (name) => {
  const folder = ownFolder();
  const file = join(folder, name);
  writeFileSync(file, 'this was never a database '.repeat(100));
  expect(await told({ DATA_DIR: folder })).toBe(
    `The hotline cannot start. ${file} is damaged, or no SQLite database: put a backup of it back, move it away, or name another file.`,
  );
});

test('a folder where a database should be is named', async () => {
  const folder = ownFolder();
  mkdirSync(join(folder, 'calls.db'));
  expect(await told({ DATA_DIR: folder })).toMatch(/EISDIR.*calls\.db.* DATA_DIR is /);
});
