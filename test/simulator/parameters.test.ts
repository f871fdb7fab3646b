import { describe, expect, test } from 'vitest';
import { signature } from '../../src/simulator/courier/signature.ts';
import { dial } from '../../src/simulator/phone.ts';
import { application, desk } from './application.ts';

const to = '+62215550100';
const places = ['City', 'State', 'Zip', 'Country'];
const standard: [string, string | RegExp][] = [
  ['CallSid', /^CA[0-9a-f]{32}$/],
  ['AccountSid', /^AC[0-9a-f]{32}$/],
  ['From', desk.from],
  ['Caller', desk.from],
  ['To', to],
  ['Called', to],
  ['ApiVersion', '2010-04-01'],
  ['Direction', 'inbound'],
  ['CallToken', /^\{"parentCallInfoToken":"\w{32}"/],
  ...['From', 'Caller', 'To', 'Called'].flatMap((who) => places.map((what): [string, string] => [who + what, ''])),
];
const further: Record<string, string[]> = {
  'POST /voice': [],
  'POST /typed': ['Digits', 'FinishedOnKey', 'msg'],
  'GET /next': [],
  'GET /fallback': ['ErrorCode', 'ErrorUrl'],
  'POST /status': ['CallDuration', 'CallbackSource', 'Duration', 'SequenceNumber', 'Timestamp'],
};

/** A call with every kind of request in it: a voice URL, an action, a redirect by GET, a fallback, a status callback. */
async function everyRequest() {
  const app = await application({
    '/voice': '<Response><Gather action="/typed" numDigits="1"/></Response>',
    '/typed': '<Response><Redirect method="GET">/next</Redirect></Response>',
    '/next': { status: 500 },
    '/fallback': '<Response><Hangup/></Response>',
    '/status': { status: 204 },
  });
  const doors = { fallbackUrl: `${app.url}/fallback`, fallbackMethod: 'GET', statusUrl: `${app.url}/status` } as const;
  const phone = await dial(`${app.url}/voice`, { ...desk, to, ...doors });
  await phone.press('5');
  await phone.waitUntilSilence();
  const asked = new Map(app.requests.map((one) => [`${one.method} ${one.url.split('?')[0]}`, one]));
  return { app, asked };
}

describe('every request about a call', () => {
  test.each(standard)('tells %s', async (name, value) => {
    const { app } = await everyRequest();
    const told = app.requests.map(({ form }) => form.get(name));
    expect(new Set(told).size).toBe(1);
    expect(told[0]).toEqual(typeof value === 'string' ? value : expect.stringMatching(value));
  });

  test('tells the standard fields, what belongs to its kind, and nothing else', async () => {
    const { asked } = await everyRequest();
    const names = standard.map(([name]) => name).concat('CallStatus');
    const told = [...asked].map(([what, { form }]) => [what, [...form.keys()].sort()]);
    expect(told).toEqual(Object.entries(further).map(([what, own]) => [what, [...names, ...own].sort()]));
  });

  test('tells each field once and in no order of name', async () => {
    const { asked } = await everyRequest();
    for (const { form } of asked.values()) {
      const names = [...form.keys()];
      expect(new Set(names).size).toBe(names.length);
      expect(names).not.toEqual(names.toSorted());
    }
  });

  test('tells that the call rings at first, then that it is in progress, and in the end that it is over', async () => {
    const { app } = await everyRequest();
    const told = app.requests.map(({ form }) => form.get('CallStatus'));
    expect(told).toEqual(['ringing', 'in-progress', 'in-progress', 'in-progress', 'completed']);
  });

  test('is signed, says who asks, and has a token of its own', async () => {
    const { app } = await everyRequest();
    for (const { method, url, headers, form } of app.requests) {
      const fields = method === 'POST' ? form : [];
      expect(headers['x-twilio-signature']).toBe(signature(desk.authToken, app.url + url, fields));
      expect(headers['user-agent']).toBe('TwilioProxy/1.1');
    }
    const tokens = app.requests.map(({ headers }) => headers['i-twilio-idempotency-token']);
    expect(new Set(tokens).size).toBe(5);
    for (const token of tokens) expect(token).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  test('by POST is a form and by GET has no body, and none is JSON', async () => {
    const { app } = await everyRequest();
    for (const { method, url, headers, body } of app.requests) {
      const isForm = headers['content-type'] === 'application/x-www-form-urlencoded; charset=UTF-8';
      expect([isForm, body !== '']).toEqual(method === 'POST' ? [true, true] : [false, false]);
      expect(url).not.toContain('bodySHA256');
    }
  });
});

describe('the address of a request', () => {
  test('keeps its query as it is written, with the fields of a GET behind it', async () => {
    const app = await application({ '/voice': '<Response/>' });
    for (const query of ['?a=%20b&flag&c=+d', '?', ''])
      await dial(`${app.url}/voice${query}`, { ...desk, method: 'GET' });
    const [first, second, third] = app.requests.map(({ url }) => url);
    expect(first).toMatch(/^\/voice\?a=%20b&flag&c=\+d&Called=/);
    expect([second, third]).toEqual([expect.stringMatching(/^\/voice\?Called=/), second]);
  });

  test('may hold a name and a password, which are sent and not signed', async () => {
    const app = await application({ '/voice': '<Response/>' });
    await dial(`${app.url.replace('//', '//me:s3cret@')}/voice`, desk);
    const [{ headers, form }] = app.requests as [(typeof app.requests)[number]];
    expect(headers.authorization).toBe(`Basic ${Buffer.from('me:s3cret').toString('base64')}`);
    expect(headers['x-twilio-signature']).toBe(signature(desk.authToken, `${app.url}/voice`, form));
  });

  test.each([
    [500, 'text/xml'],
    [200, 'application/json'],
  ])('may hold a password, which no warning tells: %i as %s', async (status, type) => {
    const app = await application({ '/voice': { status, type, body: 'x' } });
    const phone = await dial(`${app.url.replace('//', '//me:s3cret@')}/voice#rt=1`, desk);
    await phone.waitUntilSilence();
    expect(phone.warnings).toHaveLength(2);
    expect(phone.transcript.join()).not.toContain('s3cret');
  });
});
