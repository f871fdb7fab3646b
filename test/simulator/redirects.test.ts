import { describe, expect, test } from 'vitest';
import { signature } from '../../src/simulator/courier/signature.ts';
import { dial } from '../../src/simulator/phone.ts';
import { type Answer, application, desk } from './application.ts';

const menu = '<Response><Gather action="/typed" numDigits="1"><Say>Press a key.</Say></Gather></Response>';
const bye = '<Response><Say>Goodbye.</Say></Response>';
const to = (location: string, status = 302): Answer => ({ status, headers: { location } });

/** A caller presses 5, and what asks for the key is redirected with this status. */
async function typedAndRedirected(status: number, options: object = {}) {
  const app = await application({ '/voice': menu, '/typed': to('/there?at=1', status), '/there': bye });
  const phone = await dial(`${app.url}/voice`, { ...desk, ...options });
  await phone.press('5');
  await phone.hear(/Goodbye/);
  const [, asked, redirected] = app.requests;
  return { app, asked: asked!, redirected: redirected! };
}

describe('a request that is redirected', () => {
  test.each([301, 302, 303])('by %i becomes a GET without what the action is told', async (status) => {
    const { asked, redirected, app } = await typedAndRedirected(status);
    expect(redirected).toMatchObject({ method: 'GET', body: '' });
    const { Digits, FinishedOnKey, msg, ...fields } = Object.fromEntries(asked.form);
    expect([Digits, FinishedOnKey, msg]).toEqual(['5', '', 'Gather End']);
    expect(Object.fromEntries(redirected.form)).toEqual({ ...fields, at: '1' });
    const signed = signature(desk.authToken, app.url + redirected.url);
    expect(redirected.headers['x-twilio-signature']).toBe(signed);
  });

  test('by 307 stays a POST of the same fields', async () => {
    const { asked, redirected, app } = await typedAndRedirected(307);
    expect(redirected).toMatchObject({ method: 'POST', url: '/there?at=1', body: asked.body });
    const signed = signature(desk.authToken, `${app.url}/there?at=1`, asked.form);
    expect(redirected.headers['x-twilio-signature']).toBe(signed);
  });

  test('by 307 becomes a GET where the switch redirect307 says so', async () => {
    const { redirected } = await typedAndRedirected(307, { switches: { redirect307: 'get' } });
    expect(redirected).toMatchObject({ method: 'GET' });
    expect(redirected.form.get('Digits')).toBeNull();
  });

  test.each([300, 305, 308])('by %i leads nowhere, and the caller hears the excuse', async (status) => {
    const app = await application({ '/voice': to('/there', status), '/there': bye });
    const phone = await dial(`${app.url}/voice`, desk);
    await phone.hear(/an application error has occurred/);
    expect(phone.warnings).toEqual([expect.stringMatching(new RegExp(`^11216 .*redirects by ${status}; only 301,`))]);
  });

  test('as a GET stays one and keeps its digits', async () => {
    const app = await application({
      '/voice': '<Response><Gather action="/typed" method="GET" numDigits="1"/></Response>',
      '/typed': to('/there'),
      '/there': bye,
    });
    const phone = await dial(`${app.url}/voice`, desk);
    await phone.press('5');
    await phone.hear(/Goodbye/);
    expect(app.requests[2]).toMatchObject({ method: 'GET' });
    expect(app.requests[2]!.form.get('Digits')).toBe('5');
  });

  test('is the same request by the same token, and the next one is another', async () => {
    const { app } = await typedAndRedirected(302);
    const [first, asked, redirected] = app.requests.map(({ headers }) => headers['i-twilio-idempotency-token']);
    expect(redirected).toBe(asked);
    expect(asked).not.toBe(first);
  });

  test('leads to an address that may be relative, and its document starts from there', async () => {
    const app = await application({
      '/old/voice': to('../new/first?x=1'),
      '/new/first': to('deep/voice', 307),
      '/new/deep/voice': '<Response><Redirect>next</Redirect></Response>',
      '/new/deep/next': '<Response><Gather timeout="1" actionOnEmptyResult="true"/></Response>',
    });
    const phone = await dial(`${app.url}/old/voice`, desk);
    await phone.waitUntilSilence();
    await phone.hangUp();
    const asked = app.requests.map(({ method, url }) => `${method} ${new URL(url, app.url).pathname}`);
    expect(asked.slice(0, 4)).toEqual([
      'POST /old/voice',
      'GET /new/first',
      'GET /new/deep/voice',
      'POST /new/deep/next',
    ]);
  });

  test('and has no action asks the address that answered in the end', async () => {
    const app = await application({
      '/voice': to('/menu?place=1', 307),
      '/menu': ({ form }) => (form.has('Digits') ? bye : '<Response><Gather numDigits="1"/></Response>'),
    });
    const phone = await dial(`${app.url}/voice`, desk);
    await phone.press('5');
    await phone.hear(/Goodbye/);
    expect(app.requests[2]).toMatchObject({ method: 'POST', url: '/menu?place=1' });
  });

  test('keeps the patience that its first address asked for', async () => {
    const app = await application({ '/voice': to('/slow', 307), '/slow': 'hang' });
    const phone = await dial(`${app.url}/voice#rt=100`, desk);
    await phone.waitUntilSilence();
    expect(phone.warnings).toEqual([expect.stringMatching(/^11205 .*within 0.1 s/)]);
  });

  test.each([
    ['ten times arrives', 10, []],
    ['eleven times is given up', 11, [expect.stringMatching(/^11215 more than 10 redirects/)]],
  ])('%s', async (_what, times, warnings) => {
    const hops = Object.fromEntries(Array.from({ length: times }, (_, hop) => [`/${hop}`, to(`/${hop + 1}`)]));
    const app = await application({ ...hops, [`/${times}`]: bye });
    const phone = await dial(`${app.url}/0`, desk);
    await phone.waitUntilSilence();
    expect(app.requests).toHaveLength(11);
    expect(phone.warnings).toEqual(warnings);
  });
});
