import { describe, expect, test } from 'vitest';
import { callflows, firstFlow } from '../../callflows/index.ts';
import type { CallStore } from '../../src/call/callStore.ts';
import { newSession } from '../../src/call/session.ts';
import { createSwitchboard, type TurnReport } from '../../src/call/switchboard.ts';
import type { CallerInput, SpokenTurn } from '../../src/call/turn.ts';
import { enquiries } from '../flows/callers.ts';

/** Calls in memory, as a database would give them back: as JSON and not as the same objects. */
function memoryCalls() {
  const kept = new Map<string, { turn: number; state: string }>();
  const calls: CallStore = {
    async load(call) {
      const row = kept.get(call);
      return row ? { turn: row.turn, state: JSON.parse(row.state) } : null;
    },
    async save(call, turn, state) {
      const row = kept.get(call);
      if (row && row.turn !== turn - 1) return false;
      kept.set(call, { turn, state: JSON.stringify(state) });
      return true;
    },
    forget: async (call) => void kept.delete(call),
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
    onTurn: (report) => reports.push(report),
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

const prompts = ({ say }: SpokenTurn) => say.map(({ prompt }) => prompt);

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
  expect(store.kept.get('CA1')?.turn).toBe(1);
});

test('a call that nobody knows starts again with an apology, and goes on from there', async () => {
  const { turn } = hotline();
  const again = await turn(7, '1');
  expect(prompts(again)).toEqual(['weStartAgain', 'welcome', 'mainMenu', 'otherLanguage']);
  expect(again.nextTurn).toBe(8);
  expect(await turn(7, '1')).toEqual(again);
  expect(prompts(await turn(8, '4'))).toEqual(['informationMenu']);
});

test('a turn from the future starts the call again', async () => {
  const { turn } = hotline();
  await turn(0, null);
  expect(prompts(await turn(5, '1'))[0]).toBe('weStartAgain');
});

test('a call whose state a deploy removed starts again, and keeps what it knows', async () => {
  const old = hotline();
  await old.turn(0, null);
  await old.turn(1, '8');
  await old.turn(2, '4');
  const { information: _, ...withoutInformation } = callflows;
  const { turn } = hotline(withoutInformation, old.store);
  const answer = await turn(3, '1');
  expect(prompts(answer)).toEqual(['weStartAgain', 'mainMenu', 'otherLanguage']);
  expect(answer.language).toBe('en');
});

describe('a transfer that we did not order', () => {
  test('says again what the caller has not answered yet', async () => {
    const { turn } = hotline();
    await turn(0, null);
    const before = await turn(1, '1');
    const after = await turn(2, { transferAnswered: false });
    expect(after).toEqual({ ...before, nextTurn: 3 });
    expect(prompts(await turn(3, '0009999000000'))).toContain('readBackCard');
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
