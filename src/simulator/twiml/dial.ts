import type { Leg } from '../leg.ts';
import type { CalleeAnswer } from '../telephone.ts';
import { attributes } from './attributes.ts';
import { type Element, elementsIn, textIn } from './element.ts';
import type { Next, Verb } from './verb.ts';

/** `<Dial>`: the line rings somebody else, and the two talk until one of them has had enough. */
export const dial: Verb = {
  attributes: [
    ...['action', 'method', 'timeout', 'timeLimit', 'callerId', 'hangupOnStar', 'answerOnBridge', 'record', 'trim'],
    ...['recordingStatusCallback', 'recordingStatusCallbackEvent', 'recordingStatusCallbackMethod', 'recordingTrack'],
    ...['ringTone', 'sequential', 'referUrl', 'referMethod', 'events', 'passports', 'recordingConfigurationId'],
  ],
  nests: ['Number', 'Client', 'Sip', 'Sim', 'Queue', 'Conference', 'Application', 'WhatsApp'],
  nestingCode: 13215,
  async perform(element, leg, documentUrl) {
    const read = attributes(element, leg);
    const timeoutMs = read.whole('timeout', { least: 1, most: 600, otherwise: 30, code: 13212 }) * 1_000;
    const timeLimitMs = read.whole('timeLimit', { least: 1, most: 86_400, otherwise: 14_400, code: 13216 }) * 1_000;
    if (!read.flag('answerOnBridge', 12200)) leg.answer();
    const numbers = numbersIn(element, leg);
    const outcome: Outcome =
      numbers.length === 0
        ? { status: 'failed', talkedMs: null }
        : await ring(leg, numbers.join(', '), timeoutMs, timeLimitMs);
    if (!leg.ending) leg.happen({ type: 'dialEnded', status: outcome.status });
    return next(element, leg, documentUrl, outcome);
  },
};

/** How ringing somebody ended; `talkedMs` is null when nobody answered. */
type Outcome = { status: 'completed' | 'busy' | 'no-answer' | 'failed' | 'canceled'; talkedMs: number | null };

function numbersIn(element: Element, leg: Leg): string[] {
  const nouns = elementsIn(element);
  for (const noun of nouns.filter(({ name }) => name !== 'Number'))
    leg.warn(12200, `Dial: <${noun.name}> is not simulated and was skipped`, noun);
  const written = [textIn(element), ...nouns.filter(({ name }) => name === 'Number').map(textIn)].filter(
    (n) => n !== '',
  );
  const numbers = written.filter((number) => /^\+?[\d\s().-]{3,}$/.test(number));
  for (const number of written)
    if (!numbers.includes(number)) leg.warn(13223, `Dial: Invalid phone number format "${number}"`, element);
  return numbers;
}

async function ring(leg: Leg, to: string, timeoutMs: number, timeLimitMs: number): Promise<Outcome> {
  const decided: { answer: CalleeAnswer | null } = { answer: leg.otherEnd };
  if (!decided.answer)
    // Who lets it ring may still pick up.
    leg.decision = (answer) => {
      decided.answer = answer;
      if (ringsOut(answer)) return;
      leg.decision = null;
      leg.cutShort();
    };
  const rings = !decided.answer || ringsOut(decided.answer);
  const settled = decided.answer !== null && ({ decided: true } as const);
  await leg.wait(rings ? timeoutMs : 0, { type: 'dials', to, ms: timeoutMs, ...settled });
  leg.decision = null;
  if (leg.ending) return { status: 'canceled', talkedMs: null };
  if (!decided.answer?.answers) return { status: decided.answer?.because ?? 'no-answer', talkedMs: null };
  leg.answer();
  const from = leg.now();
  await leg.wait(Math.min(decided.answer.talksForMs, timeLimitMs), { type: 'dialAnswered' });
  return { status: 'completed', talkedMs: leg.now() - from };
}

function ringsOut(answer: CalleeAnswer): boolean {
  return !answer.answers && answer.because === 'no-answer';
}

function next(element: Element, leg: Leg, documentUrl: string, { status, talkedMs }: Outcome): Next {
  const action = element.attributes.action;
  if (action === undefined) return 'on';
  const form = {
    DialCallStatus: status,
    DialCallSid: leg.newSid('CA'),
    DialBridged: String(talkedMs !== null),
    ...(talkedMs !== null && { DialCallDuration: String(Math.round(talkedMs / 1_000)) }),
  };
  return { ask: attributes(element, leg).order(action, documentUrl, 13210, form) };
}
