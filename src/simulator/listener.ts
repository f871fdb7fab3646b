import { type Attention, atFirst, attend, awaitsCaller, hearsCaller } from './attention.ts';
import { type Clock, noReason } from './clock.ts';
import type { Telephone } from './telephone.ts';

/** Somebody with the receiver at the ear: lets time pass until something has happened on the line. */
export type Listener = {
  readonly attention: Attention;
  /** Milliseconds since the call began. */
  duration(): number;
  /** Waits until something is so, or the call is over and its last request made. */
  until(isReached: () => boolean): Promise<void>;
  /** Waits until the line waits for the caller, or the call is over. */
  turn(): Promise<void>;
  /** Waits until the caller may do something, or the call is over. */
  opening(): Promise<void>;
  /** Lets what happens at this very moment happen, and no time pass. */
  settle(): Promise<void>;
  /** Lets so much time pass, or less when that is enough; false when it was. */
  pass(ms: number, isEnough?: () => boolean): Promise<boolean>;
};

/** Listens to a telephone that was dialled on this clock just now. */
export function listener(telephone: Telephone, clock: Clock): Listener {
  const startedAt = clock.now();
  let attention = telephone.events.reduce(attend, atFirst);
  telephone.onEvent((event) => {
    attention = attend(attention, event);
  });
  const until = async (isReached: () => boolean) => {
    await clock.until(() => isReached() || attention.doing === 'over', telephone.onEvent);
    if (attention.doing === 'over') await telephone.ended;
  };
  return {
    get attention() {
      return attention;
    },
    duration: () => Math.round(clock.now() - startedAt),
    until,
    turn: () => until(() => awaitsCaller(attention)),
    opening: () => until(() => hearsCaller(attention)),
    settle: () => until(() => true),
    async pass(ms, isEnough = () => false) {
      const cut = new AbortController();
      let hasPassed = false;
      const slept = clock.sleep(ms, cut.signal).then(() => {
        hasPassed = true;
      });
      const notices = (changed: () => void) => {
        void slept.then(changed);
        return telephone.onEvent(changed);
      };
      await clock.until(() => hasPassed || isEnough(), notices);
      cut.abort(noReason);
      return hasPassed;
    },
  };
}
