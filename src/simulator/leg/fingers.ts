import type { Key } from '../telephone.ts';
import type { Leg } from './leg.ts';

const keyGapMs = 300;

/** Presses one of the prepared keys whenever the line listens for one, until it is told to stop. */
export function setFingers(leg: Leg, prepared: string): AbortController {
  const keys = [...prepared].filter((key): key is Key => /^[0-9*#A-D]$/.test(key));
  const done = new AbortController();
  const next = async () => {
    while (keys.length > 0 && !done.signal.aborted && !leg.ending) {
      if (leg.ear) leg.press(keys.shift()!);
      await leg.clock.sleep(keyGapMs, done.signal);
    }
  };
  void next();
  return done;
}
