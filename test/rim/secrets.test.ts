import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSettings } from '../../src/config.ts';
import { authTokenOf, dataKeyOf } from '../../src/secrets.ts';
import { ownFolder } from './folder.ts';

const rights = (path: string) => (statSync(path).mode & 0o777).toString(8);

test('a token and a key are made once, for the owner only', () => {
  const dataDir = join(ownFolder(), 'deep', 'data');
  const settings = readSettings({ DATA_DIR: dataDir });
  const token = authTokenOf(settings);
  const key = dataKeyOf(settings);
  expect(token).toMatch(/^[0-9a-f]{64}$/);
  expect(key).toHaveLength(32);
  expect(key.toString('hex')).not.toBe(token);
  expect([rights(dataDir), rights(join(dataDir, 'auth-token')), rights(join(dataDir, 'data-key'))]).toEqual([
    '700',
    '600',
    '600',
  ]);
  expect(readdirSync(dataDir).sort()).toEqual(['auth-token', 'data-key']);
  expect([authTokenOf(settings), dataKeyOf(settings)]).toEqual([token, key]);
});

test('a token that others could read is closed to them', () => {
  const dataDir = ownFolder();
  const settings = readSettings({ DATA_DIR: dataDir });
  authTokenOf(settings);
  chmodSync(join(dataDir, 'auth-token'), 0o644);
  authTokenOf(settings);
  expect(rights(join(dataDir, 'auth-token'))).toBe('600');
});

test('what the operator has set is not written down', () => {
  const dataDir = ownFolder();
  const settings = readSettings({ DATA_DIR: dataDir, TWILIO_AUTH_TOKEN: 'a'.repeat(32), DATA_KEY: '00'.repeat(32) });
  expect([authTokenOf(settings), dataKeyOf(settings)]).toEqual(['a'.repeat(32), Buffer.alloc(32)]);
  expect(readdirSync(dataDir)).toEqual([]);
});

test.each([
  ['auth-token', authTokenOf],
  ['data-key', dataKeyOf],
] as const)('a damaged %s is said to be so', (name, read) => {
  const dataDir = ownFolder();
  writeFileSync(join(dataDir, name), '\n');
  expect(() => read(readSettings({ DATA_DIR: dataDir }))).toThrow(`${name} is damaged: delete it`);
  expect(readFileSync(join(dataDir, name), 'utf8')).toBe('\n');
});
