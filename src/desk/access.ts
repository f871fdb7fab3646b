import type { IncomingMessage } from 'node:http';

/** Who may look at what is not the carrier's: whoever is at this machine, whoever knows the password, or nobody. */
export type Access = { for: 'this machine' } | { for: 'password'; password: string } | { for: 'nobody' };

/** An address that only this machine reaches is open; as soon as others might reach it, a password is asked for. */
export function accessFor(address: { host: string; publicBaseUrl: string | null }, password: string | null): Access {
  const { host, publicBaseUrl } = address;
  if (password !== null) return { for: 'password', password };
  return publicBaseUrl === null && isLoopback(host) ? { for: 'this machine' } : { for: 'nobody' };
}

const isLoopback = (name: string) => /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(name);

/** Whether a request names this machine: one that reached it under a strange name was led here by a strange page. */
export function isForThisMachine({ headers }: IncomingMessage): boolean {
  return isLoopback(URL.parse(`http://${headers.host}`)?.hostname ?? '');
}

/** Whether a request was made by our own page, or by no page. `publicHost` is what the world calls us, if it does. */
export function isFromOwnPage({ headers }: IncomingMessage, publicHost: string | null): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return true;
  const from = URL.parse(origin)?.host;
  return from !== undefined && (from === host?.toLowerCase() || from === publicHost);
}
