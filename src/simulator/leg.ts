import type { CallFacts } from './callForm.ts';
import type { Clock } from './clock.ts';
import type { Courier, Order } from './courier.ts';
import type { Callees } from './dialling.ts';
import type { Network } from './network.ts';
import { speechTime } from './speechTime.ts';
import type { Switches } from './switches.ts';
import type { Callee, CalleeAnswer, Key, LineEvent } from './telephone.ts';
import type { Place } from './twiml/element.ts';
import type { SpeechSound } from './wav.ts';

/** An event as it happens, before the line writes the time on it. */
export type Happening = LineEvent extends infer E ? (E extends LineEvent ? Omit<E, 'at'> : never) : never;

/** How a call came to its end. */
export type Ending = Pick<Extract<LineEvent, { type: 'ended' }>, 'status' | 'by'>;

/** What is performed next: a document that is asked for, or one that was given (`url` is where its addresses start). */
export type Todo = Order | { twiml: string; url: string };

/** Why the running document is given up though the call is not over. */
type Away = { because: 'another document'; todo: Todo } | { because: 'somebody takes the call' | 'it leaves' };

/** How a document is performed: by which verbs, what is asked when one cannot be had, and what happens then. */
export type Within = {
  fallback?: Omit<Order, 'form'> | null;
  /** All verbs without it. */
  verbs?: readonly string[];
  /** Sent with every request for a document. */
  form?: () => Record<string, string>;
  /** The line does not apologise for a document that cannot be had, and does not hang up either. */
  isAside?: boolean;
};

/** What a leg is made of. */
type LegParts = {
  clock: Clock;
  courier: Courier;
  network: Network;
  facts: CallFacts;
  wordsPerMinute: number;
  switches: Switches;
  recordedVoice: SpeechSound;
  /** What somebody who is dialled always does, when nobody is there to decide. */
  otherEnd(to: string): CalleeAnswer | null;
  newCourier(): Courier;
  newSid(prefix: string): string;
  /** The form fields that describe the call at this moment. */
  describe(): Record<string, string>;
  happen(event: Happening): void;
  /** Performs document after document until one has no next; false when one could not be had. */
  follow(leg: Leg, todo: Todo, within: Within): Promise<boolean>;
};

/** What somebody on the line says, and how long it takes. */
export type Words = { text: string; ms: number };

/** One end of a call: what a verb needs to speak, listen, wait and end. */
export type Leg = LegParts & {
  /** Milliseconds since dialling. */
  now(): number;
  warn(code: number, message: string, place?: Place): void;
  answer(): void;
  readonly isAnswered: boolean;
  readonly ending: Ending | null;
  /** Resolves when the call is over. */
  readonly over: Promise<void>;
  end(ending: Ending): void;
  /** Gives up the running document: the call goes on elsewhere. */
  callAway(away: Away): void;
  readonly away: Away | null;
  /** Where the call goes on has been seen to. */
  comeBack(): void;
  /** Whether the running document is to be performed no further. */
  readonly isGone: boolean;
  /** Resolves when the running document is given up, at once when it is already. */
  readonly gone: Promise<void>;
  /** Tells of what begins and waits while it lasts, on the line's clock; false when something cut the wait short. */
  wait(ms: number, beginning?: Happening): Promise<boolean>;
  /** Ends whatever is being waited for: a sentence, a tone, a timer. */
  cutShort(): void;
  /** How often something was cut short: differs when a key came while one looked away. */
  readonly cuts: number;
  /** How long this leg has waited in all: it stands still when documents only point at each other. */
  readonly waitedMs: number;
  /** Who hears the keys at this moment. */
  ear: ((key: Key) => void) | null;
  /** Who understands speech at this moment. */
  speechEar: ((words: Words) => void) | null;
  /** Keys kept for the next Gather when the switch says so. */
  readonly keptKeys: Key[];
  press(key: Key): void;
  speak(text: string): void;
  /** Whom the line is dialling for this leg at this moment, and who decides for them. */
  callees: Callees | null;
  /** Everybody whom it has dialled, in order. */
  readonly allCallees: Callee[];
  /** Whether the call stands in a queue. */
  isQueued: boolean;
  /** Messages to the application beside the documents, one after the other. */
  errands: Promise<void>;
};

const mostKeptKeys = 100;

/** A leg at the moment of dialling. */
export function newLeg(parts: LegParts): Leg {
  const startedAt = parts.clock.now();
  const { promise: over, resolve: isOver } = Promise.withResolvers<void>();
  const state = {
    answered: false,
    cuts: 0,
    waitedMs: 0,
    ending: null as Ending | null,
    away: null as Away | null,
    cut: new AbortController(),
    gone: Promise.withResolvers<void>(),
  };

  const leg: Leg = {
    ...parts,
    over,
    ear: null,
    speechEar: null,
    keptKeys: [],
    callees: null,
    allCallees: [],
    isQueued: false,
    errands: Promise.resolve(),
    get isAnswered() {
      return state.answered;
    },
    get ending() {
      return state.ending;
    },
    get away() {
      return state.away;
    },
    get isGone() {
      return state.ending !== null || state.away !== null;
    },
    get gone() {
      return state.gone.promise;
    },
    get cuts() {
      return state.cuts;
    },
    get waitedMs() {
      return state.waitedMs;
    },
    now: () => Math.round(parts.clock.now() - startedAt),
    warn: (code, message, place) =>
      parts.happen({ type: 'warning', code, message, ...(place && { line: place.line, column: place.column }) }),
    answer() {
      if (state.answered || state.ending) return;
      state.answered = true;
      parts.happen({ type: 'answered' });
    },
    end(ending) {
      if (state.ending) return;
      state.ending = ending;
      parts.happen({ type: 'ended', ...ending });
      leave();
      isOver();
    },
    callAway(away) {
      // A document that has been given to the call from outside goes before whatever else takes it away.
      if (state.ending || (state.away?.because === 'another document' && away.because !== 'another document')) return;
      state.away = away;
      leave();
    },
    comeBack() {
      if (state.ending) return;
      state.away = null;
      state.gone = Promise.withResolvers();
    },
    async wait(ms, beginning) {
      if (leg.isGone) return false;
      const { signal } = state.cut;
      const from = parts.clock.now();
      const slept = parts.clock.sleep(ms, signal);
      // Told only now, so that whoever acts at once, inside this very call, cuts the wait that has begun.
      if (beginning) parts.happen(beginning);
      await slept;
      state.waitedMs += parts.clock.now() - from;
      return !signal.aborted;
    },
    cutShort() {
      state.cuts += 1;
      state.cut.abort();
      state.cut = new AbortController();
    },
    press(key) {
      if (state.ending) return;
      const { ear } = leg;
      parts.happen({ type: 'key', key, heard: ear !== null });
      if (ear) ear(key);
      else if (parts.switches.typeAhead === 'buffer' && leg.keptKeys.length < mostKeptKeys) leg.keptKeys.push(key);
    },
    speak(text) {
      if (state.ending) return;
      const { speechEar } = leg;
      const ms = speechTime(text, parts.wordsPerMinute);
      parts.happen({ type: 'callerSays', text, ms, heard: speechEar !== null });
      speechEar?.({ text, ms });
    },
  };

  const leave = () => {
    leg.ear = null;
    leg.speechEar = null;
    leg.cutShort();
    state.gone.resolve();
  };
  return leg;
}
