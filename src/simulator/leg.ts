import type { Clock } from './clock.ts';
import type { Courier } from './courier.ts';
import type { CalleeAnswer, Key, LineEvent } from './telephone.ts';
import type { Place } from './twiml/element.ts';

/** Where the carrier's own documentation leaves open what it does. */
export type Switches = {
  /** Whether an empty Gather result is sent as `Digits=` or without it. */
  emptyDigits: 'empty' | 'absent';
  /** Whether keys that nothing listens for are lost or kept for the next Gather. */
  typeAhead: 'drop' | 'buffer';
  /** Whether a POST that is redirected by 307 or 308 stays one, or becomes a GET as by 302. */
  redirect307: 'keep' | 'get';
};

/** An event as it happens, before the line writes the time on it. */
export type Happening = LineEvent extends infer E ? (E extends LineEvent ? Omit<E, 'at'> : never) : never;

/** How a call came to its end. */
export type Ending = Pick<Extract<LineEvent, { type: 'ended' }>, 'status' | 'by'>;

/** What a leg is made of. */
export type LegParts = {
  clock: Clock;
  courier: Courier;
  wordsPerMinute: number;
  switches: Switches;
  /** What the other end always does, when nobody is there to decide. */
  otherEnd: CalleeAnswer | null;
  newSid(prefix: string): string;
  /** The form fields that describe the call at this moment. */
  describe(): Record<string, string>;
  happen(event: Happening): void;
};

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
  /** Tells of what begins and waits while it lasts, on the line's clock; false when something cut the wait short. */
  wait(ms: number, beginning: Happening): Promise<boolean>;
  /** Ends whatever is being waited for: a sentence, a tone, a timer. */
  cutShort(): void;
  /** How often something was cut short: differs when a key came while one looked away. */
  readonly cuts: number;
  /** How long this leg has waited in all: it stands still when documents only point at each other. */
  readonly waitedMs: number;
  /** Who hears the keys at this moment. */
  ear: ((key: Key) => void) | null;
  /** Keys kept for the next Gather when the switch says so. */
  readonly keptKeys: Key[];
  press(key: Key): void;
  /** Who hears what the dialled end does. */
  decision: ((answer: CalleeAnswer) => void) | null;
};

const mostKeptKeys = 100;

/** A leg at the moment of dialling. */
export function newLeg(parts: LegParts): Leg {
  const startedAt = parts.clock.now();
  const { promise: over, resolve: isOver } = Promise.withResolvers<void>();
  const state = { answered: false, cuts: 0, waitedMs: 0, ending: null as Ending | null, cut: new AbortController() };

  const leg: Leg = {
    ...parts,
    over,
    ear: null,
    keptKeys: [],
    decision: null,
    get isAnswered() {
      return state.answered;
    },
    get ending() {
      return state.ending;
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
      leg.ear = null;
      parts.happen({ type: 'ended', ...ending });
      leg.cutShort();
      isOver();
    },
    async wait(ms, beginning) {
      if (state.ending) return false;
      const { signal } = state.cut;
      const from = parts.clock.now();
      const slept = parts.clock.sleep(ms, signal);
      // Told only now, so that whoever acts at once, inside this very call, cuts the wait that has begun.
      parts.happen(beginning);
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
  };
  return leg;
}
