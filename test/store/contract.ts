import { describe, expect, test } from 'vitest';
import type { CallStore } from '../../src/call/callStore.ts';
import type { FailedLookups } from '../../src/membership/failedLookups.ts';

/** What a store is tested as: its two ports, and a clock that the test moves. */
export type StoreOnTrial = { calls: CallStore; failures: FailedLookups; setNow(now: Date): void };

const state = { flow: 'bill', typed: '0009999000017', none: null, list: [1, 'dua', { tiga: true }] };
const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1, 0, minutes));

/** What every store of calls must do. `open` gives a new, empty one. */
export function remembersCalls(open: () => Promise<StoreOnTrial>): void {
  describe('a store of calls', () => {
    test('knows nobody who has not called', async () => {
      expect(await (await open()).calls.load('CA1')).toBeNull();
    });

    test('remembers a call as it stood after its latest turn', async () => {
      const { calls } = await open();
      expect(await calls.save('CA1', 0, { flow: 'mainMenu' }, null)).toBe(true);
      expect(await calls.save('CA1', 1, state, 0)).toBe(true);
      expect(await calls.load('CA1')).toEqual({ turn: 1, state });
      expect(await calls.load('CA2')).toBeNull();
    });

    test('lets one of two savers of the same turn win, and the loser changes nothing', async () => {
      const { calls } = await open();
      const race = async (turn: number, states: string[], after: number | null) => {
        const won = await Promise.all(states.map((each) => calls.save('CA1', turn, each, after)));
        expect(won.filter(Boolean)).toHaveLength(1);
        expect(await calls.load('CA1')).toEqual({ turn, state: states[won.indexOf(true)] });
      };
      await race(0, ['one', 'two'], null);
      await race(1, ['three', 'four', 'five'], 0);
    });

    test('writes a turn down only after the turn that was loaded', async () => {
      const { calls } = await open();
      await calls.save('CA1', 0, state, null);
      expect(await calls.save('CA1', 2, 'too early', 1)).toBe(false);
      expect(await calls.save('CA1', 1, 'a call nobody knew', null)).toBe(false);
      expect(await calls.save('CA2', 1, 'a call somebody knew', 0)).toBe(false);
      expect(await calls.load('CA1')).toEqual({ turn: 0, state });
    });

    test('lets a call that nobody knows begin at any turn, and one that is lost go on at any', async () => {
      const { calls } = await open();
      expect(await calls.save('CA1', 7, state, null)).toBe(true);
      expect(await calls.save('CA1', 12, state, 7)).toBe(true);
    });

    test('keeps of a call that is over nothing but that it is over', async () => {
      const { calls } = await open();
      await calls.save('CA1', 0, state, null);
      await calls.save('CA2', 0, state, null);
      await calls.end('CA1');
      await calls.end('CA1');
      await calls.end('CA3');
      expect([await calls.load('CA1'), await calls.load('CA3')]).toEqual(['over', 'over']);
      expect(await calls.load('CA2')).not.toBeNull();
      expect(await calls.save('CA1', 1, state, 0), 'a turn that was under way').toBe(false);
      expect(await calls.save('CA1', 0, state, null)).toBe(false);
    });

    test('keeps the record that a call ended with, and it ended once', async () => {
      const { calls } = await open();
      await calls.save('CA1', 0, state, null);
      expect(await calls.end('CA1', { outcome: 'answered' })).toBe(true);
      const ends = [undefined, { outcome: 'told later' }].map((one) => calls.end('CA1', one));
      expect(await Promise.all(ends)).toEqual([false, false]);
      expect(await calls.load('CA1')).toBe('over');
      expect(await calls.recent(9)).toEqual([{ callId: 'CA1', record: { outcome: 'answered' } }]);
    });

    test('ends a call only after the turn that was loaded, where one is given', async () => {
      const { calls } = await open();
      await calls.save('CA1', 0, state, null);
      await calls.save('CA1', 1, state, 0);
      expect(await calls.end('CA1', { turns: 1 }, 0)).toBe(false);
      expect(await calls.load('CA1')).toEqual({ turn: 1, state });
      expect(await calls.end('CA1', { turns: 2 }, 1)).toBe(true);
      expect(await calls.end('CA1', { turns: 2 }, 1)).toBe(false);
      expect(await calls.recent(9)).toEqual([{ callId: 'CA1', record: { turns: 2 } }]);
    });

    test('ends once when several tell of the end at the same moment, whoever is first', async () => {
      const { calls } = await open();
      await calls.save('CA1', 0, state, null);
      const ended = await Promise.all(['one', 'two', 'three'].map((outcome) => calls.end('CA1', { outcome })));
      expect(ended.filter(Boolean)).toHaveLength(1);
    });

    test('lists the latest calls, so many at the most, the last to have changed first', async () => {
      const { calls, setNow } = await open();
      expect(await calls.recent(9)).toEqual([]);
      for (const [minute, call] of ['CA1', 'CA2', 'CA3'].entries()) {
        setNow(at(minute));
        await calls.save(call, 0, { call }, null);
      }
      setNow(at(4));
      await calls.end('CA2', { outcome: 'officer' });
      setNow(at(5));
      await calls.save('CA1', 1, state, 0);
      setNow(at(6));
      await calls.end('CA4');
      expect(await calls.recent(9)).toEqual([
        { callId: 'CA4', record: null },
        { callId: 'CA1', state },
        { callId: 'CA2', record: { outcome: 'officer' } },
        { callId: 'CA3', state: { call: 'CA3' } },
      ]);
      expect((await calls.recent(2)).map(({ callId }) => callId)).toEqual(['CA4', 'CA1']);
      await calls.forgetBefore({ calls: at(5), records: at(5) });
      expect((await calls.recent(9)).map(({ callId }) => callId)).toEqual(['CA4', 'CA1']);
    });

    test('counts the calls that go on, without those that are over and those of which nothing was heard for long', async () => {
      const { calls, setNow } = await open();
      for (const [minute, call] of ['CA1', 'CA2', 'CA3'].entries()) {
        setNow(at(minute));
        await calls.save(call, 0, state, null);
      }
      expect([await calls.goingOn(at(0)), await calls.goingOn(at(1)), await calls.goingOn(at(3))]).toEqual([3, 2, 0]);
      await calls.end('CA3');
      expect(await calls.goingOn(at(0))).toBe(2);
      setNow(at(4));
      await calls.save('CA1', 1, state, 0);
      expect(await calls.goingOn(at(4))).toBe(1);
    });

    test('forgets the calls whose latest turn, or end, is old, and says how many', async () => {
      const { calls, setNow } = await open();
      setNow(at(0));
      for (const call of ['CA1', 'CA2', 'CA3']) await calls.save(call, 0, state, null);
      await calls.end('CA3');
      setNow(at(10));
      await calls.save('CA2', 1, state, 0);
      const limits = { calls: at(10), records: at(10) };
      expect([await calls.forgetBefore(limits), await calls.forgetBefore(limits)]).toEqual([2, 0]);
      expect(await calls.load('CA2')).toEqual({ turn: 1, state });
    });

    test.each([
      ['longer', { calls: at(10), records: at(5) }, ['CA4', 'CA3']],
      ['no longer', { calls: at(5), records: at(10) }, ['CA2', 'CA1']],
    ])('keeps the records of calls for %s than the calls themselves', async (_, limits, left) => {
      const { calls, setNow } = await open();
      for (const [minute, call] of ['CA1', 'CA2', 'CA3', 'CA4'].entries()) {
        setNow(at(6 + minute / 10));
        await calls.save(call, 0, state, null);
        if (minute === 0) await calls.end(call);
        if (minute > 1) await calls.end(call, { call });
      }
      expect(await calls.forgetBefore(limits)).toBe(2);
      expect((await calls.recent(9)).map(({ callId }) => callId)).toEqual(left);
    });
  });
}

