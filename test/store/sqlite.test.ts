import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { sealWith } from '../../src/database/seal.ts';
import { sqliteStore } from '../../src/store/sqlite.ts';
import { ownFolder } from '../rim/folder.ts';
import { remembersCalls, remembersFailures } from './contract.ts';

const key = randomBytes(32);
/** A subject that may fail once. */
const once = (subject: string) => [{ subject, limits: [{ since: new Date(0), most: 1 }] }];

const state = { typed: '0009999000017', nik: '3299991708850000' };

async function opened(file = join(ownFolder(), 'calls.db'), now?: () => Date) {
  const store = await sqliteStore(file, key, now);
  onTestFinished(store.close);
  return { ...store, file };
}

async function onTrial() {
  let now = new Date();
  const setNow = (to: Date) => {
    now = to;
  };
  return { ...(await opened(undefined, () => now)), setNow };
}

remembersCalls(onTrial);
remembersFailures(onTrial);

test('a call survives the end of the server', async () => {
  const { calls, failures, file, close } = await opened();
  await calls.save('CA1', 0, state, null);
  await failures.reserve(once('caller'), 'a turn', new Date(5));
  await close();
  const later = await opened(file);
  expect(await later.calls.load('CA1')).toEqual({ turn: 0, state });
  expect(await later.calls.save('CA1', 0, state, null)).toBe(false);
  expect(await later.calls.save('CA1', 1, state, 0)).toBe(true);
  expect(await later.failures.reserve(once('caller'), 'another turn', new Date(6))).toBe(false);
});

test('two servers on one file agree on who took a turn', async () => {
  const one = await opened();
  const two = await opened(one.file);
  const won = await Promise.all([one.calls.save('CA1', 0, 'one', null), two.calls.save('CA1', 0, 'two', null)]);
  expect(won.filter(Boolean)).toHaveLength(1);
  for (const { calls } of [one, two])
    expect(await calls.load('CA1')).toEqual({ turn: 0, state: won[0] ? 'one' : 'two' });
});

test('nothing of a call or a subject can be read in the files, and only the owner can read the files', async () => {
  const { calls, failures, file } = await opened();
  await calls.save('CA1', 0, state, null);
  await failures.reserve([...once('0009999000017'), ...once('+6281200000000')], 'a turn', new Date());
  const files = readdirSync(join(file, '..')).map((name) => join(file, '..', name));
  expect(files.length).toBeGreaterThan(1); // the write-ahead log is among them
  for (const each of files) {
    const bytes = readFileSync(each, 'latin1');
    for (const secret of ['0009999000017', '3299991708850000', '6281200000000', 'typed'])
      expect(bytes).not.toContain(secret);
    expect(statSync(each).mode & 0o077).toBe(0);
  }
});

test('what is forgotten is overwritten, in the file and in its log', async () => {
  const { calls, file } = await opened();
  await calls.save('CA1', 0, state, null);
  await calls.save('CA2', 0, state, null);
  await calls.end('CA2', { outcome: 'contained' });
  const db = new DatabaseSync(file);
  const sealed = db.prepare('SELECT coalesce(state, record) AS bytes FROM calls').all() as { bytes: Uint8Array }[];
  db.close();
  const found = () =>
    readdirSync(join(file, '..')).some((name) => {
      const bytes = readFileSync(join(file, '..', name));
      return sealed.some((one) => bytes.includes(one.bytes));
    });
  expect(found()).toBe(true);
  const later = new Date(Date.now() + 1);
  expect(await calls.forgetBefore({ calls: later, records: later })).toBe(2);
  expect(found()).toBe(false);
});

test('a file that was sealed with another key is refused with advice', async () => {
  const { file, close } = await opened();
  await close();
  await expect(sqliteStore(file, randomBytes(32))).rejects.toThrow(
    /sealed with another key\. Give the DATA_KEY it was made with/,
  );
});

test('a file of the next release is gone on with, and one of a later release is refused', async () => {
  const { file, close } = await opened();
  await close();
  const db = new DatabaseSync(file);
  const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
  db.exec(`PRAGMA user_version = ${version + 1}`);
  await (await opened(file)).close();
  db.exec(`PRAGMA user_version = ${version + 2}`);
  db.close();
  await expect(sqliteStore(file, key)).rejects.toThrow(/made by a later version/);
});

/** The tables as the first release made them. */
const firstSchema = `
  CREATE TABLE calls (call TEXT PRIMARY KEY, turn INTEGER NOT NULL, state BLOB, at INTEGER NOT NULL) STRICT;
  CREATE INDEX calls_by_age ON calls (at);
  CREATE TABLE failed_lookups (
    subject BLOB NOT NULL, occasion BLOB NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (subject, occasion)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE key_check (id INTEGER PRIMARY KEY CHECK (id = 1), sealed BLOB NOT NULL) STRICT;
  PRAGMA user_version = 1`;

