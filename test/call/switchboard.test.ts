import { describe, expect, test } from 'vitest';
import { callflows, firstFlow } from '../../callflows/index.ts';
import type { Call } from '../../src/call/call.ts';
import type { CallStore } from '../../src/call/callStore.ts';
import { newSession } from '../../src/call/session.ts';
import { createSwitchboard, type TurnReport } from '../../src/call/switchboard.ts';
import type { CallerInput, SpokenTurn } from '../../src/call/turn.ts';
import { enquiries } from '../flows/callers.ts';

/** Calls in memory, as a database would give them back: as JSON and not as the same objects. */
function memoryCalls() {
  const kept = new Map<string, { turn: number; state: string } | 'over'>();
  const calls: CallStore = {
    async load(call) {
      const row = kept.get(call) ?? null;
      return row === null || row === 'over' ? row : { turn: row.turn, state: JSON.parse(row.state) };
    },
    async save(call, turn, state, after) {
      const row = kept.get(call) ?? null;
      const latest = row === null ? null : row === 'over' ? Number.NaN : row.turn;
      if (latest !== after) return false;
      kept.set(call, { turn, state: JSON.stringify(state) });
      return true;
    },
    end: async (call) => kept.get(call) !== 'over' && kept.set(call, 'over') !== undefined,
    recent: async () => [],
    goingOn: async () => 0,
    forgetBefore: async () => 0,
  };
  return { calls, kept };
}

function hotline(flows: Parameters<typeof createSwitchboard>[0]['flows'] = callflows, store = memoryCalls()) {
  const reports: TurnReport[] = [];
  const switchboard = createSwitchboard({
    flows,
    firstFlow,
    newSession,
    enquiries: () => enquiries('works'),
    store: store.calls,
    patience: () => () => {},
    onTurn: (report) => reports.push(report),
    now: () => new Date(Date.UTC(2026, 0, 1)),
    clock: () => 0,
  });
  const keys = (typed: string): CallerInput => ({ keys: typed, finishedByHash: false });
  const turn = (turn: number, input: CallerInput | string | null) =>
    switchboard.answer({
      callId: 'CA1',
      caller: '+62811',
      turn,
      input: typeof input === 'string' ? keys(input) : input,
    });
  return { turn, reports, store, switchboard };
}

const said = ({ say }: SpokenTurn) => say.map(({ text }) => text.split(/[.,]/)[0]);

const sorry = 'Maaf';
const menu = 'Untuk memeriksa kartu aktif atau tidak';

test('the same turn asked twice gets the same answer, and changes nothing', async () => {
  const { turn, store, reports } = hotline();
  await turn(0, null);
  const first = await turn(1, '1');
  const before = [...store.kept];
  expect(await turn(1, '1')).toEqual(first);
  expect(await turn(1, '4'), 'even with another key').toEqual(first);
  expect([...store.kept]).toEqual(before);
  expect(reports.map(({ repeated }) => repeated)).toEqual([false, false, true, true]);
});

test('a turn that comes late gets the latest answer', async () => {
  const { turn } = hotline();
  await turn(0, null);
  await turn(1, '4');
  const latest = await turn(2, '2');
  expect(await turn(1, '4')).toEqual(latest);
  expect(await turn(0, null)).toEqual(latest);
});

test('the same turn asked twice at once is taken once, and both hear the same', async () => {
  const { turn, reports, store } = hotline();
  await turn(0, null);
  const answers = await Promise.all([turn(1, '1'), turn(1, '2'), turn(1, '4')]);
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(reports.filter(({ repeated }) => !repeated)).toHaveLength(2);
  expect(store.kept.get('CA1')).toMatchObject({ turn: 1 });
});

test('a call that nobody knows starts again with an apology, and goes on from there', async () => {
  const { turn } = hotline();
  const again = await turn(7, '1');
  expect(said(again)).toEqual([sorry, 'Selamat datang di layanan BPJS Kesehatan', menu, 'For English']);
  expect(again.nextTurn).toBe(8);
  expect(await turn(7, '1')).toEqual(again);
  expect(said(await turn(8, '4'))).toEqual(['Untuk cara membayar dan saldo']);
});

test('a turn from the future starts the call again', async () => {
  const { turn } = hotline();
  await turn(0, null);
  expect(said(await turn(5, '1'))[0]).toBe(sorry);
});

test('a call whose state a deploy removed starts again, and keeps what it knows', async () => {
  const old = hotline();
  await old.turn(0, null);
  await old.turn(1, '8');
  await old.turn(2, '4');
  const { information: _, ...withoutInformation } = callflows;
  const { turn } = hotline(withoutInformation, old.store);
  const answer = await turn(3, '1');
  expect(said(answer)).toEqual(['Sorry', 'To check whether the card is active', 'Untuk bahasa Indonesia']);
});

