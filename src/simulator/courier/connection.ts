/** A trouble after which a request may be made again: no connection, no answer in time, or an answer that is an error. */
export type RetryReason = 'ct' | 'rt' | '4xx' | '5xx';

/** How long the carrier waits for an application, in milliseconds, and how often and after what it asks again. */
export type Patience = {
  connectMs: number;
  /** From the connection to the answer, and from one piece of the answer to the next. */
  readMs: number;
  /** For everything: attempts, redirects, the whole answer. */
  totalMs: number;
  retries: number;
  retryOn: readonly RetryReason[];
};

/** What the real carrier grants an application: 5 s to connect, twice, and 15 s in all. */
export const usualPatience: Patience = {
  connectMs: 5_000,
  readMs: 15_000,
  totalMs: 15_000,
  retries: 1,
  retryOn: ['ct'],
};

const reasons: readonly RetryReason[] = ['4xx', '5xx', 'ct', 'rt'];
const ranges = {
  ct: { what: 'connectMs', least: 100, most: 10_000 },
  rt: { what: 'readMs', least: 100, most: 15_000 },
  tt: { what: 'totalMs', least: 100, most: 15_000 },
  rc: { what: 'retries', least: 0, most: 5 },
} as const;

/** The patience that an address asks for in its fragment (`#rt=2000&rp=5xx,ct`), and what of it cannot be granted. */
export function patienceFor(url: URL, usual: Patience): { patience: Patience; refused: string[] } {
  if (url.hash === '') return { patience: usual, refused: [] };
  const wishes = url.hash.slice(1).split('&');
  const patience = { ...usual };
  const refused = wishes.flatMap((wish) => {
    const [name = '', value = ''] = wish.split('=', 2);
    if (name === 'rp') return readPolicy(value, patience);
    return Object.hasOwn(ranges, name) ? readNumber(name as keyof typeof ranges, value, patience) : [];
  });
  return { patience, refused };
}

function readPolicy(value: string, patience: Patience): string[] {
  const names = decoded(value).split(',');
  const isKnown = (name: string): name is RetryReason | 'all' => name === 'all' || reasons.some((one) => one === name);
  if (!names.every(isKnown)) return [`#rp=${value} is none of ${reasons.join(', ')} and all: the default is taken`];
  patience.retryOn = names.includes('all') ? reasons : names.filter((name) => name !== 'all');
  return [];
}

function readNumber(name: keyof typeof ranges, value: string, patience: Patience): string[] {
  const { what, least, most } = ranges[name];
  const number = /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= least && number <= most))
    return [`#${name}=${value} is no number from ${least} to ${most}: the default, ${patience[what]}, is taken`];
  patience[what] = number;
  return [];
}

/** A comma in a fragment may be written `%2C`. */
function decoded(value: string): string {
  return value.replace(/%2c/gi, ',');
}
