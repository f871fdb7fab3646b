import { callEvents, type StatusWish } from '../leg/calleeReport.ts';
import type { Leg } from '../leg/leg.ts';
import { attributes } from './attributes.ts';
import { type Element, elementsIn, textIn } from './element.ts';
import { areTones } from './tones.ts';

/** Somebody to be dialled, as a document describes them. */
export type Party = {
  /** A number, `client:NAME` or `sip:NAME@HOST`. */
  to: string;
  /** Whom they see calling, where it is not the caller. */
  callerId: string | null;
  sendDigits: string | null;
  /** The document performed for them alone when they answer. */
  whisper: { url: string; method: 'GET' | 'POST' } | null;
  status: StatusWish | null;
};

/** So many are rung by one Dial. */
const mostParties = 10;
const number = /^\+?[\d\s().-]{3,}$/;
/** A name of an exchange, which may go without the `sip:` before it. */
const sipName = /^(sips?:)?[^\s@]+@[^\s@]+$/i;
const kinds: Record<string, { form: RegExp; code: number; methodCode: number; digitsCode: number; prefix: string }> = {
  Number: { form: number, code: 13223, methodCode: 13221, digitsCode: 13222, prefix: '' },
  Client: { form: /^[\w.@+-]{1,256}$/, code: 12200, methodCode: 12200, digitsCode: 12200, prefix: 'client:' },
  Sip: { form: sipName, code: 13243, methodCode: 13241, digitsCode: 13242, prefix: 'sip:' },
};

const usual = ['url', 'method', 'statusCallback', 'statusCallbackEvent', 'statusCallbackMethod'];
const machineDetection = [
  ...['machineDetection', 'machineDetectionTimeout', 'machineDetectionSpeechThreshold', 'amdStatusCallback'],
  ...['machineDetectionSpeechEndThreshold', 'machineDetectionSilenceTimeout', 'amdStatusCallbackMethod'],
];

/** What each kind of party in a Dial may carry. */
export const partyAttributes = {
  Number: [...usual, ...machineDetection, 'sendDigits', 'phoneNumberSid', 'byoc', 'callReason'],
  Client: [...usual, 'clientNotificationUrl'],
  Sip: [...usual, ...machineDetection, 'sendDigits', 'username', 'password', 'codecs'],
};

/** What a party may carry, and the line does not act out. */
const notSimulated = ['machineDetection', 'amdStatusCallback', 'clientNotificationUrl'];

/** Everybody whom a Dial names; who cannot be dialled is warned about and left out. */
export function partiesIn(dial: Element, leg: Leg, documentUrl: string): Party[] {
  const bare = textIn(dial);
  const nouns = elementsIn(dial).filter(({ name }) => name in kinds);
  const callerId = callerIdOf(dial, leg, nouns);
  const written = bare === '' ? nouns : [{ ...dial, name: 'Number', attributes: {}, children: [bare] }, ...nouns];
  const parties = written.flatMap((noun) => party(noun, leg, documentUrl, callerId) ?? []);
  if (parties.length > mostParties)
    leg.warn(12200, `Dial: ${parties.length} are named, and only the first ${mostParties} are rung`, dial);
  return parties.slice(0, mostParties);
}

function party(noun: Element, leg: Leg, documentUrl: string, callerId: string | null): Party | null {
  const { form, code, methodCode, digitsCode, prefix } = kinds[noun.name]!;
  const name = identityIn(noun);
  if (!form.test(name)) {
    const what = noun.name === 'Number' ? 'phone number format' : `${noun.name} format`;
    leg.warn(code, `Dial: Invalid ${what} "${name}"`, noun);
    return null;
  }
  for (const one of notSimulated)
    if (noun.attributes[one]) leg.warn(12200, `${noun.name}: ${one} is not simulated`, noun);
  const read = attributes(noun, leg);
  const sendDigits = read.text('sendDigits') ?? '';
  if (sendDigits !== '' && !areTones(sendDigits))
    leg.warn(digitsCode, `${noun.name}: Invalid sendDigits value "${sendDigits}"`, noun);
  const url = read.text('url')?.trim();
  return {
    to: /^sips?:/i.test(name) ? name : prefix + name,
    callerId,
    sendDigits: areTones(sendDigits) ? sendDigits : null,
    whisper: url ? withoutForm(read.order(url, documentUrl, methodCode)) : null,
    status: statusOf(noun, leg, documentUrl),
  };
}

function withoutForm({ url, method }: { url: string; method: 'GET' | 'POST' }) {
  return { url, method };
}

/** A Client's name may stand in an element of its own, beside the parameters it is given. */
function identityIn(noun: Element): string {
  const inner = elementsIn(noun).find(({ name }) => name === 'Identity');
  return textIn(inner ?? noun);
}

function statusOf(noun: Element, leg: Leg, documentUrl: string): StatusWish | null {
  const url = noun.attributes.statusCallback?.trim();
  if (!url) return null;
  const read = attributes(noun, leg);
  const wanted = (read.text('statusCallbackEvent') ?? 'completed').trim().split(/\s+/);
  const events = wanted.filter((event) => callEvents.some((known) => known === event));
  if (events.length < wanted.length)
    leg.warn(12200, `${noun.name}: Invalid statusCallbackEvent value "${wanted.join(' ')}"`, noun);
  return { ...withoutForm(read.order(url, documentUrl, 12200, {}, 'statusCallbackMethod')), events };
}

/** Whom the callees see; an exchange may be shown a name as well. */
function callerIdOf(dial: Element, leg: Leg, nouns: readonly Element[]): string | null {
  const callerId = dial.attributes.callerId?.trim();
  if (!callerId) return null;
  const forms = [number, /^(client|sips?):/, ...(nouns.some(({ name }) => name === 'Sip') ? [/^[\w.+-]+$/] : [])];
  if (forms.some((form) => form.test(callerId))) return callerId;
  leg.warn(13214, `Dial: Invalid callerId value "${callerId}"`, dial);
  return null;
}
