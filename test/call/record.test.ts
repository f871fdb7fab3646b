import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { callflows, firstFlow, onTheWay } from '../../callflows/index.ts';
import type { Call } from '../../src/call/call.ts';
import { keptRecord, type Step, traced } from '../../src/call/record.ts';
import { newSession } from '../../src/call/session.ts';
import { createSwitchboard, type RecordedCall } from '../../src/call/switchboard.ts';
import type { CallerInput } from '../../src/call/turn.ts';
import { sqliteStore } from '../../src/store/sqlite.ts';
import { cards, enquiries } from '../flows/callers.ts';
import { ownFolder } from '../rim/folder.ts';

const hears = (keys: string): CallerInput => ({ keys, finishedByHash: false });
const officer = (transferAnswered: boolean): CallerInput => ({ transferAnswered });

/** A switchboard that tells of its records, and the caller of one call. */
async function hotline(how: 'works' | 'fails' = 'works', file = join(ownFolder(), 'calls.db'), flowVersion = 'new') {
  const store = await sqliteStore(file, Buffer.alloc(32, 1));
  onTestFinished(store.close);
  const told: RecordedCall[] = [];
  let minutes = 0;
  const switchboard = createSwitchboard({
    flows: callflows,
    firstFlow,
    newSession,
    onTheWay,
    flowVersion,
    enquiries: () => enquiries(how),
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
  const kept = async () => (await switchboard.recent(1))[0]?.record ?? expect.fail('no call is listed');
  return { switchboard, told, call, kept };
}

describe('what is kept of a call', () => {
  test.each<[string, CallerInput[]]>([
    ['abandoned', []],
    ['abandoned', [hears('1'), hears(cards[0]!), hears('1')]],
    ['abandoned', [hears('0'), officer(false)]],
    ['contained', [hears('4')]],
    ['contained', [hears('4'), hears('0'), officer(false)]],
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

  test('says when it began and ended, in which language, and by which version of the flows', async () => {
    const { switchboard, call, kept } = await hotline();
    await call('CA1', [hears('8'), hears('4')]);
    expect(await kept()).toMatchObject({ beganAt: Date.UTC(2026, 0, 1), endedAt: null, language: 'en' });
    await switchboard.hangUp('CA1');
    const { steps: _, ...rest } = await kept();
    expect(rest).toEqual({
      beganAt: Date.UTC(2026, 0, 1),
      endedAt: Date.UTC(2026, 0, 1, 0, 3),
      outcome: 'contained',
      language: 'en',
      flowVersion: 'new',
    });
  });

  test('says by which version its last turn was taken, when a deploy came in the middle of it', async () => {
    const file = join(ownFolder(), 'calls.db');
    const before = await hotline('works', file, 'old');
    await before.call('CA1', []);
    expect(await before.kept()).toMatchObject({ flowVersion: 'old' });
    const { switchboard, kept } = await hotline('works', file, 'new');
    expect(await kept(), 'no turn since').toMatchObject({ flowVersion: 'old' });
    await switchboard.answer({ callId: 'CA1', caller: '', turn: 1, input: hears('4') });
    await switchboard.hangUp('CA1');
    expect(await kept()).toMatchObject({ flowVersion: 'new', outcome: 'contained' });
  });

  test('says that it failed when the members could not be reached, and nobody was there then', async () => {
    const { switchboard, call, kept } = await hotline('fails');
    const inTrouble = [hears('1'), hears(cards[0]!), hears('1')];
    await call('CA1', inTrouble);
    await switchboard.hangUp('CA1');
    expect(await kept()).toMatchObject({ outcome: 'failed' });
    await call('CA2', [...inTrouble, officer(true)]);
    await switchboard.hangUp('CA2');
    expect(await kept(), 'an officer has served').toMatchObject({ outcome: 'officer' });
    await call('CA3', [...inTrouble, officer(false), hears('4')]);
    await switchboard.hangUp('CA3');
    expect(await kept(), 'the caller has gone on').toMatchObject({ outcome: 'contained' });
  });

  test('says that it failed when an apology was the last thing heard', async () => {
    const { switchboard, call, kept, told } = await hotline();
    await call('CA1', [hears('4')]);
    switchboard.apologised('CA1');
    await switchboard.hangUp('CA1');
    expect(await kept()).toMatchObject({ outcome: 'failed', language: 'id' });
    await call('CA2', [hears('4')]);
    switchboard.apologised('CA2');
    await switchboard.answer({ callId: 'CA2', caller: '', turn: 2, input: officer(false) });
    await switchboard.hangUp('CA2');
    expect(await kept()).toMatchObject({ outcome: 'contained' });
    switchboard.apologised('CA3');
    await switchboard.hangUp('CA3');
    await switchboard.hangUp('CA3');
    expect(await kept(), 'not even a first turn').toMatchObject({ outcome: 'failed', beganAt: null, steps: [] });
    expect(told.filter(({ callId, record }) => callId === 'CA3' && record.endedAt !== null)).toHaveLength(1);
  });

  test('is told once, also when the carrier tells the end of the call twice at the same moment', async () => {
    const { switchboard, call, told } = await hotline();
    await call('CA1', []);
    await Promise.all([switchboard.hangUp('CA1'), switchboard.hangUp('CA1')]);
    expect(told.filter(({ record }) => record.endedAt !== null)).toHaveLength(1);
  });

  test('can be read as a release kept it that knew less', () => {
    const steps: Step[] = [{ at: 5, did: 'begins', place: 'mainMenu.choosing', said: [] }];
    const old = { steps, outcome: 'answered' as const, endedAt: 9 };
    const more = { beganAt: 5, language: null, flowVersion: null };
    expect(keptRecord(old)).toEqual({ ...old, ...more, outcome: 'contained' });
    const now = { ...old, ...more, outcome: 'officer' as const, language: 'en' as const, flowVersion: 'new' };
    expect(keptRecord(now)).toEqual(now);
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
