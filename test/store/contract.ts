import { describe, expect, test } from 'vitest';
import type { CallStore } from '../../src/call/callStore.ts';
import type { FailedLookups } from '../../src/membership/lookupLimits.ts';

/** What a store is tested as: its two ports, and a clock that the test moves. */
export type StoreOnTrial = { calls: CallStore; failures: FailedLookups; setNow(now: Date): void };

const state = { flow: 'bill', typed: '0009999000017', none: null, list: [1, 'dua', { tiga: true }] };
const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1, 0, minutes));

/** What every store of calls must do. `open` gives a new, empty one. */
export function remembersCalls(open: () => StoreOnTrial): void {
  describe('a store of calls', () => {
    test('knows nobody who has not called', async () => {
      expect(await open().calls.load('CA1')).toBeNull();
    });

    test('remembers a call as it stood after its latest turn', async () => {
      const { calls } = open();
      expect(await calls.save('CA1', 0, { flow: 'mainMenu' })).toBe(true);
      expect(await calls.save('CA1', 1, state)).toBe(true);
      expect(await calls.load('CA1')).toEqual({ turn: 1, state });
      expect(await calls.load('CA2')).toBeNull();
    });

    test('lets one of two savers of the same turn win, and the loser changes nothing', async () => {
      const { calls } = open();
      const first = await Promise.all([calls.save('CA1', 0, 'one'), calls.save('CA1', 0, 'two')]);
      const second = await Promise.all([calls.save('CA1', 1, 'three'), calls.save('CA1', 1, 'four')]);
      expect([first, second]).toEqual([
        [true, false],
        [true, false],
      ]);
      expect(await calls.load('CA1')).toEqual({ turn: 1, state: 'three' });
    });

    test('takes turns in their order only', async () => {
      const { calls } = open();
      await calls.save('CA1', 0, state);
      expect(await calls.save('CA1', 2, 'too early')).toBe(false);
      expect(await calls.save('CA1', 0, 'again')).toBe(false);
      expect(await calls.load('CA1')).toEqual({ turn: 0, state });
    });

    test('lets a call that nobody knows begin at any turn', async () => {
      const { calls } = open();
      expect(await calls.save('CA1', 7, state)).toBe(true);
      expect(await calls.save('CA1', 8, state)).toBe(true);
    });

    test('forgets a call, and does not mind forgetting it twice', async () => {
      const { calls } = open();
      await calls.save('CA1', 0, state);
      await calls.save('CA2', 0, state);
      await calls.forget('CA1');
      await calls.forget('CA1');
      expect(await calls.load('CA1')).toBeNull();
      expect(await calls.load('CA2')).not.toBeNull();
      expect(await calls.save('CA1', 0, state)).toBe(true);
    });

    test('forgets the calls whose latest turn is old, and says how many', async () => {
      const { calls, setNow } = open();
      setNow(at(0));
      for (const call of ['CA1', 'CA2', 'CA3']) await calls.save(call, 0, state);
      setNow(at(10));
      await calls.save('CA2', 1, state);
      expect(await calls.forgetBefore(at(10))).toBe(2);
      expect(await calls.forgetBefore(at(10))).toBe(0);
      expect(await calls.load('CA2')).toEqual({ turn: 1, state });
    });
  });
}

/** What every memory of failed lookups must do. */
export function remembersFailures(open: () => StoreOnTrial): void {
  describe('a memory of failed lookups', () => {
    test('counts failures by subject, from a moment on', async () => {
      const { failures } = open();
      await failures.add(['caller +62', 'card 17'], at(0));
      await failures.add(['caller +62', 'card 18'], at(5));
      await failures.add(['caller +62'], at(5));
      expect(await failures.count('caller +62', at(0))).toBe(3);
      expect(await failures.count('caller +62', at(5))).toBe(2);
      expect(await failures.count('caller +62', at(6))).toBe(0);
      expect(await failures.count('card 17', at(0))).toBe(1);
      expect(await failures.count('nobody', at(0))).toBe(0);
    });

    test('forgets old failures, and says how many', async () => {
      const { failures } = open();
      await failures.add(['a', 'b'], at(0));
      await failures.add(['a'], at(9));
      await failures.add([], at(9));
      expect(await failures.forgetBefore(at(9))).toBe(2);
      expect(await failures.count('a', at(0))).toBe(1);
    });
  });
}
