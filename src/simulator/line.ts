import { callForm, endForm } from './callForm.ts';
import { type Clock, realClock } from './clock.ts';
import { type Patience, usualPatience } from './connection.ts';
import { type Courier, courier, type Order } from './courier.ts';
import { invented } from './invented.ts';
import { type Happening, type Leg, newLeg, type Switches } from './leg.ts';
import { performCall } from './performCall.ts';
import type { Rewrite } from './rewrite.ts';
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
  fallbackMethod?: 'GET' | 'POST';
  /** Told when the call is over. */
  statusUrl?: string;
  statusMethod?: 'GET' | 'POST';
  /** Where public addresses are reached from here: `{ 'https://example.com': 'http://127.0.0.1:3000' }`; the signature stays over the public one. */
  rewrite?: Rewrite;
  /** How fast the voices speak, 140 by default. */
  wordsPerMinute?: number;
  switches?: Partial<Switches>;
  /** What the other end of a Dial always does; without it `Telephone.otherEnd` decides, or it rings out. */
  otherEnd?: CalleeAnswer;
  /** How long the line waits for the application, where its address does not say otherwise behind `#`. */
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
  const switches: Switches = { emptyDigits: 'empty', typeAhead: 'drop', redirect307: 'keep', ...options.switches };
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
    courier: courierFor(options, clock, switches, happen),
    wordsPerMinute: options.wordsPerMinute ?? 140,
    switches,
    otherEnd: options.otherEnd ?? null,
    newSid: sid,
    describe: () => callForm(facts, leg.ending?.status ?? (leg.isAnswered ? 'in-progress' : 'ringing')),
  });
  return { leg, to };
}

function courierFor(
  { authToken, patience, rewrite = {} }: DialOptions,
  clock: Clock,
  { redirect307 }: Switches,
  happen: (happening: Happening) => void,
): Courier {
  return courier({
    authToken,
    patience: { ...usualPatience, ...patience },
    rewrite,
    redirect307,
    now: () => clock.now(),
    warn: (code, message) => happen({ type: 'warning', code, message }),
  });
}

async function liveThrough(leg: Leg, url: string, options: DialOptions, events: readonly LineEvent[]): Promise<void> {
  const limit = new AbortController();
  void leg.clock.sleep(longestCallMs, limit.signal).then(() => {
    if (!limit.signal.aborted) leg.end({ status: 'completed', by: 'carrier' });
  });
  try {
    const { fallbackUrl, fallbackMethod = 'POST' } = options;
    const fallback = fallbackUrl ? { url: fallbackUrl, method: fallbackMethod } : null;
    await performCall(leg, { url, method: options.method ?? 'POST', form: {} }, fallback);
  } finally {
    limit.abort();
    // Only a fault of the line itself leaves a call open; whoever waits for its end shall not wait for ever.
    leg.end({ status: 'failed', by: 'carrier' });
  }
  const { statusUrl, statusMethod = 'POST' } = options;
  if (statusUrl) await reportEnd(leg, { url: statusUrl, method: statusMethod }, events);
}

async function reportEnd(leg: Leg, to: Omit<Order, 'form'>, events: readonly LineEvent[]): Promise<void> {
  const answeredAt = events.find(({ type }) => type === 'answered')?.at ?? leg.now();
  const form = { ...leg.describe(), ...endForm(leg.now() - answeredAt, new Date(leg.clock.now())) };
  leg.happen({ type: 'requests', ...to });
  const told = await leg.clock.standStill(() => leg.courier.send({ ...to, form }));
  if ('code' in told) leg.warn(15003, `status callback: ${told.why}`);
}
