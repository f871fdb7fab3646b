import { after, type Clock, realClock } from './clock.ts';
import { endForm } from './courier/callForm.ts';
import type { Patience } from './courier/connection.ts';
import type { Exchange, Order } from './courier/courier.ts';
import { callbackCode } from './courier/errand.ts';
import type { Rewrite } from './courier/rewrite.ts';
import type { Leg } from './leg/leg.ts';
import { longestCallMs } from './leg/longestCall.ts';
import { newCall } from './leg/newCall.ts';
import { performCall } from './leg/performCall.ts';
import { telephoneOf } from './leg/telephoneOf.ts';
import { type Network, network, register } from './network.ts';
import type { SpeechSound } from './sound/wav.ts';
import type { Switches } from './switches.ts';
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
  /** The time the line lives in; that of the network, the real one by default. */
  clock?: Clock;
  /** Other calls that this one can meet, in queues and conferences; by default it is alone. */
  network?: Network;
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
  otherEnd?: CalleeAnswer | ((to: string) => CalleeAnswer | null);
  /** What the caller's voice sounds like in a recording: a tone (by default) or silence. */
  recordedVoice?: SpeechSound;
  /** How long the line waits for the application, where its address does not say otherwise behind `#`. */
  patience?: Partial<Patience>;
  /** Told of every request to the application and of its answer, for whoever wants to look into the call. */
  onExchange?: (exchange: Exchange) => void;
  /** A call that another line has begun and left: it goes on where it was, with the last request made again. */
  underway?: Underway;
  /** The same seed invents the same identifiers and caller. */
  seed?: string;
};

/** How far a call was: what was asked of the application last, and how many milliseconds it had lasted. */
export type Underway = Order & { lastedMs: number };

/**
 * Dials a TwiML application, as the carrier does for an incoming call; the telephone is in the caller's hand.
 * @throws an Error where there is no token, or a switch that the line does not have.
 */
export function placeCall(url: string, options: DialOptions): Telephone {
  const exchange = options.network ?? network({ clock: options.clock ?? realClock() });
  const begun = newCall({ ...options, network: exchange });
  const { leg, events } = begun;
  const startedAt = new Date(leg.clock.now());
  register(exchange, leg.facts.callSid, { leg, startedAt, events, direction: 'inbound' });
  if (!options.underway) leg.happen({ type: 'dialled', to: leg.facts.to });
  else if (options.underway.form.CallStatus !== 'ringing') leg.answer();
  return telephoneOf(begun, liveThrough(leg, url, options, events), 'no-answer');
}

async function liveThrough(leg: Leg, url: string, options: DialOptions, events: readonly LineEvent[]): Promise<void> {
  try {
    const { fallbackUrl, fallbackMethod = 'POST', underway } = options;
    const fallback = fallbackUrl ? { url: fallbackUrl, method: fallbackMethod } : null;
    const first = underway ? askedAgain(leg, underway) : { url, method: options.method ?? 'POST', form: {} };
    await withinTheLongestCall(leg, () => performCall(leg, first, { fallback }));
  } finally {
    // Only a fault of the line itself leaves a call open; whoever waits for its end shall not wait for ever.
    leg.end({ status: 'failed', by: 'carrier' });
  }
  await leg.errands;
  const { statusUrl, statusMethod = 'POST' } = options;
  if (statusUrl) await reportEnd(leg, { url: statusUrl, method: statusMethod }, events);
}

/** The last request of a call, with those fields only that the line does not write anew. */
function askedAgain(leg: Leg, { url, method, form }: Underway): Order {
  const standard = leg.describe();
  const own = Object.entries(form).filter(([name]) => !(name in standard));
  return { url, method, form: Object.fromEntries(own) };
}

/** Performs a call that the carrier ends after four hours. */
export async function withinTheLongestCall(leg: Leg, call: () => Promise<void>): Promise<void> {
  const callOff = after(leg.clock, longestCallMs, () => leg.end({ status: 'completed', by: 'carrier' }));
  try {
    await call();
  } finally {
    callOff();
  }
}

async function reportEnd(leg: Leg, to: Omit<Order, 'form'>, events: readonly LineEvent[]): Promise<void> {
  const answeredAt = events.find(({ type }) => type === 'answered')?.at ?? leg.now();
  const form = { ...leg.describe(), ...endForm(leg.now() - answeredAt, new Date(leg.clock.now())) };
  leg.happen({ type: 'requests', ...to });
  const told = await leg.clock.standStill(() => leg.courier.send({ ...to, form }));
  if ('code' in told) leg.warn(callbackCode(told), `status callback: ${told.why}`);
}
