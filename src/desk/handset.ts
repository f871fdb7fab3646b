import { randomUUID } from 'node:crypto';
import type { FromPage, ToPage } from '../console/talk.ts';
import { recordCall } from '../simulator/recorded/recordedCall.ts';
import type { CalleeAnswer, Key, LineEvent, Telephone } from '../simulator/telephone.ts';
import { hear, openingScene } from '../simulator/terminal/scene.ts';

/** Where messages to a page go while its connection lasts. */
export type Wire = { send(message: string): void };

/**
 * A telephone that a page holds over a connection that may break. Every message is kept, so that a page which comes
 * back hears what it has missed; every gesture has a number, so that one sent twice counts once.
 */
export type Handset = {
  readonly ticket: string;
  readonly isOver: boolean;
  /** Milliseconds since dialling, as of the latest event. */
  readonly lastedMs: number;
  /** The page is there, and has so many messages already. */
  connect(wire: Wire, arrived: number, is: 'new' | 'resumed' | 'restarted'): void;
  /** The page is gone; the line lives on. */
  disconnect(): void;
  tell(message: ToPage): void;
  take(gesture: Gesture): void;
  /** The call as a recorded test. */
  copy(): void;
};

type Gesture = Extract<FromPage, { n: number }>;

const OFFICER_TALKS_MS = 10_000;
const officers: Record<'answers' | 'busy' | 'no-answer', CalleeAnswer> = {
  answers: { answers: true, talksForMs: OFFICER_TALKS_MS },
  busy: { answers: false, because: 'busy' },
  'no-answer': { answers: false, because: 'no-answer' },
};

/** Puts a telephone that is in a call into a page's hand. `about` heads the recorded test that is made of the call. */
export function handset(telephone: Telephone, about: { sentence: string; settings: Record<string, string> }): Handset {
  const ticket = randomUUID();
  const kept: string[] = [];
  let wire: Wire | null = null;
  let gestures = 0;
  let isOver = false;
  let scene = openingScene([], 'the officer');

  const tell = (message: ToPage) => {
    const text = JSON.stringify(message);
    kept.push(text);
    wire?.send(text);
  };
  const show = (event: Parameters<typeof hear>[1]) => {
    const before = scene;
    scene = hear(before, event);
    if (event.type === 'ended') isOver = true;
    const entries = scene.log.slice(before.log.length);
    const { doing, typed } = scene;
    if (scene !== before) tell({ display: { at: event.at, entries, doing, typed, taken: gestures } });
  };
  telephone.events.forEach(show);
  telephone.onEvent(show);

  const decide = (how: keyof typeof officers) => {
    const at = telephone.events.at(-1)?.at ?? 0;
    if (how === 'no-answer' && scene.doing.what === 'ringing') show({ type: 'officerStaysAway', at });
    telephone.otherEnd(officers[how]);
  };

  return {
    ticket,
    get isOver() {
      return isOver;
    },
    get lastedMs() {
      return telephone.events.at(-1)?.at ?? 0;
    },
    tell,
    connect(to, arrived, is) {
      wire = to;
      const { from, to: dialled } = telephone;
      to.send(JSON.stringify({ line: { ticket, from, to: dialled, is, gestures } } satisfies ToPage));
      for (const message of kept.slice(arrived)) to.send(message);
    },
    disconnect() {
      wire = null;
    },
    take(gesture) {
      if (gesture.n <= gestures) return;
      gestures = gesture.n;
      if (gesture.do === 'press') telephone.press(gesture.key as Key);
      else if (gesture.do === 'officer') decide(gesture.how);
      else telephone.hangUp();
    },
    copy() {
      wire?.send(JSON.stringify({ copy: recordCall(telephone.events as LineEvent[], about) } satisfies ToPage));
    },
  };
}
