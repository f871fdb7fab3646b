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
