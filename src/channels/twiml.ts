import twilio from 'twilio';
import type { Language, Listen, Sentence, SpokenTurn, Transfer } from '../call/turn.ts';

type Voice = InstanceType<typeof twilio.twiml.VoiceResponse>;
type SayAttributes = Parameters<ReturnType<Voice['gather']>['say']>[0] & object;
/** Where the sentences of a turn go: into what is interrupted by a key, or simply into the answer. */
type Spoken = { say(attributes: SayAttributes, text: string): unknown };

/** How turns sound, and where the caller's answers and transfers go. */
export type Speech = {
  /** The address of a turn, as a path of the carrier's. */
  turnUrl: (turn: number) => string;
  /** A voice for each language. */
  voices: Record<Language, string>;
  officerNumber: string;
};

const locales = { id: 'id-ID', en: 'en-US' } as const satisfies Record<Language, string>;

/** The characters that XML 1.0 has no way of writing. */
const unwritable = /[[\p{Cc}--[\t\n\r]]\uFFFE\uFFFF\p{Cs}]/gv;

function speak(into: Spoken, voice: string, { text, language }: Sentence) {
  into.say(
    { voice: voice as NonNullable<SayAttributes['voice']>, language: locales[language] },
    text.replace(unwritable, ''),
  );
}

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
function listenFor(response: Voice, listen: Listen, action: string, speakInto: (gather: Spoken) => void) {
  const rest = { ...waiting(listen), actionOnEmptyResult: true, method: 'POST', action };
  const gather = response.gather({ input: ['dtmf'], ...rest });
  speakInto(gather);
  if (listen.for === 'number' && listen.firstWithin > listen.nextWithin)
    gather.pause({ length: listen.firstWithin - listen.nextWithin });
}

/** The caller hears our own ringing until the officer picks up. */
function dial(response: Voice, { ringSeconds }: Pick<Transfer, 'ringSeconds'>, number: string, action: string) {
  response.dial({ timeout: ringSeconds, action, method: 'POST', answerOnBridge: true }).number(number);
}

/** A turn as TwiML. Pure: the same turn gives the same bytes. */
export function render(turn: SpokenTurn, { turnUrl, voices, officerNumber }: Speech): string {
  const response = new twilio.twiml.VoiceResponse();
  const speakInto = (place: Spoken) => {
    for (const sentence of turn.say) speak(place, voices[sentence.language], sentence);
  };
  if ('listen' in turn.then) {
    listenFor(response, turn.then.listen, turnUrl(turn.nextTurn), speakInto);
    return response.toString();
  }
  speakInto(response);
  if ('wait' in turn.then) response.redirect({ method: 'POST' }, turnUrl(turn.nextTurn));
  else if ('transfer' in turn.then) dial(response, turn.then.transfer, officerNumber, turnUrl(turn.nextTurn));
  else response.hangup();
  return response.toString();
}

/** How a caller is told of trouble, in Indonesian, and who takes over: an officer, or nobody. */
type Apology = { sentence: string; voice: string; officer: { number: string; action: string } | null };

/** How long an officer's telephone rings when trouble sends the caller there. */
const RING_SECONDS = 30;

/** TwiML for when no turn can be taken. When the officer is gone, the call goes on at `action`. */
export function apology({ sentence, voice, officer }: Apology): string {
  const response = new twilio.twiml.VoiceResponse();
  speak(response, voice, { text: sentence, language: 'id' });
  if (officer) dial(response, { ringSeconds: RING_SECONDS }, officer.number, officer.action);
  else response.hangup();
  return response.toString();
}

/** An answer to somebody who is no longer there. */
export function nothingToSay(): string {
  return new twilio.twiml.VoiceResponse().toString();
}
