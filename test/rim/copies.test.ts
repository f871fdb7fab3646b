import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { readSettings } from '../../src/config.ts';
import { postgresDatabase } from '../../src/database/postgresDatabase.ts';
import { callTables } from '../../src/database/steps.ts';
import { startHotline } from '../../src/hotline.ts';
import { storeIn } from '../../src/store/store.ts';
import { ownPostgres } from '../database/ownPostgres.ts';
import { carrierOf, keptLog } from './carrier.ts';
import { ownFolder } from './folder.ts';

const postgres = await ownPostgres();

const authToken = 'tokenOfAllCopies1500400';

const sidOf = (call: number) => `CA${String(call).padStart(32, '0')}`;

/** A copy of the server on this database, and the carrier that calls it. */
async function copy(databaseUrl: string, env: Record<string, string> = {}) {
  const { log, troubles } = keptLog();
  const settings = readSettings({
    PORT: '0',
    DATA_DIR: join(ownFolder(), 'data'),
    DATABASE_URL: databaseUrl,
    DATA_KEY: '00'.repeat(32),
    TWILIO_AUTH_TOKEN: authToken,
    PRETEND_TODAY: '2026-11-21',
    ...env,
  });
  const { url, close } = await startHotline(settings, { log });
  onTestFinished(close);
  const post = carrierOf(url, authToken);
  const turn = (number: number, keys: string, call = 1) => {
    const what = { CallSid: sidOf(call), From: '+6281100000001', Digits: keys };
    return post(number === 0 ? '/voice' : `/voice/turns/${number}`, what);
  };
  return { turn, post, troubles, dataDir: settings.dataDir };
}

/** Somebody who asks for the bill, proves the number, and hears how to pay. */
const whatIsPressed = ['', '2', '0009999000020', '1', '0000', '1', '9', '1'];

/** What one copy alone says to all of this. */
async function saidByOne(): Promise<string[]> {
  const { turn } = await copy(await postgres.newDatabase());
  const said: string[] = [];
  for (const [number, keys] of whatIsPressed.entries()) said.push(await turn(number, keys));
  expect(said.at(-1)).toContain('Virtual account');
  return said;
}

test('a caller whose turns are answered by two copies hears what one copy would say', async () => {
  const url = await postgres.newDatabase();
  const copies = [await copy(url), await copy(url)];
  const said: string[] = [];
  for (const [number, keys] of whatIsPressed.entries()) said.push(await copies[number % 2]!.turn(number, keys));
  expect(said).toEqual(await saidByOne());
});

test('a turn that two copies are asked at once gets one answer, and the call goes on from it', async () => {
  const url = await postgres.newDatabase();
  const nobodyGuesses = { LOOKUP_FAILURES_IN_15_MINUTES: '1000' };
  const copies = [await copy(url, nobodyGuesses), await copy(url, nobodyGuesses)];
  const alone = await saidByOne();
  const asked = [1, 2, 3, 4, 5].map(async (call) => {
    for (const [number, keys] of whatIsPressed.entries()) {
      const both = await Promise.all(copies.map(({ turn }) => turn(number, keys, call)));
      expect(both).toEqual([alone[number], alone[number]]);
    }
  });
  await Promise.all(asked);
});

test('a call whose end one copy hears of is over for the other, with every turn in its record', async () => {
  const url = await postgres.newDatabase();
  const [one, other] = [await copy(url), await copy(url)];
  await one.turn(0, '');
  await other.turn(1, '4');
  await one.post('/voice/status', { CallSid: sidOf(1), CallStatus: 'completed' });
  expect(await other.turn(2, '1')).toContain('<Hangup');
  const database = await postgresDatabase(url, callTables, 2);
  const store = await storeIn(database, new Uint8Array(32));
  const [call] = await store.calls.recent(1);
  await database.close();
  expect(call).toMatchObject({ callId: sidOf(1), record: { steps: [{ did: 'begins' }, { did: 'key.4' }] } });
});

test('a copy needs no folder of its own', async () => {
  const { turn, dataDir } = await copy(await postgres.newDatabase());
  await turn(0, '');
  expect(existsSync(dataDir)).toBe(false);
});

test('PostgreSQL is started anew in the middle of a call: the caller is sent to an officer, and loses nothing', async () => {
  const url = await postgres.newDatabase();
  const copies = [await copy(url), await copy(url)];
  const alone = await saidByOne();
  for (const [number, keys] of whatIsPressed.entries()) {
    if (number === 4) {
      await postgres.stop();
      const began = performance.now();
      const away = await copies[0]!.turn(number, keys);
      expect(performance.now() - began).toBeLessThan(2_000);
      expect(away).toContain(`action="/voice/turns/${number}?apologies=1"`);
      await postgres.start();
    }
    for (const { turn } of copies) expect(await turn(number, keys)).toBe(alone[number]);
  }
  expect(copies[0]!.troubles.map(({ message }) => message)).toEqual([expect.stringContaining('sent to an officer')]);
  expect(copies[1]!.troubles).toEqual([]);
});

test('more calls than there are connections to a database that hangs: all hear an apology soon, and go on when it is back', async () => {
  const url = await postgres.newDatabase();
  const { turn } = await copy(url, { DATABASE_CONNECTIONS: '2' });
  const calls = Array.from({ length: 8 }, (_, nth) => nth);
  const menus = await Promise.all(calls.map((call) => turn(0, '', call)));
  const other = new pg.Client(url);
  await other.connect();
  await other.query('BEGIN; LOCK TABLE calls IN ACCESS EXCLUSIVE MODE');
  const began = performance.now();
  const said = await Promise.all(calls.map((call) => turn(1, '4', call)));
  expect(performance.now() - began).toBeLessThan(4_000);
  for (const each of said) expect(each).toContain('action="/voice/turns/1?apologies=1"');
  await other.query('ROLLBACK');
  await other.end();
  for (const [nth, call] of calls.entries()) {
    expect(await turn(0, '', call)).toBe(menus[nth]);
    expect(await turn(1, '4', call)).toContain('Untuk cara membayar dan saldo, tekan 1.');
  }
});

test('a copy that finds no PostgreSQL, or not its user, does not start, and says so without the password', async () => {
  const address = new URL(await postgres.newDatabase());
  address.username = 'geheim';
  await expect(copy(address.href)).rejects.toThrow(
    `No connection to PostgreSQL at ${address.host}${address.pathname}: password authentication failed for user "geheim".`,
  );
  const nowhere = 'postgres://hotline:geheim@localhost:1/hotline';
  const error: unknown = await copy(nowhere).catch((thrown) => thrown);
  expect(error).toMatchObject({
    message: expect.stringMatching(/^No connection to PostgreSQL at localhost:1\/hotline: ./),
  });
  expect(inspect(error)).not.toContain('geheim');
});
