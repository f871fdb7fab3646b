import { type Clock, sleepBy, untilNoticed } from '../simulator/clock.ts';

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
  const alarm: Clock['alarm'] = (ms, ring) => {
    const due = now + Math.max(0, ms);
    let isSet = true;
    const end = (at: number) => {
      if (!isSet) return;
      isSet = false;
      clearTimeout(timer);
      now = Math.max(now, at);
      ring();
    };
    const timer = setTimeout(() => end(due), Math.max(0, due - wall()));
    return () => end(now);
  };
  return {
    now: () => now,
    alarm,
    sleep: sleepBy(alarm),
    async standStill(work) {
      const done = await aroundWork(work);
      now = Math.max(now, wall());
      return done;
    },
    until: untilNoticed,
  };
}