test('a file of the first release is taken over with its calls, and those that are over have no record', async () => {
  const file = join(ownFolder(), 'calls.db');
  const old = new DatabaseSync(file);
  old.exec(firstSchema);
  const insert = old.prepare('INSERT INTO calls (call, turn, state, at) VALUES (?, ?, ?, ?)');
  insert.run('CA1', 4, sealWith(key).close(state, 'CA1'), 1);
  insert.run('CA2', -1, null, 2);
  old.close();
  const { calls } = await opened(file);
  expect(await calls.load('CA1')).toEqual({ turn: 4, state });
  expect(await calls.recent(9)).toEqual([
    { callId: 'CA2', record: null },
    { callId: 'CA1', state },
  ]);
  await calls.end('CA1', { outcome: 'answered' });
  expect((await calls.recent(9)).find(({ callId }) => callId === 'CA1')).toMatchObject({
    record: { outcome: 'answered' },
  });
});

test('a record that was damaged, or moved to another call, is not listed', async () => {
  const { calls, file } = await opened();
  for (const call of ['CA1', 'CA2', 'CA3']) await calls.end(call, { call });
  const db = new DatabaseSync(file);
  db.exec("UPDATE calls SET record = (SELECT record FROM calls WHERE call = 'CA2') WHERE call = 'CA1'");
  db.exec("UPDATE calls SET record = x'01' WHERE call = 'CA3'");
  db.close();
  expect(await calls.recent(9)).toEqual([{ callId: 'CA2', record: { call: 'CA2' } }]);
});

test('a state that was damaged, or moved to another call, belongs to nobody', async () => {
  const { calls, file } = await opened();
  for (const call of ['CA1', 'CA2', 'CA3', 'CA4']) await calls.save(call, 0, { call }, null);
  const db = new DatabaseSync(file);
  db.exec("UPDATE calls SET state = (SELECT state FROM calls WHERE call = 'CA2') WHERE call = 'CA1'");
  db.exec("UPDATE calls SET state = x'01' WHERE call = 'CA3'; UPDATE calls SET state = x'ff' WHERE call = 'CA4'");
  db.close();
  expect(await calls.load('CA2')).toEqual({ turn: 0, state: { call: 'CA2' } });
  for (const call of ['CA1', 'CA3', 'CA4']) {
    expect(await calls.load(call)).toBeNull();
    expect(await calls.save(call, 0, 'begins again', null)).toBe(true);
  }
});

test('a locked database is an error within a second, and works again when it is free', async () => {
  const { calls, failures, file, check } = await opened();
  await calls.save('CA1', 0, state, null);
  const other = new DatabaseSync(file, { timeout: 5_000 });
  other.exec('BEGIN EXCLUSIVE');
  const began = performance.now();
  await expect(calls.save('CA1', 1, state, 0)).rejects.toThrow(/locked/);
  expect(performance.now() - began).toBeLessThan(1000);
  await expect(failures.reserve(once('a'), 'a turn', new Date())).rejects.toThrow(/locked/);
  const many = Array.from({ length: 20 }, (_, nth) => calls.save(`CB${nth}`, 0, state, null));
  expect((await Promise.allSettled(many)).map(({ status }) => status)).toEqual(many.map(() => 'rejected'));
  expect(performance.now() - began).toBeLessThan(3000);
  await expect(check()).rejects.toThrow(/locked/);
  other.exec('ROLLBACK');
  other.close();
  expect(await calls.save('CA1', 1, state, 0)).toBe(true);
  await check();
});

test('a database that is locked for a moment is waited for, and nobody else waits meanwhile', async () => {
  const { calls, file } = await opened();
  const other = new DatabaseSync(file, { timeout: 5_000 });
  other.exec('BEGIN EXCLUSIVE');
  const saved = calls.save('CA1', 0, state, null);
  await new Promise((resolve) => setImmediate(resolve)); // another call's turn comes first
  other.exec('ROLLBACK');
  other.close();
  expect(await saved).toBe(true);
});

test('what many calls write at the same moment is written, and who cannot be written down takes nobody along', async () => {
  const { calls } = await opened();
  const unwritable = calls.save('CA4', Number.NaN, state, null);
  const others = Array.from({ length: 20 }, (_, nth) => calls.save(`CB${nth}`, 0, state, null));
  const twice = calls.save('CB0', 0, state, null);
  await expect(unwritable).rejects.toThrow();
  expect(await Promise.all(others)).toEqual(others.map(() => true));
  expect(await twice).toBe(false);
  expect(await calls.load('CB19')).toEqual({ turn: 0, state });
});

test('a database that cannot be written, or is no longer there, fails its check', async () => {
  const { check, close } = await opened();
  await close();
  await expect(check()).rejects.toThrow();
  const moved = await opened();
  await moved.check();
  renameSync(moved.file, `${moved.file}.old`);
  await expect(moved.check()).rejects.toThrow(/moved or deleted/);
});
