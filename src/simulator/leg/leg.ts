import type { Clock } from '../clock.ts';
import type { CallFacts } from '../courier/callForm.ts';
import type { Courier, Order, Todo } from '../courier/courier.ts';
import type { Network } from '../network.ts';
import type { SpeechSound } from '../sound/wav.ts';
import type { Switches } from '../switches.ts';
import type { Callee, CalleeAnswer, Happening } from '../telephone.ts';
import type { Place } from '../twiml/element.ts';
import type { Callees } from './dialling.ts';
import { type Hearing, newHearing } from './hearing.ts';
import { newPresence, type Presence } from './presence.ts';
import { newWaits, type Waits } from './waits.ts';

export type { Words } from './hearing.ts';

/** How a document is performed: by which verbs, what is asked when one cannot be had, and what happens then. */
export type Within = {
  fallback?: Omit<Order, 'form'> | null;
  /** All verbs without it. */
  verbs?: readonly string[];
  /** The carrier's warning for a verb that may not stand there. */
  misplacedCode?: number;
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
  /** How long the call had lasted already, in milliseconds, when another line left it. */
  lastedMs?: number;
  /** The form fields that describe the call at this moment. */
  describe(): Record<string, string>;
  happen(event: Happening): void;
  /** Performs document after document until one has no next; false when one could not be had. */
  follow(leg: Leg, todo: Todo, within: Within): Promise<boolean>;
};

/** What a leg takes part in beside its own document. */
type Affairs = {
  /** Whom the line is dialling for this leg at this moment, and who decides for them. */
  callees: Callees | null;
  /** Everybody whom it has dialled, in order. */
  readonly allCallees: Callee[];
  /** Whether the call stands in a queue. */
  isQueued: boolean;
  /** Messages to the application beside the documents, one after the other. */
  errands: Promise<void>;
};

type Own = {
  /** Milliseconds since dialling. */
  now(): number;
  warn(code: number, message: string, place?: Place): void;
};

/** One end of a call: what a verb needs to speak, listen, wait and end. */
export type Leg = LegParts & Readonly<Presence> & Hearing & Readonly<Waits> & Affairs & Own;

/** A leg at the moment of dialling; how it stands is written on the leg itself, where everything that it can do sees it. */
export function newLeg(parts: LegParts): Leg {
  const startedAt = parts.clock.now() - (parts.lastedMs ?? 0);
  const affairs: Affairs = { callees: null, allCallees: [], isQueued: false, errands: Promise.resolve() };
  const own: Own = {
    now: () => Math.round(parts.clock.now() - startedAt),
    warn(code, message, place) {
      const where = place && { line: place.line, column: place.column };
      parts.happen({ type: 'warning', code: place?.codes?.get(code) ?? code, message, ...where });
    },
  };
  const leg = {} as Leg;
  return Object.assign(leg, parts, newPresence(leg), newHearing(leg), newWaits(leg), affairs, own);
}
