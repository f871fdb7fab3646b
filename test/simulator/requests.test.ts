import { describe, expect, test } from 'vitest';
import { signature } from '../../src/simulator/courier/signature.ts';
import { dial } from '../../src/simulator/phone.ts';
import { application, desk } from './application.ts';

const menu = '<Response><Gather action="/typed" numDigits="1"><Say>Press a key.</Say></Gather></Response>';
const bye = '<Response><Say>Goodbye.</Say></Response>';

describe('the line asks the application', () => {
  test('by GET with all fields in the signed address, when it is configured so', async () => {
    const app = await application({ '/voice': bye });
    await dial(`${app.url}/voice?flow=main`, { ...desk, method: 'GET' });
    const [request] = app.requests;
    expect(request).toMatchObject({ method: 'GET', body: '' });
    expect(request!.form.get('flow')).toBe('main');
    expect(request!.form.get('From')).toBe(desk.from);
    expect(request!.headers['x-twilio-signature']).toBe(signature(desk.authToken, app.url + request!.url));
  });

  test('with the keys that were pressed, and as a call in progress', async () => {
    const app = await application({ '/voice': menu, '/typed': bye });
    const phone = await dial(`${app.url}/voice`, { ...desk });
    await phone.press('5');
    expect(Object.fromEntries(app.requests[1]!.form)).toMatchObject({
      Digits: '5',
      FinishedOnKey: '',
      msg: 'Gather End',
      CallStatus: 'in-progress',
      CallSid: app.requests[0]!.form.get('CallSid'),
    });
  });

  test('with the cookies of the same call and of no other', async () => {
    const cookies = { headers: { 'set-cookie': ['place=menu; Path=/', 'elsewhere=1; Path=/other'] } };
    const app = await application({ '/voice': { ...cookies, body: menu }, '/typed': bye });
    const phone = await dial(`${app.url}/voice`, { ...desk });
    await phone.press('5');
    await dial(`${app.url}/voice`, { ...desk });
    expect(app.requests.map(({ headers }) => headers.cookie)).toEqual([undefined, 'place=menu', undefined]);
  });

  test('never with the fragment of the address', async () => {
    const app = await application({ '/voice': bye });
    await dial(`${app.url}/voice#rt=100`, { ...desk });
    const [request] = app.requests;
    expect(request!.url).toBe('/voice');
    expect(request!.headers['x-twilio-signature']).toBe(signature(desk.authToken, `${app.url}/voice`, request!.form));
  });

  test('as an invented Indonesian mobile number when the caller has none, a new one at every call', async () => {
    const app = await application({ '/voice': bye });
    for (let calls = 0; calls < 3; calls++) await dial(`${app.url}/voice`, { authToken: 'x' });
    const numbers = app.requests.map(({ form }) => form.get('From'));
    for (const number of numbers) expect(number).toMatch(/^\+628111555\d{4}$/);
    expect(new Set(numbers).size).toBeGreaterThan(1);
  });
});

describe('when the call is over', () => {
  test('the status address is told once, with its length', async () => {
    const app = await application({ '/voice': bye, '/status': { status: 204, type: 'text/plain' } });
    const phone = await dial(`${app.url}/voice`, { ...desk, statusUrl: `${app.url}/status`, wordsPerMinute: 1 });
    await phone.waitUntilSilence();
    const told = app.requests.filter(({ url }) => url === '/status');
    expect(told).toHaveLength(1);
    expect(Object.fromEntries(told[0]!.form)).toMatchObject({
      CallStatus: 'completed',
      CallDuration: '60',
      Duration: '1',
      CallbackSource: 'call-progress-events',
      SequenceNumber: '0',
    });
    expect(told[0]!.form.get('Timestamp')).toMatch(/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000$/);
    expect(phone.warnings).toEqual([]);
  });

  test('the status address is told by GET where it is configured so', async () => {
    const app = await application({ '/voice': bye, '/status': { status: 204 } });
    const statusUrl = `${app.url}/status?to=me`;
    const phone = await dial(`${app.url}/voice`, { ...desk, statusUrl, statusMethod: 'GET' });
    await phone.waitUntilSilence();
    expect(app.requests[1]).toMatchObject({ method: 'GET', body: '' });
    expect(app.requests[1]!.form.get('CallStatus')).toBe('completed');
  });

  test('a status address that answers with an error is warned about with 15003', async () => {
    const app = await application({ '/voice': bye });
    const phone = await dial(`${app.url}/voice`, { ...desk, statusUrl: `${app.url}/nowhere` });
    await phone.waitUntilSilence();
    expect(phone.warnings[0]).toMatch(/^15003 .*answered 404/);
  });

  test('a status address at which nobody answers is warned about like every other', async () => {
    const app = await application({ '/voice': bye });
    const phone = await dial(`${app.url}/voice`, { ...desk, statusUrl: 'http://127.0.0.1:1/status' });
    await phone.waitUntilSilence();
    expect(phone.warnings[0]).toMatch(/^11205 status callback: /);
  });
});
