/** Where public addresses are reached from here: the beginning of each, and what stands in its place. */
export type Rewrite = Readonly<Record<string, string>>;

/** The way from public addresses to where they are reached. */
export type Ways = readonly { from: URL; to: URL }[];

/**
 * Reads where public addresses are reached; the longest beginning comes first.
 * @throws Error when one of them is no web address.
 */
export function waysOf(rewrite: Rewrite): Ways {
  const ways = Object.entries(rewrite).map(([from, to]) => ({ from: webAddress(from), to: webAddress(to) }));
  return ways.sort((a, b) => b.from.pathname.length - a.from.pathname.length);
}

/** An address as it is reached, and the headers with which a tunnel tells what was asked for. */
export function reach(url: URL, ways: Ways): { target: URL; headers: Record<string, string> } {
  const way = ways.find(({ from }) => from.origin === url.origin && `${url.pathname}/`.startsWith(folder(from)));
  if (!way) return { target: url, headers: {} };
  const target = new URL(url);
  target.protocol = way.to.protocol;
  target.host = way.to.host;
  // Setting a host without a port keeps the old one.
  target.port = way.to.port;
  target.pathname = folder(way.to) + url.pathname.slice(folder(way.from).length);
  return { target, headers: { Host: url.host, 'X-Forwarded-Proto': url.protocol.slice(0, -1) } };
}

function webAddress(text: string): URL {
  const url = URL.parse(text);
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw new Error(`rewrite has ${JSON.stringify(text)}: give web addresses such as https://example.com`);
}

function folder({ pathname }: URL): string {
  return pathname.endsWith('/') ? pathname : `${pathname}/`;
}
