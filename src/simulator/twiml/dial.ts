import { type Meeting, type Outcome, ring } from '../leg/dialling.ts';
import type { Leg } from '../leg/leg.ts';
import { attributes } from './attributes.ts';
import { dialConference } from './conference.ts';
import { conferenceAttributes } from './conferenceRules.ts';
import { type DialRules, dialAttributes, dialRules } from './dialRules.ts';
import { type Element, elementsIn } from './element.ts';
import { type Party, partiesIn, partyAttributes } from './parties.ts';
import { dialQueue } from './queue.ts';
import type { Next, Verb } from './verb.ts';

/** `<Dial>`: the line rings somebody else, and the two talk until one of them has had enough. */
export const dial: Verb = {
  attributes: dialAttributes,
  nests: ['Number', 'Client', 'Sip', 'Sim', 'Queue', 'Conference', 'Application', 'WhatsApp'],
  nestingCode: 13215,
  nouns: {
    Number: { attributes: partyAttributes.Number, nests: [] },
    Client: { attributes: partyAttributes.Client, nests: ['Identity', 'Parameter'] },
    Sip: { attributes: partyAttributes.Sip, nests: [] },
    Queue: { attributes: ['url', 'method', 'reservationSid', 'postWorkActivitySid'], nests: [] },
    Conference: { attributes: conferenceAttributes, nests: [] },
  },
  async perform(element, leg, documentUrl) {
    const rules = dialRules(element, leg, documentUrl);
    if (!rules.answerOnBridge) leg.answer();
    const outcome = await connect(element, leg, documentUrl, rules);
    return next(element, leg, documentUrl, outcome, rules);
  },
};

async function connect(element: Element, leg: Leg, documentUrl: string, rules: DialRules): Promise<Meeting> {
  const nouns = elementsIn(element);
  const place = nouns.find(({ name }) => name === 'Queue' || name === 'Conference');
  if (place) {
    const meet = place.name === 'Queue' ? dialQueue : dialConference;
    return meet(place, leg, documentUrl, rules);
  }
  for (const noun of nouns.filter(({ name }) => /^(Sim|Application|WhatsApp)$/.test(name)))
    leg.warn(12200, `Dial: <${noun.name}> is not simulated and was skipped`, noun);
  return rung(leg, partiesIn(element, leg, documentUrl), rules);
}

/** Rings everybody at once, or one after the other until one of them has talked. */
async function rung(leg: Leg, parties: readonly Party[], rules: DialRules): Promise<Outcome> {
  const [first, ...others] = rules.isSequential ? parties.map((party) => [party]) : [parties];
  if (!first?.length) return ended(leg, { status: 'failed', talkedMs: null, callSid: leg.newSid('CA'), to: '' });
  let outcome = ended(leg, await ring(leg, first, rules));
  for (const next of others) {
    if (outcome.status === 'completed' || leg.isGone) break;
    outcome = ended(leg, await ring(leg, next, rules));
  }
  return outcome;
}

function ended(leg: Leg, outcome: Outcome): Outcome {
  const { status, whisperedMs } = outcome;
  if (!leg.ending) leg.happen({ type: 'dialEnded', status, ...(whisperedMs !== undefined && { whisperedMs }) });
  return outcome;
}

async function next(
  element: Element,
  leg: Leg,
  documentUrl: string,
  outcome: Meeting,
  { recorder }: DialRules,
): Promise<Next> {
  const { status, talkedMs, callSid } = outcome;
  const recording = outcome.recording ?? (talkedMs === null ? null : await recorder?.keep(leg, talkedMs));
  const action = element.attributes.action;
  if (action === undefined) return 'on';
  const form = {
    DialCallStatus: status,
    ...(callSid && { DialCallSid: callSid }),
    DialBridged: String(talkedMs !== null),
    ...(callSid && talkedMs !== null && { DialCallDuration: String(Math.round(talkedMs / 1_000)) }),
    ...sipFields(outcome),
    ...recording,
  };
  return { ask: attributes(element, leg).order(action, documentUrl, 13210, form) };
}

/** What an exchange answers to being rung, in the numbers of SIP (RFC 3261). */
const sipAnswers = { completed: 200, answered: 200, busy: 486, 'no-answer': 487, canceled: 487, failed: 503 };

function sipFields({ status, whisperedMs, callSid, to }: Meeting): Record<string, string> {
  if (!callSid || !/^sips?:/i.test(to ?? '')) return {};
  const answer = whisperedMs === undefined ? sipAnswers[status] : sipAnswers.answered;
  return { DialSipCallId: `${callSid.slice(2)}@0.0.0.0`, DialSipResponseCode: String(answer) };
}
