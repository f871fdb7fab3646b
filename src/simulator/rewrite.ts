/** Where public addresses are reached from here: the beginning of each, and what stands in its place. */
export type Rewrite = Readonly<Record<string, string>>;

/** An address as it is reached, and the headers with which a tunnel tells what was asked for. */
export type Reached = { target: URL; headers: Record<string, string> };

/** Finds the way to a public address; the longest beginning counts, and it ends where a part of the path does. */
export function reach(url: URL, rewrite: Rewrite): Reached {
  const rules = Object.entries(rewrite).map(([from, to]) => ({ from: new URL(from), to: new URL(to) }));
  const [rule] = rules
    .filter(({ from }) => from.origin === url.origin && `${url.pathname}/`.startsWith(folder(from)))
    .sort((a, b) => b.from.pathname.length - a.from.pathname.length);
  if (!rule) return { target: url, headers: {} };
  const target = new URL(url);
  target.protocol = rule.to.protocol;
  target.host = rule.to.host;
  // Setting a host without a port keeps the old one.
  target.port = rule.to.port;
  target.pathname = folder(rule.to) + url.pathname.slice(folder(rule.from).length);
  return { target, headers: { Host: url.host, 'X-Forwarded-Proto': url.protocol.slice(0, -1) } };
}

function folder({ pathname }: URL): string {
  return pathname.endsWith('/') ? pathname : `${pathname}/`;
}
