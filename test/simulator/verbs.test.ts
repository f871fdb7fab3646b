import { describe, expect, test } from 'vitest';
import { dial } from '../../src/simulator/phone.ts';
import type { LineEvent } from '../../src/simulator/telephone.ts';
import { application, desk } from './application.ts';

/** Dials a document, hears it out without a word and answers what happened. */
async function hearOut(document: string, options: object = {}) {
  const app = await application({ '/voice': document, '/next': '<Response/>' });
  const phone = await dial(`${app.url}/voice`, { ...desk, ...options });
  await phone.waitUntilSilence();
  while (!phone.isOver) await phone.stayQuiet().then(phone.waitUntilSilence);
  const of = <T extends LineEvent['type']>(type: T) =>
    phone.telephone.events.filter((event): event is Extract<LineEvent, { type: T }> => event.type === type);
  return { app, phone, of };
}

describe('Say', () => {
  test('takes the time of its words, a number counting digit by digit', async () => {
    const { of, phone } = await hearOut('<Response><Say>Press 1 or\n  42, please</Say></Response>', {
      wordsPerMinute: 60,
    });
    expect(of('says')).toEqual([
      { at: 0, type: 'says', text: 'Press 1 or 42, please', language: 'en-US', voice: 'man', ms: 6_000 },
    ]);
    expect(phone.duration).toBe(6_000);
  });

  test('is spoken at 140 words a minute', async () => {
    const { phone } = await hearOut(`<Response><Say>${'word '.repeat(140)}</Say></Response>`);
    expect(phone.duration).toBe(60_000);
  });

  test('knows its language from the attribute, or else from the voice', async () => {
    const { of } = await hearOut(`<Response><Say voice="Google.id-ID-Wavenet-A">Halo</Say>
      <Say voice="Google.id-ID-Wavenet-A" language="en-GB">Hello</Say></Response>`);
    expect(of('says').map(({ language }) => language)).toEqual(['id-ID', 'en-GB']);
  });

  test('reads the text of SSML and counts its breaks as time', async () => {
    const { of } = await hearOut(
      `<Response><Say>one<break time="2s"/>two <break strength="strong"/><prosody rate="slow">three</prosody>
       <sub alias="four">4th</sub></Say></Response>`,
      { wordsPerMinute: 60 },
    );
    expect(of('says')).toMatchObject([{ text: 'one two three four', ms: 4_000 + 2_000 + 700 }]);
  });

  test('is said again as often as loop asks, and a thousand times at loop="0"', async () => {
    const { of } = await hearOut('<Response><Say loop="2">Hi</Say><Say loop="0">Ho</Say></Response>');
    expect(of('says')).toHaveLength(1_002);
  });

  test('of more than 5000 characters is said up to there, with a warning', async () => {
    const { phone, of } = await hearOut(`<Response><Say>${'x'.repeat(5_001)}</Say></Response>`);
    expect(of('says')).toMatchObject([{ text: 'x'.repeat(5_000) }]);
    expect(phone.warnings).toEqual([expect.stringMatching(/^13521 /)]);
    expect((await hearOut(`<Response><Say>${'x'.repeat(5_000)}</Say></Response>`)).phone.warnings).toEqual([]);
  });

  test('with nothing to say is warned about', async () => {
    const { phone } = await hearOut('<Response><Say> </Say><Say>Hi</Say></Response>');
    expect(phone.warnings).toEqual([expect.stringMatching(/^13520 /)]);
  });
});

describe('Play and Pause', () => {
  test('a WAV is played for as long as it is', async () => {
    const app = await application({
      '/voice': '<Response><Play>\n  beep.wav </Play></Response>',
      '/beep.wav': { type: 'audio/x-wav', body: wav(2) },
    });
    const phone = await dial(`${app.url}/voice`, desk);
    await phone.waitUntilSilence();
    expect(phone.duration).toBe(2_000);
    expect(app.requests[1]).toMatchObject({ method: 'GET', url: '/beep.wav', body: '' });
    expect(phone.transcript[1]).toBe(`< [plays ${app.url}/beep.wav]`);
  });

  test('a recording that is missing or none is warned about and passed over', async () => {
    const document = '<Response><Play>/gone.mp3</Play><Play>/next</Play><Say>Hi</Say></Response>';
    const { phone } = await hearOut(document);
    expect(phone.warnings.map((warning) => warning.slice(0, 5))).toEqual(['11200', '13420']);
    expect(phone.transcript).toContain('< Hi');
  });

  test('tones are played without a request', async () => {
    const { phone, app } = await hearOut('<Response><Play digits="1W2"/></Response>');
    expect(phone.duration).toBe(1_400);
    expect(app.requests).toHaveLength(1);
  });

  test('a pause lasts a second unless it says otherwise', async () => {
    const { phone } = await hearOut('<Response><Pause/><Pause length="3"/><Pause length="long"/></Response>');
    expect(phone.duration).toBe(5_000);
    expect(phone.warnings).toEqual([expect.stringMatching(/^13910 /)]);
  });

  test('a sound as the whole answer is played, and then the line hangs up', async () => {
    const app = await application({ '/voice': { type: 'audio/wav', body: wav(1) } });
    const phone = await dial(`${app.url}/voice`, desk);
    await phone.waitUntilSilence();
    expect(phone.transcript.at(-1)).toBe('  (hangs up after 0:01)');
  });
});

