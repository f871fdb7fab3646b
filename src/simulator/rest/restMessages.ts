import { courierFor } from '../courier/courierFor.ts';
import { callbackCode } from '../courier/errand.ts';
import { invented } from '../invented.ts';
import { type Message, type Network, post } from '../network.ts';
import type { RestAccount } from '../rest.ts';
import { isWebAddress, type RestAnswer, type RestRequest, refusal, restDate } from './restAnswer.ts';

const longestMessage = 1_600;
const number = /^(whatsapp:)?\+?\d{3,15}$/;

/** `POST Messages.json`: a text message goes into the outbox, where the tester sees it. */
export function sendMessage({ form }: RestRequest, network: Network, options: RestAccount): RestAnswer {
  const to = form.get('To') ?? '';
  const from = form.get('From') ?? form.get('MessagingServiceSid') ?? '';
  const body = form.get('Body') ?? '';
  if (to === '') return refusal(400, 21604, "A 'To' phone number is required.");
  if (!number.test(to)) return refusal(400, 21211, `The 'To' number ${to} is not a valid phone number.`);
  if (from === '') return refusal(400, 21603, "A 'From' phone number is required.");
  if (body === '' && !form.has('MediaUrl')) return refusal(400, 21602, 'Message body is required.');
  if (body.length > longestMessage)
    return refusal(400, 21617, 'The concatenated message body exceeds the 1600 character limit.');
  const callback = form.get('StatusCallback');
  if (callback && !isWebAddress(callback))
    return refusal(400, 21609, `The 'StatusCallback' URL ${callback} is not a valid URL.`);
  const message = { sid: invented().sid('SM'), from, to, body, at: new Date(network.clock.now()) };
  post(network, message);
  if (callback) report(network, options, callback, message);
  return { status: 201, json: describe(message, options, 'queued') };
}

/** Tells the application that a message has gone out, and that it has arrived. */
function report(network: Network, options: RestAccount, url: string, { sid, from, to }: Message): void {
  const warn = (code: number, why: string) => network.warnings.push(`${code} message status callback: ${why}`);
  const courier = courierFor(options, network.clock.now, warn);
  const facts = { SmsSid: sid, MessageSid: sid, AccountSid: options.accountSid, ApiVersion: '2010-04-01', To: to };
  const sender = from.startsWith('MG') ? { MessagingServiceSid: from } : { From: from };
  const tell = async (status: string) => {
    const form = { ...facts, ...sender, SmsStatus: status, MessageStatus: status };
    const told = await network.clock.standStill(() => courier.send({ url, method: 'POST', form }));
    if ('code' in told) warn(callbackCode(told), told.why);
  };
  network.errands = network.errands.then(() => tell('sent')).then(() => tell('delivered'));
}

/** `GET Messages/{SM}.json`: a message that was sent. */
export function showMessage(_order: RestRequest, network: Network, options: RestAccount, sid: string) {
  const message = network.outbox.find((one) => one.sid === sid);
  return message ? { status: 200, json: describe(message, options, 'delivered') } : null;
}

function describe({ sid, from, to, body, at }: Message, { accountSid }: RestAccount, status: string) {
  const isService = from.startsWith('MG');
  return {
    sid,
    account_sid: accountSid,
    api_version: '2010-04-01',
    body,
    date_created: restDate(at),
    date_sent: status === 'queued' ? null : restDate(at),
    date_updated: restDate(at),
    direction: 'outbound-api',
    error_code: null,
    error_message: null,
    from: isService ? null : from,
    messaging_service_sid: isService ? from : null,
    num_media: '0',
    num_segments: String(Math.max(1, Math.ceil(body.length / 153))),
    price: null,
    price_unit: 'USD',
    status,
    subresource_uris: { media: `/2010-04-01/Accounts/${accountSid}/Messages/${sid}/Media.json` },
    to,
    uri: `/2010-04-01/Accounts/${accountSid}/Messages/${sid}.json`,
  };
}
