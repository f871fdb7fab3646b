import { describe, expect, test } from 'vitest';
import { dial } from '../../src/simulator/phone.ts';
import { playRecordedCall } from '../../src/simulator/recorded/playRecordedCall.ts';
import { application, desk } from './application.ts';
import { answers, passOn } from './passOn.ts';

describe('somebody who is told first who calls', () => {
  const screened = '<Dial action="/dialled"><Number url="/whisper">+62215550101</Number></Dial>';

  test('takes the call with a key, and the caller hears it ring until then', async () => {
    const { phone, sent, app } = await passOn(screened, { otherEnd: answers({ presses: '1', talksForMs: 30_000 }) });
    await phone.hear(/back again/);
    const [asked] = sent('/whisper');
    expect(asked).toMatchObject({ To: '+62215550101', Direction: 'outbound-dial', CallStatus: 'in-progress' });
    expect(asked!.ParentCallSid).toBe(app.requests[0]!.form.get('CallSid'));
    expect(asked!.CallSid).not.toBe(asked!.ParentCallSid);
    expect(sent('/taken')[0]).toMatchObject({ Digits: '1', CallSid: asked!.CallSid });
    expect(sent()[0]).toMatchObject({
      DialCallStatus: 'completed',
      DialCallDuration: '30',
      DialCallSid: asked!.CallSid,
    });
    expect(phone.transcript).not.toContain('< a call');
    const said = phone.telephone.callees[0]!.events.flatMap((event) => (event.type === 'says' ? event.text : []));
    expect(said).toEqual(['a call', 'one moment']);
    await phone.waitUntilSilence();
    expect(phone.transcript.at(-1)).toBe(`  (hangs up after 0:${Math.round(phone.duration / 1_000)})`);
  });

  test('does not take it, and the two are never connected', async () => {
    const { phone, sent } = await passOn(screened, { otherEnd: answers() });
    await phone.hear(/back again/);
    expect(sent()[0]).toMatchObject({ DialCallStatus: 'no-answer', DialBridged: 'false' });
    expect(phone.telephone.events.map(({ type }) => type)).not.toContain('dialAnswered');
  });

  test('leaves the time of the word in the transcript, which played again goes the same way', async () => {
    const { phone, app } = await passOn(screened);
    await phone.officer('answers');
    await phone.waitUntilSilence();
    expect(phone.duration).toBe(8_000);
    const recorded = `> dials 1500400
  (dials +62215550101)
> the officer answers
  (and does not take the call)
< back again
  (hangs up after 0:08)
`;
    expect(`${phone.transcript.join('\n')}\n`).toBe(recorded);
    const url = `${app.url}/voice`;
    expect(await playRecordedCall(recorded, { ...desk, wordsPerMinute: 60, url })).toMatchObject({ difference: '' });
  });

  test('hangs up meanwhile, or presses a key by hand', async () => {
    const gone = await passOn(screened);
    await gone.phone.waitUntilSilence();
    const [callee] = gone.phone.telephone.callees;
    callee!.decide(answers());
    callee!.hangUp();
    await gone.phone.hear(/back again/);
    expect(gone.sent()[0]).toMatchObject({ DialBridged: 'false' });
  });

  test('is led by hand from picking up to hanging up, while the caller listens', async () => {
    const { phone, sent } = await passOn(screened);
    await phone.waitUntilSilence();
    const callee = phone.telephone.callees[0]!;
    callee.onEvent(({ type }) => type === 'listens' && callee.press('1'));
    callee.decide(answers({ talksForMs: 60_000 }));
    await phone.pressInTalk('5', 4_000);
    callee.hangUp();
    await phone.hear(/back again/);
    expect(sent('/taken')[0]).toMatchObject({ Digits: '1' });
    expect(sent()[0]).toMatchObject({ DialCallStatus: 'completed', DialBridged: 'true', DialCallDuration: '4' });
  });

  test('and does nothing in it is waited for no longer than the document lasts', async () => {
    const { phone } = await passOn(screened);
    await phone.waitUntilSilence();
    phone.telephone.callees[0]!.decide(answers());
    await phone.hear(/back again/);
    expect(phone.transcript).toContain('  (and does not take the call)');
  });

  test('is hung up on when the caller does not wait', async () => {
    const { phone, sent } = await passOn(screened, { otherEnd: answers() });
    await phone.hangUp('at once');
    await phone.telephone.ended;
    expect(sent()[0]).toMatchObject({ DialCallStatus: 'canceled', CallStatus: 'completed' });
    expect(phone.telephone.callees[0]!.events.at(-1)).toMatchObject({ status: 'canceled' });
  });
});

test('a document for the callee that cannot be had connects nobody, and no fallback is asked', async () => {
  const { phone, sent, app } = await passOn(
    '<Dial action="/dialled"><Number url="/none">+62215550101</Number></Dial>',
    {
      ...{ otherEnd: answers(), fallbackUrl: 'http://127.0.0.1:1/fallback' },
    },
  );
  await phone.hear(/back again/);
  expect(sent()[0]).toMatchObject({ DialCallStatus: 'no-answer', DialBridged: 'false' });
  const heard = phone.telephone.callees[0]!.events.flatMap((event) => (event.type === 'says' ? event.text : []));
  expect(heard).toEqual([expect.stringMatching(/application error/)]);
  expect(app.requests.map(({ url }) => url)).toEqual(['/voice', '/none', '/dialled']);
  expect(phone.warnings).toEqual([expect.stringMatching(/^11200 /)]);
});

test('a document for the callee may not dial or record', async () => {
  const app = await application({
    '/voice': '<Response><Dial><Number url="/whisper">+62215550101</Number></Dial></Response>',
    '/whisper': '<Response><Dial>+62215550102</Dial><Record/><Say>a call</Say></Response>',
  });
  const phone = await dial(`${app.url}/voice`, { ...desk, otherEnd: answers() });
  await phone.waitUntilSilence();
  expect(phone.warnings).toEqual([
    expect.stringMatching(/<Dial> may not stand/),
    expect.stringMatching(/<Record> may not/),
  ]);
});
