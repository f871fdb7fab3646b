import { describe, expect, test } from 'vitest';
import { dial } from '../../src/simulator/phone.ts';
import { application, desk } from './application.ts';

/** Dials a document, stays quiet all through it, and answers what happened. */
async function hearOut(document: string) {
  const app = await application({
    '/voice': `<Response>${document}</Response>`,
    '/next': '<Response/>',
    '/wait': '<Response><Leave/></Response>',
  });
  const options = { ...desk, wordsPerMinute: 60, otherEnd: { answers: true, talksForMs: 1_000 } as const };
  const phone = await dial(`${app.url}/voice`, options);
  await phone.waitUntilSilence();
  while (!phone.isOver) await phone.stayQuiet().then(phone.waitUntilSilence);
  return { app, phone };
}

test.each(['Refer', 'Pay', 'Prompt', 'Connect', 'Start', 'Stop', 'Stream', 'Siprec', 'Echo'])(
  '%s is recognised, reported as not simulated and passed over',
  async (verb) => {
    const { phone } = await hearOut(`<${verb}/><Say>goes on</Say>`);
    expect(phone.warnings).toEqual([
      `12200 <${verb}> is not simulated and was skipped (line 1, column ${`<Response><${verb}/>`.length})`,
    ]);
    expect(phone.transcript).toContain('< goes on');
  },
);

describe('when the call is answered', () => {
  const answeredAt = async (document: string) => {
    const { phone, app } = await hearOut(document);
    const at = phone.telephone.events.find(({ type }) => type === 'answered')?.at;
    return { at, statuses: app.requests.map(({ form }) => form.get('CallStatus')) };
  };

  test('a Pause as the first verb delays it', async () => {
    expect((await answeredAt('<Pause length="4"/><Say>Hi</Say>')).at).toBe(4_000);
  });

  test('the first verb that needs a voice answers it, and a Redirect does not', async () => {
    expect(await answeredAt('<Redirect>/next</Redirect>')).toEqual({ at: 0, statuses: ['ringing', 'ringing'] });
    const gather = '<Gather timeout="1" actionOnEmptyResult="true" action="/next"/>';
    expect((await answeredAt(gather)).statuses).toEqual(['ringing', 'in-progress']);
  });

  test('an empty Redirect asks for the same document, and so does an action that is missing or empty', async () => {
    let asked = 0;
    const documents = ['<Redirect/>', '<Gather numDigits="1"/>', '<Gather numDigits="1" action=" "/>', '<Hangup/>'];
    const app = await application({ '/voice': () => `<Response>${documents[asked++]}</Response>` });
    const phone = await dial(`${app.url}/voice?line=7`, desk);
    await phone.press('1');
    await phone.press('2');
    await phone.waitUntilSilence();
    expect(app.requests.map(({ url }) => url)).toEqual(Array(4).fill('/voice?line=7'));
  });

  test('a Redirect asks by POST, or by GET where the application wants that', async () => {
    for (const [method, asked] of [
      ['', 'POST'],
      ['method="POST"', 'POST'],
      ['method="GET"', 'GET'],
    ] as const) {
      const { app } = await hearOut(`<Redirect ${method}>/next</Redirect>`);
      expect(app.requests.map((request) => request.method)).toEqual(['POST', asked]);
    }
  });

  test('a Hangup before anything was said answers and ends it', async () => {
    const { phone } = await hearOut('<Hangup/>');
    expect(phone.telephone.events.at(-1)).toMatchObject({ type: 'ended', status: 'completed' });
  });
});

test('tones take their time, w half a second and W a whole one', async () => {
  const { phone } = await hearOut('<Play digits="1wW#" loop="2"/>');
  expect(phone.duration).toBe(2 * (200 + 500 + 1_000 + 200));
});

test('a call lasts four hours at most', async () => {
  const { phone } = await hearOut('<Say loop="0">one two three four five six seven eight nine ten</Say><Redirect/>');
  expect(phone.telephone.events.at(-1)).toMatchObject({ type: 'ended', by: 'carrier', at: 4 * 60 * 60 * 1_000 });
});

test.each([
  ['<Say>Hi</Say>', 'completed'],
  ['<Reject/>', 'no-answer'],
  ['<Reject reason="busy"/>', 'busy'],
])('after %s one status callback tells how the call ended', async (document, status) => {
  const app = await application({ '/voice': `<Response>${document}</Response>`, '/status': { status: 204 } });
  const phone = await dial(`${app.url}/voice`, { ...desk, statusUrl: `${app.url}/status` });
  await phone.waitUntilSilence();
  const told = app.requests.filter(({ url }) => url === '/status').map(({ form }) => Object.fromEntries(form));
  const form = { CallStatus: status, CallbackSource: 'call-progress-events', SequenceNumber: '0' };
  expect(told).toMatchObject([{ ...form, Timestamp: expect.stringMatching(/\+0000$/) }]);
});
