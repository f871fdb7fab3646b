import type { Presence } from './presence.ts';
import { speechTime } from './speechTime.ts';
import type { Switches } from './switches.ts';
import type { Happening, Key } from './telephone.ts';

/** What somebody on the line says, and how long it takes. */
export type Words = { text: string; ms: number };

/** Where what the caller presses and says goes to. */
export type Hearing = {
  /** Who hears the keys at this moment. */
  ear: ((key: Key) => void) | null;
  /** Who understands speech at this moment. */
  speechEar: ((words: Words) => void) | null;
  /** Keys kept for the next Gather when the switch says so. */
  readonly keptKeys: Key[];
  press(key: Key): void;
  speak(text: string): void;
};

type HearingParts = { wordsPerMinute: number; switches: Switches; happen(event: Happening): void };

const mostKeptKeys = 100;

/** A line on which nothing listens yet. */
export function newHearing(parts: HearingParts, presence: Presence): Hearing {
  const keptKeys: Key[] = [];
  let ear: Hearing['ear'] = null;
  let speechEar: Hearing['speechEar'] = null;
  return {
    keptKeys,
    get ear() {
      return ear;
    },
    set ear(listening) {
      ear = listening;
    },
    get speechEar() {
      return speechEar;
    },
    set speechEar(listening) {
      speechEar = listening;
    },
    press(key) {
      if (presence.ending) return;
      const listening = ear;
      parts.happen({ type: 'key', key, heard: listening !== null });
      if (listening) listening(key);
      else if (parts.switches.typeAhead === 'buffer' && keptKeys.length < mostKeptKeys) keptKeys.push(key);
    },
    speak(text) {
      if (presence.ending) return;
      const listening = speechEar;
      const ms = speechTime(text, parts.wordsPerMinute);
      parts.happen({ type: 'callerSays', text, ms, heard: listening !== null });
      listening?.({ text, ms });
    },
  };
}
