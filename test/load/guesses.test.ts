import { expect, test } from 'vitest';
import { guesses } from '../../src/load/guesses.ts';

const MINUTE_MS = 60_000;

test('failures are counted by caller and by number, and the most of a quarter of an hour and of a day are told', () => {
  let now = 0;
  const heard = guesses(() => now);
  for (const number of ['1', '2', '3']) heard.failed('a', number);
  expect([heard.isSpent('a', '9'), heard.isSpent('b', '1')]).toEqual([true, false]);
  now += 16 * MINUTE_MS;
  expect(heard.isSpent('a', '9')).toBe(false);
  heard.failed('a', '1');
  expect(heard.most()).toEqual({ inAQuarterOfAnHour: 3, inADay: 4 });
  heard.failed('b', '1');
  heard.failed('c', '1');
  heard.failed('d', '1');
  expect(heard.most()).toEqual({ inAQuarterOfAnHour: 4, inADay: 5 });
});
