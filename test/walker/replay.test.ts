import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callflows, firstFlow, onTheWay } from '../../callflows/index.ts';
import { type CallRecord, recordOf } from '../../src/call/record.ts';
import type { AnyFlows } from '../../src/call/transitions.ts';
import { readSettings } from '../../src/config.ts';
import { startHotline } from '../../src/hotline.ts';
import { jsonLog } from '../../src/log.ts';
import { dataKeyOf } from '../../src/secrets.ts';
import { dial } from '../../src/simulator/phone.ts';
import { sqliteStore } from '../../src/store/sqlite.ts';
import { callers } from '../../src/walker/acts.ts';
import { alone } from '../../src/walker/crew.ts';
import type { Step } from '../../src/walker/moment.ts';
import { everything } from '../../src/walker/reach.ts';
import { otherwise } from '../../src/walker/replay/otherwise.ts';
import { replayRecord } from '../../src/walker/replay/record.ts';
import { walkAlong } from '../../src/walker/shrink.ts';
import type { Health } from '../../src/walker/troubledMembers.ts';
import { ownFolder } from '../rim/folder.ts';
import { withFault } from './planted.ts';
import { plantedFaults } from './plantedFaults.ts';

const today = '2026-11-21';
const command = join(import.meta.dirname, '../../src/commands/replay.ts');

/** Runs the command in a folder of its own. */
async function replay(calls: string) {
  const child = spawn(process.execPath, [command, '--calls', calls], {
    cwd: ownFolder(),
    env: { PRETEND_TODAY: today },
  });
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { out, err, code };
}

describe('a call is told as otherwise', () => {
  const call = { turns: [{ did: 'dials', heard: ['Welcome.'] }], end: 'hangs up', seconds: 60 };

  test('by nothing where all is the same, or lasts a second longer', () => {
    expect(otherwise(call, { ...call, seconds: 61 })).toEqual([]);
  });

  test('by the first sentence that differs', () => {
    const now = { ...call, turns: [{ did: 'dials', heard: ['Hello.', 'Again.'] }] };
    expect(otherwise(call, now)).toEqual(['On dialling the caller heard "Welcome.", and would now hear "Hello.".']);
  });

  test('by its end, and by how much longer it takes', () => {
    expect(otherwise(call, { ...call, end: 'dials an officer', seconds: 75 })).toEqual([
      'The call ended so: hangs up. Now it would end so: dials an officer.',
      'The caller would wait 15 s longer: 1:15 in place of 1:00.',
    ]);
  });
});

test('a recording of which a sentence has changed is told in a sentence, with exit code 1', async () => {
  const recorded = readFileSync(join(import.meta.dirname, '../calls/nothing-owed.call'), 'utf8');
  const file = join(ownFolder(), 'yesterday.call');
  writeFileSync(file, recorded.replace('< Jika benar, tekan 1.', '< Jika sesuai, tekan 1.'));
  const { code, out } = await replay(file);
  expect(out).toContain(
    'the caller heard "Jika sesuai, tekan 1. Jika salah, tekan 2.", and would now hear "Jika benar,',
  );
  expect([code, out]).toEqual([1, expect.stringContaining('\n1 call: 0 go as they went, 1 otherwise')]);
});

test('a recording that says nothing of what was heard cannot be made again, and is told so', async () => {
  const file = join(ownFolder(), 'by-hand.call');
  writeFileSync(file, '> dials 1500400\n> presses 1\n> hangs up\n');
  const { out } = await replay(file);
  expect(out).toMatch(/by-hand\.call cannot be made again: it says only what the caller did, .*\.\n1 call: 0 go/);
});

test('a file that is no recorded call is named, and its first five lines', async () => {
  const file = join(ownFolder(), 'letter.txt');
  writeFileSync(file, 'Dear reader,\n'.repeat(7));
  const { code, err } = await replay(file);
  expect(code).toBe(1);
  expect(err).toContain(`${file}: line 1: Dear reader,\n`);
  expect(err).toContain('line 5: Dear reader,\nand 2 more lines\nA line of a recorded call is');
});

