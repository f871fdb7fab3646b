import { soundLength } from '../sound/soundLength.ts';
import type { Element, Place } from '../twiml/element.ts';
import { parse } from '../twiml/parse.ts';
import type { Delivery } from './courier.ts';
import { shownUrl } from './shownUrl.ts';

/** What the application answered: a document to perform, a sound to play, or nothing that the carrier can use. */
export type Answer =
  | { url: string; document: Element }
  | { url: string; soundMs: number }
  | { code: number; why: string; place?: Place };

const versions = ['2010-04-01', '2008-08-01'];
const asTwiml = ['text/xml', 'application/xml', 'text/html'];

/** Judges an answer by its content type and its text, as the carrier does. */
export function readAnswer(delivery: Delivery): Answer {
  if ('code' in delivery) return delivery;
  const { url, reply } = delivery;
  const [written = '', ...parameters] = (reply.headers['content-type'] ?? '').split(';').map((part) => part.trim());
  const type = written.toLowerCase();
  if (/^audio\//.test(type)) return { url, soundMs: soundLength(reply.body) };
  if (reply.body.length === 0) return { code: 12100, why: `${shownUrl(url)} answered with an empty document` };
  const isTwiml = asTwiml.includes(type);
  if (!isTwiml && type !== 'text/plain')
    return { code: 12300, why: `${shownUrl(url)} answered with content type "${written}"` };
  const text = decode(reply.body, parameters) ?? (isTwiml ? null : reply.body.toString('utf8'));
  if (text === null) return { code: 12100, why: `${shownUrl(url)} is no text in the encoding that it names` };
  return isTwiml || /^\s*<(\?xml|!--|Response\b)/.test(text)
    ? readDocument(url, text)
    : { url, document: spoken(text) };
}

/** The text of an answer, in the encoding that its header names, or its first line, or else UTF-8. */
function decode(body: Buffer, parameters: string[]): string | null {
  const header = parameters.find((one) => /^charset=/i.test(one))?.slice('charset='.length);
  const firstLine = /^<\?xml[^>]*?encoding=["']([\w.:-]+)["']/.exec(body.toString('latin1', 0, 200))?.[1];
  const encoding = (header ?? firstLine ?? 'utf-8').replaceAll('"', '');
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(body);
  } catch {
    return null;
  }
}

function readDocument(url: string, xml: string): Answer {
  const root = parse(xml);
  if ('fault' in root) return { code: 12100, why: `${shownUrl(url)} is not XML: ${root.fault}`, place: root };
  if (root.name !== 'Response')
    return { code: 12102, why: `${shownUrl(url)} begins with <${root.name}>, not with <Response>`, place: root };
  const { version } = root.attributes;
  if (version === undefined || versions.includes(version)) return { url, document: root };
  const known = versions.join(' and ');
  return { code: 12101, why: `${shownUrl(url)} is of version "${version}"; there are ${known}`, place: root };
}

function spoken(text: string): Element {
  const place = { line: 1, column: 0, attributes: {} };
  return { ...place, name: 'Response', children: [{ ...place, name: 'Say', children: [text] }] };
}
