import { expect, test } from 'vitest';
import { punctualClock } from '../../src/load/punctualClock.ts';

test('a caller whom a busy machine wakes late still acts at the right time, and waits from then on', async () => {
  let wall = 1_000;
  const clock = punctualClock(1_000, undefined, () => wall);
  const slept = clock.sleep(0);
  wall += 700; // the machine was busy
  await slept;
  expect(clock.now()).toBe(1_000);
  await clock.standStill(async () => {
    wall += 50;
    expect(wall - clock.now()).toBe(750);
  });
  expect(clock.now()).toBe(1_750);
});
