import { describe, expect, test } from 'vitest';
import { soundLength } from '../../src/simulator/sound/soundLength.ts';
import { answers, passOn } from './passOn.ts';

const two = '<Dial action="/dialled"><Number>+62215550101</Number><Number>+62215550102</Number></Dial>';

describe('several who are rung at once', () => {
  test('the first to answer talks, and the others ring no more', async () => {
    const { phone, sent } = await passOn(two, {
      otherEnd: (to) => answers({ afterMs: to.endsWith('1') ? 8_000 : 3_000 }),
    });
    await phone.hear(/back again/);
    expect(sent()[0]).toMatchObject({ DialCallStatus: 'completed', DialCallDuration: '10' });
    expect(phone.telephone.events.find(({ type }) => type === 'dialAnswered')).toMatchObject({ at: 3_000 });
    const ends = phone.telephone.callees.map(({ events }) => events.at(-1));
    expect(ends).toMatchObject([{ status: 'no-answer' }, { status: 'completed' }]);
  });

  test('are each decided for by name', async () => {
    const { phone, sent } = await passOn(two);
    await phone.waitUntilSilence();
    phone.telephone.otherEnd({ answers: false, because: 'busy' }, '+62215550101');
    phone.telephone.callees[1]!.decide(answers());
    await phone.hear(/back again/);
    expect(sent()[0]).toMatchObject({ DialCallStatus: 'completed' });
  });

  test('are all busy, and the caller hears so at once', async () => {
    const { phone, sent } = await passOn(two);
    await phone.officer('is busy');
    await phone.hear(/back again/);
    expect(sent()[0]).toMatchObject({ DialCallStatus: 'busy', DialBridged: 'false' });
  });

  test('are not answered where one is busy and the other lets it ring', async () => {
    const { phone, sent } = await passOn(two, {
      otherEnd: (to) => ({ answers: false, because: to.endsWith('1') ? 'busy' : 'no-answer' }),
    });
    await phone.hear(/back again/);
    expect(sent()[0]).toMatchObject({ DialCallStatus: 'no-answer' });
  });
});

describe('several who are rung one after the other', () => {
  const inTurn = two.replace('<Dial', '<Dial sequential="true" timeout="20"');

  test('ring until one of them answers, each for the whole time', async () => {
    const { phone, sent } = await passOn(inTurn, {
      otherEnd: (to) => (to.endsWith('1') ? { answers: false, because: 'no-answer' } : answers({ afterMs: 3_000 })),
    });
    await phone.hear(/back again/);
    expect(sent()).toMatchObject([{ DialCallStatus: 'completed', DialCallDuration: '10' }]);
    expect(phone.telephone.events.find(({ type }) => type === 'dialAnswered')).toMatchObject({ at: 23_000 });
    expect(phone.transcript.slice(1, 5)).toEqual([
      '  (dials +62215550101)',
      '> the officer does not answer',
      '  (dials +62215550102)',
      '> the officer answers',
    ]);
  });

  test('leave the second in peace where the first answers', async () => {
    const { phone } = await passOn(inTurn, { otherEnd: answers() });
    await phone.hear(/back again/);
    expect(phone.telephone.callees.map(({ to }) => to)).toEqual(['+62215550101']);
  });

  test('are all busy, and the application is told of the last', async () => {
    const { phone, sent } = await passOn(inTurn, { otherEnd: { answers: false, because: 'busy' } });
    await phone.hear(/back again/);
    expect(phone.telephone.callees).toHaveLength(2);
    expect(sent()).toMatchObject([{ DialCallStatus: 'busy', DialBridged: 'false' }]);
  });
});

test('of eleven who are named ten are rung', async () => {
  const eleven = Array.from({ length: 11 }, (_, nth) => `<Number>+622155502${10 + nth}</Number>`).join('');
  const { phone } = await passOn(`<Dial timeout="1">${eleven}</Dial>`, {
    otherEnd: { answers: false, because: 'busy' },
  });
  await phone.waitUntilSilence();
  expect(phone.telephone.callees).toHaveLength(10);
  expect(phone.warnings).toEqual([expect.stringMatching(/^12200 Dial: 11 are named, and only the first 10 are rung/)]);
});

