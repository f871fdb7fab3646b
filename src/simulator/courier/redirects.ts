import { isStandard } from './callForm.ts';
import type { Order } from './courier.ts';
import type { Reply } from './roundTrip.ts';

/** So many redirects of one request are followed. */
export const maxRedirects = 10;

const followed = [301, 302, 303, 307];

/** Whether a request that is redirected by 307 keeps its method, or becomes a GET as with 302. */
export type Redirect307 = 'keep' | 'get';

/** The request that a redirect asks for; null when the answer is none, and why when it cannot be followed. */
export function redirected(
  order: Order,
  from: URL,
  { status, headers }: Reply,
  by307: Redirect307,
): Order | { why: string } | null {
  if (status < 300 || status >= 400 || status === 304) return null;
  if (!followed.includes(status)) return { why: `redirects by ${status}; only ${followed.join(', ')} are followed` };
  const url = headers.location && URL.parse(headers.location, from.href);
  if (!url) return { why: 'redirects to no address' };
  // As a browser does: whoever redirects says nothing of the fragment, which goes along (RFC 9110, 10.2.2).
  url.hash ||= from.hash;
  const keepsMethod = order.method === 'GET' || (status === 307 && by307 === 'keep');
  if (keepsMethod) return { ...order, url: url.href };
  // What the action wanted to tell is lost on the way: only what stands in every request about a call goes along.
  const form = Object.fromEntries(Object.entries(order.form).filter(([name]) => isStandard(name)));
  return { url: url.href, method: 'GET', form };
}
