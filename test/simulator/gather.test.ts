import { describe, expect, test } from 'vitest';
import { virtualClock } from '../../src/simulator/clock.ts';
import { placeCall } from '../../src/simulator/line.ts';
import { type CallOptions, dial } from '../../src/simulator/phone.ts';
import { application, desk } from './application.ts';

/** Dials a question of six words (six seconds) and tells what was sent for it. */
async function ask(
  attributes: string,
  options: Partial<CallOptions> = {},
  inside = '<Say>one two three four five six</Say>',
) {
  const app = await application({
    '/voice': `<Response><Gather action="/typed" ${attributes}>${inside}</Gather><Say>nothing typed</Say></Response>`,
    '/typed': '<Response><Say>thank you</Say></Response>',
    '/status': { status: 204 },
  });
  const statusUrl = `${app.url}/status`;
  const phone = await dial(`${app.url}/voice`, { ...desk, statusUrl, wordsPerMinute: 60, ...options });
  const sent = () => {
    const form = app.requests.find(({ url }) => url.startsWith('/typed'))?.form;
    return form && { Digits: form.get('Digits'), FinishedOnKey: form.get('FinishedOnKey') };
  };
  return { app, phone, sent };
}

describe('a caller who is asked for digits', () => {
  test('and types them with the finishing key sends them without it, at once', async () => {
    const { phone, sent } = await ask('');
    await phone.press('12*#');
    expect(sent()).toEqual({ Digits: '12*', FinishedOnKey: '#' });
    expect(phone.duration).toBe(6_000 + 3 * 300);
  });

  test('may type as many digits as they like, a star among them, where the application names no number and no key', async () => {
    const { phone, sent } = await ask('');
    const digits = '1234567890*'.repeat(9);
    await phone.press(`${digits}#`);
    expect(sent()).toEqual({ Digits: digits, FinishedOnKey: '#' });
  });

  test('sends a star first, last and alone, as every digit', async () => {
    for (const digits of ['*1', '1*', '*']) {
      const { phone, sent } = await ask(`numDigits="${digits.length}"`);
      await phone.press(digits);
      expect(sent()).toEqual({ Digits: digits, FinishedOnKey: '' });
    }
  });

  test('is not heard when they speak, and not sent on when they are silent, where the application says nothing of it', async () => {
    const { phone, sent } = await ask('');
    phone.telephone.speak('hello');
    await phone.stayQuiet();
    await phone.hear(/nothing typed/);
    expect(phone.telephone.events.find(({ type }) => type === 'callerSays')).toMatchObject({ heard: false });
    expect(sent()).toBeUndefined();
  });

  test('and types as many as are wanted sends them at once', async () => {
    const { phone, sent } = await ask('numDigits="2"');
    await phone.press('12');
    expect(sent()).toEqual({ Digits: '12', FinishedOnKey: '' });
    expect(phone.duration).toBe(6_300);
  });

  test('and stops in the middle sends what there is when the time is over', async () => {
    const { phone, sent } = await ask('numDigits="16" timeout="4"');
    await phone.press('123');
    await phone.hear(/thank you/);
    expect(sent()).toEqual({ Digits: '123', FinishedOnKey: '' });
    expect(phone.duration).toBe(6_000 + 600 + 4_000);
  });

  test('has the whole time again after every key', async () => {
    const { phone, sent } = await ask('timeout="3"', { keyGapMs: 2_900 });
    await phone.press('12345');
    await phone.hear(/thank you/);
    expect(sent()?.Digits).toBe('12345');
    expect(phone.duration).toBe(6_000 + 4 * 2_900 + 3_000);
  });

  test('and types nothing hears what stands after the question', async () => {
    const { phone, sent } = await ask('');
    await phone.stayQuiet();
    await phone.hear(/nothing typed/);
    expect(sent()).toBeUndefined();
    expect(phone.duration).toBe(6_000 + 5_000);
  });

  test('and presses only the finishing key has typed nothing, and need not wait', async () => {
    const { phone, sent } = await ask('');
    await phone.press('#');
    await phone.hear(/nothing typed/);
    expect(sent()).toBeUndefined();
    expect(phone.duration).toBe(6_000);
  });

  test('may use # as a digit where another key finishes, and every key where none does', async () => {
    const star = await ask('finishOnKey="*"');
    await star.phone.press('1#*');
    expect(star.sent()).toEqual({ Digits: '1#', FinishedOnKey: '*' });
    const none = await ask('finishOnKey="" numDigits="3"');
    await none.phone.press('#*1');
    expect(none.sent()).toEqual({ Digits: '#*1', FinishedOnKey: '' });
  });

  test('silences the question with the first key, which counts', async () => {
    const { phone, sent } = await ask('numDigits="2"');
    await phone.interrupt('12', { after: 2_500 });
    expect(sent()?.Digits).toBe('12');
    expect(phone.transcript.slice(1, 3)).toEqual(['< one two …', '> presses 12 after 2.5 s']);
    expect(phone.duration).toBe(2_800);
  });

  test('silences the question with the finishing key too, which sends what stands before it', async () => {
    const { phone, sent } = await ask('');
    await phone.interrupt('12#', { after: 1_500 });
    expect(sent()).toEqual({ Digits: '12', FinishedOnKey: '#' });
    expect(phone.duration).toBe(1_500 + 2 * 300);
    const nothing = await ask('');
    await nothing.phone.interrupt('#', { after: 1_500 });
    await nothing.phone.hear(/nothing typed/);
    expect(nothing.sent()).toBeUndefined();
    expect(nothing.phone.duration).toBe(1_500);
  });

  test('sends them by POST, or by GET where the application wants that', async () => {
    for (const [attributes, method] of [
      ['', 'POST'],
      ['method="GET"', 'GET'],
      ['method="post"', 'POST'],
    ] as const) {
      const { phone, app, sent } = await ask(`numDigits="1" ${attributes}`);
      await phone.press('5');
      expect(app.requests[1]!.method).toBe(method);
      expect(sent()?.Digits).toBe('5');
    }
  });

  test('does not hear the second sentence after a key in the first', async () => {
    const { phone } = await ask('numDigits="1"', {}, '<Say>one</Say><Pause length="2"/><Say>two</Say>');
    await phone.interrupt('1', { after: 1_500 });
    await phone.waitUntilSilence();
    expect(phone.transcript.slice(1, 4)).toEqual(['< one', '> presses 1 after 1.5 s', '< thank you']);
  });

  test('and hangs up meanwhile sends nothing but the end of the call', async () => {
    const { phone, app } = await ask('');
    await phone.press('12');
    await phone.hangUp('at once');
    await phone.telephone.ended;
    expect(app.requests.map(({ url }) => url)).toEqual(['/voice', '/status']);
    const end = { CallStatus: 'completed', CallDuration: '6' };
    expect(Object.fromEntries(app.requests[1]!.form)).toMatchObject(end);
    expect(phone.telephone.events.find(({ type }) => type === 'ended')).toMatchObject({ by: 'caller' });
  });
});

