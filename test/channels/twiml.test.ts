import fc from 'fast-check';
import twilio from 'twilio';
import { expect, test } from 'vitest';
import type { Language, Next, Sentence, SpokenTurn } from '../../src/call/turn.ts';
import { apology, nothingToSay, render, type Speech } from '../../src/channels/twiml.ts';

const speech: Speech = {
  turnUrl: (turn) => `/hotline/voice/turns/${turn}`,
  voices: { id: 'Google.id-ID-Wavenet-A', en: 'Google.en-US-Chirp3-HD-Aoede' },
  officerNumber: '+15005550006',
};

const says = (text: string, language: Language = 'id'): Sentence => ({ text, language });
const turn = (then: SpokenTurn['then'], say: Sentence[]): SpokenTurn => ({ say, then, nextTurn: 3 });

const ID = 'voice="Google.id-ID-Wavenet-A" language="id-ID"';
const EN = 'voice="Google.en-US-Chirp3-HD-Aoede" language="en-US"';
const twiml = (inside: string) => `<?xml version="1.0" encoding="UTF-8"?><Response>${inside}</Response>`;
const goesOn = 'actionOnEmptyResult="true" method="POST" action="/hotline/voice/turns/3"';
const key: Next = { listen: { for: 'key', seconds: 8 } };
const cardOrNik: Next = { listen: { for: 'number', digits: 16, firstWithin: 8, nextWithin: 5 } };
const evenPace: Next = { listen: { for: 'number', digits: 4, firstWithin: 5, nextWithin: 5 } };

test.each([
  // a menu: one key, and every key is one, # too; speech is inside, so that a key interrupts it
  [
    turn(key, [says('Satu atau dua.')]),
    `<Gather input="dtmf" numDigits="1" finishOnKey="" timeout="8" ${goesOn}><Say ${ID}>Satu atau dua.</Say></Gather>`,
  ],
  // an utterance in another language has that language's voice
  [
    turn(key, [says('Selamat datang.'), says('For English, press eight.', 'en')]),
    `<Gather input="dtmf" numDigits="1" finishOnKey="" timeout="8" ${goesOn}><Say ${ID}>Selamat datang.</Say><Say ${EN}>For English, press eight.</Say></Gather>`,
  ],
  // a number: # ends it; the pause gives the first key its 8 seconds, later ones have 5
  [
    turn(cardOrNik, [says('Your number?', 'en')]),
    `<Gather input="dtmf" numDigits="16" finishOnKey="#" timeout="5" ${goesOn}><Say ${EN}>Your number?</Say><Pause length="3"/></Gather>`,
  ],
  // a number at an even pace needs no pause
  [
    turn(evenPace, [says('Empat angka?')]),
    `<Gather input="dtmf" numDigits="4" finishOnKey="#" timeout="5" ${goesOn}><Say ${ID}>Empat angka?</Say></Gather>`,
  ],
  // listening on without a word
  [turn(key, []), `<Gather input="dtmf" numDigits="1" finishOnKey="" timeout="8" ${goesOn}/>`],
  // a transfer: speech first and whole, then the officer rings
  [
    turn({ transfer: { to: 'officer', ringSeconds: 25 } }, [says('Mohon tunggu.')]),
    `<Say ${ID}>Mohon tunggu.</Say><Dial timeout="25" action="/hotline/voice/turns/3" method="POST" answerOnBridge="true"><Number>+15005550006</Number></Dial>`,
  ],
  // who is asked to wait comes back by themselves
  [
    turn({ wait: true }, [says('Mohon tunggu sebentar.')]),
    `<Say ${ID}>Mohon tunggu sebentar.</Say><Redirect method="POST">/hotline/voice/turns/3</Redirect>`,
  ],
  // the end
  [turn({ hangUp: true }, [says('Terima kasih.')]), `<Say ${ID}>Terima kasih.</Say><Hangup/>`],
  // what XML reserves is escaped, what it cannot write is left out, the rest stays
  [
    turn({ hangUp: true }, [says('A & B <\u0000\u001b\uFFFE\uD800> "é" 😀')]),
    `<Say ${ID}>A &amp; B &lt;&gt; "é" 😀</Say><Hangup/>`,
  ],
])('turn %#', (spoken, inside) => {
  expect(render(spoken, speech)).toBe(twiml(inside));
});

