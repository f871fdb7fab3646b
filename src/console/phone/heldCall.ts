import type { Doing, Entry, Inside, ToPage } from '../talk.ts';

/** A call that this page has in its hand. */
export type HeldCall = {
  ticket: string;
  from: string;
  to: string;
  entries: readonly Entry[];
  doing: Doing;
  /** The keys typed for the question that is open. */
  typed: string;
  /** The browser's clock (milliseconds) at the moment of dialling. */
  dialledAt: number;
  /** Each request that was made for this call, in order. */
  turns: readonly Inside[];
  /** The call as a recorded test, when it was asked for. */
  copied: string | null;
};

/** A call after one more message of the server; `now` is the browser's clock in milliseconds. */
export function after(call: HeldCall | null, message: ToPage, now: number): HeldCall | null {
  if ('line' in message) return inHand(call, message.line, now);
  if (!call) return null;
  if ('display' in message) {
    const { at, entries, doing, typed } = message.display;
    return { ...call, entries: [...call.entries, ...entries], doing, typed, dialledAt: now - at };
  }
  if ('inside' in message) return { ...call, turns: [...call.turns, message.inside] };
  if ('copy' in message) return { ...call, copied: message.copy };
  if ('fault' in message && message.fault === 'gone') return hungUp(call, now);
  return call;
}

function inHand(call: HeldCall | null, line: Extract<ToPage, { line: object }>['line'], now: number): HeldCall {
  const { ticket, from, to } = line;
  // The same call again: what was heard stays on the display.
  if (call && line.is !== 'new') return { ...call, ticket };
  const doing = { what: 'dialling' } as const;
  return { ticket, from, to, entries: [], doing, typed: '', dialledAt: now, turns: [], copied: null };
}

/** The call when its line is lost for good. */
export function hungUp(call: HeldCall, now: number): HeldCall {
  if (call.doing.what === 'over') return call;
  return { ...call, doing: { what: 'over', at: now - call.dialledAt, status: 'failed', by: 'carrier' } };
}
