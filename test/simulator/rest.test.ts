import { describe, expect, test } from 'vitest';
import { inHand } from '../../src/simulator/phone.ts';
import { accountSid, office, official } from './office.ts';

const sidOf = ({ exchange }: Awaited<ReturnType<typeof office>>) => [...exchange.calls.keys()].at(-1)!;

describe('an application that changes a call through the REST interface', () => {
  test('gives it another document, and the running verb is abandoned', async () => {
    const desk = await office();
    const phone = await desk.dial();
    await phone.hear(/please wait/);
    const changed = await desk.client.calls(sidOf(desk)).update({ url: `${desk.app.url}/other`, method: 'GET' });
    expect(changed.status).toBe('in-progress');
    await phone.hear(/and more/);
    expect(phone.duration).toBeLessThan(60_000);
    expect(desk.app.requests.map(({ method, url }) => `${method} ${url.split('?')[0]}`)).toEqual([
      'POST /voice',
      'GET /other',
      'POST /third',
    ]);
  });

  test('gives it the words themselves', async () => {
    const desk = await office();
    const phone = await desk.dial();
    await phone.hear(/please wait/);
    await desk.client.calls(sidOf(desk)).update({ twiml: '<Response><Say>we close now</Say></Response>' });
    await phone.hear(/we close now/);
  });

  test.each([
    ['no action', '<Gather numDigits="1"/>', /^11100 a document that is given has no address of its own/],
    ['an action without a host', '<Gather numDigits="1" action="/third"/>', /^11100 not a web address: \/third/],
    ['no waitUrl, and the caller waits', '<Enqueue>support</Enqueue>', null],
  ])('gives it words that name %s', async (_what, verb, warning) => {
    const desk = await office();
    const phone = await desk.dial();
    await phone.hear(/please wait/);
    await desk.client.calls(sidOf(desk)).update({ twiml: `<Response>${verb}</Response>` });
    if (warning) await phone.press('1').then(() => phone.hear(/an application error has occurred/));
    else await phone.hangUp();
    expect(phone.warnings).toEqual(warning ? [expect.stringMatching(warning)] : []);
  });

  test('is warned of what cannot be changed any more', async () => {
    const desk = await office();
    const phone = await desk.dial();
    await phone.hear(/please wait/);
    const sid = sidOf(desk);
    const { url } = desk.app;
    await desk.client.calls(sid).update({ url: `${url}/other`, fallbackUrl: `${url}/third`, timeLimit: 5 });
    await phone.hear(/and more/);
    expect(phone.warnings).toEqual([
      `12200 Calls/${sid}.json: FallbackUrl is not simulated`,
      `12200 Calls/${sid}.json: TimeLimit is not simulated`,
    ]);
  });

  test('ends it', async () => {
    const desk = await office();
    const phone = await desk.dial();
    await phone.hear(/please wait/);
    const ended = await desk.client.calls(sidOf(desk)).update({ status: 'completed' });
    expect(ended).toMatchObject({ status: 'completed', direction: 'inbound', from: '+6281100000000' });
    await phone.waitUntilSilence();
    expect(phone.transcript.at(-1)).toMatch(/hangs up after/);
  });

  test('takes a caller out of a queue, whose action is told so and not obeyed', async () => {
    const desk = await office();
    const phone = await desk.dial('/queue');
    await phone.waitUntilSilence();
    await desk.client.calls(sidOf(desk)).update({ url: `${desk.app.url}/other` });
    await phone.hear(/something else/);
    expect(desk.sent('/left')).toMatchObject([{ QueueResult: 'redirected' }]);
    expect(desk.exchange.queues.get('support')!.waiting).toEqual([]);
  });

  test('takes a caller out of the talk to which a queue has led, and the action is told so', async () => {
    const desk = await office();
    const phone = await desk.dial('/queue');
    const sid = sidOf(desk);
    await phone.waitUntilSilence();
    const agent = await desk.dial('/agent');
    await agent.pressInTalk('5', 2_000);
    await desk.client.calls(sid).update({ url: `${desk.app.url}/other` });
    await phone.hear(/something else/);
    expect(desk.sent('/left')).toMatchObject([{ QueueResult: 'redirected-from-bridged' }]);
  });

  test('is told what it did wrong, with the codes of the carrier', async () => {
    const desk = await office();
    const phone = await desk.dial();
    await phone.hangUp('at once');
    const sid = sidOf(desk);
    const { calls } = desk.client;
    await expect(calls(sid).update({ status: 'completed' })).rejects.toMatchObject({ status: 400, code: 21220 });
    await expect(calls(sid).update({ url: 'nowhere' })).rejects.toMatchObject({ code: 21205 });
    await expect(calls(`CA${'f'.repeat(32)}`).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
    const stranger = official(desk.api.url, 'no token');
    await expect(stranger.calls(sid).fetch()).rejects.toMatchObject({ status: 401, code: 20003 });
    const at = (path: string, method: string) =>
      fetch(`${desk.api.url}/2010-04-01/Accounts/${accountSid}/${path}`, {
        method,
        headers: { authorization: `Basic ${btoa(`${accountSid}:${'a token of the desk'}`)}` },
      });
    expect((await at(`Calls/${sid}.json`, 'DELETE')).status).toBe(405);
    expect(await (await at('Faxes.json', 'GET')).json()).toMatchObject({ code: 20404, status: 404 });
  });

  test('is told that its form is too long, however long it is, and heard at the next request', async () => {
    const { api, dial } = await office();
    await dial();
    const headers = { authorization: `Basic ${btoa(`${accountSid}:${'a token of the desk'}`)}` };
    const url = `${api.url}/2010-04-01/Accounts/${accountSid}/Messages.json`;
    for (const length of [70_000, 20_000_000]) {
      const answer = await fetch(url, { method: 'POST', headers, body: `Body=${'x'.repeat(length)}` });
      expect([answer.status, await answer.json()]).toMatchObject([413, { code: 20001 }]);
    }
    expect((await fetch(url, { method: 'POST', headers, body: new URLSearchParams() })).status).toBe(400);
  });
});

describe('an application that looks at a call', () => {
  test('learns how it stands while it lasts and after it', async () => {
    const desk = await office();
    const phone = await desk.dial();
    await phone.hear(/please wait/);
    const sid = sidOf(desk);
    expect(await desk.client.calls(sid).fetch()).toMatchObject({
      sid,
      status: 'in-progress',
      accountSid,
      duration: null,
    });
    await phone.waitUntilSilence();
    const after = await desk.client.calls(sid).fetch();
    expect(after).toMatchObject({ status: 'completed', duration: '62', apiVersion: '2010-04-01' });
    expect(after.endTime!.getTime() - after.startTime!.getTime()).toBe(62_000);
  });
});

describe('an application that calls somebody', () => {
  const events = ['initiated', 'ringing', 'answered', 'completed'];

  test('asks for the document when the call is answered, and is told how it goes on', async () => {
    const desk = await office(() => ({ answers: true, talksForMs: 600_000, afterMs: 4_000 }));
    const { url } = desk.app;
    const wish = { to: '+628111', from: '+621500400', url: `${url}/hello`, statusCallback: `${url}/told` };
    const made = await desk.client.calls.create({ ...wish, statusCallbackEvent: events });
    expect(made).toMatchObject({ status: 'queued', direction: 'outbound-api', to: '+628111' });
    const callee = await inHand(desk.exchange.called[0]!, desk.clock);
    await callee.hear(/it is your turn/);
    await callee.press('1');
    await callee.hear(/and more/);
    await callee.waitUntilSilence();
    expect(desk.sent('/hello')[0]).toMatchObject({
      ...{ CallSid: made.sid, Direction: 'outbound-api', CallStatus: 'in-progress', To: '+628111' },
    });
    expect(desk.sent('/told').map(({ CallStatus }) => CallStatus)).toEqual([
      ...['initiated', 'ringing', 'in-progress', 'completed'],
    ]);
  });

  test('asks for the document of the address where words are given as well', async () => {
    const desk = await office();
    const wish = { to: '+628111', from: '+621500400', url: `${desk.app.url}/other` };
    // The types of the official client allow one of them only.
    await desk.client.calls.create({ ...wish, ...{ twiml: '<Response><Say>Hi</Say></Response>' } });
    const callee = await inHand(desk.exchange.called[0]!, desk.clock);
    await callee.hear(/something else/);
  });

  test.each([
    ['busy', 'busy'],
    ['no-answer', 'no-answer'],
    ['failed', 'failed'],
  ] as const)('and finds them %s', async (because, status) => {
    const desk = await office(() => ({ answers: false, because }));
    const wish = { to: '+628111', from: '+621500400', timeout: 20, statusCallback: `${desk.app.url}/told` };
    await desk.client.calls.create({ ...wish, twiml: '<Response><Say>Hi</Say></Response>' });
    const callee = await inHand(desk.exchange.called[0]!, desk.clock);
    await callee.waitUntilSilence();
    expect(desk.sent('/told')).toMatchObject([{ CallStatus: status, CallDuration: '0' }]);
  });

  test('is hung up on, and finds prepared keys pressed', async () => {
    const desk = await office(() => ({ answers: true, talksForMs: 10_000, presses: '1' }));
    await desk.client.calls.create({ to: '+628111', from: '+621500400', url: `${desk.app.url}/hello` });
    const callee = await inHand(desk.exchange.called[0]!, desk.clock);
    await callee.waitUntilSilence();
    expect(desk.sent('/third')[0]).toMatchObject({ Digits: '1' });
  });

  test('is warned of what does not come about, on the call itself', async () => {
    const { client, exchange, clock } = await office();
    const wish = { to: '+628111', from: '+621500400', twiml: '<Response/>', statusCallback: 'told://me' };
    await client.calls.create({ ...wish, record: true, machineDetection: 'Enable', asyncAmd: 'false' });
    const callee = await inHand(exchange.called[0]!, clock);
    await callee.waitUntilSilence();
    expect(callee.warnings).toEqual([
      '12200 Calls.json: Record is not simulated',
      '12200 Calls.json: MachineDetection is not simulated',
      '11100 Calls.json: no web address in StatusCallback: told://me',
    ]);
  });

  test('is told what it did wrong', async () => {
    const { client } = await office();
    const url = 'http://127.0.0.1:1/';
    const from = '+621500400';
    await expect(client.calls.create({ to: '', from, url })).rejects.toMatchObject({ code: 21201 });
    await expect(client.calls.create({ to: 'me', from, url })).rejects.toMatchObject({ code: 21211 });
    await expect(client.calls.create({ to: '+628111', from: '', url })).rejects.toMatchObject({ code: 21213 });
    await expect(client.calls.create({ to: '+628111', from })).rejects.toMatchObject({ code: 21205 });
    const twiml = `<Response><Say>${'x'.repeat(4_000)}</Say></Response>`;
    await expect(client.calls.create({ to: '+628111', from, twiml })).rejects.toMatchObject({ code: 32018 });
    await expect(client.calls.create({ to: '+628111', from, url, sendDigits: 'x' })).rejects.toMatchObject({
      code: 21206,
    });
  });
});
