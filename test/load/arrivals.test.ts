import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrivals } from '../../src/load/arrivals.ts';

const stream = fc.record({
  calls: fc.integer({ min: 1, max: 500 }),
  rate: fc.integer({ min: 1, max: 500 }),
  seed: fc.nat(1_000),
  burst: fc.boolean(),
});

test('all callers arrive in order within the time that the rate gives them, and the same seed brings them again', () => {
  fc.assert(
    fc.property(stream, (wish) => {
      const moments = arrivals(wish);
      expect(moments).toEqual(arrivals(wish));
      expect(moments).toEqual([...moments].sort((a, b) => a - b));
      expect(moments.length).toBe(wish.calls);
      expect(moments[0]).toBeGreaterThanOrEqual(0);
      expect(moments.at(-1)).toBeLessThanOrEqual((wish.calls / wish.rate) * 1_000);
    }),
  );
});

test('on the 10th of the month half of all callers come in a tenth of the time', () => {
  const moments = arrivals({ calls: 10_000, rate: 100, seed: 1, burst: true });
  const inRush = moments.filter((at) => at >= 45_000 && at <= 55_000).length;
  expect(inRush).toBeGreaterThan(4_800);
  expect(inRush).toBeLessThan(5_200);
});