test.each([
  [answers(), '200'],
  [{ answers: false, because: 'busy' } as const, '486'],
  [{ answers: false, because: 'no-answer' } as const, '487'],
  [{ answers: false, because: 'failed' } as const, '503'],
])('an exchange that is dialled has answered %o as SIP says it: %s', async (otherEnd, code) => {
  const { phone, sent } = await passOn('<Dial action="/dialled"><Sip>sip:ayu@example.com</Sip></Dial>', { otherEnd });
  await phone.hear(/back again/);
  expect(sent()).toMatchObject([{ DialSipResponseCode: code, DialSipCallId: expect.stringMatching(/^\w+@/) }]);
});

describe('a talk', () => {
  test('ends when the other end hangs up', async () => {
    const { phone, sent } = await passOn('<Dial action="/dialled">+62215550101</Dial>');
    await phone.officer('answers');
    await phone.pressInTalk('5', 4_000);
    phone.telephone.callees[0]!.hangUp();
    await phone.hear(/back again/);
    expect(sent()[0]).toMatchObject({ DialCallStatus: 'completed', DialCallDuration: '4' });
  });

  test('ends when the caller presses star where the application allows that', async () => {
    const dial = (more: string) => `<Dial action="/dialled" ${more}>+62215550101</Dial>`;
    const { phone, sent } = await passOn(dial('hangupOnStar="true"'));
    await phone.officer('answers');
    await phone.pressInTalk('*', 4_000);
    await phone.hear(/back again/);
    expect(sent()[0]).toMatchObject({ DialCallStatus: 'completed', DialCallDuration: '4' });
    await phone.waitUntilSilence();
    expect(phone.transcript).toContain('> presses * 4 s into the talk');
    expect(phone.transcript.at(-1)).toBe('  (hangs up after 0:06)');
    const other = await passOn(dial(''));
    await other.phone.officer('answers');
    await other.phone.pressInTalk('*', 4_000);
    await other.phone.hear(/back again/);
    expect(other.sent()[0]).toMatchObject({ DialCallDuration: '30' });
  });

  test('is recorded where the application wants that', async () => {
    const dial =
      '<Dial record="record-from-answer" action="/dialled" recordingStatusCallback="/told">+62215550101</Dial>';
    const { phone, sent } = await passOn(dial, { otherEnd: answers() });
    await phone.hear(/back again/);
    expect(sent()[0]).toMatchObject({ RecordingDuration: '10', RecordingSid: expect.stringMatching(/^RE/) });
    expect((await fetch(sent()[0]!.RecordingUrl!)).status).toBe(200);
    expect(sent('/told')[0]).toMatchObject({ RecordingSource: 'DialVerb' });
  });

  test('is recorded on two channels where both sides are wanted apart, and told of when it begins', async () => {
    const wish = 'recordingStatusCallback="/told" recordingStatusCallbackEvent="in-progress completed"';
    const dial = `<Dial record="record-from-ringing-dual" action="/dialled" ${wish}>+62215550101</Dial>`;
    const { phone, sent } = await passOn(dial, { otherEnd: answers() });
    await phone.hear(/back again/);
    expect(sent('/told')).toMatchObject([
      { RecordingStatus: 'in-progress' },
      { RecordingStatus: 'completed', RecordingChannels: '2' },
    ]);
    const sound = Buffer.from(await (await fetch(sent()[0]!.RecordingUrl!)).arrayBuffer());
    expect([sound.readUInt16LE(22), soundLength(sound)]).toEqual([2, 10_000]);
  });

  test.each(['the caller', 'the officer'])('that is recorded is told of with it when %s hangs up', async (who) => {
    const number = '<Number statusCallback="/told">+62215550101</Number>';
    const { phone, sent } = await passOn(`<Dial record="true" action="/dialled">${number}</Dial>`);
    await phone.officer('answers');
    await phone.pressInTalk('5', 4_000);
    if (who === 'the caller') await phone.hangUp('at once');
    else phone.telephone.callees[0]!.hangUp();
    await phone.waitUntilSilence();
    const { RecordingSid, RecordingUrl } = sent()[0]!;
    expect(RecordingSid).toMatch(/^RE/);
    expect(sent('/told')).toMatchObject([
      { CallStatus: 'completed', RecordingSid, RecordingUrl, RecordingDuration: '4' },
    ]);
  });
});

test('answerOnBridge leaves the caller ringing until somebody answers', async () => {
  const answered = async (attribute: string) => {
    const { phone } = await passOn(`<Dial ${attribute}>+62215550101</Dial>`, { otherEnd: answers({ afterMs: 4_000 }) });
    await phone.waitUntilSilence();
    return phone.telephone.events.find(({ type }) => type === 'answered')!.at;
  };
  expect(await answered('answerOnBridge="true"')).toBe(4_000);
  expect(await answered('')).toBe(0);
});

