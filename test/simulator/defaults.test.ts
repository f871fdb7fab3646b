import { expect, test } from 'vitest';
import { virtualClock } from '../../src/simulator/clock.ts';
import { network } from '../../src/simulator/network.ts';
import { dial, type Phone } from '../../src/simulator/phone.ts';
import { application, desk } from './application.ts';

type Act = (phone: Phone) => Promise<void>;

/** Dials a document, does one thing in it and is quiet for the rest: what the line warned of, and what else went on. */
async function dialled(document: string, act: Act = async () => {}) {
  const app = await application({
    '/voice': `<Response>${document}</Response>`,
    '/next': '<Response/>',
    '/wait': '<Response><Leave/></Response>',
    '/told': { status: 204 },
  });
  const exchange = network({ clock: virtualClock(0), queues: ['support'] });
  const otherEnd = { answers: true, talksForMs: 1_000 } as const;
  const options = { ...desk, wordsPerMinute: 60, otherEnd, recordedVoice: 'silence', network: exchange } as const;
  const phone = await dial(`${app.url}/voice`, options);
  await act(phone);
  await phone.waitUntilSilence();
  while (!phone.isOver) await phone.stayQuiet().then(phone.waitUntilSilence);
  const events = phone.telephone.events.filter(({ type }) => type !== 'warning');
  const asked = app.requests.map(({ method, url, body }) => ({ method, url, body }));
  const wentOn = JSON.stringify({ events, asked }, null, 1).replace(/127\.0\.0\.1(:|%3A)\d+/g, 'here');
  return { warnings: phone.warnings, transcript: phone.transcript, wentOn };
}

const types =
  (keys: string): Act =>
  (phone) =>
    phone.press(keys);
const says =
  (words: number): Act =>
  (phone) =>
    phone.say(Array(words).fill('word').join(' '));
const id = 'voice="Google.id-ID-Wavenet-A"';
const speech = '<Gather input="speech" action="/next"';
const number = '+62215550101';
const sip = 'sip:ayu@example.com';

