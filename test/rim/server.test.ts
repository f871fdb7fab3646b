import { Router } from 'express';
import { describe, expect, test } from 'vitest';
import { callSid, echo, locked, refusals, serving, signatureOf } from './carrier.ts';

const caller = '+6281200000000';
const signedForm = { 'content-type': 'application/x-www-form-urlencoded' };

describe('a signed request', () => {
  test('of an incoming call begins it at turn 0', async () => {
    const { switchboard, asked } = echo();
    const { post } = await serving({ switchboard });
    const answer = await post({ path: '/voice' });
    expect(answer).toMatchObject({ status: 200, type: 'text/xml; charset=utf-8' });
    expect(answer.text).toContain('action="/voice/turns/1"');
    expect(answer.text).toContain('>Turn 0.</Say>');
    expect(asked).toEqual([{ callId: callSid, caller, turn: 0, input: null }]);
  });

  test('of a turn hands over what the caller did', async () => {
    const { switchboard, asked } = echo();
    const { post } = await serving({ switchboard });
    const form = { CallSid: callSid, From: caller, Digits: '1', FinishedOnKey: '', msg: 'Gather End' };
    expect((await post({ path: '/voice/turns/12', form })).text).toContain('action="/voice/turns/13"');
    expect(asked).toEqual([{ callId: callSid, caller, turn: 12, input: { keys: '1', finishedByHash: false } }]);
  });

  test('behind a proxy that takes a path away keeps that path in every address', async () => {
    const { post } = await serving({ switchboard: echo().switchboard, publicBaseUrl: 'https://example.org/hotline/' });
    const { status, text } = await post({ path: '/voice?edge=singapore' });
    expect(status).toBe(200);
    expect(text).toContain('action="/hotline/voice/turns/1"');
  });

  test('for a call that is over is answered and not written down', async () => {
    const { switchboard, asked } = echo();
    const { post } = await serving({ switchboard });
    const form = { CallSid: callSid, From: caller, CallStatus: 'completed', DialCallStatus: 'completed' };
    expect((await post({ path: '/voice/turns/4', form })).text).toMatch(/<Response\/>$/);
    expect(asked).toEqual([]);
  });
});

describe('bad input', () => {
  test.each(['/voice', '/voice/turns/1', '/voice/status', '/voice/fallback'])('nobody signed %s: 400', async (path) => {
    const missing = await refusals({ path, headers: { 'x-twilio-signature': '' } });
    expect(missing).toEqual([400, 'The request is not signed: X-Twilio-Signature is missing.\n']);
  });

  test.each(['/voice', '/voice/turns/1', '/voice/status', '/voice/fallback'])(
    'somebody else signed %s: 403',
    async (path) => {
      const wrong = await refusals({ path, headers: { 'x-twilio-signature': 'L/OH5YylLD5NRKLltdqwSvS0BnU=' } });
      expect(wrong).toEqual([403, 'The signature is wrong: check TWILIO_AUTH_TOKEN and PUBLIC_BASE_URL.\n']);
    },
  );

  test('a field changed on the way: 403', async () => {
    const body = new URLSearchParams({ CallSid: callSid, From: caller, Digits: '0' }).toString();
    expect((await refusals({ path: '/voice/turns/1', body }))[0]).toBe(403);
  });

  test.each([
    ['no CallSid', { From: caller }, 'CallSid must be given once.\n'],
    [
      'keys of 1,000 digits',
      { CallSid: callSid, Digits: '7'.repeat(1000) },
      'Digits must not be longer than 64 keys.\n',
    ],
    ['spaces among digits', { CallSid: callSid, Digits: '1 2' }, 'Digits must be keys of a telephone: 0-9 * #.\n'],
  ])('%s: 400 and nothing is stored', async (_what, form, line) => {
    expect(await refusals({ path: '/voice/turns/1', form })).toEqual([400, line]);
  });

  test('a status without CallSid: 400', async () => {
    expect(await refusals({ path: '/voice/status', form: {} })).toEqual([400, 'CallSid must be given once.\n']);
  });

  test.each(['0', '-1', '1.5', '1234567', 'one', '1%00'])(
    'turn %s, which we never gave: the call as it is',
    async (turn) => {
      const { switchboard, asked } = echo();
      const { post } = await serving({ switchboard });
      const { status, type } = await post({ path: `/voice/turns/${turn}` });
      expect([status, type]).toEqual([200, 'text/xml; charset=utf-8']);
      expect(asked).toMatchObject([{ turn: 0, input: null }]);
    },
  );

  test('a field given twice: 400', async () => {
    const { switchboard, asked } = echo();
    const { send } = await serving({ switchboard });
    const signature = signatureOf('/voice/turns/1', { CallSid: callSid, Digits: ['1', '2'] });
    const headers = { ...signedForm, 'x-twilio-signature': signature };
    const answer = await send({ path: '/voice/turns/1', headers, body: `CallSid=${callSid}&Digits=1&Digits=2` });
    expect([answer.status, answer.text]).toEqual([400, 'Digits must be given once.\n']);
    expect(asked).toEqual([]);
  });

  test('GET: 405', async () => {
    const { send } = await serving({ switchboard: echo().switchboard });
    for (const path of ['/voice', '/voice/turns/1', '/voice/status', '/voice/fallback']) {
      const { status, response } = await send({ path, method: 'GET' });
      expect([status, response.headers.get('allow')]).toEqual([405, 'POST']);
    }
  });

  test('another address: 404, and no word of what the server runs on', async () => {
    const { send } = await serving({ switchboard: echo().switchboard });
    const { status, response } = await send({ path: '/voices', method: 'GET' });
    expect([status, response.headers.get('x-powered-by')]).toEqual([404, null]);
  });

  test('a part of a page that has no such part: 416, and nobody is called to look after it', async () => {
    const pages = Router().get('/', (_request, response) => response.sendFile('README.md', { root: '.' }));
    const { send, troubles } = await serving({ switchboard: echo().switchboard, console: pages });
    const { status, text } = await send({ path: '/', method: 'GET', headers: { range: 'bytes=99999999-' } });
    expect([status, text, troubles]).toEqual([416, 'The request cannot be read.\n', []]);
  });

  test('a path that is no path: 400', async () => {
    const { send } = await serving({ switchboard: echo().switchboard });
    expect((await send({ path: '/voice/turns/%ff', headers: signedForm, body: '' })).status).toBe(400);
  });
});