test('digits are sent to who answers before the talk, but to no browser', async () => {
  const answeredAt = async (noun: string) => {
    const { phone } = await passOn(`<Dial>${noun}</Dial>`, { otherEnd: answers() });
    await phone.waitUntilSilence();
    return phone.telephone.events.find(({ type }) => type === 'dialAnswered')!.at;
  };
  expect(await answeredAt('<Number sendDigits="wW12">+62215550101</Number>')).toBe(500 + 1_000 + 400);
  expect(await answeredAt('<Client sendDigits="wW12">ayu</Client>')).toBe(0);
});

test('the progress of a dialled call is told as far as the application asks', async () => {
  const number = (more: string) => `<Dial><Number statusCallback="/told" ${more}>+62215550101</Number></Dial>`;
  const all = await passOn(number('statusCallbackEvent="initiated ringing answered completed"'), {
    otherEnd: answers(),
  });
  await all.phone.waitUntilSilence();
  expect(all.sent('/told').map((form) => [form.CallStatus, form.SequenceNumber])).toEqual([
    ['initiated', '0'],
    ['ringing', '1'],
    ['in-progress', '2'],
    ['completed', '3'],
  ]);
  expect(all.sent('/told')[3]).toMatchObject({ CallDuration: '10', CallbackSource: 'call-progress-events' });
  const usual = await passOn(number(''), { otherEnd: { answers: false, because: 'busy' } });
  await usual.phone.waitUntilSilence();
  expect(usual.sent('/told')).toMatchObject([{ CallStatus: 'busy', CallDuration: '0' }]);
});

test('a dialled call that was talked in is told as completed, also when the caller hangs up', async () => {
  const { phone, sent } = await passOn('<Dial><Number statusCallback="/told">+62215550101</Number></Dial>', {
    otherEnd: answers({ talksForMs: 60_000 }),
  });
  await phone.hangUp({ talkedMs: 5_000 });
  expect(sent('/told')).toMatchObject([{ CallStatus: 'completed', CallDuration: '5' }]);
});

test('browsers and exchanges are rung by their own names, and see the number that the application shows', async () => {
  const dial = `<Dial callerId="+62215550000"><Client url="/whisper">ayu</Client></Dial>
    <Dial callerId="kate"><Sip url="/whisper">ayu@example.com</Sip></Dial><Dial><Sip>ayu</Sip><Client>a y u</Client></Dial>`;
  const { phone, sent } = await passOn(dial, { otherEnd: answers({ presses: '1' }) });
  await phone.waitUntilSilence();
  expect(sent('/whisper')).toMatchObject([
    { To: 'client:ayu', From: '+62215550000' },
    { To: 'sip:ayu@example.com', From: 'kate' },
  ]);
  expect(phone.warnings.map((warning) => warning.slice(0, 5))).toEqual(['13243', '12200']);
});

test.each([
  ['<Dial timeout="0">+62215550101</Dial>', 13212],
  ['<Dial hangupOnStar="so">+62215550101</Dial>', 13213],
  ['<Dial timeLimit="0">+62215550101</Dial>', 13216],
  ['<Dial record="loud">+62215550101</Dial>', 13217],
  ['<Dial><Number sendDigits="x">+62215550101</Number></Dial>', 13222],
  ['<Dial><Number statusCallback="/told" statusCallbackEvent="x">+62215550101</Number></Dial>', 12200],
  ['<Dial><Number colour="red">+62215550101</Number></Dial>', 12200],
  ['<Dial><Number codecs="opus">+62215550101</Number></Dial>', 12200],
  ['<Dial><Number username="me">+62215550101</Number></Dial>', 12200],
  ['<Dial><Client byoc="BY1">ayu</Client></Dial>', 12200],
  ['<Dial><Number machineDetection="Enable">+62215550101</Number></Dial>', 12200],
  ['<Dial><Sip amdStatusCallback="/told">sip:ayu@example.com</Sip></Dial>', 12200],
  ['<Dial><Client clientNotificationUrl="/told">ayu</Client></Dial>', 12200],
  ['<Dial>+62215550101<Say>Hi</Say></Dial>', 13215],
  ['<Dial>+62215550101<Sim>DE1</Sim></Dial>', 12200],
])('%s is warned about', async (dial, code) => {
  const { phone } = await passOn(dial, { otherEnd: answers() });
  await phone.waitUntilSilence();
  expect(phone.warnings).toEqual([expect.stringMatching(new RegExp(`^${code} `))]);
});