// One row a wrong value: the carrier's code for it, the same with the default written out, and what the caller does.
test.each<[wrong: string, code: number, right: string, act?: Act]>([
  ['<Say loop="often">Hi</Say>', 13510, '<Say loop="1">Hi</Say>'],
  ['<Say voice="!">Hi</Say>', 13511, '<Say voice="man">Hi</Say>'],
  ['<Say language="en">Hi</Say>', 13512, '<Say language="en-US">Hi</Say>'],
  [`<Say ${id} language="Indonesian">Hai</Say>`, 13512, `<Say ${id} language="id-ID">Hai</Say>`],
  ['<Play loop="-1" digits="1"/>', 13410, '<Play loop="1" digits="1"/>'],
  ['<Pause length="0"/>', 13910, '<Pause length="1"/>'],
  ['<Gather timeout="0"/>', 13313, '<Gather timeout="5"/>'],
  ['<Gather action="/next" numDigits="many"/>', 13314, '<Gather action="/next"/>', types('123456789012345678901')],
  ['<Gather action="/next" finishOnKey="x"/>', 13310, '<Gather action="/next" finishOnKey="#"/>', types('1*#')],
  ['<Gather action="/next" finishOnKey="12"/>', 13310, '<Gather action="/next" finishOnKey="#"/>', types('12#')],
  ['<Gather input="thought"/>', 13326, '<Gather input="dtmf"/>'],
  ['<Gather action="/next" method="PUT"/>', 13312, '<Gather action="/next" method="POST"/>', types('1')],
  ['<Gather actionOnEmptyResult="perhaps"/>', 13338, '<Gather actionOnEmptyResult="false"/>'],
  ['<Gather timeout="1"><Say voice="!">Hi</Say></Gather>', 13321, '<Gather timeout="1"><Say>Hi</Say></Gather>'],
  ['<Gather timeout="1"><Say loop="x">Hi</Say></Gather>', 13322, '<Gather timeout="1"><Say>Hi</Say></Gather>'],
  [`${speech} timeout="3" speechTimeout="0"/>`, 13327, `${speech} timeout="3" speechTimeout="3"/>`, says(2)],
  [`${speech} maxSpeechTime="61"/>`, 13328, `${speech} maxSpeechTime="60"/>`, says(70)],
  [
    `${speech} partialResultCallback="/told" partialResultCallbackMethod="PUT"/>`,
    13329,
    `${speech} partialResultCallback="/told" partialResultCallbackMethod="POST"/>`,
    says(1),
  ],
  [`${speech} hints="bill,,card"/>`, 13330, `${speech} hints=""/>`, says(1)],
  [`${speech} language="en"/>`, 13331, `${speech} language="en-US"/>`, says(1)],
  [`${speech} bargeIn="no"/>`, 13332, `${speech} bargeIn="true"/>`, says(1)],
  [`${speech} profanityFilter="no"/>`, 13333, `${speech} profanityFilter="true"/>`, says(1)],
  [`${speech} speechModel="mine"/>`, 13334, `${speech}/>`, says(1)],
  [`${speech} speechModel="phone_call" speechTimeout="auto"/>`, 13335, `${speech} speechTimeout="5"/>`, says(1)],
  ['<Record action="/next" method="PUT"/>', 13610, '<Record action="/next" method="POST"/>', says(2)],
  ['<Record timeout="-1"/>', 13611, '<Record timeout="5"/>'],
  ['<Record action="/next" maxLength="0"/>', 13612, '<Record action="/next" maxLength="3600"/>', says(3_700)],
  [
    '<Record action="/next" finishOnKey="x"/>',
    13613,
    '<Record action="/next" finishOnKey="1234567890*#"/>',
    types('7'),
  ],
  ['<Record transcribe="x"/>', 13614, '<Record transcribe="false"/>'],
  ['<Record playBeep="maybe"/>', 13616, '<Record playBeep="true"/>'],
  [
    '<Record action="/next" recordingStatusCallback="/told" recordingStatusCallbackEvent="x"/>',
    13621,
    '<Record action="/next" recordingStatusCallback="/told" recordingStatusCallbackEvent="completed"/>',
    says(2),
  ],
  ['<Record action="/next" recordingTrack="left"/>', 13622, '<Record action="/next" recordingTrack="both"/>', says(2)],
  ['<Record action="/next" trim="no"/>', 13699, '<Record action="/next" trim="trim-silence"/>', says(2)],
  ['<Redirect method="PUT">/next</Redirect>', 13710, '<Redirect method="POST">/next</Redirect>'],
  ['<Reject reason="sleepy"/>', 13810, '<Reject reason="rejected"/>'],
  [`<Dial method="PUT" action="/next">${number}</Dial>`, 13210, `<Dial method="POST" action="/next">${number}</Dial>`],
  [`<Dial timeout="0">${number}</Dial>`, 13212, `<Dial timeout="30">${number}</Dial>`],
  [`<Dial hangupOnStar="x">${number}</Dial>`, 13213, `<Dial hangupOnStar="false">${number}</Dial>`],
  [`<Dial callerId="my aunt">${number}</Dial>`, 13214, `<Dial>${number}</Dial>`],
  [`<Dial ringTone="loud">${number}</Dial>`, 13220, `<Dial ringTone="automatic">${number}</Dial>`],
  [`<Dial sequential="x">${number}</Dial>`, 13218, `<Dial sequential="false">${number}</Dial>`],
  [`<Dial timeLimit="0">${number}</Dial>`, 13216, `<Dial timeLimit="14400">${number}</Dial>`],
  [`<Dial action="/next" record="x">${number}</Dial>`, 13217, `<Dial action="/next" record="false">${number}</Dial>`],
  [
    `<Dial><Number url="/next" method="PUT">${number}</Number></Dial>`,
    13221,
    `<Dial><Number url="/next" method="POST">${number}</Number></Dial>`,
  ],
  [`<Dial><Number sendDigits="x">${number}</Number></Dial>`, 13222, `<Dial><Number>${number}</Number></Dial>`],
  [`<Dial><Sip url="/next" method="PUT">${sip}</Sip></Dial>`, 13241, `<Dial><Sip url="/next">${sip}</Sip></Dial>`],
  [`<Dial><Sip sendDigits="x">${sip}</Sip></Dial>`, 13242, `<Dial><Sip>${sip}</Sip></Dial>`],
  [
    '<Dial timeout="1"><Queue url="/next" method="PUT">support</Queue></Dial>',
    14210,
    '<Dial timeout="1"><Queue url="/next" method="POST">support</Queue></Dial>',
  ],
  [
    '<Enqueue waitUrl="/wait" waitUrlMethod="PUT">support</Enqueue>',
    14206,
    '<Enqueue waitUrl="/wait" waitUrlMethod="POST">support</Enqueue>',
  ],
  [
    '<Enqueue waitUrl="/wait" action="/next" method="PUT">support</Enqueue>',
    14201,
    '<Enqueue waitUrl="/wait" action="/next" method="POST">support</Enqueue>',
  ],
  [
    '<Enqueue waitUrl="/wait" maxQueueSize="1001">support</Enqueue>',
    12200,
    '<Enqueue waitUrl="/wait" maxQueueSize="1000">support</Enqueue>',
  ],
  ['<Sms action="/next" method="PUT">Hi</Sms>', 14104, '<Sms action="/next" method="POST">Hi</Sms>'],
])('%s is warned about, and its default taken', async (wrong, code, right, act) => {
  const [one, other] = [await dialled(wrong, act), await dialled(right, act)];
  expect(one.warnings).toEqual([expect.stringMatching(new RegExp(`^${code} `))]);
  expect(one.wentOn).toEqual(other.wentOn);
  expect(other.warnings).toEqual([]);
});

test.each([
  ['<Say/>', 13520],
  ['<Play/>', 11100],
  ['<Play>told://me</Play>', 11100],
  ['<Play digits="1x"/>', 13430],
  ['<Dial>my aunt</Dial>', 13223],
  ['<Dial><Sip>ayu</Sip></Dial>', 13243],
  ['<Dial><Queue></Queue></Dial>', 14212],
  [`<Dial><Queue>${'x'.repeat(65)}</Queue></Dial>`, 14213],
  ['<Dial><Conference></Conference></Dial>', 13237],
  ['<Enqueue></Enqueue>', 14204],
  [`<Enqueue>${'x'.repeat(65)}</Enqueue>`, 14205],
])('%s is warned about, and the document goes on', async (verb, code) => {
  const { warnings, transcript } = await dialled(`${verb}<Say>goes on</Say>`);
  expect(warnings).toEqual([expect.stringMatching(new RegExp(`^${code} `))]);
  expect(transcript.filter((line) => line.startsWith('< '))).toEqual(['< goes on']);
});
