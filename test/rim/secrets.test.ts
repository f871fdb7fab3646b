import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSettings } from '../../src/config.ts';
import { authTokenOf, dataKeyOf, knownAuthToken } from '../../src/secrets.ts';
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
  ['auth-token', authTokenOf, ''],
  ['auth-token', authTokenOf, 'a/token+of=no+account'],
  ['auth-token', authTokenOf, 'two tokens in one file'],
  ['data-key', dataKeyOf, ''],
  ['data-key', dataKeyOf, 'abcdef0123456789'],
  ['data-key', dataKeyOf, 'Z'.repeat(44)],
  ['data-key', dataKeyOf, 'Z'.repeat(64)],
  ['data-key', dataKeyOf, Buffer.alloc(31, 7).toString('base64')],
] as const)('a damaged %s is said to be so, with what to do, and stays as it is', (name, read, text) => {
  const dataDir = ownFolder();
  writeFileSync(join(dataDir, name), `${text}\n`);
  const reading = () => read(readSettings({ DATA_DIR: dataDir }));
  expect(reading).toThrow(/(auth-token|data-key) is damaged: it must hold .+\. Put a copy of it back, or delete it/);
  if (text) expect(reading).not.toThrow(text);
  expect(readFileSync(join(dataDir, name), 'utf8')).toBe(`${text}\n`);
});

test.each(['hex', 'base64'] as const)('a key that an operator has put into the folder may be %s', (encoding) => {
  const dataDir = ownFolder();
  const key = Buffer.alloc(32, 7);
  writeFileSync(join(dataDir, 'data-key'), `${key.toString(encoding)}\n`);
  expect(dataKeyOf(readSettings({ DATA_DIR: dataDir }))).toEqual(key);
});

test('a token that is only asked for is never made', () => {
  const dataDir = join(ownFolder(), 'data');
  const settings = readSettings({ DATA_DIR: dataDir });
  expect([knownAuthToken(settings), existsSync(dataDir)]).toEqual([null, false]);
  const made = authTokenOf(settings);
  expect(knownAuthToken(settings)).toBe(made);
  expect(knownAuthToken({ ...settings, authToken: 'a'.repeat(32) })).toBe('a'.repeat(32));
});
