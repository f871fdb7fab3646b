import type { Clock } from '../../src/simulator/clock.ts';

/** Lets so many milliseconds pass on a clock on which nobody waits. */
export async function pass(clock: Clock, ms: number): Promise<void> {
  let isOver = false;
  void clock.sleep(ms).then(() => {
    isOver = true;
  });
  await clock.until(
    () => isOver,
    () => () => {},
  );
}
