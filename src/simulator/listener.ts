import { type Attention, atFirst, attend, awaitsCaller, hearsCaller } from './attention.ts';
import { after, type Clock } from './clock.ts';
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
  const until = async (isReached: () => boolean) => {
    await clock.until(() => isReached() || ear.attention.doing === 'over', telephone.onEvent);
    if (ear.attention.doing === 'over') await telephone.ended;
  };
  const ear = {
    attention: telephone.events.reduce(attend, atFirst),
    duration: () => Math.round(clock.now() - startedAt),
    until,
    turn: () => until(() => awaitsCaller(ear.attention)),
    opening: () => until(() => hearsCaller(ear.attention)),
    settle: () => until(() => true),
    async pass(ms: number, isEnough?: () => boolean) {
      let hasPassed = false;
      let tell = () => {};
      const callOff = after(clock, ms, () => {
        hasPassed = true;
        tell();
      });
      const notices = (changed: () => void) => {
        tell = changed;
        return isEnough ? telephone.onEvent(changed) : () => {};
      };
      await clock.until(() => hasPassed || isEnough?.() === true, notices);
      callOff();
      return hasPassed;
    },
  };
  telephone.onEvent((event) => {
    ear.attention = attend(ear.attention, event);
  });
  return ear;
}
