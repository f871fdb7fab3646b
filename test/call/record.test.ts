import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { callflows, firstFlow, onTheWay } from '../../callflows/index.ts';
import type { Call } from '../../src/call/call.ts';
import { type Step, traced } from '../../src/call/record.ts';
import { newSession } from '../../src/call/session.ts';
import { createSwitchboard, type RecordedCall } from '../../src/call/switchboard.ts';
import type { CallerInput } from '../../src/call/turn.ts';
import { sqliteStore } from '../../src/store/sqlite.ts';
import { cards, enquiries } from '../flows/callers.ts';
import { ownFolder } from '../rim/folder.ts';

const hears = (keys: string): CallerInput => ({ keys, finishedByHash: false });
const officer = (transferAnswered: boolean): CallerInput => ({ transferAnswered });

/** A switchboard that tells of its records, and the caller of one call. */
async function hotline() {
  const store = await sqliteStore(join(ownFolder(), 'calls.db'), Buffer.alloc(32, 1));
  onTestFinished(store.close);
  const told: RecordedCall[] = [];
  let minutes = 0;
  const switchboard = createSwitchboard({
    flows: callflows,
    firstFlow,
    newSession,
    onTheWay,
    enquiries: () => enquiries('works'),
    store: store.calls,
    patience: () => () => {},
    onTurn: () => {},
    onRecord: (call) => void told.push(call),
    now: () => new Date(Date.UTC(2026, 0, 1, 0, minutes++)),
    clock: () => 0,
  });
  async function call(callId: string, inputs: readonly CallerInput[]) {
    for (const [turn, input] of [null, ...inputs].entries())
      await switchboard.answer({ callId, caller: '+62811', turn, input });
  }
  return { switchboard, told, call };
}

describe('what is kept of a call', () => {
  test.each<[string, CallerInput[]]>([
    ['abandoned', []],
    ['abandoned', [hears('1'), hears(cards[0]!), hears('1')]],
    ['abandoned', [hears('0'), officer(false)]],
    ['answered', [hears('4')]],
    ['answered', [hears('4'), hears('0'), officer(false)]],
    ['officer', [hears('0')]],
    ['officer', [hears('4'), hears('0'), officer(true)]],
  ])('says that it was %s when the caller hangs up after %j', async (outcome, inputs) => {
    const { switchboard, call } = await hotline();
    await call('CA1', inputs);
    expect((await switchboard.recent(9))[0]!.record).toMatchObject({ outcome: 'goingOn', endedAt: null });
    await switchboard.hangUp('CA1');
    const [{ record } = expect.fail('no call is listed')] = await switchboard.recent(9);
    expect(record).toMatchObject({ outcome, endedAt: Date.UTC(2026, 0, 1, 0, inputs.length + 1) });
  });

  test('is told turn by turn, with the time of each, and once at the end', async () => {
    const { switchboard, call, told } = await hotline();
    await call('CA1', [hears('4'), hears('')]);
    await switchboard.hangUp('CA1');
    await switchboard.hangUp('CA1');
    await switchboard.hangUp('CA of nobody');
    expect(told.map(({ record }) => record.steps.length)).toEqual([1, 2, 3, 3]);
    const { steps } = told.at(-1)!.record;
    expect(steps.map(({ did }) => did)).toEqual(['begins', 'key.4', 'silence']);
    expect(steps.map(({ at }) => new Date(at).getUTCMinutes())).toEqual([0, 1, 2]);
    expect(steps[0]!.said).toContain('welcome');
    expect(await switchboard.recent(9)).toEqual([told.at(-1)]);
  });

  test('never has a digit of what was typed at a number question, nor of who called', async () => {
    const typed = fc.constantFrom(
      '1',
      '2',
      '4',
      '0',
      '*',
      '',
      cards[0]!,
      cards[2]!,
      '3299991708850000',
      '1234',
      '0009',
    );
    const answer = fc.oneof(
      { weight: 9, arbitrary: typed.map(hears) },
      { weight: 1, arbitrary: fc.constant(officer(false)) },
    );
    const { switchboard, call } = await hotline();
    let calls = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(answer, { minLength: 3, maxLength: 12 }), async (inputs) => {
        const callId = `CA${calls++}`;
        await call(callId, [hears('1'), ...inputs]);
        await switchboard.hangUp(callId);
        const [latest] = await switchboard.recent(1);
        const steps = latest!.record.steps.map(({ at: _, ...step }) => step);
        expect(latest!.callId).toBe(callId);
        expect(JSON.stringify(steps)).not.toMatch(/\d{2}/);
      }),
      { numRuns: 50 },
    );
  });

  test('is at most a hundred turns, of which the first and the last are left', () => {
    const call = { flow: 'bill', place: { value: 'told', context: {} }, said: [], did: 'silence' } as unknown as Call;
    let steps: readonly Step[] = [];
    for (let at = 0; at < 250; at++) steps = traced({ ...call, steps }, call, at).steps!;
    expect(steps.map(({ at }) => at)).toEqual([...Array(10).keys(), ...Array.from({ length: 90 }, (_, n) => n + 160)]);
  });

  test('does not count a turn in which nothing was answered', () => {
    const call = { flow: 'bill', place: { value: 'told', context: {} }, said: [], did: null } as unknown as Call;
    expect(traced(null, call, 5).steps).toEqual([]);
  });
});
