import { Cookie, CookieJar } from 'tough-cookie';

/** The cookies of one call: taken from answers and given back as a browser would, in the time of the line. */
export type Cookies = {
  take(url: URL, lines: readonly string[]): void;
  /** The `Cookie` header for an address; empty when there is nothing to give. */
  give(url: URL): string;
};

/** So many cookies of one site a browser keeps; then it forgets the oldest. */
const mostOfOneSite = 180;

/** An empty jar; `now` is the line's time in milliseconds since 1970. */
export function cookies(now: () => number): Cookies {
  let jar: CookieJar | null = null;
  const matching = (url: URL, everyPath: boolean) =>
    jar?.getCookiesSync(url.href, { expire: false, sort: true, allPaths: everyPath }) ?? [];
  return {
    take(url, lines) {
      if (lines.length === 0) return;
      jar ??= new CookieJar();
      for (const line of lines) {
        const cookie = Cookie.parse(line);
        if (cookie) jar.setCookieSync(dated(cookie, now()), url.href, { ignoreError: true, now: new Date(now()) });
      }
      const oldestLast = matching(url, true).sort((a, b) => (b.creationIndex ?? 0) - (a.creationIndex ?? 0));
      for (const { domain, path, key } of oldestLast.slice(mostOfOneSite))
        if (domain && path) void jar.store.removeCookie(domain, path, key);
    },
    give(url) {
      return matching(url, false)
        .filter((cookie) => (cookie.expiryTime() ?? Number.POSITIVE_INFINITY) > now())
        .map((cookie) => cookie.cookieString())
        .join('; ');
    },
  };
}

/** The jar counts an age from when a cookie was last given; a browser counts from when it was set. */
function dated(cookie: Cookie, now: number): Cookie {
  const { maxAge } = cookie;
  if (typeof maxAge !== 'number') return cookie;
  cookie.maxAge = null;
  cookie.expires = new Date(maxAge > 0 ? Math.min(now + maxAge * 1_000, 8.64e15) : 0);
  return cookie;
}
