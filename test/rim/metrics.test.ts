import { request } from 'node:http';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readSettings } from '../../src/config.ts';
import { type Overrides, startHotline } from '../../src/hotline.ts';
import { jsonLog } from '../../src/log.ts';
import { memberDirectory } from '../../src/membership/directory.ts';
import { type MembershipService, MembershipUnavailable } from '../../src/membership/membership.ts';
import { dial } from '../../src/simulator/phone.ts';
import { ownFolder } from './folder.ts';

const today = '2026-11-21';

/** What a server answers to who asks for its metrics. */
function read(listensAt: string, headers: Record<string, string> = {}): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(`${listensAt}/metrics`, { headers, agent: false }, async (response) => {
      let text = '';
      for await (const part of response.setEncoding('utf8')) text += part;
      resolve({ status: response.statusCode ?? 0, text });
    });
    sent.once('error', reject).end();
  });
}

/** A hotline, its callers, and what its metrics say: each sample by its name and labels. */
async function hotline(overrides: Overrides = {}, env: NodeJS.ProcessEnv = {}) {
  const folder = env.DATA_DIR ?? ownFolder();
  const settings = readSettings({ PORT: '0', DATA_DIR: folder, PRETEND_TODAY: today, ...env });
  const { url, listensAt, authToken, close } = await startHotline(settings, { log: jsonLog('silent'), ...overrides });
  onTestFinished(close);
  const options = { authToken, statusUrl: `${url}/voice/status`, fallbackUrl: `${url}/voice/fallback` };
  return {
    listensAt,
    folder,
    call: () => dial(`${url}/voice`, options),
    /** Does this to the database from outside. */
    spoil(sql: string) {
      const other = new DatabaseSync(join(folder, 'calls.db'), { timeout: 5_000 });
      other.exec(sql);
      other.close();
    },
    async metrics(headers: Record<string, string> = {}) {
      const { text } = await read(listensAt, headers);
      const samples = text.split('\n').flatMap((line) => /^(hotline_\w+(?:\{.*\})?) (\S+)$/.exec(line)?.slice(1) ?? []);
      return new Map(samples.flatMap((name, at) => (at % 2 === 0 ? [[name, Number(samples[at + 1])]] : [])));
    },
  };
}

const full = `CREATE TRIGGER full BEFORE UPDATE ON calls BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`;

/** The samples that begin so, with what follows that in the place of their names. */
const those = (samples: ReadonlyMap<string, number>, begin: string) =>
  Object.fromEntries(
    [...samples].flatMap(([name, value]) => (name.startsWith(begin) ? [[name.slice(begin.length), value]] : [])),
  );

/** Members of an own directory, whom a test can put out of reach. */
async function members() {
  const own = await memberDirectory({ file: join(ownFolder(), 'members.db'), today: () => today });
  onTestFinished(own.close);
  const health = { down: false };
  const unlessDown = async <Answer>(ask: () => Promise<Answer>) => {
    if (health.down) throw new MembershipUnavailable('out of order for this test');
    return ask();
  };
  const membership: MembershipService = {
    findMember: (number) => unlessDown(() => own.findMember(number)),
    findBill: (cardNumber) => unlessDown(() => own.findBill(cardNumber)),
    breaker: () => (health.down ? 'open' : 'closed'),
  };
  return { membership, health };
}

test('calls are counted by how they ended', async () => {
  const { membership, health } = await members();
  const { call, metrics } = await hotline({ membership });
  const none = { contained: 0, officer: 0, abandoned: 0, failed: 0 };
  const outcomes = async () => {
    const counted = those(await metrics(), 'hotline_calls_total');
    return Object.fromEntries(Object.entries(counted).map(([label, value]) => [label.split('"')[1], value]));
  };
  expect(await outcomes()).toEqual(none);

  const informed = await call();
  await informed.press('4');
  expect(await outcomes(), 'it goes on').toEqual(none);
  await informed.hangUp();
  await (await call()).hangUp();
  const served = await call();
  await served.press('0');
  await served.officer('answers');
  const unlucky = await call();
  for (const keys of ['1', '0009999000017#']) await unlucky.press(keys);
  health.down = true;
  await unlucky.press('1');
  await unlucky.hangUp('at once');
  for (const phone of [informed, served, unlucky]) await phone.waitUntilSilence();
  await expect.poll(outcomes).toEqual({ contained: 1, officer: 1, abandoned: 1, failed: 1 });
});

test('a call that ends with an apology, or unwritten, is counted as failed; whoever goes on has not failed', async () => {
  const { spoil, call, metrics } = await hotline();
  const outcomes = async () => those(await metrics(), 'hotline_calls_total');
  const [patient, impatient, unwritten] = [await call(), await call(), await call()];
  spoil(full);
  for (const phone of [patient, impatient]) await phone.press('4');
  await unwritten.hangUp('at once');
  await unwritten.waitUntilSilence();
  await expect.poll(outcomes).toMatchObject({ '{outcome="failed"}': 1 });
  spoil('DROP TRIGGER full');
  await patient.officer('does not answer');
  await patient.press('4');
  for (const phone of [patient, impatient]) await phone.hangUp('at once');
  for (const phone of [patient, impatient]) await phone.waitUntilSilence();
  await expect.poll(outcomes).toMatchObject({ '{outcome="failed"}': 2, '{outcome="contained"}': 1 });
});

