import { diceOf } from '../membership/dice.ts';

/**
 * How callers arrive: so many a second on average, evenly by chance or in a rush. `first` is the number of the first one:
 * a hotline that has heard callers before remembers them, so whoever calls it again takes others.
 */
export type Stream = { calls: number; rate: number; seed: number; burst: boolean; first?: number };

/** In a rush, half of all calls come in one tenth of the time: the 10th of the month, when contributions are due. */
const RUSH = { from: 0.45, to: 0.55, share: 0.5 } as const;

/** Where in a rush a moment of an even stream lies; both from 0 to 1. */
function rushed(part: number): number {
  const before = RUSH.from * (1 - RUSH.share) * (1 / (1 - (RUSH.to - RUSH.from)));
  if (part < before) return (part / before) * RUSH.from;
  const inRush = part - before;
  if (inRush < RUSH.share) return RUSH.from + (inRush / RUSH.share) * (RUSH.to - RUSH.from);
  return RUSH.to + ((inRush - RUSH.share) / (1 - before - RUSH.share)) * (1 - RUSH.to);
}

/** The moments, in milliseconds from the beginning and in order, at which calls arrive: a Poisson stream of this seed. */
export function arrivals({ calls, rate, seed, burst }: Stream): number[] {
  const dice = diceOf(seed);
  const lastsMs = (calls / rate) * 1_000;
  const parts = Array.from({ length: calls }, () => dice.between(0, 2 ** 30) / 2 ** 30).sort((a, b) => a - b);
  return parts.map((part) => (burst ? rushed(part) : part) * lastsMs);
}
