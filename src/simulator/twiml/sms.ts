import { tell } from '../courier/errand.ts';
import type { Leg } from '../leg/leg.ts';
import { post } from '../network.ts';
import { absolute, attributes } from './attributes.ts';
import { type Element, elementsIn, textIn } from './element.ts';
import type { Next, Verb } from './verb.ts';

const longestMessage = 1_600;

/** `<Sms>`: a text message goes out, to the caller unless another number is named. */
export const sms: Verb = {
  attributes: ['to', 'from', 'action', 'method', 'statusCallback'],
  nests: [],
  perform: (element, leg, documentUrl) => send(element, leg, documentUrl, textIn(element)),
};

/** `<Message>`: the same as an Sms, with its text in a `<Body>` or without. */
export const message: Verb = {
  attributes: ['to', 'from', 'action', 'method', 'statusCallback'],
  nests: ['Body', 'Media'],
  nouns: { Body: { attributes: [], nests: [] }, Media: { attributes: [], nests: [] } },
  perform(element, leg, documentUrl) {
    const body = elementsIn(element).find(({ name }) => name === 'Body');
    return send(element, leg, documentUrl, textIn(body ?? element));
  },
};

async function send(element: Element, leg: Leg, documentUrl: string, body: string): Promise<Next> {
  const to = element.attributes.to?.trim() || leg.facts.from;
  const from = element.attributes.from?.trim() || leg.facts.to;
  const fault = faultOf(to, from, body);
  if (fault) leg.warn(fault.code, `${element.name}: ${fault.why}`, element);
  const sid = leg.newSid('SM');
  if (!fault) {
    post(leg.network, { sid, from, to, body, at: new Date(leg.clock.now()) });
    leg.happen({ type: 'message', from, to, body });
  }
  const form = { SmsSid: sid, SmsStatus: fault ? 'invalid' : 'sent' };
  const { statusCallback, action } = element.attributes;
  if (statusCallback && !fault) {
    const url = absolute(statusCallback, documentUrl);
    tell(leg, { url, method: 'POST', form: { AccountSid: leg.facts.accountSid, From: from, To: to, ...form } });
  }
  if (action === undefined) return 'on';
  return { ask: attributes(element, leg).order(action, documentUrl, 14104, form) };
}

function faultOf(to: string, from: string, body: string): { code: number; why: string } | null {
  const number = /^(whatsapp:)?\+?\d{3,15}$/;
  if (!number.test(to)) return { code: 14101, why: `Invalid to number "${to}"` };
  if (!number.test(from) && !/^[\w ]{1,11}$/.test(from)) return { code: 14102, why: `Invalid from number "${from}"` };
  if (body === '') return { code: 14103, why: 'Invalid body, there is none' };
  return body.length > longestMessage ? { code: 14103, why: `Invalid body, over ${longestMessage} characters` } : null;
}
