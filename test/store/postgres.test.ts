import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { postgresDatabase } from '../../src/database/postgresDatabase.ts';
import { callTables } from '../../src/database/steps.ts';
import { storeIn } from '../../src/store/store.ts';
import { ownPostgres } from '../database/ownPostgres.ts';
import { remembersCalls, remembersFailures } from './contract.ts';

const postgres = await ownPostgres();

const key = randomBytes(32);

async function opened(url: string, { now, key: other = key }: { now?: () => Date; key?: Uint8Array } = {}) {
  const database = await postgresDatabase(url, callTables, 10);
  onTestFinished(database.close);
  return storeIn(database, other, now);
}

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client(url);
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}

async function onTrial() {
  let now = new Date();
  const setNow = (to: Date) => {
    now = to;
  };
  return { ...(await opened(await postgres.newDatabase(), { now: () => now })), setNow };
}

remembersCalls(onTrial);
remembersFailures(onTrial);

test('copies that start together on an empty database make its tables once', async () => {
  const url = await postgres.newDatabase();
  const copies = await Promise.all([1, 2, 3, 4].map(() => opened(url)));
  await copies[0]!.calls.save('CA1', 0, 'the menu', null);
  for (const { calls } of copies) expect(await calls.load('CA1')).toEqual({ turn: 0, state: 'the menu' });
});

test('a copy with another key is refused with advice', async () => {
  const url = await postgres.newDatabase();
  await opened(url);
  await expect(opened(url, { key: randomBytes(32) })).rejects.toThrow(
    /^PostgreSQL at 127\.0\.0\.1:\d+\/hotline_\d+ was sealed with another key\. Give the DATA_KEY it was made with/,
  );
});

test('two copies let nobody through who guesses in many calls at once', async () => {
  const url = await postgres.newDatabase();
  const copies = [await opened(url), await opened(url)];
  const subjects = ['caller', 'a number', 'another number'];
  const counted = (nth: number) =>
    [subjects[0]!, subjects[1 + (nth % 2)]!].map((subject) => ({ subject, limits: [{ since: new Date(0), most: 3 }] }));
  const tries = Array.from({ length: 40 }, (_, nth) =>
    copies[nth % 2]!.failures.reserve(counted(nth), `turn ${nth}`, new Date(1)),
  );
  expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(3);
});

test('a turn that two copies take, and one of them takes back, is counted or not, and neither waits for the other', async () => {
  const url = await postgres.newDatabase();
  const copies = [await opened(url), await opened(url)];
  const counted = ['a', 'b', 'c'].map((subject) => ({ subject, limits: [{ since: new Date(0), most: 1 }] }));
  for (let nth = 0; nth < 20; nth++) {
    const both = copies.map(async ({ failures }) => {
      expect(await failures.reserve(counted, 'a turn', new Date(1))).toBe(true);
      await failures.release('a turn');
    });
    await Promise.all(both);
  }
  expect(await copies[0]!.failures.reserve(counted, 'another turn', new Date(2))).toBe(true);
});

test('writes of the same moment are written together, and one that is refused takes no other along', async () => {
  const url = await postgres.newDatabase();
  const database = await postgresDatabase(url, callTables, 10);
  onTestFinished(database.close);
  await (await connected(url)).query(
    'CREATE TABLE turns (turn INTEGER NOT NULL, written XID DEFAULT pg_current_xact_id()::xid)',
  );
  const statement = { number: 1_000, sql: 'INSERT INTO turns (turn) VALUES ($1)' };
  const turns = (...values: (number | null)[]) =>
    database.write(values.map((value) => ({ statement, values: [value] })));
  const transactions = async () => {
    const client = await connected(url);
    const { rows } = await client.query('SELECT turn, written FROM turns ORDER BY turn');
    return { turns: rows.map(({ turn }) => turn), count: new Set(rows.map(({ written }) => written)).size };
  };
  await turns(0);
  expect(await Promise.all([turns(1), turns(2, 3), turns(4)])).toEqual([[1], [1, 1], [1]]);
  expect(await transactions()).toEqual({ turns: [0, 1, 2, 3, 4], count: 2 });
  const written = await Promise.allSettled([turns(5), turns(6, null), turns(7)]);
  expect(written.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect((await transactions()).turns).toEqual([0, 1, 2, 3, 4, 5, 7]);
});

test('a database of the next release is gone on with, and one of a later release is refused', async () => {
  const url = await postgres.newDatabase();
  await opened(url);
  const client = await connected(url);
  await client.query('UPDATE versions SET version = version + 1');
  await opened(url);
  await client.query('UPDATE versions SET version = version + 1');
  await expect(opened(url)).rejects.toThrow(/made by a later version/);
});

test('nothing of a call or a subject can be read in the tables', async () => {
  const url = await postgres.newDatabase();
  const { calls, failures } = await opened(url);
  await calls.save('CA1', 0, { typed: '0009999000017' }, null);
  await calls.save('CA2', 0, { typed: '0009999000017' }, null);
  await calls.end('CA2', { said: 'a sentence' });
  const counted = ['0009999000017', '+6281200000000'].map((subject) => ({ subject, limits: [] }));
  await failures.reserve(counted, 'a turn', new Date());
  const client = await connected(url);
  for (const table of ['calls', 'failed_lookups']) {
    const { rows } = await client.query(`SELECT * FROM ${table}`);
    expect(rows).toHaveLength(2);
    const values = rows.flatMap((row) => Object.values(row as Record<string, unknown>));
    const text = values.map((value) => (value instanceof Buffer ? value.toString('latin1') : String(value))).join();
    expect(text).not.toMatch(/0009999000017|6281200000000|typed|sentence/);
  }
});
