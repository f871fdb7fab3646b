import { randomUUID } from 'node:crypto';
import { type Cache, cache } from './cache.ts';
import { type Patience, patienceFor } from './connection.ts';
import { type Cookies, cookies } from './cookies.ts';
import { maxRedirects, type Redirect307, redirected } from './redirects.ts';
import { persist } from './retry.ts';
import { type Rewrite, reach, type Ways, waysOf } from './rewrite.ts';
import type { Fault, Reply } from './roundTrip.ts';
import { shownUrl } from './shownUrl.ts';
import { signature } from './signature.ts';

/** What is asked of the application: an address, a method and the form. */
export type Order = { url: string; method: 'GET' | 'POST'; form: Record<string, string> };

/** What is performed next: a document that is asked for, or one that was given, which has no address (`url` is empty). */
export type Todo = Order | { twiml: string; url: string };

/** The answer and the address that gave it in the end, or the carrier's error code and why. */
export type Delivery = { url: string; reply: Reply } | { code: number; why: string; status?: number };

/** One request as it went to the application, how many milliseconds it took, and what came back. */
export type Exchange = Order & { headers: Record<string, string>; ms: number; reply: Reply | Fault };

/** Carries the requests of one call to the application and its cookies back and forth. */
export type Courier = { send(order: Order): Promise<Delivery> };

/** How a courier works. */
type CourierSettings = {
  authToken: string;
  patience: Patience;
  /** The line's time in milliseconds since 1970, in which cookies and stored answers grow old. */
  now?: () => number;
  rewrite?: Rewrite;
  redirect307?: Redirect307;
  /** Told of what an address asks for and cannot have. */
  warn?: (code: number, message: string) => void;
  /** Told of every request that was made, for whoever wants to look into a call. */
  onExchange?: (exchange: Exchange) => void;
};

