import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { readSettings } from '../../src/config.ts';
import { startHotline } from '../../src/hotline.ts';
import { jsonLog } from '../../src/log.ts';
import { diceOf } from '../../src/membership/dice.ts';
import { memberDirectory } from '../../src/membership/directory.ts';
import { remoteMembership } from '../../src/membership/remoteMembership.ts';
import { dial, type Phone } from '../../src/simulator/phone.ts';
import { findings } from '../load/hotline.ts';
import { apiKey, type Lie, lies, memberServer } from '../membership/liar.ts';
import { keptLog } from './carrier.ts';
import { keptFolder, ownFolder } from './folder.ts';

const today = '2026-11-21';
const [card, lastFour] = ['0009999000020', '0000'];
const wait = 'Mohon tunggu sebentar, data peserta sedang kami periksa.';
const unreachable = 'Maaf, data peserta belum bisa dibuka. Gangguannya di sistem kami, bukan di kartu Anda.';
const arrears = 'Ada tunggakan tiga bulan.';

const directory = await memberDirectory({ file: join(keptFolder(), 'members.db'), today: () => today });
let members: Awaited<ReturnType<typeof memberServer>>;
beforeAll(async () => {
  members = await memberServer(directory, keptLog().log);
});
afterAll(async () => {
  await members.close();
  await directory.close();
});

/** A hotline whose members are on another machine, with all that it writes into its log. */
async function hotline(env: Record<string, string> = {}) {
  const lines: string[] = [];
  const settings = readSettings({
    ...{ PORT: '0', DATA_DIR: ownFolder(), PRETEND_TODAY: today },
    ...{ MEMBERSHIP_URL: members.url, MEMBERSHIP_API_KEY: apiKey, ...env },
  });
  const running = await startHotline(settings, { log: jsonLog('info', { write: (line) => void lines.push(line) }) });
  onTestFinished(running.close);
  const call = async () => {
    const took: number[] = [];
    const onExchange = ({ ms }: { ms: number }) => void took.push(ms);
    const statusUrl = `${running.url}/voice/status`;
    const phone = await dial(`${running.url}/voice`, { authToken: running.authToken, statusUrl, onExchange });
    return { phone, took };
  };
  return { call, lines };
}

/** Asks for the bill and types a number; answers what is heard when it has been looked up. */
async function asksForTheBill(phone: Phone, number = card): Promise<string[]> {
  await phone.press('2');
  await phone.press(`${number}#`);
  await phone.press('1');
  return phone.waitUntilSilence();
}

async function hearsTheBill(phone: Phone): Promise<void> {
  await asksForTheBill(phone);
  await phone.press(lastFour);
  expect(await phone.waitUntilSilence()).toContain(arrears);
}

/** From now on the service answers with this lie, or for so many questions. */
function lie(about: Lie, times = Number.POSITIVE_INFINITY): void {
  let left = times;
  members.next = () => (left-- > 0 ? about : null);
}

/** Short enough for a test, and for one wait: what is left of the deadline then is less than the caller's patience. */
const patience = { ASK_TO_WAIT_AFTER_MS: '400', MEMBERSHIP_DEADLINE_MS: '600' };
const slow: readonly Lie[] = ['slow headers', 'a slow body'];

describe('a service that answers with', () => {
  test.each(Object.keys(lies) as Lie[])(
    '%s: the caller is told honestly, reaches an officer, and is served when it is well',
    async (about) => {
      const isSlow = slow.includes(about);
      const { call, lines } = await hotline(isSlow ? patience : {});
      const { phone, took } = await call();
      lie(about);
      const heard = await asksForTheBill(phone);
      expect(heard.slice(0, -1)).toEqual(isSlow ? [wait, unreachable] : [unreachable]);
      expect(Math.max(...took)).toBeLessThan(1_000);
      await phone.officer('does not answer');
      expect([phone.warnings, phone.transcript.join('\n')]).toEqual([[], expect.not.stringMatching(/tidak aktif/)]);
      members.next = () => null;
      await hearsTheBill(phone);
      expect(phone.warnings).toEqual([]);
      expect(lines.join('')).toContain('the membership service could not tell');
      expect(lines.join('')).not.toMatch(/9999000020|key-of-these/);
    },
  );

  test('a refusal of the connection: the same', async () => {
    const gone = await memberServer(directory, keptLog().log);
    await gone.close();
    const { call } = await hotline({ MEMBERSHIP_URL: gone.url });
    const { phone, took } = await call();
    expect((await asksForTheBill(phone))[0]).toBe(unreachable);
    expect(Math.max(...took)).toBeLessThan(1_000);
    await phone.officer('answers');
    await phone.waitUntilSilence();
    expect(phone.isOver).toBe(true);
  });
});

test('a service that never answers lets a few callers wait, and then nobody', async () => {
  const { call, lines } = await hotline(patience);
  lie('slow headers');
  const others = ['17', '18', '19', '21', '22'].map(async (end) => {
    const { phone } = await call();
    return asksForTheBill(phone, `00099990000${end}`);
  });
  const first = await Promise.all(others);
  for (const heard of first) expect(heard.slice(0, 2)).toEqual([wait, unreachable]);
  const { phone, took } = await call();
  expect((await asksForTheBill(phone))[0]).toBe(unreachable);
  expect(Math.max(...took)).toBeLessThan(1_000);
  const opened = lines
    .map((line) => JSON.parse(line))
    .find(({ msg }) => msg.includes('it is asked no more for a while'));
  expect(opened).toMatchObject({ level: 40 });
});

test('a caller who hangs up while waiting leaves nothing behind, and may call again', async () => {
  const { call } = await hotline({ ...patience, LOOKUP_FAILURES_IN_15_MINUTES: '1' });
  lie('slow headers', 1);
  const { phone } = await call();
  await phone.press('2');
  await phone.press(`${card}#`);
  await phone.press('1');
  await phone.hear(/Mohon tunggu sebentar/);
  await phone.hangUp('at once');
  await phone.telephone.ended;
  expect(phone.transcript.at(-1)).toMatch(/the caller hung up/);
  // The one failure that is allowed was reserved for the lookup, and is given back when nobody could tell.
  const again = await call();
  await expect.poll(async () => (await asksForTheBill((await call()).phone))[0], { timeout: 5_000 }).toMatch(/4 angka/);
  await hearsTheBill(again.phone);
});

describe('many callers of a service that lies to every fourth of them', () => {
  test('hear what is theirs or an honest sentence, and nothing of each other', async () => {
    const honest = remoteMembership({ url: members.url, apiKey, deadlineMs: 400 });
    const all = Object.keys(lies) as Lie[];
    const dice = diceOf(7);
    members.next = () => (dice.inHundred(25) ? all[dice.between(0, all.length - 1)]! : null);
    const env = { ASK_TO_WAIT_AFTER_MS: '100', MEMBERSHIP_DEADLINE_MS: '400' };
    const report = await findings({ membership: () => honest, env }, { calls: 120, faults: true });
    expect(report.wrongCalls).toEqual([]);
    expect(report).toMatchObject({ calls: 120, wrong: 0, crossTalk: 0 });
    expect(report.troubled).toBeGreaterThan(5);
  });
});
