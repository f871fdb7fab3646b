import { PassThrough, Writable } from 'node:stream';
import type { CalleeAnswer, Key, LineEvent, Telephone } from '../../src/simulator/telephone.ts';

type Without<T> = T extends unknown ? Omit<T, 'at'> : never;

/** A telephone that does only what the test says, and notes what the hand does with it. */
export function fakeTelephone() {
  const done: string[] = [];
  const events: LineEvent[] = [];
  const listeners = new Set<(event: LineEvent) => void>();
  const { promise: ended, resolve: lastCallbackSent } = Promise.withResolvers<void>();
  const telephone: Telephone = {
    from: '+6281200000001',
    to: '+621500400',
    press: (key: Key) => void done.push(`press ${key}`),
    speak: (sentence: string) => void done.push(`say ${sentence}`),
    callees: [],
    hangUp: () => void done.push('hang up'),
    otherEnd: (answer: CalleeAnswer) => void done.push(answer.answers ? 'officer answers' : answer.because),
    events,
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ended,
  };
  const happens = (at: number, event: Without<LineEvent>) => {
    const whole = { at, ...event } as LineEvent;
    events.push(whole);
    for (const listener of listeners) listener(whole);
  };
  return { telephone, happens, lastCallbackSent, done, listeners };
}

/** A keyboard of a terminal, on which a test can type. */
export function fakeKeyboard() {
  const raw: boolean[] = [];
  return Object.assign(new PassThrough(), { isTTY: true, raw, setRawMode: (on: boolean) => raw.push(on) });
}

/** A screen or a pipe that remembers what was written to it. */
export function fakeOutput(size: { columns: number; rows: number } | undefined) {
  const written: string[] = [];
  const output = new Writable({
    write(chunk, _encoding, callback) {
      written.push(String(chunk));
      callback();
    },
  });
  return Object.assign(output, { isTTY: size !== undefined, ...size, written });
}
