import { type Clock, untilNoticed } from '../simulator/clock.ts';

/** The time on the wall, in milliseconds since 1970. */
export const wallTime = (): number => performance.timeOrigin + performance.now();

/**
 * The real clock of one call that keeps to its times: when a busy machine wakes it late, its time is still the one at
 * which it should have been woken. So what a caller does next is due when it would have been without the delay, and how
 * late an answer comes is counted from there: latency without coordinated omission. `aroundWork` stands between the
 * call and the world.
 */
export function punctualClock(
  startsAt: number,
  aroundWork: <T>(work: () => Promise<T>) => Promise<T> = (work) => work(),
  wall: () => number = wallTime,
): Clock {
  let now = startsAt;
  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const due = now + Math.max(0, ms);
        const end = (at: number) => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', cut);
          now = Math.max(now, at);
          resolve();
        };
        const cut = () => end(now);
        const timer = setTimeout(() => end(due), due - wall());
        signal?.addEventListener('abort', cut, { once: true });
      }),
    async standStill(work) {
      const done = await aroundWork(work);
      now = Math.max(now, wall());
      return done;
    },
    until: untilNoticed,
  };
}
