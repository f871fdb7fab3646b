import fc from 'fast-check';
import twilio from 'twilio';
import { describe, expect, test } from 'vitest';
import { signature } from '../../src/simulator/signature.ts';

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
