import { describe, expect, test } from 'vitest';
import { type CallOptions, dial } from '../../src/simulator/phone.ts';
import { playRecordedCall } from '../../src/simulator/recorded/playRecordedCall.ts';
import { soundLength } from '../../src/simulator/sound/soundLength.ts';
import { application, desk } from './application.ts';

/** Dials an application that records, and tells what was sent of it. */
async function leaveMessage(attributes = 'action="/recorded"', options: Partial<CallOptions> = {}) {
  const app = await application({
    '/voice': `<Response><Record ${attributes}/><Say>nothing recorded</Say></Response>`,
    '/recorded': '<Response><Say>thank you</Say></Response>',
    '/told': { status: 204 },
  });
  const phone = await dial(`${app.url}/voice`, { ...desk, wordsPerMinute: 60, ...options });
  const sent = (path = '/recorded') => app.requests.filter(({ url }) => url === path).map(({ form }) => form);
  return { app, phone, sent };
}

const beep = 400;

describe('a caller who is recorded', () => {
  test('ends the recording with a key, and the application can fetch it at once', async () => {
    const { phone, sent } = await leaveMessage();
    await phone.say('please call me back');
    await phone.press('#');
    await phone.hear(/thank you/);
    const form = sent()[0]!;
    expect(form.get('Digits')).toBe('#');
    expect(form.get('RecordingDuration')).toBe('4');
    expect(form.get('RecordingSid')).toMatch(/^RE[0-9a-f]{32}$/);
    const fetched = await fetch(form.get('RecordingUrl')!);
    expect(fetched.headers.get('content-type')).toBe('audio/x-wav');
    const sound = Buffer.from(await fetched.arrayBuffer());
    expect([sound.readUInt16LE(22), sound.readUInt32LE(24), sound.readUInt16LE(34)]).toEqual([1, 8_000, 16]);
    expect(soundLength(sound)).toBe(4_000);
    expect(sound.subarray(44).some((byte) => byte !== 0)).toBe(true);
    expect((await fetch(`${form.get('RecordingUrl')}.wav`)).status).toBe(200);
    expect((await fetch(`${form.get('RecordingUrl')}0`)).status).toBe(404);
  });

  test('ends the recording by silence, which is trimmed unless the application wants it', async () => {
    const { phone, sent } = await leaveMessage('action="/recorded" timeout="3"');
    await phone.say('call me');
    await phone.stayQuiet();
    expect(sent()[0]!.get('RecordingDuration')).toBe('2');
    expect(sent()[0]!.get('Digits')).toBe('');
    expect(phone.duration).toBe(beep + 2_000 + 3_000);
    const whole = await leaveMessage('action="/recorded" timeout="3" trim="do-not-trim"');
    await whole.phone.say('call me');
    await whole.phone.stayQuiet();
    expect(whole.sent()[0]!.get('RecordingDuration')).toBe('5');
  });

  test('is cut off at the longest length', async () => {
    const { phone, sent } = await leaveMessage('action="/recorded" maxLength="3"');
    await phone.say('one two three four five six');
    await phone.hear(/thank you/);
    expect(sent()[0]!.get('RecordingDuration')).toBe('3');
  });

  test('may speak for an hour, and pause for five seconds, where the application says nothing of it', async () => {
    const { phone, app, sent } = await leaveMessage(undefined, { recordedVoice: 'silence' });
    await phone.say('word '.repeat(3_700));
    await phone.hear(/thank you/);
    expect(sent()[0]!.get('RecordingDuration')).toBe('3600');
    expect(app.requests[1]!.method).toBe('POST');
    const short = await leaveMessage();
    await short.phone.say('call me');
    await short.phone.stayQuiet();
    expect(short.phone.duration).toBe(beep + 2_000 + 5_000);
  });

  test('may be silent as long as they like where no silence ends it', async () => {
    const { phone, sent } = await leaveMessage('action="/recorded" timeout="0" maxLength="60" trim="do-not-trim"');
    await phone.say('let me think');
    await phone.stayQuiet();
    await phone.hear(/thank you/);
    expect(phone.warnings).toEqual([]);
    expect(sent()[0]!.get('RecordingDuration')).toBe('60');
  });

  test('and hangs up: the application is told so, as of a call that is over', async () => {
    const { phone, sent } = await leaveMessage();
    await phone.say('call me back');
    await phone.hangUp();
    expect(sent()[0]!.get('Digits')).toBe('hangup');
    expect(sent()[0]!.get('CallStatus')).toBe('completed');
  });

  test('ends it only with the keys that the application names', async () => {
    const { phone, sent } = await leaveMessage('action="/recorded" finishOnKey="*"');
    await phone.say('call me');
    await phone.press('1');
    phone.telephone.press('*');
    await phone.hear(/thank you/);
    expect(sent()[0]!.get('Digits')).toBe('*');
  });

  test('may press keys that do not end it, and speak all the same', async () => {
    const { phone, sent, app } = await leaveMessage('action="/recorded" finishOnKey=""');
    await phone.press('12');
    await phone.say('call me');
    await phone.press('#');
    await phone.say('today');
    await phone.hear(/thank you/);
    expect(phone.transcript.slice(2)).toEqual([
      '  (records until 5 s of silence)',
      '> presses 1',
      '> presses 2',
      '> says "call me"',
      '> presses #',
      '> says "today"',
      '< thank you',
    ]);
    expect(sent()[0]!.get('RecordingDuration')).toBe('3');
    await phone.waitUntilSilence();
    const options = { ...desk, wordsPerMinute: 60, url: `${app.url}/voice` };
    expect(await playRecordedCall(phone.transcript.join('\n'), options)).toMatchObject({ difference: '' });
  });

  test('and hangs up after a sentence is recorded and played with all of it', async () => {
    const { phone, app, sent } = await leaveMessage();
    await phone.say('call me back');
    await phone.hangUp();
    expect(phone.transcript.slice(-3)).toEqual([
      '> says "call me back"',
      '> hangs up',
      '  (the caller hung up after 0:03)',
    ]);
    const options = { ...desk, wordsPerMinute: 60, url: `${app.url}/voice` };
    expect(await playRecordedCall(phone.transcript.join('\n'), options)).toMatchObject({ difference: '' });
    expect(sent().map((form) => form.get('RecordingDuration'))).toEqual(['3', '3']);
  });

  test('hears a beep before it unless the application wants none', async () => {
    const { phone } = await leaveMessage();
    expect(phone.transcript[1]).toBe('< [plays beep]');
    const none = await leaveMessage('playBeep="false"');
    await none.phone.waitUntilSilence();
    expect(none.phone.transcript[1]).toBe('  (records until any key or 5 s of silence)');
  });

  test('is sent to the same document where the Record has no action', async () => {
    const { phone, sent } = await leaveMessage('');
    await phone.say('call me');
    await phone.press('1');
    expect(sent('/voice')[1]!.get('RecordingUrl')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\//);
  });

  test('sounds as the tester says: a tone, or silence', async () => {
    const { phone, sent } = await leaveMessage(undefined, { recordedVoice: 'silence' });
    await phone.say('call me');
    await phone.press('1');
    const sound = Buffer.from(await (await fetch(sent()[0]!.get('RecordingUrl')!)).arrayBuffer());
    expect(soundLength(sound)).toBe(2_000);
    expect(sound.subarray(44).every((byte) => byte === 0)).toBe(true);
  });
});

describe('a recording in which nothing was said', () => {
  test('is none: the document goes on', async () => {
    const { phone, sent } = await leaveMessage();
    await phone.stayQuiet();
    await phone.hear(/nothing recorded/);
    expect(sent()).toEqual([]);
  });

  test('is sent to the action when the switch says so', async () => {
    const { phone, sent } = await leaveMessage(undefined, { switches: { emptyRecording: 'tells the action' } });
    await phone.stayQuiet();
    await phone.hear(/thank you/);
    expect(sent()[0]!.get('RecordingDuration')).toBe('0');
  });
});

describe('an application that wants to know how the recording stands', () => {
  test('is told when it is complete', async () => {
    const { phone, sent } = await leaveMessage('recordingStatusCallback="/told" action="/recorded"');
    await phone.say('call me back');
    await phone.press('1');
    await phone.waitUntilSilence();
    const told = Object.fromEntries(sent('/told')[0]!);
    expect(told).toMatchObject({ RecordingStatus: 'completed', RecordingDuration: '3', RecordingChannels: '1' });
    expect(told.RecordingUrl).toBe(sent()[0]!.get('RecordingUrl'));
    expect(sent('/told')).toHaveLength(1);
  });

  test('is told that it began, and that there is none', async () => {
    const events = 'recordingStatusCallbackEvent="in-progress completed absent"';
    const { phone, sent } = await leaveMessage(`recordingStatusCallback="/told" ${events}`);
    await phone.stayQuiet();
    await phone.waitUntilSilence();
    expect(sent('/told').map((form) => form.get('RecordingStatus'))).toEqual(['in-progress', 'absent']);
  });
});

test.each([
  ['transcribe="true"', 12200],
  ['colour="red"', 12200],
  ['recordingStatusCallback="told://me" recordingStatusCallbackEvent="absent"', 13256],
])('Record %s is warned about', async (attribute, code) => {
  const { phone } = await leaveMessage(attribute);
  await phone.stayQuiet();
  expect(phone.warnings).toEqual([expect.stringMatching(new RegExp(`^${code} `))]);
});
