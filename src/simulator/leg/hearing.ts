import { speechTime } from '../sound/speechTime.ts';
import type { Switches } from '../switches.ts';
import type { Happening, Key } from '../telephone.ts';
import type { Presence } from './presence.ts';

/** What somebody on the line says, and how long it takes. */
export type Words = { text: string; ms: number };

/** Where what the caller presses and says goes to. */
export type Hearing = {
  /** Who hears the keys at this moment. */
  ear: ((key: Key) => void) | null;
  /** Who understands speech at this moment. */
  speechEar: ((words: Words) => void) | null;
  /** Whether what is being said or played goes on while the caller speaks. */
  isTalkedOver: boolean;
  /** Keys kept for the next Gather when the switch says so. */
  readonly keptKeys: Key[];
  press(key: Key): void;
  speak(text: string): void;
};

type Listening = Hearing &
  Pick<Presence, 'ending'> & { wordsPerMinute: number; switches: Switches; happen(event: Happening): void };

const mostKeptKeys = 100;

/** How a leg hears on which nothing listens yet. */
export function newHearing(leg: Listening): Hearing {
  return {
    ear: null,
    speechEar: null,
    isTalkedOver: false,
    keptKeys: [],
    press(key) {
      if (leg.ending) return;
      const listening = leg.ear;
      leg.happen({ type: 'key', key, heard: listening !== null });
      if (listening) listening(key);
      else if (leg.switches.typeAhead === 'buffer' && leg.keptKeys.length < mostKeptKeys) leg.keptKeys.push(key);
    },
    speak(text) {
      if (leg.ending) return;
      const listening = leg.speechEar;
      const ms = speechTime(text, leg.wordsPerMinute);
      leg.happen({
        type: 'callerSays',
        text,
        ms,
        heard: listening !== null,
        ...(leg.isTalkedOver && { meanwhile: true }),
      });
      listening?.({ text, ms });
    },
  };
}