test.each([[[]], [['--calls', 'nowhere.call']], [['--cals', 'x']]])(
  'the words %j are refused in one line',
  async (words) => {
    const child = spawn(process.execPath, [command, ...words], { cwd: ownFolder(), env: {} });
    const [err, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);
    expect([code, err.split('\n').length]).toEqual([2, 2]);
    expect(err).toContain('Usage: npm run replay');
  },
);

describe('the calls of a database', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yesterday-'));
  const file = join(folder, 'calls.db');
  let records: CallRecord[];
  afterAll(() => rmSync(folder, { recursive: true }));

  beforeAll(async () => {
    const settings = readSettings({ PORT: '0', DATA_DIR: folder, PRETEND_TODAY: today });
    const hotline = await startHotline(settings, { log: jsonLog('silent') });
    const make = async (...keys: string[]) => {
      const options = { authToken: hotline.authToken, statusUrl: `${hotline.url}/voice/status` };
      const phone = await dial(`${hotline.url}/voice`, options);
      for (const each of keys) await phone.press(each);
      await phone.hangUp();
    };
    await make('2', '0009999000021#', '1', '0000', '3');
    await make('1', '3399994101900000', '1', '0018');
    await make('1', '0009999777777#', '1', '00099990000#');
    await make('4', '2');
    await hotline.close();
    const store = await sqliteStore(file, dataKeyOf(settings));
    records = (await store.calls.recent(10)).flatMap((call) => ('record' in call ? [call.record as CallRecord] : []));
    await store.close();
  });

  test('go as they went, with invented numbers in the place of those that nobody kept', async () => {
    expect(records).toHaveLength(4);
    const { code, out, err } = await replay(file);
    expect([err, out, code]).toEqual(['', '4 calls: 4 go as they went, 0 otherwise, 0 cannot be made again.\n', 0]);
  });

  test('are told in sentences where a flow has changed', async () => {
    const { flow, change } = plantedFaults.find(({ fault }) => fault === 'a secret spoken unverified')!;
    const flows: AnyFlows = withFault(flow, change);
    const crew = await alone({ flows, firstFlow, today, byHand: 1 });
    const asked = records.find(({ steps }) => steps.some(({ place }) => place.startsWith('information.offices')))!;
    const other = records.find((record) => record !== asked)!;
    const members = callers(today, everything);
    expect(await replayRecord(crew, other, members)).toEqual({ otherwise: [] });
    expect(await replayRecord(crew, asked, members)).toEqual({
      otherwise: ['After "2" the caller heard nothing more, and would now hear "Iuran sudah dibayar sampai {month}.".'],
    });
    await crew.close();
    expect(Object.keys(callflows)).toContain(flow);
  });

  test.each(['slow', 'silent', 'down'] as const)('go as they went where the members were %s', async (members) => {
    const crew = await alone({ flows: callflows as AnyFlows, firstFlow, today, byHand: 1 });
    const presses = (keys: string, health: Health = 'well'): Step => ({
      act: { does: 'presses', keys, afterMs: null },
      members: health,
    });
    const walked = await walkAlong(crew, [presses('2'), presses('0009999000020#'), presses('1', members)]);
    const record = recordOf(walked.turns.at(-1)!.after!.stored.state, onTheWay, { at: 0, failed: false });
    expect(record.steps.map(({ did }) => did)).toEqual([
      ...['begins', 'key.2', 'number', 'key.1'],
      ...(members === 'down' ? [] : ['waited']),
    ]);
    expect(await replayRecord(crew, record, callers(today, everything))).toEqual({ otherwise: [] });
    await crew.close();
  });

  test.each<[string, (record: CallRecord) => Partial<CallRecord>]>([
    [
      'other calls had failed to find a number before it',
      ({ steps }) => ({ steps: steps.map((step) => ({ ...step, said: ['tooManyTries'] })) }),
    ],
    ['the server was in trouble when it ended', () => ({ outcome: 'failed' })],
  ])('cannot be made again where %s', async (cannot, change) => {
    const crew = await alone({ flows: callflows as AnyFlows, firstFlow, today, byHand: 1 });
    const stopped: CallRecord = { ...records[0]!, ...change(records[0]!) };
    expect(await replayRecord(crew, stopped, callers(today, everything))).toEqual({ cannot });
    await crew.close();
  });
});