/** What every memory of failed lookups must do. */
export function remembersFailures(open: () => Promise<StoreOnTrial>): void {
  describe('a memory of failed lookups', () => {
    const since = (minutes: number, most: number) => [{ since: at(minutes), most }];

    test('counts each lookup as failed before it is made, up to the limit', async () => {
      const { failures } = await open();
      const tries = async (occasion: string) =>
        failures.reserve([{ subject: '+62', limits: since(0, 2) }], occasion, at(1));
      expect([await tries('a'), await tries('b'), await tries('c')]).toEqual([true, true, false]);
      expect(await failures.reserve([{ subject: '+63', limits: since(0, 2) }], 'd', at(1))).toBe(true);
    });

    test('lets nobody through among many at once', async () => {
      const { failures } = await open();
      const counted = [{ subject: '+62', limits: since(0, 3) }];
      const tries = Array.from({ length: 20 }, (_, nth) => failures.reserve(counted, `${nth}`, at(1)));
      expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(3);
    });

    test('counts nothing where one of the subjects has reached a limit', async () => {
      const { failures } = await open();
      const [caller, number] = [
        { subject: '+62', limits: since(0, 1) },
        { subject: '17', limits: since(0, 1) },
      ];
      await failures.reserve([caller], 'a', at(1));
      expect(await failures.reserve([number, caller], 'b', at(1))).toBe(false);
      expect(await failures.reserve([number], 'c', at(1))).toBe(true);
    });

    test('does not count what did not fail', async () => {
      const { failures } = await open();
      const counted = [{ subject: '+62', limits: since(0, 1) }];
      await failures.reserve(counted, 'a', at(1));
      await failures.release('a');
      await failures.release('never heard of');
      expect(await failures.reserve(counted, 'b', at(1))).toBe(true);
    });

    test('counts an occasion once, however often it comes', async () => {
      const { failures } = await open();
      const counted = [{ subject: '+62', limits: since(0, 1) }];
      expect(await failures.reserve(counted, 'a', at(1))).toBe(true);
      expect(await failures.reserve(counted, 'a', at(2))).toBe(true);
      expect(await failures.reserve(counted, 'b', at(2))).toBe(false);
    });

    test('counts by time: neither what is long past, nor what a wrong clock wrote ahead', async () => {
      const { failures } = await open();
      const tries = (occasion: string, now: number) =>
        failures.reserve([{ subject: '+62', limits: since(now - 15, 1) }], occasion, at(now));
      expect(await tries('ahead', 5_000)).toBe(true);
      expect(await tries('a', 100)).toBe(true);
      expect(await tries('b', 115)).toBe(false);
      expect(await tries('c', 116)).toBe(true);
    });

    test('counts what a clock a little ahead of this one wrote', async () => {
      const { failures } = await open();
      const tries = (occasion: string, seconds: number) =>
        failures.reserve(
          [{ subject: '+62', limits: since(0, 3) }],
          occasion,
          new Date(at(10).getTime() + seconds * 1_000),
        );
      expect([await tries('a', 60), await tries('b', 2), await tries('c', 1)]).toEqual([true, true, true]);
      expect(await tries('d', 0)).toBe(false);
    });

    test('forgets old failures, and says how many', async () => {
      const { failures } = await open();
      const of = (...subjects: string[]) => subjects.map((subject) => ({ subject, limits: since(0, 1) }));
      await failures.reserve(of('a', 'b'), 'one', at(0));
      await failures.reserve(of('c'), 'two', at(9));
      expect(await failures.forgetBefore(at(9))).toBe(2);
      expect(await failures.reserve(of('a'), 'three', at(9))).toBe(true);
      expect(await failures.reserve(of('c'), 'four', at(9))).toBe(false);
    });
  });
}
