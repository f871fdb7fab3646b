import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readSettings, type Settings } from '../../src/config.ts';
import { type Overrides, startHotline } from '../../src/hotline.ts';
import type { Member, MembershipService } from '../../src/membership/membership.ts';
import { dataKeyOf } from '../../src/secrets.ts';
import { sqliteStore } from '../../src/store/sqlite.ts';
import { callSid, carrierOf, echo, keptLog } from './carrier.ts';
import { ownFolder } from './folder.ts';

const aMember: Member = {
  cardNumber: '',
  nik: null,
  segment: 'ppu',
  statusCode: '0',
  careClass: 1,
  paysItself: false,
  familySize: 1,
  wholeFamilyActive: true,
  paidThrough: null,
};
const nobody: MembershipService = { findMember: async () => null, findBill: async () => null };

function settingsIn(folder: string, env: NodeJS.ProcessEnv = {}) {
  return readSettings({ PORT: '0', DATA_DIR: join(folder, 'data'), ...env });
}

async function started(settings = settingsIn(ownFolder()), overrides: Overrides = {}) {
  const { log, notes, troubles } = keptLog();
  const hotline = await startHotline(settings, {
    membership: nobody,
    switchboard: () => echo('weStartAgain').switchboard,
    log,
    ...overrides,
  });
  onTestFinished(hotline.close);
  return { ...hotline, notes, troubles };
}

/** The same with the real switchboard and its flows. */
async function startedForReal(settings: Settings, overrides: Overrides = {}) {
  const { log, troubles } = keptLog();
  const hotline = await startHotline(settings, { log, ...overrides });
  onTestFinished(hotline.close);
  return { ...hotline, troubles };
}

test('a hotline answers at its own address, with the token that it keeps', async () => {
  const settings = settingsIn(ownFolder());
  const { url, authToken } = await started(settings);
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(readFileSync(join(settings.dataDir, 'auth-token'), 'utf8')).toBe(`${authToken}\n`);
  expect(await carrierOf(url, authToken)('/voice')).toContain('action="/voice/turns/1"');
  expect((await fetch(`${url}/health`)).status).toBe(200);
});

test('a hotline with a public address is called there', async () => {
  const settings = settingsIn(ownFolder(), { PUBLIC_BASE_URL: 'http://hotline.example.org/a' });
  expect((await started(settings)).url).toBe('http://hotline.example.org/a');
});

test('a hotline that starts forgets old calls and records, and keeps the others', async () => {
  const settings = settingsIn(ownFolder(), { FORGET_RECORDS_AFTER_DAYS: '3' });
  const first = await started(settings);
  await first.close();
  const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
  const file = join(settings.dataDir, 'calls.db');
  for (const [call, hours] of [
    ['CA1', 25],
    ['CA2', 23],
  ] as const) {
    const store = await sqliteStore(file, dataKeyOf(settings), () => hoursAgo(hours));
    await store.calls.save(call, 0, {}, null);
    await store.close();
  }
  for (const [call, hours] of [
    ['CA3', 73],
    ['CA4', 71],
  ] as const) {
    const store = await sqliteStore(file, dataKeyOf(settings), () => hoursAgo(hours));
    await store.calls.end(call, { call });
    await store.close();
  }
  const { notes, close } = await started(settings);
  await close();
  expect(notes).toEqual([{ message: 'old calls are forgotten', count: 2 }]);
  const store = await sqliteStore(file, dataKeyOf(settings));
  expect(await store.calls.recent(9)).toEqual([
    { callId: 'CA2', state: {} },
    { callId: 'CA4', record: { call: 'CA4' } },
  ]);
  await store.close();
});

