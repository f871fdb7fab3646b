import { createInterface, emitKeypressEvents } from 'node:readline';
import type { Readable } from 'node:stream';
import type { CalleeAnswer, Key } from './telephone.ts';

/** Where the hand is: a terminal's keyboard, or a pipe with a line for each question. */
export type Input = Readable & { isTTY?: boolean; setRawMode?(raw: boolean): unknown };

/** What the person at the keyboard wants. */
export type Gesture = { press: Key } | { officer: CalleeAnswer } | 'hangUp' | 'nothing';

/** Keys that reach us one at a time, until they are no longer wanted. */
export type Keyboard = {
  /** The line waits for an answer, or has stopped waiting. A typed key does not care, a prepared line does. */
  asked(open: boolean): void;
  close(): void;
};

const OFFICER_TALKS_MS = 10_000;
const OFFICERS_LETTERS: Record<string, CalleeAnswer> = {
  a: { answers: true, talksForMs: OFFICER_TALKS_MS },
  b: { answers: false, because: 'busy' },
  n: { answers: false, because: 'no-answer' },
};

/** The meaning of one character: a telephone key, what the officer does, hanging up, or nothing. */
export function gestureOf(character: string): Gesture {
  if (/^[0-9*#]$/.test(character)) return { press: character as Key };
  const officer = OFFICERS_LETTERS[character.toLowerCase()];
  if (officer !== undefined) return { officer };
  return character.toLowerCase() === 'h' ? 'hangUp' : 'nothing';
}

/** Reads a terminal key by key without Enter, and anything else line by line. */
export function keyboardOn(input: Input, onGesture: (gesture: Gesture) => void): Keyboard {
  return input.isTTY ? rawKeyboard(input, onGesture) : pipedKeyboard(input, onGesture);
}

function rawKeyboard(input: Input, onGesture: (gesture: Gesture) => void): Keyboard {
  // Arrow and function keys arrive as several characters, digits among them; keypress events know them apart.
  const onKeypress = (text: string | undefined, key: { name?: string; ctrl?: boolean }) => {
    if (key.ctrl && (key.name === 'c' || key.name === 'd')) onGesture('hangUp');
    else if (!key.ctrl && text !== undefined) onGesture(gestureOf(text));
  };
  emitKeypressEvents(input);
  input.setRawMode?.(true);
  input.on('keypress', onKeypress);
  input.resume();
  return {
    asked: () => {},
    close() {
      input.removeListener('keypress', onKeypress);
      input.setRawMode?.(false);
      input.pause();
    },
  };
}

/** Each line answers one question, an empty one with silence; when there are no more, the next question hangs up. */
function pipedKeyboard(input: Input, onGesture: (gesture: Gesture) => void): Keyboard {
  const lines: string[] = [];
  let open = false;
  let exhausted = false;
  const answer = () => {
    if (!open || (lines.length === 0 && !exhausted)) return;
    open = false;
    const line = lines.shift();
    const gestures: Gesture[] = line === undefined ? ['hangUp'] : [...line].map(gestureOf);
    // Not from within the line's own announcement: it has yet to begin to listen.
    queueMicrotask(() => gestures.forEach(onGesture));
  };
  const reader = createInterface({ input, terminal: false });
  reader.on('line', (line) => {
    lines.push(line);
    answer();
  });
  reader.on('close', () => {
    exhausted = true;
    answer();
  });
  return {
    asked(isOpen) {
      open = isOpen;
      answer();
    },
    close: () => reader.close(),
  };
}
