import { type Call, placeName, utterancesOf } from './call.ts';
import type { CallerEvent, PromptKey } from './turn.ts';

/** What a caller did in a turn, without what was typed at a number question; `waited` is for what came of the turn before. */
export type Did =
  | 'begins'
  | Exclude<CallerEvent['type'], 'transferEnded'>
  | 'officerAnswered'
  | 'officerMissed'
  | 'waited';

/** One turn of a call as it may be kept: sentences without the values in them. `at` is in milliseconds since 1970. */
export type Step = { at: number; did: Did; place: string; said: PromptKey[] };

/** How a call went: it goes on; an officer took it; it answered what was asked; or it ended on the way there. */
export type Outcome = 'goingOn' | 'officer' | 'answered' | 'abandoned';

/** What is kept of a call when it is over, and shown while it lasts: nothing says who called, or whom it was about. */
export type CallRecord = { steps: readonly Step[]; outcome: Outcome; endedAt: number | null };

/** A call with the turns that led to where it is. */
export type TracedCall = Call & { steps?: readonly Step[] };

/** The longest calls lose their middle: what led nowhere for so long is told by its beginning and its end. */
const MOST_STEPS = 100;

/** The call with one more step: what the caller did before it said what it says now. */
export function traced(before: TracedCall | null, call: Call, at: number): TracedCall {
  const steps = before?.steps ?? [];
  if (call.did === null) return { ...call, steps };
  const said = utterancesOf(call).map(({ prompt }) => prompt);
  const step: Step = { at, did: call.did, place: placeName(call), said };
  const kept = steps.length < MOST_STEPS ? steps : [...steps.slice(0, 10), ...steps.slice(11)];
  return { ...call, steps: [...kept, step] };
}

/** What is known of a call that goes on, or that ended at this moment. `onTheWay` are flows that answer nothing yet. */
export function recordOf(call: TracedCall, onTheWay: readonly string[], endedAt: number | null): CallRecord {
  const { steps = [] } = call;
  return { steps, outcome: endedAt === null ? 'goingOn' : outcomeOf(call, steps, onTheWay), endedAt };
}

function outcomeOf({ rest }: Call, steps: readonly Step[], onTheWay: readonly string[]): Outcome {
  // Who hangs up while an officer's telephone rings, or talks to one, ends the call in the transfer.
  if ('transfer' in rest || steps.some(({ did }) => did === 'officerAnswered')) return 'officer';
  const flows = steps.map(({ place }) => place.split('.')[0]!);
  return flows.every((flow) => onTheWay.includes(flow)) ? 'abandoned' : 'answered';
}
