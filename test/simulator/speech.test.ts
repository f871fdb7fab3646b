import { describe, expect, test } from 'vitest';
import { type CallOptions, dial } from '../../src/simulator/phone.ts';
import { playRecordedCall } from '../../src/simulator/recorded/playRecordedCall.ts';
import { application, desk } from './application.ts';

/** Dials a question of three words (three seconds) and tells what was sent for it. */
async function ask(attributes: string, options: Partial<CallOptions> = {}) {
  const app = await application({
    '/voice': `<Response><Gather action="/heard" ${attributes}><Say>say something now</Say></Gather>
      <Say>nothing said</Say></Response>`,
    '/heard': '<Response><Say>thank you</Say></Response>',
    '/partly': { status: 204 },
  });
  const phone = await dial(`${app.url}/voice`, { ...desk, wordsPerMinute: 60, ...options });
  const sent = (path = '/heard') => app.requests.filter(({ url }) => url === path).map(({ form }) => form);
  return { app, phone, sent };
}

describe('a caller who is asked to speak', () => {
  test('is understood when the pause after the sentence is long enough', async () => {
    const { phone, sent } = await ask('input="speech" speechTimeout="2"');
    await phone.say('my bill please');
    await phone.hear(/thank you/);
    expect(sent()[0]!.get('SpeechResult')).toBe('my bill please');
    expect(Number(sent()[0]!.get('Confidence'))).toBeGreaterThan(0);
    expect(sent()[0]!.has('Digits')).toBe(false);
    expect(phone.duration).toBe(3_000 + 3_000 + 2_000);
  });

  test('interrupts the question with the first word, and may go on after a pause', async () => {
    const { phone, sent } = await ask('input="speech" timeout="4"');
    await phone.say('my bill', { after: 1_000 });
    phone.telephone.speak('of this month');
    await phone.hear(/thank you/);
    expect(sent()[0]!.get('SpeechResult')).toBe('my bill of this month');
    expect(phone.duration).toBe(1_000 + 5_000 + 4_000);
    expect(phone.transcript.slice(1, 3)).toEqual(['< say …', '> says "my bill" after 1 s']);
  });

  test('hears the whole question where speech is not to interrupt it, unless they press a key', async () => {
    const { phone, sent, app } = await ask('input="dtmf speech" bargeIn="false" timeout="4" speechTimeout="2"');
    await phone.say('my bill', { after: 1_000 });
    await phone.hear(/thank you/);
    expect(phone.transcript.slice(1, 3)).toEqual(['< say something now', '> says "my bill" after 1 s']);
    expect(sent()[0]!.get('SpeechResult')).toBe('my bill');
    expect(phone.duration).toBe(3_000 + 2_000);
    const options = { ...desk, wordsPerMinute: 60, url: `${app.url}/voice` };
    await phone.waitUntilSilence();
    expect(phone.transcript.at(-1)).toBe('  (hangs up after 0:07)');
    expect(await playRecordedCall(phone.transcript.join('\n'), options)).toMatchObject({ difference: '' });
    const other = await ask('input="dtmf speech" bargeIn="false" numDigits="1"');
    await other.phone.interrupt('5', { after: 1_000 });
    await other.phone.hear(/thank you/);
    expect(other.phone.duration).toBe(1_000);
  });

  test('waits a second of silence where the application leaves it to the line', async () => {
    const { phone, sent } = await ask('input="dtmf speech" speechTimeout="auto"');
    await phone.say('officer');
    await phone.hear(/thank you/);
    expect(sent()).toHaveLength(1);
    expect(phone.duration).toBe(3_000 + 1_000 + 1_000);
  });

  test('and says nothing hears what stands after the question', async () => {
    const { phone, sent } = await ask('input="speech"');
    await phone.stayQuiet();
    await phone.hear(/nothing said/);
    expect(sent()).toEqual([]);
  });

  test('may press keys only where keys are wanted too, and whichever comes first counts', async () => {
    const both = await ask('input="dtmf speech" numDigits="1"');
    await both.phone.press('1');
    expect(both.sent()[0]!.get('Digits')).toBe('1');
    const deaf = await ask('input="speech"');
    await deaf.phone.press('1');
    await deaf.phone.stayQuiet();
    await deaf.phone.hear(/nothing said/);
    const first = await ask('input="dtmf speech"');
    await first.phone.say('my bill');
    first.phone.telephone.press('1');
    await first.phone.hear(/thank you/);
    expect(first.sent()[0]!.get('SpeechResult')).toBe('my bill');
  });

  test.each([
    'hints="my bill, my card"',
    'speechModel="numbers_and_commands"',
    'speechModel="googlev2_telephony"',
    'speechModel="deepgram_nova-3"',
    'profanityFilter="false"',
    'enhanced="true"',
    'bargeIn="true"',
    'language="id-ID"',
    'language="cmn-Hans-CN"',
    'language="multi"',
  ])('is understood no better and no worse by %s', async (attribute) => {
    const { phone, sent } = await ask(`input="speech" speechTimeout="2" ${attribute}`);
    await phone.say('my bill please');
    await phone.hear(/thank you/);
    expect(sent()[0]!.get('SpeechResult')).toBe('my bill please');
    expect(sent()[0]!.get('Language')).toBe(/language="(.*)"/.exec(attribute)?.[1] ?? 'en-US');
    expect(phone.duration).toBe(3_000 + 3_000 + 2_000);
    expect(phone.warnings).toEqual([]);
  });

  test('is not listened to for longer than the longest speech', async () => {
    const { phone, sent } = await ask('input="speech" maxSpeechTime="3"');
    await phone.say('one two three four five six seven');
    await phone.hear(/thank you/);
    expect(sent()).toHaveLength(1);
    expect(phone.duration).toBe(3_000 + 3_000);
  });

  test('sends an empty result where the application wants it', async () => {
    const { phone, sent } = await ask('input="speech" actionOnEmptyResult="true"');
    await phone.stayQuiet();
    await phone.hear(/thank you/);
    expect(sent()[0]!.get('SpeechResult')).toBe('');
  });

  test('is told of sentence by sentence where the application wants partial results', async () => {
    const { phone, sent } = await ask('input="speech" partialResultCallback="/partly"');
    await phone.say('my bill');
    phone.telephone.speak('please');
    await phone.waitUntilSilence();
    const told = sent('/partly').map((form) => [form.get('SequenceNumber'), form.get('UnstableSpeechResult')]);
    expect(told).toEqual([
      ['0', 'my bill'],
      ['1', 'please'],
    ]);
    expect(phone.warnings).toEqual([]);
  });
});

test('a sentence that nothing listens for is lost', async () => {
  const { phone, sent } = await ask('input="dtmf"');
  await phone.say('hello', { after: 1_000 });
  await phone.stayQuiet();
  await phone.waitUntilSilence();
  expect(sent()).toEqual([]);
  expect(phone.transcript.slice(1, 4)).toEqual([
    '< say something now',
    '> says "hello" after 1 s',
    '  (nothing listens)',
  ]);
});

test('a recorded call in which the caller speaks is played as it was made', async () => {
  const { app } = await ask('input="speech" speechTimeout="2"');
  const recorded = [
    '> dials 1500400',
    '< say something now',
    '  (waits 5 s for speech)',
    '> says "my bill please"',
    '< thank you',
    '  (hangs up after 0:10)',
    '',
  ].join('\n');
  const options = { ...desk, url: `${app.url}/voice`, wordsPerMinute: 60 };
  expect((await playRecordedCall(recorded, options)).transcript).toBe(recorded);
  const early = recorded.replace(
    '< say something now\n  (waits 5 s for speech)\n> says "my bill please"',
    '< say …\n> says "my bill please" after 1 s',
  );
  expect((await playRecordedCall(early, options)).transcript).toBe(early.replace('0:10', '0:08'));
});