test('a caller meets a locked database, waits for an officer in vain, and goes on where the call was', async () => {
  const settings = settingsIn(ownFolder());
  const { url, authToken, troubles } = await startedForReal(settings);
  const post = carrierOf(url, authToken);
  const menu = await post('/voice');
  const other = new DatabaseSync(join(settings.dataDir, 'calls.db'), { timeout: 5_000 });
  other.exec('BEGIN EXCLUSIVE');
  expect(await post('/voice/turns/1', { Digits: '1' })).toContain('action="/voice/turns/1?apologies=1"');
  const told = troubles.filter(({ call }) => call === callSid);
  expect(told).toMatchObject([{ error: { message: 'database is locked' } }]);
  other.exec('ROLLBACK');
  other.close();
  const again = await post('/voice/turns/1?apologies=1', { DialCallStatus: 'no-answer' });
  expect(again).toBe(menu.replace('/voice/turns/1', '/voice/turns/2'));
});

test('a caller meets a membership service that hangs: told so in time, sent to an officer, and served when it is back', async () => {
  const card = '0009999000017';
  let hangs = true;
  const member = { ...aMember, cardNumber: card };
  const findMember = () => (hangs ? new Promise<never>(() => {}) : Promise.resolve(member));
  const settings = settingsIn(ownFolder(), { MEMBERSHIP_DEADLINE_MS: '100' });
  const membership: MembershipService = { findMember, findBill: async () => null };
  const { url, authToken, troubles } = await startedForReal(settings, { membership });
  const post = carrierOf(url, authToken);
  const number = (turn: number) => post(`/voice/turns/${turn}`, { Digits: card, FinishedOnKey: '#' });
  await post('/voice');
  await post('/voice/turns/1', { Digits: '1' });
  await number(2);
  const told = await post('/voice/turns/3', { Digits: '1' });
  expect(told).toContain('Gangguannya di sistem kami, bukan di kartu Anda.');
  expect(told).toContain('<Dial ');
  expect(told).not.toContain('tidak aktif');
  expect(troubles).toMatchObject([{ error: { name: 'MembershipUnavailable' }, call: callSid }]);
  hangs = false;
  await post('/voice/turns/4', { DialCallStatus: 'no-answer' });
  await post('/voice/turns/5', { Digits: '1' });
  await number(6);
  expect(await post('/voice/turns/7', { Digits: '1' })).toContain('Kartu BPJS Kesehatan ini aktif.');
});

describe('a hotline with a key for members', () => {
  const key = 'key-of-these-tests';
  const asked = async (url: string) => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ cardNumber: '0009999000020' });
    return (await fetch(`${url}/membership/find-bill`, { method: 'POST', headers, body })).status;
  };

  test('offers its own to whoever has it, and to nobody without one', async () => {
    expect(await asked((await startedForReal(settingsIn(ownFolder(), { MEMBERSHIP_API_KEY: key }))).url)).toBe(200);
    expect(await asked((await startedForReal(settingsIn(ownFolder()))).url)).toBe(404);
  });

  test('asks another one where it names one, and then has and offers none itself', async () => {
    const far = await startedForReal(settingsIn(ownFolder(), { MEMBERSHIP_API_KEY: key }));
    const settings = settingsIn(ownFolder(), {
      MEMBERSHIP_API_KEY: key,
      MEMBERSHIP_URL: `${far.url}/membership`,
      PRETEND_TODAY: '2026-11-21',
    });
    const { url, authToken } = await startedForReal(settings);
    expect([await asked(url), existsSync(join(settings.dataDir, 'members.db'))]).toEqual([404, false]);
    const post = carrierOf(url, authToken);
    await post('/voice');
    await post('/voice/turns/1', { Digits: '1' });
    await post('/voice/turns/2', { Digits: '0009999000020', FinishedOnKey: '#' });
    expect(await post('/voice/turns/3', { Digits: '1' })).toContain('Kartu BPJS Kesehatan ini tidak aktif.');
  });
});

test('a hotline on a port that is taken does not start, and leaves nothing open', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await new Promise((resolve) => other.once('listening', resolve));
  const settings = settingsIn(ownFolder(), { PORT: String((other.address() as AddressInfo).port) });
  await expect(started(settings)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  expect(readdirSync(settings.dataDir).filter((name) => name.endsWith('-wal'))).toEqual([]);
});

test('a hotline that is closed answers nobody, and may be closed twice', async () => {
  const { url, close } = await started();
  await close();
  await close();
  await expect(fetch(`${url}/health`)).rejects.toThrow();
});
