import { type DialTerms, type Meeting, type Outcome, ring } from '../leg/dialling.ts';
import type { Leg } from '../leg/leg.ts';
import { attributes } from './attributes.ts';
import { dialConference } from './conference.ts';
import { conferenceAttributes } from './conferenceRules.ts';
import { type Element, elementsIn } from './element.ts';
import { partiesIn, partyAttributes } from './parties.ts';
import { dialQueue } from './queue.ts';
import { keepRecording } from './recording.ts';
import type { Next, Verb } from './verb.ts';

const recordings = [
  ...['do-not-record', 'record-from-answer', 'record-from-ringing'],
  ...['record-from-answer-dual', 'record-from-ringing-dual', 'true', 'false'],
];

/** `<Dial>`: the line rings somebody else, and the two talk until one of them has had enough. */
export const dial: Verb = {
  attributes: [
    ...['action', 'method', 'timeout', 'timeLimit', 'callerId', 'hangupOnStar', 'answerOnBridge', 'record', 'trim'],
    ...['recordingStatusCallback', 'recordingStatusCallbackEvent', 'recordingStatusCallbackMethod', 'recordingTrack'],
    ...[
      'callReason',
      'ringTone',
      'sequential',
      'referUrl',
      'referMethod',
      'events',
      'passports',
      'recordingConfigurationId',
    ],
  ],
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
    const rules = readRules(element, leg);
    if (!rules.answerOnBridge) leg.answer();
    const outcome = await connect(element, leg, documentUrl, rules);
    return next(element, leg, documentUrl, outcome, rules.record);
  },
};

type Rules = DialTerms & { answerOnBridge: boolean; record: string };

function readRules(element: Element, leg: Leg): Rules {
  const read = attributes(element, leg);
  return {
    timeoutMs: read.whole('timeout', { least: 1, most: 600, otherwise: 30, code: 13212 }) * 1_000,
    timeLimitMs: read.whole('timeLimit', { least: 1, most: 86_400, otherwise: 14_400, code: 13216 }) * 1_000,
    hangupOnStar: read.flag('hangupOnStar', 13213),
    answerOnBridge: read.flag('answerOnBridge', 12200),
    record: read.choice('record', { of: recordings, otherwise: 'do-not-record', code: 13217 }),
  };
}

async function connect(element: Element, leg: Leg, documentUrl: string, rules: Rules): Promise<Meeting> {
  const nouns = elementsIn(element);
  const place = nouns.find(({ name }) => name === 'Queue' || name === 'Conference');
  if (place) {
    const meet = place.name === 'Queue' ? dialQueue : dialConference;
    return meet(place, leg, documentUrl, rules);
  }
  for (const noun of nouns.filter(({ name }) => /^(Sim|Application|WhatsApp)$/.test(name)))
    leg.warn(12200, `Dial: <${noun.name}> is not simulated and was skipped`, noun);
  const parties = partiesIn(element, leg, documentUrl);
  const outcome: Outcome =
    parties.length === 0
      ? { status: 'failed', talkedMs: null, callSid: leg.newSid('CA') }
      : await ring(leg, parties, rules);
  const { status, whisperedMs } = outcome;
  if (!leg.ending) leg.happen({ type: 'dialEnded', status, ...(whisperedMs !== undefined && { whisperedMs }) });
  return outcome;
}

async function next(element: Element, leg: Leg, documentUrl: string, outcome: Meeting, record: string): Promise<Next> {
  const { status, talkedMs, callSid } = outcome;
  const isRecorded = talkedMs !== null && /^record|^true$/.test(record);
  const made =
    isRecorded &&
    (await keepRecording(element, leg, documentUrl, {
      stretches: [{ ms: talkedMs, spoken: true }],
      source: 'DialVerb',
    }));
  const action = element.attributes.action;
  if (action === undefined) return 'on';
  const form = {
    DialCallStatus: status,
    ...(callSid && { DialCallSid: callSid }),
    DialBridged: String(talkedMs !== null),
    ...(callSid && talkedMs !== null && { DialCallDuration: String(Math.round(talkedMs / 1_000)) }),
    ...made,
  };
  return { ask: attributes(element, leg).order(action, documentUrl, 13210, form) };
}