describe('an answer in plain text', () => {
  test('is spoken', async () => {
    const app = await application({ '/voice': { type: 'text/plain', body: 'We are closed.' } });
    const phone = await dial(`${app.url}/voice`, desk);
    await phone.hear(/^We are closed\.$/);
  });

  test('is performed when it is TwiML', async () => {
    const body = '<?xml version="1.0"?><Response><Say>Hi</Say></Response>';
    const app = await application({ '/voice': { type: 'text/plain; charset=utf-8', body } });
    const phone = await dial(`${app.url}/voice`, desk);
    await phone.hear(/^Hi$/);
  });
});

describe('how a document ends', () => {
  test('the end of it hangs up, and so does an empty one', async () => {
    const { phone, of } = await hearOut('<Response/>');
    expect(of('ended')).toEqual([{ at: 0, type: 'ended', status: 'completed', by: 'application' }]);
    expect(phone.warnings).toEqual([]);
  });

  test('nothing is heard after Hangup or Redirect', async () => {
    const { phone } = await hearOut('<Response><Say>one</Say><Hangup/><Say>two</Say></Response>');
    const other = await hearOut('<Response><Redirect method="GET">next</Redirect><Say>two</Say></Response>');
    expect([...phone.transcript, ...other.phone.transcript]).not.toContain('< two');
    expect(other.app.requests[1]).toMatchObject({ method: 'GET' });
  });

  test.each([
    ['', 'no-answer'],
    [' reason="busy"', 'busy'],
  ])('Reject%s as the first verb leaves the call unanswered', async (reason, status) => {
    const { of } = await hearOut(`<Response><Reject${reason}/></Response>`);
    expect(of('answered')).toEqual([]);
    expect(of('ended')).toMatchObject([{ status }]);
  });

  test('Reject behind another verb, even a silent one, only hangs up', async () => {
    const { of } = await hearOut('<Response><Pause length="2"/><Reject/></Response>');
    expect(of('answered')).toHaveLength(1);
    expect(of('ended')).toMatchObject([{ status: 'completed' }]);
  });

  test('Reject after something was said only hangs up', async () => {
    const { of } = await hearOut('<Response><Say>Hi</Say><Reject/></Response>');
    expect(of('ended')).toMatchObject([{ status: 'completed' }]);
  });
});

describe('what the carrier does not know or take', () => {
  test.each([
    ['a verb of another name', '<say>Hi</say>', 12200],
    ['a verb that is not simulated', '<Pay/>', 12200],
    ['an attribute of another name', '<Say Voice="man">Hi</Say>', 12200],
    ['a Redirect in a Gather', '<Gather timeout="1"><Redirect/></Gather>', 13320],
    ['a Gather in a Say', '<Say>Hi <Gather/></Say>', 12200],
    ['a wrong timeout', '<Gather timeout="soon"/>', 13313],
    ['a wrong number of digits', '<Gather numDigits="0"/>', 13314],
    ['a wrong finishing key', '<Gather finishOnKey="##"/>', 13310],
    ['a wrong loop', '<Say loop="-1">Hi</Say>', 13510],
    ['a wrong reason', '<Reject reason="tired"/>', 13810],
    ['a wrong method', '<Redirect method="PUT">next</Redirect>', 13710],
  ])('%s is warned about with its place and passed over', async (_what, verb, code) => {
    const { phone, of } = await hearOut(`<Response>\n  ${verb}\n</Response>`);
    expect(of('warning')).toEqual([expect.objectContaining({ code, line: 2, column: expect.any(Number) })]);
    expect(phone.transcript.at(-1)).toMatch(/^ {2}\((hangs up|rejects the call) after/);
  });
});

/** A silent WAV of so many seconds. */
function wav(seconds: number): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + seconds * 8_000, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(7, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8_000, 24);
  header.writeUInt32LE(8_000, 28);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(seconds * 8_000, 40);
  return Buffer.concat([header, Buffer.alloc(seconds * 8_000)]);
}
