import { createHmac } from 'node:crypto';

/** Signs a request as Twilio does: HMAC-SHA1 over the address and the form's names and values in order of name. */
export function signature(
  authToken: string,
  url: string | URL,
  form: Iterable<readonly [string, string]> = [],
): string {
  const pairs = [...form].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  let signed = signedUrl(url);
  for (const [name, value] of pairs) signed += name + value;
  return createHmac('sha1', authToken).update(signed, 'utf8').digest('base64');
}

/** The address as it is signed: no fragment, no user or password, and no port over https. */
function signedUrl(url: string | URL): string {
  const { protocol, hash, username, password, href } = typeof url === 'string' ? new URL(url) : url;
  if (protocol === 'http:' && hash + username + password === '') return href;
  const address = new URL(url);
  address.hash = '';
  address.username = '';
  address.password = '';
  if (protocol === 'https:') address.port = '';
  return address.href;
}
