import { after } from '../clock.ts';
import type { Todo } from '../courier/courier.ts';
import { reportCallee, type StatusWish } from '../leg/calleeReport.ts';
import { setFingers } from '../leg/fingers.ts';
import type { Leg, Within } from '../leg/leg.ts';
import { newCall } from '../leg/newCall.ts';
import { performCall } from '../leg/performCall.ts';
import { telephoneOf } from '../leg/telephoneOf.ts';
import { withinTheLongestCall } from '../line.ts';
import { enlist, type LiveCall, type Network, register } from '../network.ts';
import type { RestAccount } from '../rest.ts';
import type { CalleeAnswer } from '../telephone.ts';
import { tonesTime } from '../twiml/tones.ts';

/** A call that the application wants to make. */
type OutboundWish = {
  to: string;
  from: string;
  first: Todo;
  fallback: NonNullable<Within['fallback']> | null;
  status: StatusWish | null;
  sendDigits: string;
  timeoutMs: number;
  timeLimitMs: number;
};

/** Calls somebody for the application; their telephone is put with those that the network has called. */
export function callOut(network: Network, options: RestAccount, wish: OutboundWish): LiveCall {
  const { to, from } = wish;
  const begun = newCall({ ...options, network, to, from, direction: 'outbound-api' });
  const { leg, events, onEvent } = begun;
  const startedAt = new Date(leg.clock.now());
  const call: LiveCall = { leg, startedAt, events, direction: 'outbound-api' };
  register(network, leg.facts.callSid, call);
  leg.happen({ type: 'dialled', to });
  reportCallee(leg, leg, onEvent, wish.status);
  const ended = live(leg, wish, network.pickUp(to));
  enlist(network, telephoneOf(begun, ended, 'busy'));
  return call;
}

async function live(leg: Leg, wish: OutboundWish, answer: CalleeAnswer): Promise<void> {
  await withinTheLongestCall(leg, async () => {
    const isTaken = await rings(leg, wish.timeoutMs, answer);
    if (!isTaken || leg.ending) return;
    leg.answer();
    const talksForMs = Math.min(answer.answers ? answer.talksForMs : 0, wish.timeLimitMs);
    const by = talksForMs < wish.timeLimitMs ? 'caller' : 'carrier';
    const callOff = after(leg.clock, talksForMs, () => leg.end({ status: 'completed', by }));
    const fingers = setFingers(leg, answer.answers ? (answer.presses ?? '') : '');
    if (wish.sendDigits) await leg.wait(tonesTime(wish.sendDigits));
    await performCall(leg, wish.first, { fallback: wish.fallback });
    callOff();
    fingers.abort();
  });
  leg.end({ status: 'failed', by: 'carrier' });
  await leg.errands;
}

async function rings(leg: Leg, timeoutMs: number, answer: CalleeAnswer): Promise<boolean> {
  if (answer.answers) {
    const rungMs = answer.afterMs ?? 0;
    if (rungMs < timeoutMs) return (await leg.wait(rungMs)) || leg.away !== null;
  } else if (answer.because !== 'no-answer') {
    leg.end({ status: answer.because, by: 'carrier' });
    return false;
  }
  await leg.wait(timeoutMs);
  leg.end({ status: 'no-answer', by: 'carrier' });
  return false;
}
