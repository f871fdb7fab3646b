import type { Order } from './courier.ts';
import type { Reply } from './roundTrip.ts';

/** So many redirects of one request are followed. */
export const maxRedirects = 10;

/** Whether a request that is redirected by 307 or 308 keeps its method, or becomes a GET as with 302. */
export type Redirect307 = 'keep' | 'get';

/** The request that a redirect asks for; null when the answer is none, 'nowhere' when it leads to no address. */
export function redirected(order: Order, from: URL, reply: Reply, by307: Redirect307): Order | 'nowhere' | null {
  if (![301, 302, 303, 307, 308].includes(reply.status)) return null;
  const url = reply.headers.location && URL.parse(reply.headers.location, from.href);
  if (!url) return 'nowhere';
  // As a browser does: whoever redirects says nothing of the fragment, which goes along (RFC 9110, 10.2.2).
  url.hash ||= from.hash;
  const keepsMethod = order.method === 'GET' || (reply.status >= 307 && by307 === 'keep');
  if (keepsMethod) return { ...order, url: url.href };
  const { Digits: _, ...form } = order.form;
  return { url: url.href, method: 'GET', form };
}
