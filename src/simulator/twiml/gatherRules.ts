import type { Leg } from '../leg/leg.ts';
import { type Attributes, attributes } from './attributes.ts';
import type { Element } from './element.ts';
import { languageTag } from './language.ts';

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
  /** Speech silences what is being said or played; keys always do. */
  bargesIn: boolean;
  /** The silence that ends speech. */
  speechTimeoutMs: number;
  maxSpeechMs: number;
  language: string;
};

const inputs = ['dtmf', 'speech', 'dtmf speech', 'speech dtmf'] as const;
const finishingKeys = ['#', '*', ...'0123456789', ''];
/** The pause after which `auto` takes speech to be over. */
const autoPauseMs = 1_000;
const models =
  /^(default|numbers_and_commands|phone_call|experimental_(conversations|utterances)|(googlev2|deepgram)_[\w-]+)$/;
/** At most 500 words or phrases of at most 100 letters each. */
const hints = /^[^,]{1,100}(,[^,]{1,100}){0,499}$/s;

/** Reads the attributes of a Gather; wrong values are warned about and their defaults taken. */
export function readGather(element: Element, leg: Leg): GatherRules {
  const read = attributes(element, leg);
  const input = read.choice('input', { of: inputs, otherwise: 'dtmf', code: 13326 });
  const hearsSpeech = input !== 'dtmf';
  const isAuto = read.text('timeout')?.trim() === 'auto';
  const timeout = isAuto ? 5 : read.whole('timeout', { least: 1, otherwise: 5, code: 13313 });
  return {
    timeoutMs: timeout * 1_000,
    finishOnKey: read.choice('finishOnKey', { of: finishingKeys, otherwise: '#', code: 13310 }),
    numDigits: read.whole('numDigits', { least: 1, otherwise: 0, code: 13314 }) || null,
    sendEmpty: read.flag('actionOnEmptyResult', 13338),
    hearsKeys: input.includes('dtmf'),
    hearsSpeech,
    ...speechRules(read, element, leg, timeout),
  };
}

function speechRules(read: Attributes, element: Element, leg: Leg, timeout: number) {
  const bool = { of: ['true', 'false'], otherwise: 'true' } as const;
  read.choice('profanityFilter', { ...bool, code: 13333 });
  read.like('hints', { form: hints, otherwise: '', code: 13330 });
  const model = read.like('speechModel', { form: models, otherwise: '', code: 13334 });
  let isAuto = read.text('speechTimeout')?.trim() === 'auto';
  const otherwise = { least: 1, otherwise: timeout, code: 13327 };
  const speechTimeout = isAuto ? timeout : read.whole('speechTimeout', otherwise);
  if (isAuto && model !== '') {
    leg.warn(13335, `Gather: speechTimeout auto cannot be used with the model "${model}"`, element);
    isAuto = false;
  }
  return {
    bargesIn: read.choice('bargeIn', { ...bool, code: 13332 }) === 'true',
    speechTimeoutMs: isAuto ? autoPauseMs : speechTimeout * 1_000,
    maxSpeechMs: read.whole('maxSpeechTime', { least: 1, most: 60, otherwise: 60, code: 13328 }) * 1_000,
    language: read.like('language', { form: languageTag, otherwise: 'en-US', code: 13331 }),
  };
}
