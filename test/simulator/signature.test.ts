import fc from 'fast-check';
import twilio from 'twilio';
import { describe, expect, test } from 'vitest';
import { signature } from '../../src/simulator/courier/signature.ts';
import { dial } from '../../src/simulator/phone.ts';
import { application, desk } from './application.ts';

const form = {
  CallSid: 'CA1234567890ABCDE',
  Caller: '+14158675310',
  Digits: '1234',
  From: '+14158675310',
  To: '+18005551212',
};
const official = 'L/OH5YylLD5NRKLltdqwSvS0BnU=';

describe('a request is signed', () => {
  test('as the example in the carrier’s documentation', () => {
    expect(signature('12345', 'https://example.com/myapp.php?foo=1&bar=2', Object.entries(form))).toBe(official);
  });

  test('whatever the order of its fields', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(Object.entries(form), { minLength: 5 }), (fields) => {
        expect(signature('12345', 'https://example.com/myapp.php?foo=1&bar=2', fields)).toBe(official);
      }),
    );
  });

  test('without fragment, user and password, and over https without the port', () => {
    const url = 'https://me:secret@example.com:8443/myapp.php?foo=1&bar=2#rt=100';
    expect(signature('12345', url, Object.entries(form))).toBe(official);
  });

  test('with the port over http', () => {
    expect(signature('12345', 'http://example.com:3000/')).not.toBe(signature('12345', 'http://example.com/'));
  });

  test('so that the official library takes it for genuine', () => {
    const fields = fc.dictionary(fc.stringMatching(/^\w{1,8}$/), fc.string({ unit: 'grapheme' }));
    const url = fc
      .tuple(fc.constantFrom('https://example.com', 'http://example.com:3000'), fc.webPath(), fc.webQueryParameters())
      .map(([origin, path, query]) => new URL(`${origin}${path}?${query}`).href);
    fc.assert(
      fc.property(url, fields, (address, sent) => {
        const signed = signature('12345', address, Object.entries(sent));
        expect(twilio.validateRequest('12345', signed, address, sent)).toBe(true);
      }),
    );
  });

  test('whatever is asked and told with it: documents, sounds, what was said, recordings and how calls go', async () => {
    const app = await application({
      '/voice': `<Response><Play>/sound</Play><Redirect method="GET">/question?a=%20b</Redirect></Response>`,
      '/sound': { type: 'audio/ulaw', body: Buffer.alloc(8_000) },
      '/question': '<Response><Gather input="speech" partialResultCallback="/partly" action="/said"/></Response>',
      '/said': '<Response><Record recordingStatusCallback="/recorded" action="/kept"/></Response>',
      '/kept':
        '<Response><Dial action="/dialled"><Number url="/whisper" statusCallback="/progress">1500400</Number></Dial></Response>',
      '/dialled': { status: 500 },
      ...{ '/whisper': '<Response/>', '/fallback': '<Response/>' },
      ...{ '/partly': { status: 204 }, '/recorded': { status: 204 }, '/progress': { status: 204 } },
      '/status': { status: 204 },
    });
    const doors = { fallbackUrl: `${app.url}/fallback`, statusUrl: `${app.url}/status` };
    const phone = await dial(`${app.url}/voice`, { ...desk, ...doors, otherEnd: { answers: true, talksForMs: 1_000 } });
    await phone.say('my bill é&+ please');
    await phone.say('call me back');
    await phone.press('1');
    await phone.waitUntilSilence();
    await phone.telephone.ended;
    for (const { method, url, headers, body } of app.requests) {
      const sent = method === 'POST' ? Object.fromEntries(new URLSearchParams(body)) : {};
      const signed = String(headers['x-twilio-signature']);
      expect(twilio.validateRequest(desk.authToken, signed, app.url + url, sent), url).toBe(true);
    }
    const asked = new Set(app.requests.map(({ url }) => url.split('?')[0]));
    const doorsOfAll = 'voice sound question partly said recorded kept whisper progress dialled fallback status';
    expect([...asked].sort()).toEqual(
      doorsOfAll
        .split(' ')
        .map((name) => `/${name}`)
        .sort(),
    );
  });

  test('so that one changed value is noticed', () => {
    fc.assert(
      fc.property(fc.string(), (digits) => {
        fc.pre(digits !== '1234');
        const changed = Object.entries({ ...form, Digits: digits });
        expect(signature('12345', 'https://example.com/myapp.php?foo=1&bar=2', changed)).not.toBe(official);
      }),
    );
  });
});