describe('trouble', () => {
  const troubled = async (path: string, form?: Record<string, string>) => {
    const { post, troubles } = await serving({ switchboard: locked });
    const { status, text } = await post({ path, ...(form ? { form } : {}) });
    return { status, text, troubles };
  };

  test('is told to the caller, an officer takes over, and the turn is asked again after that', async () => {
    const { status, text, troubles } = await troubled('/voice/turns/3');
    expect(status).toBe(200);
    expect(text).toContain('>Maaf, ada gangguan.</Say><Dial ');
    expect(text).toContain('action="/voice/turns/3?apologies=1"');
    expect(text).not.toContain('locked');
    expect(troubles).toMatchObject([{ error: new Error('database is locked'), call: callSid }]);
  });

  test('at the start of a call begins it again after the officer', async () => {
    expect((await troubled('/voice')).text).toContain('action="/voice?apologies=1"');
  });

  test('that stays ends the call after three apologies', async () => {
    expect((await troubled('/voice/turns/3?apologies=2')).text).toContain('action="/voice/turns/3?apologies=3"');
    const { text } = await troubled('/voice/turns/3?apologies=3');
    expect(text).toContain('>Maaf, masih ada gangguan.</Say><Hangup/>');
  });

  test('that is over lets the call go on', async () => {
    const { switchboard, asked } = echo();
    const { post } = await serving({ switchboard });
    const form = { CallSid: callSid, From: caller, DialCallStatus: 'no-answer' };
    const { text } = await post({ path: '/voice/turns/3?apologies=1', form });
    expect(text).toContain('action="/voice/turns/4"');
    expect(asked).toMatchObject([{ turn: 3, input: { transferAnswered: false } }]);
  });

  test('that is over when an officer has helped ends the call', async () => {
    const { switchboard, asked } = echo();
    const { post } = await serving({ switchboard });
    const form = { CallSid: callSid, From: caller, CallStatus: 'in-progress', DialCallStatus: 'completed' };
    const { text } = await post({ path: '/voice/turns/3?apologies=1', form });
    expect(text).toContain('>Sampai jumpa.</Say><Hangup/>');
    expect(asked).toEqual([]);
  });

  test('that the carrier had with us is answered without database and members', async () => {
    const ErrorUrl = 'https://hotline.example.org/hotline/voice/turns/5?apologies=1';
    const { status, text, troubles } = await troubled('/voice/fallback', {
      CallSid: callSid,
      ErrorCode: '11200',
      ErrorUrl,
    });
    expect(status).toBe(200);
    expect(text).toContain('action="https://hotline.example.org/hotline/voice/turns/5?apologies=2"');
    expect(troubles).toEqual([]);
  });

  test('that the carrier had with another machine goes on there', async () => {
    const ErrorUrl = 'https://hotline.example.org/voice';
    const { text } = await troubled('/voice/fallback', { ErrorUrl });
    expect(text).toContain('action="https://hotline.example.org/voice?apologies=1"');
  });

  test.each(['', 'nonsense', 'https://hotline.example.org/elsewhere'])(
    'of the address %j begins the call again',
    async (ErrorUrl) => {
      expect((await troubled('/voice/fallback', { ErrorUrl })).text).toContain('action="/voice?apologies=1"');
    },
  );
});

describe('the status of a call', () => {
  const reported = async (CallStatus: string) => {
    const { switchboard, hungUp } = echo();
    const { post } = await serving({ switchboard });
    const { status, text } = await post({ path: '/voice/status', form: { CallSid: callSid, CallStatus } });
    return [status, text, hungUp];
  };

  test.each(['completed', 'busy', 'failed', 'no-answer', 'canceled'])('%s forgets it', async (status) => {
    expect(await reported(status)).toEqual([204, '', [callSid]]);
  });

  test.each(['ringing', 'in-progress', 'something new'])('%s does not', async (status) => {
    expect(await reported(status)).toEqual([204, '', []]);
  });

  test('is answered 204 when the call cannot be forgotten, and the log knows', async () => {
    const { post, troubles } = await serving({ switchboard: locked });
    const { status } = await post({ path: '/voice/status', form: { CallSid: callSid, CallStatus: 'completed' } });
    expect(status).toBe(204);
    expect(troubles).toMatchObject([{ call: callSid }]);
  });
});

describe('the health of the hotline', () => {
  test('is good while calls can be remembered', async () => {
    const { send } = await serving({ switchboard: echo().switchboard });
    const { status, text } = await send({ path: '/health', method: 'GET' });
    expect([status, JSON.parse(text)]).toEqual([200, { ok: true, uptimeSeconds: expect.any(Number) }]);
  });

  test('is 503 when it cannot', async () => {
    const checkDatabase = () => Promise.reject(new Error('unable to open database file'));
    const { send } = await serving({ switchboard: echo().switchboard, checkDatabase });
    const { status, text } = await send({ path: '/health', method: 'GET' });
    expect([status, JSON.parse(text)]).toEqual([503, { ok: false, problem: 'Calls cannot be remembered.' }]);
  });
});
