import type VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import type { Language, Listen, Sentence, SpokenTurn, Transfer } from '../call/turn.ts';
import { document, element, text } from './xml.ts';

/**
 * The verbs that we use, with the attributes that the SDK knows for each. The SDK's own builder makes a tree of objects
 * for each answer, which costs more than the rest of a turn; a test holds every document against what it would write.
 */
const verb = {
  say: (attributes: VoiceResponse.SayAttributes, words: string) => element('Say', { ...attributes }, text(words)),
  gather: (attributes: VoiceResponse.GatherAttributes, ...inside: string[]) =>
    element('Gather', { ...attributes }, ...inside),
  pause: (attributes: VoiceResponse.PauseAttributes) => element('Pause', { ...attributes }),
  dial: (attributes: VoiceResponse.DialAttributes, number: string) =>
    element('Dial', { ...attributes }, element('Number', {}, text(number))),
  redirect: (attributes: VoiceResponse.RedirectAttributes, url: string) =>
    element('Redirect', { ...attributes }, text(url)),
  hangup: () => element('Hangup', {}),
};

const answer = (...verbs: string[]) => document(element('Response', {}, ...verbs));

/** How turns sound, and where the caller's answers and transfers go. */
export type Speech = {
  /** The address of a turn, as a path of the carrier's. */
  turnUrl: (turn: number) => string;
  /** A voice for each language. */
  voices: Record<Language, string>;
  officerNumber: string;
};

const locales = { id: 'id-ID', en: 'en-US' } as const satisfies Record<Language, string>;

const speak = (voice: string, { text: words, language }: Sentence) =>
  verb.say({ voice: voice as NonNullable<VoiceResponse.SayAttributes['voice']>, language: locales[language] }, words);

/** What differs between waiting for one key and waiting for a number. */
function waiting(listen: Listen) {
  return listen.for === 'key'
    ? { numDigits: 1, finishOnKey: '', timeout: listen.seconds }
    : { numDigits: listen.digits, finishOnKey: '#', timeout: listen.nextWithin };
}

/**
 * All speech stands inside the Gather, so that a key interrupts it. Twilio has one timer for the first key and for
 * those after it: where the first may take longer, a Pause after the speech adds the difference, and a key pressed
 * in it ends it and counts.
 */
function listenFor(listen: Listen, action: string, speech: string[]): string {
  const longer = listen.for === 'number' ? listen.firstWithin - listen.nextWithin : 0;
  return verb.gather(
    { input: ['dtmf'], ...waiting(listen), actionOnEmptyResult: true, method: 'POST', action },
    ...speech,
    ...(longer > 0 ? [verb.pause({ length: longer })] : []),
  );
}

/** The caller hears our own ringing until the officer picks up. */
const dial = ({ ringSeconds }: Pick<Transfer, 'ringSeconds'>, number: string, action: string) =>
  verb.dial({ timeout: ringSeconds, action, method: 'POST', answerOnBridge: true }, number);

/** A turn as TwiML. Pure: the same turn gives the same bytes. */
export function render({ say, then, nextTurn }: SpokenTurn, { turnUrl, voices, officerNumber }: Speech): string {
  const speech = say.map((sentence) => speak(voices[sentence.language], sentence));
  const next = turnUrl(nextTurn);
  if ('listen' in then) return answer(listenFor(then.listen, next, speech));
  if ('wait' in then) return answer(...speech, verb.redirect({ method: 'POST' }, next));
  if ('transfer' in then) return answer(...speech, dial(then.transfer, officerNumber, next));
  return answer(...speech, verb.hangup());
}

/** How a caller is told of trouble, in Indonesian, and who takes over: an officer, or nobody. */
type Apology = { sentence: string; voice: string; officer: { number: string; action: string } | null };

/** How long an officer's telephone rings when trouble sends the caller there. */
const RING_SECONDS = 30;

/** TwiML for when no turn can be taken. When the officer is gone, the call goes on at `action`. */
export function apology({ sentence, voice, officer }: Apology): string {
  const speech = speak(voice, { text: sentence, language: 'id' });
  if (!officer) return answer(speech, verb.hangup());
  return answer(speech, dial({ ringSeconds: RING_SECONDS }, officer.number, officer.action));
}

/** An answer to somebody who is no longer there. */
export const nothingToSay = (): string => answer();
