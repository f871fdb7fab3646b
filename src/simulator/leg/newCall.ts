import { type CallFacts, callForm } from '../courier/callForm.ts';
import { courierFor } from '../courier/courierFor.ts';
import { invented, inventedAccount } from '../invented.ts';
import type { DialOptions } from '../line.ts';
import { refuseMistakes } from '../mistakes.ts';
import type { Network } from '../network.ts';
import { usualSwitches } from '../switches.ts';
import type { Happening, LineEvent } from '../telephone.ts';
import { type Leg, newLeg } from './leg.ts';
import { follow } from './performCall.ts';

/** One end of a call, with everything that has happened on it so far. */
export type Call = {
  leg: Leg;
  events: readonly LineEvent[];
  onEvent(listener: (event: LineEvent) => void): () => void;
};

/** What has happened on a leg, in order, with the time of each written on it; whoever wants to is told. */
export function diary(now: () => number) {
  const events: LineEvent[] = [];
  const listeners = new Set<(event: LineEvent) => void>();
  return {
    events,
    happen(happening: Happening) {
      const event: LineEvent = { at: now(), ...happening };
      events.push(event);
      for (const listener of [...listeners]) listener(event);
    },
    onEvent(listener: (event: LineEvent) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** A call at the moment of dialling, entered nowhere and told to nobody yet; `direction` other than inbound is said. */
export function newCall(options: DialOptions & { network: Network; direction?: 'outbound-api' }): Call {
  refuseMistakes(options);
  const facts = factsOf(options);
  const { network, direction, otherEnd = null, clock = network.clock } = options;
  const switches = { ...usualSwitches, ...options.switches };
  const notes = diary(() => leg.now());
  const newCourier = () =>
    courierFor(options, clock.now, (code, message) => notes.happen({ type: 'warning', code, message }));
  const leg: Leg = newLeg({
    clock,
    network,
    facts,
    newCourier,
    follow,
    happen: notes.happen,
    courier: newCourier(),
    wordsPerMinute: options.wordsPerMinute ?? 140,
    switches,
    recordedVoice: options.recordedVoice ?? 'tone',
    otherEnd: typeof otherEnd === 'function' ? otherEnd : () => otherEnd,
    newSid: facts.newSid,
    lastedMs: options.underway?.lastedMs ?? 0,
    describe: () => describe(facts, leg, direction),
  });
  return { leg, events: notes.events, onEvent: notes.onEvent };
}

/** The form fields that describe a leg at this moment; with a direction, one which the application has called. */
export function describe(facts: CallFacts, leg: Leg, direction?: string): Record<string, string> {
  const form = callForm(facts, leg.ending?.status ?? (leg.isAnswered ? 'in-progress' : 'ringing'));
  if (!direction) return form;
  const { CallToken: _, ...rest } = form;
  return { ...rest, Direction: direction };
}

function factsOf({
  authToken,
  to = '+621500400',
  seed,
  accountSid,
  network,
  ...options
}: Parameters<typeof newCall>[0]) {
  const { sid, mobileNumber } = invented(seed);
  const { CallSid, From: from = options.from } = options.underway?.form ?? {};
  let callSid = CallSid ?? sid('CA');
  // Two calls of one seed are two calls.
  while (network.calls.has(callSid)) callSid = sid('CA');
  return {
    callSid,
    accountSid: accountSid ?? inventedAccount(authToken),
    from: from ?? mobileNumber(),
    to,
    callToken: JSON.stringify({ parentCallInfoToken: sid(''), identityHeaderTokens: [] }),
    newSid: sid,
  };
}
