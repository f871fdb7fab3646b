import type { Dice } from '../membership/dice.ts';
import { after, type Clock } from '../simulator/clock.ts';
import type { Phone } from '../simulator/phone.ts';
import type { LineEvent } from '../simulator/telephone.ts';
import type { Ear } from './ear.ts';
import type { Person } from './people.ts';

/** When a key is pressed: when the line waits for one, or so many milliseconds after it began to speak. */
type When = { after: number };

/** Somebody with a telephone in the hand, and what a persona can have them do. Who is passed on to an officer does nothing more. */
export type Caller = {
  readonly dice: Dice;
  /** Who they are. */
  readonly member: Person;
  /** Members whom only those ask about who guess. */
  readonly victims: readonly Person[];
  /** Whether the call is over, or an officer was called. */
  readonly isServed: boolean;
  /** Whether this line of the catalogue is among the last few that were heard. */
  justHeard(prompt: string): boolean;
  /** Presses one key of a menu. */
  presses(key: string, when?: When): Promise<void>;
  /** Types keys at the question for a card number or NIK; what counts is what stands behind the last star. */
  typesNumber(keys: string, when?: When): Promise<void>;
  /** Presses the key that says that the number read back is right. */
  confirms(when?: When): Promise<void>;
  /** Types keys as the last four digits of the other number. */
  proves(keys: string, when?: When): Promise<void>;
  /** Lets the line wait in vain. */
  staysQuiet(): Promise<void>;
  /** Hears the line out until it waits, or the call is over. */
  hearsOut(): Promise<void>;
  /** Hangs up when the call has lasted so long, whatever happens then. */
  hangsUpAt(ms: number): void;
};

/** What a caller is made of. */
type CallerParts = Pick<Caller, 'dice' | 'member' | 'victims'> & {
  phone: Phone;
  clock: Clock;
  ear: Ear;
};

/** A caller on a telephone that has been dialled. */
export function callerOn({ phone, clock, ear, ...who }: CallerParts): Caller {
  const strike = async (keys: string, when?: When) => {
    if (!when) await phone.waitUntilSilence();
    if (caller.isServed) return;
    await (when ? phone.interrupt(keys, when) : phone.press(keys));
  };
  const caller = {
    ...who,
    isServed: false,
    justHeard: (prompt: string) => ear.heard.slice(-6).some((one) => one === prompt),
    presses: strike,
    typesNumber: strike,
    async confirms(when?: When) {
      if (!when) await phone.waitUntilSilence();
      if (!when && !caller.isServed && !isReadBack(ear)) throw new Error('The number that was typed was not read back');
      await strike('1', when);
    },
    proves: strike,
    async staysQuiet() {
      await phone.waitUntilSilence();
      if (!caller.isServed) await phone.stayQuiet();
    },
    hearsOut: async () => void (await phone.waitUntilSilence()),
    hangsUpAt: (ms: number) => void after(clock, ms - phone.duration, () => phone.telephone.hangUp()),
  };
  const notice = ({ type }: LineEvent) => {
    if (type === 'dials' || type === 'ended') caller.isServed = true;
  };
  phone.telephone.events.forEach(notice);
  phone.telephone.onEvent(notice);
  return caller;
}

/** Whether the question that stands is about the number just read back, and not another one that came after it. */
const isReadBack = ({ heard }: Ear) => heard.slice(-3).some((one) => one === 'readBackCard' || one === 'readBackNik');