const mostDocumentBytes = 64 * 1024;
const mostSoundBytes = 16 * 1024 * 1024;
/** A sound may be larger than a document. */
const mostBytes = (type: string) => (/^audio\//i.test(type) ? mostSoundBytes : mostDocumentBytes);

/** A courier for one call: signs everything, keeps the call's own cookies, follows redirects as Twilio does. */
export function courier(settings: CourierSettings): Courier {
  const { now = Date.now, rewrite = {}, redirect307 = 'keep', warn = () => {}, onExchange = () => {} } = settings;
  const own = { cookies: cookies(now), cache: cache(now), ways: waysOf(rewrite), redirect307, warn, onExchange };
  return { send: (order) => deliver(order, { ...settings, ...own }) };
}

type Luggage = Required<Omit<CourierSettings, 'now' | 'rewrite'>> & {
  cookies: Cookies;
  cache: Cache;
  ways: Ways;
};
type Attempt = { token: string; patience: Patience; until: number };

async function deliver(first: Order, luggage: Luggage): Promise<Delivery> {
  let order = first;
  let attempt: Attempt | null = null;
  for (let hop = 0; hop <= maxRedirects; hop++) {
    const url = webAddress(order.url);
    if (!url) return { code: 11100, why: whyNot(order.url) };
    attempt ??= prepare(url, luggage);
    const reply = await ask(url, order, attempt, luggage);
    if ('fault' in reply) return { code: codeOf(reply), why: `${order.method} ${shownUrl(url)}: ${reply.why}` };
    const next = redirected(order, url, reply, luggage.redirect307);
    if (next === null) return outcome(url, order, reply);
    if ('why' in next) return { code: 11216, why: `${shownUrl(url)} ${next.why}` };
    order = next;
  }
  return { code: 11215, why: `more than ${maxRedirects} redirects, the last to ${shownUrl(order.url)}` };
}

function whyNot(address: string): string {
  const why = `not a web address: ${shownUrl(address)}`;
  return address === '' ? 'a document that is given has no address of its own: write the whole one in it' : why;
}

/** An address that can be asked, or null. */
export function webAddress(text: string): URL | null {
  const url = URL.parse(text);
  return url && /^https?:$/.test(url.protocol) ? url : null;
}

/** What stays the same for every attempt and every redirect of one request. */
function prepare(url: URL, { patience: usual, warn }: Luggage): Attempt {
  const { patience, refused } = patienceFor(url, usual);
  for (const why of refused) warn(11100, `${shownUrl(url)}: ${why}`);
  return { token: randomUUID(), patience, until: performance.now() + patience.totalMs };
}

function outcome(url: URL, order: Order, reply: Reply): Delivery {
  if (reply.status >= 200 && reply.status < 300) return { url: url.href, reply };
  const why = `${order.method} ${shownUrl(url)} was answered ${reply.status}${firstLine(reply)}`;
  return { code: 11200, why, status: reply.status };
}

/** What an application says itself of the trouble, where it says so in plain text. */
function firstLine({ headers, body }: Reply): string {
  if (!headers['content-type']?.startsWith('text/plain')) return '';
  const line = body.toString('utf8', 0, 200).split(/[\r\n]/)[0]!;
  return line && `: ${line.replace(/\p{Cc}/gu, '')}`;
}

async function ask(url: URL, order: Order, attempt: Attempt, luggage: Luggage): Promise<Reply | Fault> {
  const { cache, cookies, ways } = luggage;
  const asked = addressed(url, order);
  if (order.method === 'POST') cache.forget(asked.href);
  const stored = order.method === 'GET' ? cache.fresh(asked.href) : null;
  if (stored) return stored;
  const { target, headers } = reach(asked, ways);
  const fields = order.method === 'POST' ? Object.entries(order.form) : null;
  const out = {
    method: order.method,
    url: target,
    headers: Object.assign(requestHeaders(asked, fields, attempt.token, luggage), headers),
    body: fields && encoded(fields),
    mostBytes,
  };
  const from = performance.now();
  const reply = await persist(out, attempt.patience, attempt.until);
  const ms = performance.now() - from;
  luggage.onExchange({ ...order, url: asked.href, headers: out.headers, ms, reply });
  if ('fault' in reply) return reply;
  cookies.take(url, reply.headers['set-cookie'] ?? []);
  return order.method === 'GET' ? cache.keep(asked.href, reply) : reply;
}

/** The address that is asked and signed: for GET with the form behind what stands in it, and never a fragment. */
function addressed(url: URL, { method, form }: Order): URL {
  const fields = method === 'GET' ? encoded(Object.entries(form)) : '';
  if (fields === '' && url.hash === '') return url;
  const asked = new URL(url);
  asked.hash = '';
  if (fields) asked.search = asked.search ? `${asked.search}&${fields}` : fields;
  return asked;
}

type Fields = [name: string, value: string][];

const encoded = (fields: Fields) => new URLSearchParams(fields).toString();

/** `fields` are what is posted; a GET has none. */
function requestHeaders(url: URL, fields: Fields | null, token: string, luggage: Luggage): Record<string, string> {
  const { authToken, cache, cookies } = luggage;
  const headers: Record<string, string> = {
    'User-Agent': 'TwilioProxy/1.1',
    Accept: '*/*',
    'I-Twilio-Idempotency-Token': token,
    'X-Twilio-Signature': signature(authToken, url, fields ?? []),
  };
  if (fields) headers['Content-Type'] = 'application/x-www-form-urlencoded; charset=UTF-8';
  else Object.assign(headers, cache.conditions(url.href));
  const cookie = cookies.give(url);
  if (cookie) headers.Cookie = cookie;
  return headers;
}

function codeOf(fault: Fault): number {
  if (fault.fault === 'too large') return 11750;
  if (fault.fault === 'host') return 11210;
  if (fault.fault === 'tls') return 11220;
  if (fault.fault === 'not HTTP') return 11206;
  return fault.connected && fault.fault !== 'timeout' ? 11200 : 11205;
}
