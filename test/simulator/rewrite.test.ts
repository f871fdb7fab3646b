import { describe, expect, test } from 'vitest';
import { reach, waysOf } from '../../src/simulator/courier/rewrite.ts';
import { signature } from '../../src/simulator/courier/signature.ts';
import { dial } from '../../src/simulator/phone.ts';
import { application, desk } from './application.ts';

const rules = {
  'https://example.com': 'http://127.0.0.1:3000',
  'https://example.com/ivr': 'http://127.0.0.1:4000/app/',
  'http://example.com:8080/': 'https://localhost',
};

describe('a public address is reached', () => {
  test.each([
    ['https://example.com/voice?a=1', 'http://127.0.0.1:3000/voice?a=1'],
    ['https://example.com:443/', 'http://127.0.0.1:3000/'],
    ['https://example.com/ivr/voice', 'http://127.0.0.1:4000/app/voice'],
    ['https://example.com/ivr', 'http://127.0.0.1:4000/app/'],
    ['https://example.com/ivrs', 'http://127.0.0.1:3000/ivrs'],
    ['http://example.com:8080/x', 'https://localhost/x'],
    ['http://example.com/x', 'http://example.com/x'],
    ['https://other.com/x', 'https://other.com/x'],
  ])('%s at %s', (address, reached) => {
    expect(reach(new URL(address), waysOf(rules)).target.href).toBe(reached);
  });
});

test('a rewriting that names no web address is refused when the call is made', async () => {
  await expect(dial('http://x/', { ...desk, rewrite: { localhost: 'http://127.0.0.1' } })).rejects.toThrow(
    'rewrite has "localhost": give web addresses such as https://example.com',
  );
});

test('an application that gives absolute public addresses is called where it runs, and signed as it is known', async () => {
  const app = await application({
    '/voice': '<Response><Gather action="https://ivr.example.com/typed" numDigits="1"/></Response>',
    '/typed': { status: 302, headers: { location: 'https://ivr.example.com/there', 'set-cookie': 'a=1; Secure' } },
    '/there': '<Response><Say>Goodbye.</Say></Response>',
    '/status': { status: 204 },
  });
  const rewrite = { 'https://ivr.example.com': app.url };
  const statusUrl = 'https://ivr.example.com/status';
  const phone = await dial('https://ivr.example.com/voice', { ...desk, rewrite, statusUrl });
  await phone.press('5');
  await phone.hear(/Goodbye/);
  await phone.waitUntilSilence();
  expect(app.requests.map(({ url }) => url.split('?')[0])).toEqual(['/voice', '/typed', '/there', '/status']);
  for (const { headers, method, url, form } of app.requests) {
    const fields = method === 'POST' ? form : [];
    expect(headers['x-twilio-signature']).toBe(signature(desk.authToken, `https://ivr.example.com${url}`, fields));
    expect(headers).toMatchObject({ host: 'ivr.example.com', 'x-forwarded-proto': 'https' });
  }
  expect(app.requests[2]!.headers.cookie).toBe('a=1');
  expect(phone.warnings).toEqual([]);
});
