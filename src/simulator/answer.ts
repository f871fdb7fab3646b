import type { Delivery } from './courier.ts';
import { soundLength } from './soundLength.ts';
import type { Element, Place } from './twiml/element.ts';
import { parse } from './twiml/parse.ts';

/** What the application answered: a document to perform, a sound to play, or nothing that the carrier can use. */
export type Answer =
  | { url: string; document: Element }
  | { url: string; soundMs: number }
  | { code: number; why: string; place?: Place };

const asTwiml = ['text/xml', 'application/xml', 'text/html'];

/** Judges an answer by its content type and its text, as the carrier does. */
export function readAnswer(delivery: Delivery): Answer {
  if ('code' in delivery) return delivery;
  const { url, reply } = delivery;
  if (reply.body.length === 0) return { code: 12100, why: `${url} answered with an empty document` };
  const [type = '', ...parameters] = (reply.headers['content-type'] ?? '').split(';').map((part) => part.trim());
  if (/^audio\//i.test(type)) return { url, soundMs: soundLength(reply.body) };
  const text = decode(reply.body, parameters);
  if (asTwiml.includes(type.toLowerCase())) return readDocument(url, text);
  if (type.toLowerCase() !== 'text/plain') return { code: 12300, why: `${url} answered with content type "${type}"` };
  return /^\s*<(\?xml|Response)\b/.test(text) ? readDocument(url, text) : { url, document: spoken(text) };
}

function decode(body: Buffer, parameters: string[]): string {
  const charset = parameters.find((one) => /^charset=/i.test(one))?.slice('charset='.length) ?? 'utf-8';
  try {
    return new TextDecoder(charset.replaceAll('"', '')).decode(body);
  } catch {
    return new TextDecoder().decode(body);
  }
}

function readDocument(url: string, xml: string): Answer {
  const root = parse(xml);
  if ('fault' in root) return { code: 12100, why: `${url} is not XML: ${root.fault}`, place: root };
  if (root.name === 'Response') return { url, document: root };
  return { code: 12102, why: `${url} begins with <${root.name}>, not with <Response>`, place: root };
}

function spoken(text: string): Element {
  const place = { line: 1, column: 0, attributes: {} };
  return { ...place, name: 'Response', children: [{ ...place, name: 'Say', children: [text] }] };
}