describe('a transfer that we did not order', () => {
  test('says again what the caller has not answered yet', async () => {
    const { turn } = hotline();
    await turn(0, null);
    const before = await turn(1, '1');
    const after = await turn(2, { transferAnswered: false });
    expect(after).toEqual({ ...before, nextTurn: 3 });
    expect(said(await turn(3, '0009999000000'))[0]).toMatch(/^Nomor kartu/);
  });
});

test('a report names places, and nothing that anybody typed', async () => {
  const { turn, reports } = hotline();
  await turn(0, null);
  await turn(1, '1');
  await turn(2, '0009999000000');
  expect(reports.map(({ flow, from, to }) => `${flow}: ${from} to ${to}`)).toEqual([
    'mainMenu: - to mainMenu.choosing.asking',
    'identify: mainMenu.choosing.asking to identify.number.asking',
    'identify: identify.number.asking to identify.confirming.asking',
  ]);
  expect(JSON.stringify(reports)).not.toMatch(/\d{4}/);
});

test('a call that has ended says good-bye again to whoever asks', async () => {
  const { turn } = hotline();
  await turn(0, null);
  await turn(1, '0');
  const bye = await turn(2, { transferAnswered: true });
  expect(bye.then).toEqual({ hangUp: true });
  expect(await turn(3, '')).toEqual({ ...bye, nextTurn: 4 });
});

test('a call that the caller has hung up stays over, whatever still comes', async () => {
  const { turn, switchboard, store } = hotline();
  await turn(0, null);
  await switchboard.hangUp('CA1');
  for (const late of [0, 1, 7]) expect(await turn(late, '1')).toMatchObject({ say: [], then: { hangUp: true } });
  expect(store.kept.get('CA1')).toBe('over');
});

test('a caller who hangs up while a turn is taken leaves nothing behind', async () => {
  const store = memoryCalls();
  const save: CallStore['save'] = async (...turn) => {
    if (turn[1] === 1) await store.calls.end('CA1');
    return store.calls.save(...turn);
  };
  const { turn } = hotline(callflows, { ...store, calls: { ...store.calls, save } });
  await turn(0, null);
  expect(await turn(1, '1')).toMatchObject({ say: [], then: { hangUp: true } });
  expect(store.kept.get('CA1')).toBe('over');
});

test('a turn that cannot be said is not written down', async () => {
  const store = memoryCalls();
  const { turn } = hotline(callflows, store);
  await turn(0, null);
  const before = store.kept.get('CA1') as { turn: number; state: string };
  const spoilt = JSON.parse(before.state) as Call;
  const session = { ...spoilt.place.context.session, language: 'xx' };
  const state = JSON.stringify({
    ...spoilt,
    place: { ...spoilt.place, context: { ...spoilt.place.context, session } },
  });
  store.kept.set('CA1', { turn: 0, state });
  await expect(turn(1, '4')).rejects.toThrow();
  expect(store.kept.get('CA1')).toEqual({ turn: 0, state });
});

describe('a call that an older release has written down', () => {
  const rewritten = (change: (call: Call) => unknown) => async () => {
    const store = memoryCalls();
    const { turn } = hotline(callflows, store);
    await turn(0, null);
    await turn(1, '8');
    const { turn: number, state } = store.kept.get('CA1') as { turn: number; state: string };
    store.kept.set('CA1', { turn: number, state: JSON.stringify(change(JSON.parse(state))) });
    return said(await turn(2, '4'));
  };

  test('goes on, although it knows less than a new one', async () => {
    const withoutField = rewritten((call) => {
      const { wrongProofs: _, ...session } = call.place.context.session;
      return { ...call, place: { ...call.place, context: { ...call.place.context, session } } };
    });
    expect(await withoutField()).toEqual(['For how to pay and your balance']);
  });

  test('starts again when it was written down in another shape', async () => {
    expect((await rewritten((call) => ({ ...call, shape: 0 }))())[0]).toBe(sorry);
    expect((await rewritten(({ flow }) => ({ flow }))())[0]).toBe(sorry);
  });
});

describe('a hash out of habit', () => {
  test('after a number that ended by itself changes nothing, and hides nothing', async () => {
    const { turn } = hotline();
    await turn(0, null);
    await turn(1, '1');
    const wrong = await turn(2, '3201019913850001');
    expect(said(wrong)[0]).toMatch(/^Ada yang salah/);
    expect(await turn(3, { keys: '', finishedByHash: true })).toEqual({ ...wrong, nextTurn: 4 });
    expect(said(await turn(4, { keys: '', finishedByHash: true }))[0]).toBe('Maaf');
  });
});

test('trouble in the middle of a number that was begun again asks for the number again', async () => {
  const { turn } = hotline();
  await turn(0, null);
  const question = await turn(1, '1');
  expect(await turn(2, '0009*00099990000')).toMatchObject({ say: [], then: { listen: { digits: 5 } } });
  expect(await turn(3, { transferAnswered: false })).toEqual({ ...question, nextTurn: 4 });
});
