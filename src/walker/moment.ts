import type { TracedCall } from '../call/record.ts';
import type { PromptKey } from '../call/turn.ts';
import type { Order } from '../simulator/courier/courier.ts';
import type { Act } from '../simulator/recorded/act.ts';
import type { Health } from './troubledMembers.ts';

/** One thing that a caller does, and how the membership service is meanwhile. */
export type Step = { act: Act; members: Health };

/** A lookup that failed: for whom it counts, on which occasion, and when. */
export type Failure = { subject: string; occasion: string; at: number };

/** What is written down of a call. */
export type Stored = { turn: number; state: TracedCall; failures: readonly Failure[] };

/** A moment at which a call waits for its caller: all that is needed to go on from there, again and again. */
export type Moment = {
  stored: Stored;
  /** What was written down before the last request; null when the call had not begun. */
  before: Stored | null;
  /** The request that led here, and what was answered to it. */
  order: Order;
  answer: string;
  /** When in the call it was made, and since when the line waits. */
  askedMs: number;
  waitsMs: number;
  /** What the caller has done since dialling. */
  steps: readonly Step[];
};

/** A sentence as it was heard, with how long it took. */
export type Heard = { text: string; language: string; ms: number };

/** What a turn brought. */
export type Outcome = {
  heard: readonly Heard[];
  /** How the caller was asked to wait for what was said then. */
  waits: readonly PromptKey[];
  /** What the line complained of, with the carrier's codes. */
  warnings: readonly string[];
  /** What the hotline wrote down as its own trouble. */
  troubles: readonly string[];
  /** The transitions that the flows went through, and the states that they entered. */
  taken: readonly string[];
  /** Whether what the caller had heard before came out the same when it was asked for, or the turn taken, once more. */
  sameAgain: boolean;
  over: boolean;
  /** Where the call stands now, or stood when it ended; null where nothing was ever written down of it. */
  after: Moment | null;
};
