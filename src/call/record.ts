import { type Call, placeName, utterancesOf } from './call.ts';
import type { CallerEvent, Language, PromptKey } from './turn.ts';

/** What a caller did in a turn, without what was typed at a number question; `waited` is for what came of the turn before. */
export type Did =
  | 'begins'
  | Exclude<CallerEvent['type'], 'transferEnded'>
  | 'officerAnswered'
  | 'officerMissed'
  | 'waited';

/** One turn of a call as it may be kept: sentences without the values in them. `at` is in milliseconds since 1970. */
export type Step = { at: number; did: Did; place: string; said: PromptKey[] };

/**
 * How a call went: it goes on; an officer took it; it was answered what was asked, and nobody else had to; it ended on
 * the way there; or it ended in trouble of ours.
 */
export type Outcome = 'goingOn' | 'officer' | 'contained' | 'abandoned' | 'failed';

/**
 * What is kept of a call when it is over, and shown while it lasts: nothing says who called, or whom it was about. Times
 * are milliseconds since 1970. What is not known is null: when it began and in which language it was led, of a call
 * that had no turn; and the version of flows and sentences, of calls that an older release led.
 */
export type CallRecord = {
  beganAt: number | null;
  endedAt: number | null;
  outcome: Outcome;
  language: Language | null;
  flowVersion: string | null;
  steps: readonly Step[];
};

/** A call with the turns that led to where it is, and the version of flows and sentences that took the last of them. */
export type TracedCall = Call & { steps?: readonly Step[]; flowVersion?: string | null };

/** What says that the membership service could not tell. Who hears nothing after it has called in vain. */
const TROUBLE: PromptKey = 'membersUnreachable';

/** The longest calls lose their middle: what led nowhere for so long is told by its beginning and its end. */
const MOST_STEPS = 100;

/** The call with one more step: what the caller did before it said what it says now. */
export function traced(
  before: TracedCall | null,
  call: Call,
  at: number,
  flowVersion: string | null = null,
): TracedCall {
  const steps = before?.steps ?? [];
  if (call.did === null) return { ...call, steps, flowVersion };
  const said = utterancesOf(call).map(({ prompt }) => prompt);
  const step: Step = { at, did: call.did, place: placeName(call), said };
  const kept = steps.length < MOST_STEPS ? steps : [...steps.slice(0, 10), ...steps.slice(11)];
  return { ...call, steps: [...kept, step], flowVersion };
}

/**
 * What is known of a call that goes on, or whose end was told; a call that had no turn is null. `onTheWay` are flows that
 * answer nothing yet, `failed` says that the last thing the caller heard was an apology of the server.
 */
export function recordOf(
  call: TracedCall | null,
  onTheWay: readonly string[],
  end: { at: number; failed: boolean } | null,
): CallRecord {
  const { steps = [], flowVersion = null } = call ?? {};
  return {
    beganAt: steps[0]?.at ?? null,
    endedAt: end?.at ?? null,
    outcome: end ? outcomeOf(call, end.failed, onTheWay) : 'goingOn',
    language: call?.place.context.session.language ?? null,
    flowVersion,
    steps,
  };
}

function outcomeOf(call: TracedCall | null, failed: boolean, onTheWay: readonly string[]): Outcome {
  const { steps = [] } = call ?? {};
  if (!call || failed || steps.at(-1)?.said.includes(TROUBLE)) return 'failed';
  // Who hangs up while an officer's telephone rings, or talks to one, ends the call in the transfer.
  if ('transfer' in call.rest || steps.some(({ did }) => did === 'officerAnswered')) return 'officer';
  const flows = steps.map(({ place }) => place.split('.')[0]!);
  return flows.every((flow) => onTheWay.includes(flow)) ? 'abandoned' : 'contained';
}

/** A record as releases before this one have kept it: they knew less, and said `answered` of calls that were contained. */
type OldRecord = Partial<Omit<CallRecord, 'outcome'>> & { outcome: Outcome | 'answered' };

/** A record that was kept, by this release or an older one, as this one keeps it. */
export function keptRecord(kept: OldRecord): CallRecord {
  const { steps = [], beganAt = steps[0]?.at ?? null, endedAt = null, language = null, flowVersion = null } = kept;
  const outcome = kept.outcome === 'answered' ? 'contained' : kept.outcome;
  return { beganAt, endedAt, outcome, language, flowVersion, steps };
}
