import { beforeAll, expect, test, vi } from 'vitest';
import { postgresDatabase } from '../../src/database/postgresDatabase.ts';
import { callTables } from '../../src/database/steps.ts';
import { dial } from '../../src/simulator/phone.ts';
import { storeIn } from '../../src/store/store.ts';
import { type OwnPostgres, ownPostgres } from '../database/ownPostgres.ts';
import { longCall } from './longCall.ts';
import { freePort, type OwnProcess, ownProcess } from './ownProcess.ts';
import { smallProxy } from './smallProxy.ts';

let postgres: OwnPostgres;
beforeAll(async () => {
  postgres = await ownPostgres();
});

const authToken = 'tokenOfAllCopies1500400';

/** Three copies of the server, each in a process of its own, on one PostgreSQL and behind one proxy. */
async function threeCopies() {
  const databaseUrl = await postgres.newDatabase();
  const ports = await Promise.all([freePort(), freePort(), freePort()]);
  const proxy = await smallProxy(ports.map((port) => `http://127.0.0.1:${port}`));
  const start = (port: number) =>
    ownProcess({
      ...{ PORT: String(port), PUBLIC_BASE_URL: proxy.url, PRETEND_TODAY: '2026-11-21' },
      ...{ DATABASE_URL: databaseUrl, DATA_KEY: '00'.repeat(32), TWILIO_AUTH_TOKEN: authToken },
      ...{ LOOKUP_FAILURES_IN_15_MINUTES: '1000', LOOKUP_FAILURES_A_DAY: '1000' },
    });
  const copies = await Promise.all(ports.map(start));

  /** Ends this copy in the middle of a turn, and puts another in its place, which has answered before this resolves. */
  async function replace(copy: OwnProcess, signal: 'SIGTERM' | 'SIGKILL') {
    await proxy.next('asks', copy.url);
    const end = await copy.end(signal);
    const answers = proxy.next('has answered', copy.url);
    await start(Number(new URL(copy.url).port));
    await answers;
    return end;
  }
  const records = async () => {
    const database = await postgresDatabase(databaseUrl, callTables, 2);
    const { calls } = await storeIn(database, new Uint8Array(32));
    const kept = await calls.recent(10_000);
    await database.close();
    return kept;
  };
  return { proxy, copies, replace, records };
}

/** A whole call, as the caller heard it. */
async function wholeCall(url: string): Promise<string[]> {
  const phone = await dial(`${url}/voice`, { authToken, statusUrl: `${url}/voice/status` });
  for (const act of longCall) {
    await phone.waitUntilSilence();
    await act(phone);
  }
  await phone.waitUntilSilence();
  return phone.transcript;
}

test('three copies are replaced one by one, and one of them dies: no caller hears anything of it, and none is lost', async () => {
  const { proxy, copies, replace, records } = await threeCopies();
  const undisturbed = await wholeCall(proxy.url);
  expect(undisturbed.at(-1)).toMatch(/^ {2}\(hangs up after/);

  const heard = [undisturbed];
  let goesOn = true;
  const callers = Array.from({ length: 4 }, async () => {
    while (goesOn) heard.push(await wholeCall(proxy.url));
  });
  for (const copy of copies.slice(0, 2)) {
    const { code, ms } = await replace(copy, 'SIGTERM');
    expect(code).toBe(0);
    expect(ms).toBeLessThan(10_000);
  }
  expect(await replace(copies[2]!, 'SIGKILL')).toMatchObject({ signal: 'SIGKILL' });
  goesOn = false;
  await Promise.all(callers);

  expect(heard.length).toBeGreaterThan(callers.length);
  for (const transcript of heard) expect(transcript).toEqual(undisturbed);
  expect(proxy.askedAgain(), 'each copy that was away').toBeGreaterThanOrEqual(copies.length);
  await vi.waitFor(async () => {
    const kept = await records();
    expect(kept).toHaveLength(heard.length);
    for (const call of kept) expect(call).toMatchObject({ record: { outcome: 'officer' } });
  });
});
