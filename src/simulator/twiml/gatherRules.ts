import type { Leg } from '../leg.ts';
import { attributes } from './attributes.ts';
import type { Element } from './element.ts';

/** What a Gather may carry; hints, models and filters make no difference on a line where speech is typed. */
export const gatherAttributes = [
  ...['action', 'method', 'input', 'timeout', 'finishOnKey', 'numDigits', 'actionOnEmptyResult', 'speechTimeout'],
  ...['language', 'hints', 'partialResultCallback', 'partialResultCallbackMethod', 'speechModel', 'maxSpeechTime'],
  ...['profanityFilter', 'enhanced', 'bargeIn', 'debug'],
];

/** What a Gather listens to, how long, and when it has heard enough. */
export type GatherRules = {
  timeoutMs: number;
  finishOnKey: string;
  numDigits: number | null;
  sendEmpty: boolean;
  hearsKeys: boolean;
  hearsSpeech: boolean;
  /** The silence that ends speech. */
  speechTimeoutMs: number;
  maxSpeechMs: number;
};

/** The pause after which `auto` takes speech to be over. */
const autoPauseMs = 1_000;

/** Reads the attributes of a Gather; wrong values are warned about and their defaults taken. */
export function readGather(element: Element, leg: Leg): GatherRules {
  const read = attributes(element, leg);
  const inputs = ['dtmf', 'speech', 'dtmf speech', 'speech dtmf'] as const;
  const input = read.choice('input', { of: inputs, otherwise: 'dtmf', code: 13326 });
  const hearsSpeech = input !== 'dtmf';
  const isAuto = (name: string) => hearsSpeech && read.text(name)?.trim() === 'auto';
  const seconds = (name: string, otherwise: number, code: number, most?: number) =>
    read.whole(name, { least: 1, otherwise, code, ...(most !== undefined && { most }) });
  const timeout = isAuto('timeout') ? 5 : seconds('timeout', 5, 13313);
  const speechTimeout = isAuto('speechTimeout') ? autoPauseMs : seconds('speechTimeout', timeout, 12200) * 1_000;
  return {
    timeoutMs: timeout * 1_000,
    finishOnKey: read.choice('finishOnKey', { of: ['#', '*', ...'0123456789', ''], otherwise: '#', code: 13310 }),
    numDigits: seconds('numDigits', 0, 13314) || null,
    sendEmpty: read.flag('actionOnEmptyResult', 12200),
    hearsKeys: input.includes('dtmf'),
    hearsSpeech,
    speechTimeoutMs: speechTimeout,
    maxSpeechMs: seconds('maxSpeechTime', 60, 12200, 60) * 1_000,
  };
}
