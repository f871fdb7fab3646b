import { timingSafeEqual } from 'node:crypto';
import { getExpectedTwilioSignature, validateRequest } from 'twilio/lib/webhooks/webhooks.js';
import { z } from 'zod';
import type { CallerInput } from '../call/turn.ts';

/** A form as it came: a field given twice has a list of values. */
export type Form = Record<string, string | string[]>;

/** A request of the carrier in our own words. `over` says that nobody is on the line any more. */
export type CarrierRequest = { callId: string; caller: string; input: CallerInput; over: boolean };

/** A form that Twilio would never send. The message names the field and its rule, never the value. */
export class BadForm extends Error {
  override name = 'BadForm';
}

/** The address that the carrier signed: our public one without a slash at its end, and the request's path and query. */
export function signedUrl(publicBaseUrl: string, originalUrl: string): string {
  return publicBaseUrl.replace(/\/+$/, '') + originalUrl;
}

/** Whether whoever sent this form to this URL knows the auth token. */
export function verify(authToken: string, url: string, form: Form, signature: string): boolean {
  const asReceived = getExpectedTwilioSignature(authToken, url, form);
  // The SDK tries six spellings of the address and begins with the one that a server behind a port of its own never sees.
  return isSame(signature, asReceived) || validateRequest(authToken, signature, url, form);
}

/** Compares in a time that tells nothing of where two texts differ. */
function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}

const text = z.string('must be given once');

/** What stands in the place of a number that the caller withheld: a word, or, until 2023, its letters on a keypad. */
const withheldWord = /^(?:sips?:|client:)?(?:anonymous|restricted|unknown|unavailable|private|blocked)(?:@.*)?$/;
const withheldKeys = /^\+?(?:266696687|7378742833|8656696|86282452253|2562533)?$/;

/**
 * Who calls, in one spelling however the carrier writes it: a number of Indonesia begins with +62, an address is in
 * small letters, and '' is a caller who withheld the number.
 * @example callerOf('0812-0000-0001') // '+6281200000001'
 */
export function callerOf(from: string): string {
  const address = from.trim().toLowerCase();
  if (/[a-z@:]/.test(address)) return withheldWord.test(address) ? '' : address;
  const number = address
    .replace(/[\s().-]/g, '')
    .replace(/^00/, '+')
    .replace(/^(?:0|62)/, '+62');
  return withheldKeys.test(number) ? '' : number;
}

/** So much of `From` is looked at; what is longer still is a caller. */
const LONGEST_FROM = 64;

/** The fields that we read, each at most once. Twilio adds new ones at any time: those are let through as they come. */
const voiceForm = z.object({
  CallSid: z.string('must be given once').regex(/^CA[0-9a-fA-F]{32}$/, 'must be CA and 32 hexadecimal digits'),
  From: text.default('').transform((from) => callerOf(from.slice(0, LONGEST_FROM))),
  CallStatus: text.default(''),
  Digits: text
    .max(64, 'must not be longer than 64 keys')
    .regex(/^[0-9*#]*$/, 'must be keys of a telephone: 0-9 * #')
    .default(''),
  FinishedOnKey: text.default(''),
  DialCallStatus: text.optional(),
});

function checked(form: Form): z.output<typeof voiceForm> {
  const result = voiceForm.safeParse(form);
  if (result.success) return result.data;
  throw new BadForm(result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}.`).join(' '));
}

const endings = new Set(['completed', 'busy', 'failed', 'no-answer', 'canceled']);

/**
 * What a form of Twilio's says that the caller did. Absent and empty `Digits` are the same: no key.
 * @throws BadForm
 */
export function parse(form: Form): CarrierRequest {
  const { CallSid, From, CallStatus, Digits, FinishedOnKey, DialCallStatus } = checked(form);
  const input =
    DialCallStatus === undefined
      ? { keys: Digits, finishedByHash: FinishedOnKey === '#' }
      : { transferAnswered: DialCallStatus === 'completed' || DialCallStatus === 'answered' };
  return { callId: CallSid, caller: From, input, over: endings.has(CallStatus) };
}
