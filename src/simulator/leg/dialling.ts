import { after } from '../clock.ts';
import type { CalleeAnswer } from '../telephone.ts';
import type { Party } from '../twiml/parties.ts';
import type { Made, Recorder } from '../twiml/recording.ts';
import { type CalleeLeg, newCallee } from './callee.ts';
import type { Leg } from './leg.ts';

/** Everybody whom a Dial rings at the same time. */
export type Callees = { decide(answer: CalleeAnswer, to?: string): void };

/** How long somebody is rung, how long a talk may last, whether the caller may end it with a key, and who records it. */
export type DialTerms = { timeoutMs: number; timeLimitMs: number; hangupOnStar: boolean; recorder: Recorder | null };

/** How ringing somebody ended; `talkedMs` is null when the two were never connected. */
export type Outcome = {
  status: 'completed' | 'busy' | 'no-answer' | 'failed' | 'canceled';
  talkedMs: number | null;
  callSid: string;
  to: string;
  recording?: Made;
  /** How long a document was performed for who answered and was not connected. */
  whisperedMs?: number;
};

/** How meeting another call in a queue or a conference went; `callSid` is null where there is no one call to name. */
export type Meeting = Partial<Omit<Outcome, 'status' | 'talkedMs' | 'callSid'>> & {
  status: Outcome['status'] | 'answered';
  talkedMs: number | null;
  callSid: string | null;
};

/** Rings everybody at once: who answers first talks, after the document meant for them alone; the others ring no more. */
export async function ring(leg: Leg, parties: readonly Party[], terms: DialTerms): Promise<Outcome> {
  const callees = parties.map((party) => newCallee(leg, party));
  leg.allCallees.push(...callees.map(({ callee }) => callee));
  const winner = await whoAnswers(leg, callees, terms.timeoutMs);
  for (const other of callees) if (other !== winner) other.leg.end({ status: whyNot(leg, other), by: 'carrier' });
  const { callSid, to } = (winner ?? callees[0]!).leg.facts;
  if (!winner) return { status: unanswered(leg, callees), talkedMs: null, callSid, to };
  const isReady = await prepare(leg, winner);
  const { waitedMs: whisperedMs } = winner.leg;
  if (!isReady) return { status: leg.isGone ? 'canceled' : 'no-answer', talkedMs: null, callSid, to, whisperedMs };
  return { status: 'completed', callSid, to, ...(await talk(leg, winner, terms)) };
}

async function whoAnswers(leg: Leg, callees: readonly CalleeLeg[], timeoutMs: number): Promise<CalleeLeg | undefined> {
  const winner = () => callees.find(({ answer }) => answer?.answers);
  const areAllSettled = () =>
    winner() !== undefined || callees.every(({ answer }) => answer && !mayStillAnswer(answer));
  const decided = callees.every(({ answer }) => answer !== null) && ({ decided: true } as const);
  const deciding = deciders(leg, callees, areAllSettled);
  leg.callees = deciding;
  const to = callees.map((one) => one.callee.to).join(', ');
  await leg.wait(areAllSettled() ? 0 : timeoutMs, { type: 'dials', to, ms: timeoutMs, ...decided });
  leg.callees = null;
  deciding.end();
  return leg.isGone ? undefined : winner();
}

/** Who lets it ring may still pick up; one answer without a name is everybody's, but only one picks up by it. */
function deciders(leg: Leg, callees: readonly CalleeLeg[], areAllSettled: () => boolean): Callees & { end(): void } {
  const callOffs: (() => void)[] = [];
  let isOver = false;
  const take = (one: CalleeLeg, answer: CalleeAnswer) => {
    const { afterMs = 0, ...atOnce } = answer.answers ? answer : { ...answer, afterMs: 0 };
    one.answer = afterMs > 0 ? null : atOnce;
    if (afterMs > 0) callOffs.push(after(leg.clock, afterMs, () => decide(one, atOnce)));
    else if (areAllSettled()) leg.cutShort();
  };
  const decide = (one: CalleeLeg, answer: CalleeAnswer) => {
    if (isOver) return;
    take(one, answer);
    if (answer.answers || callees.every((other) => other.answer)) leg.happen({ type: 'dialDecided' });
  };
  for (const one of callees) {
    one.onDecide = (answer) => decide(one, answer);
    if (one.answer) take(one, one.answer);
  }
  return {
    decide(answer, to) {
      const meant = callees.filter((one) => to === undefined || one.callee.to === to);
      for (const one of answer.answers ? meant.slice(0, 1) : meant) decide(one, answer);
    },
    end() {
      isOver = true;
      for (const callOff of callOffs) callOff();
    },
  };
}

function mayStillAnswer(answer: CalleeAnswer): boolean {
  return answer.answers || answer.because === 'no-answer';
}

function whyNot(leg: Leg, { answer }: CalleeLeg): Outcome['status'] {
  if (answer && !answer.answers && answer.because !== 'no-answer') return answer.because;
  return leg.isGone ? 'canceled' : 'no-answer';
}

function unanswered(leg: Leg, callees: readonly CalleeLeg[]): Outcome['status'] {
  if (leg.isGone) return 'canceled';
  const reasons = callees.map((one) => whyNot(leg, one));
  return reasons.every((reason) => reason === reasons[0]) ? reasons[0]! : 'no-answer';
}

/** What happens between picking up and being connected; false when somebody has hung up before. */
async function prepare(leg: Leg, winner: CalleeLeg): Promise<boolean> {
  const stay = leg.whenGone(() => winner.leg.end({ status: 'canceled', by: 'carrier' }));
  winner.leg.answer();
  await winner.prepare();
  stay();
  return !leg.isGone && winner.leg.ending === null;
}

async function talk(leg: Leg, winner: CalleeLeg, { timeLimitMs, hangupOnStar, recorder }: DialTerms) {
  const talksForMs = winner.answer?.answers ? winner.answer.talksForMs : 0;
  leg.answer();
  const from = leg.now();
  const whispered = winner.leg.waitedMs > 0 && { whisperedMs: winner.leg.waitedMs };
  let isTalking = true;
  const stop = () => isTalking && leg.cutShort();
  if (hangupOnStar) leg.ear = (key) => key === '*' && stop();
  void winner.leg.over.then(stop);
  const { promise, resolve } = Promise.withResolvers<Made>();
  if (recorder) winner.recording = promise;
  recorder?.begin(leg);
  winner.leg.happen({ type: 'connected', with: leg.facts.from });
  await leg.wait(Math.min(talksForMs, timeLimitMs), { type: 'dialAnswered', ms: timeLimitMs, ...whispered });
  isTalking = false;
  leg.ear = null;
  const talkedMs = leg.now() - from;
  winner.leg.end({ status: 'completed', by: 'carrier' });
  const recording = await recorder?.keep(leg, talkedMs);
  if (recording) resolve(recording);
  return { talkedMs, ...(recording && { recording }) };
}
