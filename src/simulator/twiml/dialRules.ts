import type { DialTerms } from '../leg/dialling.ts';
import type { Leg } from '../leg/leg.ts';
import { attributes } from './attributes.ts';
import type { Element } from './element.ts';
import { recorder } from './recording.ts';

/** What a Dial may carry. */
export const dialAttributes = [
  ...['action', 'method', 'timeout', 'timeLimit', 'callerId', 'hangupOnStar', 'answerOnBridge', 'record', 'trim'],
  ...['recordingStatusCallback', 'recordingStatusCallbackEvent', 'recordingStatusCallbackMethod', 'recordingTrack'],
  ...['callReason', 'ringTone', 'sequential', 'referUrl', 'referMethod', 'events', 'passports'],
  'recordingConfigurationId',
];

/** How somebody is dialled, as a document says it. */
export type DialRules = DialTerms & {
  answerOnBridge: boolean;
  /** One is rung after the other, not all at once. */
  isSequential: boolean;
};

const recordings = [
  ...['do-not-record', 'record-from-answer', 'record-from-ringing'],
  ...['record-from-answer-dual', 'record-from-ringing-dual', 'true', 'false'],
];
/** The countries whose ringing a caller can be made to hear; on this line it sounds the same everywhere. */
const ringTones = [
  ...['automatic', 'at', 'au', 'bg', 'br', 'be', 'ch', 'cl', 'cn', 'cz', 'de', 'dk', 'ee', 'es', 'fi', 'fr', 'gr'],
  ...['hu', 'il', 'in', 'it', 'lt', 'jp', 'mx', 'my', 'nl', 'no', 'nz', 'ph', 'pl', 'pt', 'ru', 'se', 'sg', 'th'],
  ...['uk', 'us', 'us-old', 'tw', 've', 'za'],
];

/** Reads the attributes of a Dial; wrong values are warned about and their defaults taken. */
export function dialRules(element: Element, leg: Leg, documentUrl: string): DialRules {
  const read = attributes(element, leg);
  read.choice('ringTone', { of: ringTones, otherwise: 'automatic', code: 13220 });
  const record = read.choice('record', { of: recordings, otherwise: 'do-not-record', code: 13217 });
  const channels = record.endsWith('-dual') ? 2 : 1;
  return {
    timeoutMs: read.whole('timeout', { least: 1, most: 600, otherwise: 30, code: 13212 }) * 1_000,
    timeLimitMs: read.whole('timeLimit', { least: 1, most: 86_400, otherwise: 14_400, code: 13216 }) * 1_000,
    hangupOnStar: read.flag('hangupOnStar', 13213),
    answerOnBridge: read.flag('answerOnBridge', 12200),
    isSequential: read.flag('sequential', 13218),
    recorder: /^record|^true$/.test(record) ? recorder(element, documentUrl, { source: 'DialVerb', channels }) : null,
  };
}