test.each(['says', 'pauses', 'listens'])('keys count at the very moment when the line %s', async (moment) => {
  const app = await application({
    '/voice': '<Response><Gather action="/typed" numDigits="2"><Say>one</Say><Pause/></Gather></Response>',
    '/typed': '<Response/>',
  });
  const clock = virtualClock();
  const phone = placeCall(`${app.url}/voice`, { ...desk, clock });
  phone.onEvent(({ type }) => {
    if (type !== moment) return;
    phone.press('1');
    phone.press('2');
  });
  let isOver = false;
  void phone.ended.then(() => {
    isOver = true;
  });
  await clock.until(
    () => isOver,
    () => () => {},
  );
  expect(app.requests[1]!.form.get('Digits')).toBe('12');
});

describe('where the carrier’s own documentation is silent', () => {
  test('an empty result is sent with empty digits', async () => {
    const { phone, sent } = await ask('actionOnEmptyResult="true"');
    await phone.stayQuiet();
    expect(sent()).toEqual({ Digits: '', FinishedOnKey: '' });
  });

  test('an empty result is sent without digits when the switch says so', async () => {
    const { phone, sent } = await ask('actionOnEmptyResult="true"', { switches: { emptyDigits: 'absent' } });
    await phone.press('#');
    expect(sent()).toEqual({ Digits: null, FinishedOnKey: '#' });
  });

  test('keys that nothing listens for are lost', async () => {
    const { phone, sent } = await typeAhead('drop');
    await phone.waitUntilSilence();
    expect(sent()).toBeUndefined();
    expect(phone.transcript.slice(1, 4)).toEqual(['< one two three', '> presses 7 after 1 s', '  (nothing listens)']);
  });

  test('keys that nothing listens for are kept for the next question when the switch says so', async () => {
    const { phone, sent } = await typeAhead('buffer');
    await phone.waitUntilSilence();
    expect(sent()).toBe('7');
    expect(phone.transcript).not.toContain('< four');
  });
});

test.each([
  ['drop', ['1']],
  ['buffer', ['1', '2']],
] as const)('keys beyond numDigits are as keys between two questions: %s', async (rule, digits) => {
  const next = '<Response><Gather numDigits="1" action="/typed"/></Response>';
  const app = await application({
    '/voice': next,
    '/typed': ({ form }) => (form.get('Digits') === '1' ? next : '<Response/>'),
  });
  const phone = await dial(`${app.url}/voice`, { ...desk, switches: { typeAhead: rule } });
  phone.telephone.press('1');
  phone.telephone.press('2');
  await phone.waitUntilSilence();
  expect(app.requests.slice(1).map(({ form }) => form.get('Digits'))).toEqual(digits);
});

async function typeAhead(rule: 'drop' | 'buffer') {
  const app = await application({
    '/voice': `<Response><Say>one two three</Say>
      <Gather numDigits="1" action="/typed"><Say>four</Say></Gather></Response>`,
    '/typed': '<Response/>',
  });
  const phone = await dial(`${app.url}/voice`, { ...desk, wordsPerMinute: 60, switches: { typeAhead: rule } });
  await phone.interrupt('7', { after: 1_000 });
  return { phone, sent: () => app.requests[1]?.form.get('Digits') };
}

test('how long the line waits is written as it was told to, even when the clock goes on meanwhile', async () => {
  const clock = virtualClock();
  let looks = 0;
  const ticking = { ...clock, now: () => clock.now() + looks++ };
  const { phone } = await ask('timeout="8"', { clock: ticking });
  await phone.waitUntilSilence();
  expect(phone.transcript.at(-1)).toBe('  (waits 8 s for digits and #)');
});