test('an apology hands over, and the call goes on where it was', () => {
  const officer = { number: '+15005550006', action: '/voice/turns/3?apologies=1' };
  expect(apology({ sentence: 'Maaf.', voice: speech.voices.id, officer })).toBe(
    twiml(
      `<Say ${ID}>Maaf.</Say><Dial timeout="30" action="/voice/turns/3?apologies=1" method="POST" answerOnBridge="true"><Number>+15005550006</Number></Dial>`,
    ),
  );
});

test('an apology without an officer ends the call', () => {
  expect(apology({ sentence: 'Maaf.', voice: speech.voices.id, officer: null })).toBe(
    twiml(`<Say ${ID}>Maaf.</Say><Hangup/>`),
  );
});

test('nothing is said to somebody who has hung up', () => {
  expect(nothingToSay()).toBe('<?xml version="1.0" encoding="UTF-8"?><Response/>');
});

/** The same turn as Twilio's own SDK writes it, which throws where XML has no way of writing a character. */
function bySdk({ say, then, nextTurn }: SpokenTurn): string {
  const response = new twilio.twiml.VoiceResponse();
  const action = speech.turnUrl(nextTurn);
  const listen = 'listen' in then ? then.listen : null;
  const keys = listen?.for === 'number' ? listen.digits : 1;
  const finishOnKey = listen?.for === 'number' ? '#' : '';
  const timeout = listen?.for === 'number' ? listen.nextWithin : listen?.seconds;
  const sure = { actionOnEmptyResult: true, method: 'POST', action };
  const into = listen
    ? response.gather({ input: ['dtmf'], numDigits: keys, finishOnKey, timeout: timeout!, ...sure })
    : response;
  const locales = { id: 'id-ID', en: 'en-US' } as const;
  for (const { text, language } of say)
    into.say({ voice: speech.voices[language] as 'alice', language: locales[language] }, text);
  if (listen?.for === 'number' && listen.firstWithin > listen.nextWithin)
    into.pause({ length: listen.firstWithin - listen.nextWithin });
  if ('transfer' in then)
    response
      .dial({ timeout: then.transfer.ringSeconds, action, method: 'POST', answerOnBridge: true })
      .number(speech.officerNumber);
  if ('wait' in then) response.redirect({ method: 'POST' }, action);
  if ('hangUp' in then) response.hangup();
  return response.toString();
}

const seconds = fc.integer({ min: 1, max: 60 });
const anyNext: fc.Arbitrary<SpokenTurn['then']> = fc.oneof(
  fc.record({ listen: fc.record({ for: fc.constant('key' as const), seconds }) }),
  fc.record({
    listen: fc.record({
      for: fc.constant('number' as const),
      digits: seconds,
      firstWithin: seconds,
      nextWithin: seconds,
    }),
  }),
  fc.record({ transfer: fc.record({ to: fc.constant('officer' as const), ringSeconds: seconds }) }),
  fc.constant({ wait: true as const }),
  fc.constant({ hangUp: true as const }),
);
/** Sentences with everything that XML reserves and can write; an empty sentence would be no Say of the SDK's. */
const sentence = fc.string({ unit: fc.constantFrom(...'aé😀 &<>"\'\n\t\r;#'), minLength: 1 });
const anyTurn = fc.record({
  say: fc.array(fc.record({ text: sentence, language: fc.constantFrom('id' as const, 'en' as const) })),
  then: anyNext,
  nextTurn: fc.nat(999_999),
});

test("every document is, to the byte, what Twilio's SDK would write", () => {
  fc.assert(
    fc.property(anyTurn, (spoken) => {
      expect(render(spoken, speech)).toBe(bySdk(spoken));
    }),
  );
});
