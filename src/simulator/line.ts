import { callForm, endForm } from './callForm.ts';
import { type Clock, realClock } from './clock.ts';
import { courier, type Patience, usualPatience } from './courier.ts';
import { invented } from './invented.ts';
import { type Happening, type Leg, newLeg, type Switches } from './leg.ts';
import { performCall } from './performCall.ts';
import type { CalleeAnswer, LineEvent, Telephone } from './telephone.ts';

/** What can be told about a call before it is made; only the token has no default. */
export type DialOptions = {
  /** The secret that the application checks the line's signatures with. */
  authToken: string;
  accountSid?: string;
  /** The caller's number; by default an invented Indonesian mobile number. */
  from?: string;
  /** The number dialled, +621500400 by default. */
  to?: string;
  /** The time the line lives in; the real one by default. */
  clock?: Clock;
  method?: 'GET' | 'POST';
  /** Asked when a document cannot be had. */
  fallbackUrl?: string;
  /** Told when the call is over. */
  statusUrl?: string;
  /** How fast the voices speak, 140 by default. */
  wordsPerMinute?: number;
  switches?: Partial<Switches>;
  /** What the other end of a Dial always does; without it `Telephone.otherEnd` decides, or it rings out. */
  otherEnd?: CalleeAnswer;
  /** How long the line waits for the application. */
  patience?: Partial<Patience>;
  /** The same seed invents the same identifiers and caller. */
  seed?: string;
};

const longestCallMs = 4 * 60 * 60 * 1_000;

/** Dials a TwiML application, as the carrier does for an incoming call; the telephone is in the caller's hand. */
export function dial(url: string, options: DialOptions): Telephone {
  const events: LineEvent[] = [];
  const listeners = new Set<(event: LineEvent) => void>();
  const happen = (happening: Happening) => {
    const event: LineEvent = { at: leg.now(), ...happening };
    events.push(event);
    for (const listener of [...listeners]) listener(event);
  };
  const { leg, to } = firstLeg(options, happen);
  happen({ type: 'dialled', to });
  const ended = liveThrough(leg, url, options, events);
  return {
    events,
    ended,
    press: leg.press,
    hangUp: () => leg.end({ status: leg.isAnswered ? 'completed' : 'no-answer', by: 'caller' }),
    otherEnd: (answer) => leg.decision?.(answer),
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function firstLeg(options: DialOptions, happen: (happening: Happening) => void): { leg: Leg; to: string } {
  const { authToken, to = '+621500400', clock = realClock(), seed } = options;
  const { sid, mobileNumber } = invented(seed);
  const facts = {
    callSid: sid('CA'),
    accountSid: options.accountSid ?? invented(authToken).sid('AC'),
    from: options.from ?? mobileNumber(),
    to,
    callToken: JSON.stringify({ parentCallInfoToken: sid(''), identityHeaderTokens: [] }),
  };
  const leg: Leg = newLeg({
    clock,
    happen,
    courier: courier({ authToken, patience: { ...usualPatience, ...options.patience } }),
    wordsPerMinute: options.wordsPerMinute ?? 140,
    switches: { emptyDigits: 'empty', typeAhead: 'drop', ...options.switches },
    otherEnd: options.otherEnd ?? null,
    newSid: sid,
    describe: () => callForm(facts, leg.ending?.status ?? (leg.isAnswered ? 'in-progress' : 'ringing')),
  });
  return { leg, to };
}

async function liveThrough(leg: Leg, url: string, options: DialOptions, events: readonly LineEvent[]): Promise<void> {
  const limit = new AbortController();
  void leg.clock.sleep(longestCallMs, limit.signal).then(() => {
    if (!limit.signal.aborted) leg.end({ status: 'completed', by: 'carrier' });
  });
  try {
    const fallback = options.fallbackUrl ? { url: options.fallbackUrl, method: 'POST' as const } : null;
    await performCall(leg, { url, method: options.method ?? 'POST', form: {} }, fallback);
  } finally {
    limit.abort();
    // Only a fault of the line itself leaves a call open; whoever waits for its end shall not wait for ever.
    leg.end({ status: 'failed', by: 'carrier' });
  }
  if (options.statusUrl) await reportEnd(leg, options.statusUrl, events);
}

async function reportEnd(leg: Leg, url: string, events: readonly LineEvent[]): Promise<void> {
  const answeredAt = events.find(({ type }) => type === 'answered')?.at ?? leg.now();
  const form = { ...leg.describe(), ...endForm(leg.now() - answeredAt, new Date(leg.clock.now())) };
  leg.happen({ type: 'requests', method: 'POST', url });
  const told = await leg.clock.standStill(() => leg.courier.send({ url, method: 'POST', form }));
  if ('code' in told) leg.warn(15003, `status callback: ${told.why}`);
}
