import { describe, expect, test } from 'vitest';
import { virtualClock } from '../../src/simulator/clock.ts';
import { signature } from '../../src/simulator/courier/signature.ts';
import { network } from '../../src/simulator/network.ts';
import { dial as dialAt } from '../../src/simulator/phone.ts';
import { application, desk } from './application.ts';
import { accountSid, office } from './office.ts';

describe('text messages', () => {
  test('that are sent through the REST interface stand in the outbox', async () => {
    const { client, exchange } = await office();
    const sent = await client.messages.create({ to: '+628111', from: '+621500400', body: 'your code is 42' });
    expect(sent).toMatchObject({ status: 'queued', body: 'your code is 42' });
    expect(exchange.outbox).toMatchObject([{ sid: sent.sid, to: '+628111', body: 'your code is 42' }]);
    expect(await client.messages(sent.sid).fetch()).toMatchObject({ status: 'delivered' });
    const { messages } = client;
    await expect(messages.create({ to: '', body: 'x' })).rejects.toMatchObject({ code: 21604 });
    await expect(messages.create({ to: 'x', body: 'x' })).rejects.toMatchObject({ code: 21211 });
    await expect(messages.create({ to: '+628111', body: 'x' })).rejects.toMatchObject({ code: 21603 });
    await expect(messages.create({ to: '+628111', from: '+62150', body: '' })).rejects.toMatchObject({ code: 21602 });
    const body = 'x'.repeat(1_601);
    await expect(messages.create({ to: '+628111', from: '+62150', body })).rejects.toMatchObject({ code: 21617 });
  });

  test('that are sent and arrive are told of, once each, where the application wants that', async () => {
    const { client, exchange, app, sent } = await office();
    const statusCallback = `${app.url}/told`;
    const { sid } = await client.messages.create({ to: '+628111', from: '+62150', body: 'x', statusCallback });
    await exchange.errands;
    expect(sent('/told').map(({ MessageStatus }) => MessageStatus)).toEqual(['sent', 'delivered']);
    const facts = { MessageSid: sid, SmsSid: sid, AccountSid: accountSid, From: '+62150', To: '+628111' };
    for (const form of sent('/told')) expect(form).toMatchObject({ ...facts, SmsStatus: form.MessageStatus });
    const { headers, form } = app.requests[0]!;
    expect(headers['x-twilio-signature']).toBe(signature(desk.authToken, statusCallback, form));
    expect(exchange.warnings).toEqual([]);
  });

  test('of which nobody wants to be told are warned about, and an address that is none is refused', async () => {
    const { client, exchange, app } = await office();
    const message = { to: '+628111', messagingServiceSid: `MG${'0'.repeat(32)}`, body: 'x' };
    await client.messages.create({ ...message, statusCallback: `${app.url}/nowhere` });
    await exchange.errands;
    const warning = expect.stringMatching(/^15003 message status callback: POST .*answered 404/);
    expect(exchange.warnings).toEqual([warning, warning]);
    expect(app.requests[0]!.form.get('MessagingServiceSid')).toBe(message.messagingServiceSid);
    const refused = client.messages.create({ ...message, statusCallback: 'told://me' });
    await expect(refused).rejects.toMatchObject({ status: 400, code: 21609 });
    expect(exchange.outbox).toHaveLength(1);
  });

  test('that a document sends stand in the outbox and in the transcript, and its action is told', async () => {
    const exchange = network({ clock: virtualClock() });
    const app = await application({
      '/voice': `<Response><Sms>your code is 42</Sms>
        <Message to="+628222" from="+62150" action="/sent"><Body>hello</Body></Message></Response>`,
      '/sent': '<Response/>',
    });
    const phone = await dialAt(`${app.url}/voice`, { ...desk, network: exchange });
    await phone.waitUntilSilence();
    expect(exchange.outbox).toMatchObject([
      { to: desk.from, from: '+621500400', body: 'your code is 42' },
      { to: '+628222', from: '+62150', body: 'hello' },
    ]);
    expect(phone.transcript[1]).toBe(`  (message to ${desk.from}: your code is 42)`);
    expect(app.requests[1]!.form.get('SmsStatus')).toBe('sent');
    expect(app.requests[1]!.form.get('SmsSid')).toBe(exchange.outbox[1]!.sid);
  });

  test.each([
    ['<Sms to="me">Hi</Sms>', 14101],
    ['<Sms from="somebody or other">Hi</Sms>', 14102],
    ['<Sms/>', 14103],
    [`<Sms>${'x'.repeat(1_601)}</Sms>`, 14103],
  ])('that cannot be sent are warned about: %s', async (verb, code) => {
    const exchange = network({ clock: virtualClock() });
    const app = await application({ '/voice': `<Response>${verb}</Response>` });
    const phone = await dialAt(`${app.url}/voice`, { ...desk, network: exchange });
    await phone.waitUntilSilence();
    expect(exchange.outbox).toEqual([]);
    expect(phone.warnings).toEqual([expect.stringMatching(new RegExp(`^${code} `))]);
  });
});
