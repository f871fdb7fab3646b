import type { Call } from '../src/call/call.ts';

/** How often the question that is asked now was missed, and heard again on request; whether nobody ever pressed a key. */
export function patienceLeft({ place: { value, context } }: Call) {
  const question = typeof value === 'string' ? value : (Object.keys(value)[0] ?? '');
  const { times = 0, allSilent = true } = context.misses[question] ?? {};
  return { missed: times, silent: allSilent, repeated: context.misses[`${question}, repeated`]?.times ?? 0 };
}

/** Whether the question is asked for the first time, of a caller whom no officer has failed yet. */
export function isFresh(call: Call): boolean {
  const { missed, repeated } = patienceLeft(call);
  return missed === 0 && repeated === 0 && call.place.context.session.officersMissed === 0;
}

/** Flows that tell everybody the same, and those in which numbers are looked up, or on the way to them. */
const forAnybody = new Set(['mainMenu', 'information', 'officer']);
const lookingUp = new Set(['mainMenu', 'identify', 'prove', 'officer']);

/** After so many failures no more is looked up; the settings say so. */
const LOOKUPS_THAT_MAY_FAIL = 3;

/** More officers who do not answer change nothing: at the second one another number is named. */
const OFFICERS_COUNTED = 2;

/**
 * What matters of a call for what can happen next; two calls of one gist stand for each other when every path is walked.
 * Whom a call is about tells apart only callers who are asked something for the first time: after that, whoever comes
 * first misses, repeats and waits for officers in the place of all, since every question is asked in one way (steps.ts).
 * Lookups that failed are counted while numbers are typed; elsewhere it matters only whether more of them are made.
 */
export function gist(call: Call, lookupsFailed: number): string {
  const { flow, place, rest, typed } = call;
  const { language, wanted, officersMissed, searchStopped } = place.context.session;
  const { missed, silent, repeated } = patienceLeft(call);
  const isRinging = 'transfer' in rest;
  return JSON.stringify([
    flow,
    place.value,
    language,
    typed !== null,
    whom(call),
    forAnybody.has(flow) || missed + repeated > 0 ? '' : wanted,
    Math.min(officersMissed, isRinging || flow === 'mainMenu' ? OFFICERS_COUNTED : 1),
    isRinging ? [] : [missed, missed > 0 && silent, repeated],
    flow === 'identify' && lookupsFailed,
    lookingUp.has(flow) && missed + repeated === 0 && (searchStopped || lookupsFailed >= LOOKUPS_THAT_MAY_FAIL),
  ]);
}

/** The caller as far as it matters here. */
function whom(call: Call): unknown {
  const { flow, place } = call;
  const { typed, session } = place.context;
  const { identified, member, proofSkipped, wrongProofs } = session;
  const { missed, repeated } = patienceLeft(call);
  if (missed + repeated > 0) return '';
  if (!isFresh(call) || flow === 'information' || flow === 'officer') return identified !== null;
  const proof = member ? 'proved' : [proofSkipped, wrongProofs];
  if (flow === 'mainMenu') return [identified?.standing, proof];
  if (flow === 'identify') return typed;
  return [member?.cardNumber ?? identified?.number.digits, proof];
}
