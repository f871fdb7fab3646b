import { randomUUID } from 'node:crypto';
import { CookieJar } from 'tough-cookie';
import { type Fault, type Reply, roundTrip } from './roundTrip.ts';
import { signature } from './signature.ts';

/** How long the carrier waits for an application. Twilio: 5 s to connect, twice, and 15 s in all. */
export type Patience = { connectMs: number; totalMs: number; connectRetries: number };

/** What is asked of the application: an address, a method and the form. */
export type Order = { url: string; method: 'GET' | 'POST'; form: Record<string, string> };

/** The answer and the address that gave it in the end, or the carrier's error code and why. */
export type Delivery = { url: string; reply: Reply } | { code: number; why: string };

/** Carries the requests of one call to the application and its cookies back and forth. */
export type Courier = { send(order: Order, maxBytes?: number): Promise<Delivery> };

/** What the real carrier grants an application. */
export const usualPatience: Patience = { connectMs: 5_000, totalMs: 15_000, connectRetries: 1 };

const maxRedirects = 10;
const maxDocumentBytes = 64 * 1024;

/** A courier for one call: signs everything, keeps the call's own cookies, follows redirects as Twilio does. */
export function courier(settings: { authToken: string; patience: Patience }): Courier {
  const jar = new CookieJar();
  return { send: (order, maxBytes = maxDocumentBytes) => deliver(order, { ...settings, jar, maxBytes }) };
}

type Luggage = { authToken: string; patience: Patience; jar: CookieJar; maxBytes: number };

async function deliver(order: Order, luggage: Luggage): Promise<Delivery> {
  const until = performance.now() + luggage.patience.totalMs;
  const token = randomUUID();
  let current = order;
  for (let hop = 0; hop <= maxRedirects; hop++) {
    const url = webAddress(current.url);
    if (!url) return { code: 11100, why: `not a web address: ${current.url}` };
    const reply = await attempt(url, current, token, luggage, until);
    if ('fault' in reply) return { code: codeOf(reply), why: `${current.method} ${url.href}: ${reply.why}` };
    for (const cookie of reply.headers['set-cookie'] ?? [])
      luggage.jar.setCookieSync(cookie, url.href, { ignoreError: true });
    const next = redirected(current, url, reply);
    if (next === null) return outcome(url, current, reply);
    if (next === 'nowhere') return { code: 11216, why: `${url.href} redirects to no address` };
    current = next;
  }
  return { code: 11215, why: `more than ${maxRedirects} redirects, the last to ${current.url}` };
}

function webAddress(text: string): URL | null {
  const url = URL.parse(text);
  return url && /^https?:$/.test(url.protocol) ? url : null;
}

function outcome(url: URL, order: Order, reply: Reply): Delivery {
  if (reply.status >= 200 && reply.status < 300) return { url: url.href, reply };
  return { code: 11200, why: `${order.method} ${url.href} was answered ${reply.status}${firstLine(reply)}` };
}

/** What an application says itself of the trouble, where it says so in plain text. */
function firstLine({ headers, body }: Reply): string {
  if (!headers['content-type']?.startsWith('text/plain')) return '';
  const line = body.toString('utf8', 0, 200).split(/[\r\n]/)[0]!;
  return line && `: ${line.replace(/\p{Cc}/gu, '')}`;
}

async function attempt(url: URL, order: Order, token: string, luggage: Luggage, until: number): Promise<Reply | Fault> {
  const target = new URL(url);
  if (order.method === 'GET')
    for (const [name, value] of Object.entries(order.form)) target.searchParams.append(name, value);
  const out = {
    method: order.method,
    url: target,
    headers: headers(target, order, token, luggage),
    body: order.method === 'POST' ? new URLSearchParams(order.form).toString() : null,
    maxBytes: luggage.maxBytes,
  };
  for (let retries = luggage.patience.connectRetries; ; retries--) {
    const totalMs = Math.max(1, until - performance.now());
    const reply = await roundTrip({ ...out, connectMs: Math.min(luggage.patience.connectMs, totalMs), totalMs });
    const worthAnother = 'fault' in reply && !reply.connected && reply.fault !== 'host';
    if (!worthAnother || retries <= 0 || performance.now() >= until) return reply;
  }
}

function headers(url: URL, order: Order, token: string, { authToken, jar }: Luggage): Record<string, string> {
  const form = order.method === 'POST' ? Object.entries(order.form) : [];
  const cookie = jar.getCookieStringSync(url.href);
  return {
    'User-Agent': 'TwilioProxy/1.1',
    Accept: '*/*',
    'I-Twilio-Idempotency-Token': token,
    'X-Twilio-Signature': signature(authToken, url.href, form),
    ...(order.method === 'POST' && { 'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8' }),
    ...(cookie && { Cookie: cookie }),
  };
}

function redirected(order: Order, from: URL, reply: Reply): Order | 'nowhere' | null {
  if (![301, 302, 303, 307, 308].includes(reply.status)) return null;
  const url = reply.headers.location && URL.parse(reply.headers.location, from.href)?.href;
  if (!url) return 'nowhere';
  if (reply.status >= 307 || order.method === 'GET') return { ...order, url };
  const { Digits: _, ...form } = order.form;
  return { url, method: 'GET', form };
}

function codeOf(fault: Fault): number {
  if (fault.fault === 'too large') return 11750;
  if (fault.fault === 'host') return 11210;
  if (fault.fault === 'tls') return 11220;
  return fault.connected ? 11200 : 11205;
}
