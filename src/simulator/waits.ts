import { type Clock, noReason } from './clock.ts';
import type { Presence } from './presence.ts';
import type { Happening } from './telephone.ts';

/** How time passes on a leg: in sentences, tones and timers, all of which can be cut short. */
export type Waits = {
  /** Tells of what begins and waits while it lasts, on the line's clock; false when something cut the wait short. */
  wait(ms: number, beginning?: Happening): Promise<boolean>;
  /** Ends whatever is being waited for: a sentence, a tone, a timer. */
  cutShort(): void;
  /** How often something was cut short: differs when a key came while one looked away. */
  readonly cuts: number;
  /** Whether something lasts at this moment that can be cut short. */
  readonly isWaiting: boolean;
  /** How long this leg has waited in all: it stands still when documents only point at each other. */
  readonly waitedMs: number;
};

/** A leg that has not waited for anything yet. */
export function newWaits(parts: { clock: Clock; happen(event: Happening): void }, presence: Presence): Waits {
  let cut = new AbortController();
  let cuts = 0;
  let waitedMs = 0;
  let isWaiting = false;
  return {
    get isWaiting() {
      return isWaiting;
    },
    get cuts() {
      return cuts;
    },
    get waitedMs() {
      return waitedMs;
    },
    async wait(ms, beginning) {
      if (presence.isGone) return false;
      const { signal } = cut;
      const from = parts.clock.now();
      isWaiting = true;
      const slept = parts.clock.sleep(ms, signal);
      // Told only now, so that whoever acts at once, inside this very call, cuts the wait that has begun.
      if (beginning) parts.happen(beginning);
      await slept;
      isWaiting = false;
      waitedMs += parts.clock.now() - from;
      return !signal.aborted;
    },
    cutShort() {
      cuts += 1;
      isWaiting = false;
      cut.abort(noReason);
      cut = new AbortController();
    },
  };
}