test('turns are counted by the flow in which they end, and how long they took', async () => {
  const { call, metrics } = await hotline();
  const phone = await call();
  await phone.press('4');
  await phone.press('1');
  const samples = await metrics();
  expect(those(samples, 'hotline_turns_total')).toMatchObject({
    '{flow="mainMenu",repeated="false"}': 1,
    '{flow="information",repeated="false"}': 2,
    '{flow="information",repeated="true"}': 0,
    '{flow="bill",repeated="false"}': 0,
  });
  const seconds = those(samples, 'hotline_turn_seconds');
  expect(seconds).toMatchObject({ _count: 3, '_bucket{le="5"}': 3 });
  expect(seconds._sum).toBeGreaterThan(0);
});

test('lookups are counted by what came of them', async () => {
  const { membership, health } = await members();
  const { call, metrics } = await hotline({ membership }, { LOOKUP_FAILURES_IN_15_MINUTES: '1' });
  const guessing = await call();
  for (const keys of ['1', '0009999777777#', '1', '0009999777778#', '1']) await guessing.press(keys);
  const other = await call();
  for (const keys of ['2', '0009999000020#', '1']) await other.press(keys);
  health.down = true;
  await other.press('0000');
  const samples = await metrics();
  const each = { '{outcome="found"}': 1, '{outcome="notFound"}': 1, '{outcome="refused"}': 1 };
  expect(those(samples, 'hotline_lookup_seconds_count')).toEqual({ ...each, '{outcome="unavailable"}': 1 });
  expect(those(samples, 'hotline_membership_breaker')).toEqual({
    '{state="closed"}': 0,
    '{state="halfOpen"}': 0,
    '{state="open"}': 1,
  });
});

test('what is refused is counted by its status, and what goes wrong in the words of the log', async () => {
  const { listensAt, spoil, call, metrics } = await hotline();
  const phone = await call();
  await fetch(`${listensAt}/voice`, { method: 'POST' });
  await fetch(`${listensAt}/voice`);
  await fetch(`${listensAt}/voice`);
  spoil(full);
  await phone.press('4');
  const samples = await metrics();
  expect(those(samples, 'hotline_requests_refused_total')).toEqual({ '{status="415"}': 1, '{status="405"}': 2 });
  expect(those(samples, 'hotline_troubles_total')).toEqual({
    '{what="a turn failed, the caller is sent to an officer"}': 1,
  });
});

describe('calls in progress', () => {
  test('are those of all copies of the server, until their end is told', async () => {
    const one = await hotline();
    const two = await hotline({}, { DATA_DIR: one.folder });
    const inProgress = async () =>
      Promise.all([one, two].map(async ({ metrics }) => (await metrics()).get('hotline_calls_in_progress')));
    await one.call();
    const phone = await two.call();
    expect(await inProgress()).toEqual([2, 2]);
    await phone.hangUp();
    await expect.poll(inProgress).toEqual([1, 1]);
  });

  test('are no more than those of the last hour, where nobody tells their end', async () => {
    let hours = 0;
    const now = () => new Date(Date.UTC(2026, 10, 21, hours));
    const { call, metrics } = await hotline({ now });
    await call();
    hours = 1;
    await call();
    expect((await metrics()).get('hotline_calls_in_progress')).toBe(2);
    hours = 2;
    expect((await metrics()).get('hotline_calls_in_progress')).toBe(1);
  });

  test('have no number where they cannot be counted, and all the rest is told', async () => {
    const { call, metrics, spoil } = await hotline();
    await call();
    expect((await metrics()).get('hotline_calls_in_progress')).toBe(1);
    spoil('DROP TABLE calls');
    const samples = await metrics();
    expect(samples.has('hotline_calls_in_progress')).toBe(false);
    expect(samples.get('hotline_turn_seconds_count')).toBe(1);
  });
});

test('the process tells of itself, and of the flows by which it leads calls', async () => {
  const { listensAt } = await hotline();
  const { text } = await read(listensAt);
  expect(text).toMatch(/^process_resident_memory_bytes \d+/m);
  expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
  expect(text).toMatch(/^hotline_info\{flows="[a-p]{8}"\} 1$/m);
});

describe('the metrics are read', () => {
  const token = 'a-token-of-twenty-letters';
  const status = async (env: NodeJS.ProcessEnv, headers?: Record<string, string>) =>
    (await read((await hotline({}, env)).listensAt, headers)).status;

  test('by whoever is at this machine, where nobody else can come', async () => {
    expect(await status({})).toBe(200);
    expect(await status({}, { host: 'localhost' })).toBe(200);
    expect(await status({}, { host: 'hotline.example.org' }), 'led here by a strange page').toBe(404);
  });

  test.each([{ PUBLIC_BASE_URL: 'http://hotline.example.org' }, { HOST: '0.0.0.0' }])(
    'by nobody where others can come, by %j, and there is no token',
    async (env) => {
      expect(await status(env)).toBe(404);
      expect(await status(env, { authorization: 'Bearer ' })).toBe(404);
    },
  );

  test.each([{}, { PUBLIC_BASE_URL: 'http://hotline.example.org' }, { CONSOLE_PASSWORD: 'twelve letters at least' }])(
    'by who brings the token, wherever they are, with %j',
    async (env) => {
      const { listensAt } = await hotline({}, { ...env, METRICS_TOKEN: token });
      const asked = async (authorization?: string) =>
        (await read(listensAt, authorization === undefined ? {} : { authorization })).status;
      expect(await asked(`Bearer ${token}`)).toBe(200);
      for (const wrong of [undefined, '', 'Bearer', `Bearer ${token}x`, `Basic ${token}`, token])
        expect(await asked(wrong), wrong).toBe(404);
    },
  );
});
