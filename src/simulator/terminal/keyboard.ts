import { createInterface, emitKeypressEvents } from 'node:readline';
import type { Readable } from 'node:stream';
import type { CalleeAnswer, Key } from '../telephone.ts';

/** Where the hand is: a terminal's keyboard, or a pipe with a line for each question. */
export type Input = Readable & { isTTY?: boolean; setRawMode?(raw: boolean): unknown };

/** What the person at the keyboard wants. */
export type Gesture =
  | { press: Key }
  | { officer: CalleeAnswer }
  /** Who answered at the other end presses a key or hangs up. */
  | { otherEnd: Key | 'hangUp' }
  | { say: string }
  /** A sentence that is being typed, as far as it goes; null when it is said or given up. */
  | { draft: string | null }
  /** What stands in a line of a pipe and means nothing. */
  | { unknown: string }
  | 'hangUp'
  | 'nothing';

/** Keys that reach us one at a time, until they are no longer wanted. */
type Keyboard = {
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

/** What the other end does has an `o` before it. */
const OTHER_END = 'o';

/** The meaning of a character: a telephone key, what the officer does, hanging up, or nothing; behind an `o`, at the other end. */
export function gestureOf(character: string): Gesture {
  const [first, behind] = [...character.toLowerCase()];
  if (first === OTHER_END && behind !== undefined) {
    const gesture = gestureOf(behind);
    if (gesture === 'hangUp') return { otherEnd: 'hangUp' };
    return gesture !== 'nothing' && 'press' in gesture ? { otherEnd: gesture.press } : 'nothing';
  }
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
  const pen = sentencePen(onGesture);
  let atOtherEnd = '';
  const onKeypress = (text: string | undefined, key: Keypress) => {
    if (key.ctrl && (key.name === 'c' || key.name === 'd')) onGesture('hangUp');
    else if (pen.isWriting()) pen.take(text, key);
    else if (!key.ctrl && (text === 's' || text === 'S' || text === '"')) pen.begin();
    else if (!key.ctrl && text !== undefined) {
      const whole = atOtherEnd + text;
      atOtherEnd = whole.toLowerCase() === OTHER_END ? text : '';
      if (atOtherEnd === '') onGesture(gestureOf(whole));
    }
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

type Keypress = { name?: string; ctrl?: boolean };

/** Writes a sentence for the caller to say: Enter says it, Escape gives it up. */
function sentencePen(onGesture: (gesture: Gesture) => void) {
  let draft: string | null = null;
  const write = (text: string | null) => {
    draft = text;
    onGesture({ draft });
  };
  return {
    isWriting: () => draft !== null,
    begin: () => write(''),
    take(text: string | undefined, { name, ctrl }: Keypress) {
      const sentence = draft ?? '';
      if (name === 'return' || name === 'enter') {
        write(null);
        if (sentence.trim() !== '') onGesture({ say: sentence.trim() });
      } else if (name === 'escape') write(null);
      else if (name === 'backspace') write([...sentence].slice(0, -1).join(''));
      else if (!ctrl && text !== undefined && !/\p{Cc}/u.test(text)) write((sentence + text).slice(0, longestSentence));
    },
  };
}

const longestSentence = 500;

/** A line of a pipe: a sentence behind a quotation mark, or keys; what means nothing is told first, all of it together. */
function gesturesOf(line: string): Gesture[] {
  const sentence = /^\s*"([^"]+)"?\s*$/.exec(line)?.[1];
  if (sentence !== undefined) return [{ say: sentence }];
  const words = line.match(/o\S|\S/gi) ?? [];
  const unknown = words.filter((word) => gestureOf(word) === 'nothing').join('');
  const known = words.map(gestureOf).filter((gesture) => gesture !== 'nothing');
  return unknown === '' ? known : [{ unknown }, ...known];
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
    const gestures: Gesture[] = line === undefined ? ['hangUp'] : gesturesOf(line);
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
