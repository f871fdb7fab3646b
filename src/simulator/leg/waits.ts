import type { Clock } from '../clock.ts';
import type { Happening } from '../telephone.ts';
import type { Presence } from './presence.ts';

/** How time passes on a leg: in sentences, tones and timers, all of which can be cut short. */
export type Waits = {
  /** Tells of what begins and waits while it lasts, on the line's clock; false when something cut the wait short. */
  wait(ms: number, beginning?: Happening): Promise<boolean>;
  /** Ends whatever is being waited for: a sentence, a tone, a timer. */
  cutShort(): void;
  /** How often something was cut short: differs when a key came while one looked away. */
  cuts: number;
  /** Whether something lasts at this moment that can be cut short. */
  isWaiting: boolean;
  /** How long this leg has waited in all: it stands still when documents only point at each other. */
  waitedMs: number;
};

type Waiting = Waits & Pick<Presence, 'isGone'> & { clock: Clock; happen(event: Happening): void };

/** How a leg waits that has not waited for anything yet. */
export function newWaits(leg: Waiting): Waits {
  const underWay = new Set<() => void>();
  return {
    isWaiting: false,
    cuts: 0,
    waitedMs: 0,
    wait: (ms, beginning) =>
      new Promise((resolve) => {
        if (leg.isGone) return resolve(false);
        const from = leg.clock.now();
        let isCut = false;
        const ring = leg.clock.alarm(ms, () => {
          underWay.delete(cut);
          leg.isWaiting = false;
          leg.waitedMs += leg.clock.now() - from;
          resolve(!isCut);
        });
        const cut = () => {
          isCut = true;
          ring();
        };
        underWay.add(cut);
        leg.isWaiting = true;
        // Told only now, so that whoever acts at once, inside this very call, cuts the wait that has begun.
        if (beginning) leg.happen(beginning);
      }),
    cutShort() {
      leg.cuts += 1;
      leg.isWaiting = false;
      for (const cut of [...underWay]) cut();
    },
  };
}
