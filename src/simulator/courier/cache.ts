import type { Reply } from './roundTrip.ts';

/** Answers to GET requests that need not be fetched again, as RFC 9111 has it for one client of its own. */
export type Cache = {
  /** The stored answer, while it is fresh. */
  fresh(url: string): Reply | null;
  /** The headers that ask whether a stored answer is still the right one. */
  conditions(url: string): Record<string, string>;
  /** Learns from an answer, and replaces "not modified" by what was stored. */
  keep(url: string, reply: Reply): Reply;
  forget(url: string): void;
};

type Stored = { reply: Reply; freshUntil: number };

const mostBytes = 32 * 1024 * 1024;
const mostAnswers = 1_000;
/** What every request of the line sends alike; an answer that varies by anything else is not kept. */
const alwaysAlike = /^(accept|accept-encoding|accept-language|user-agent|host)$/;

/** An empty cache; `now` is the line's time in milliseconds since 1970. */
export function cache(now: () => number): Cache {
  const answers = new Map<string, Stored>();
  const store = (url: string, reply: Reply) => {
    answers.delete(url);
    if (!mayBeKept(reply)) return;
    answers.set(url, { reply: withoutCookies(reply), freshUntil: now() + freshFor(reply, now()) });
    makeRoom(answers);
  };
  return {
    fresh(url) {
      const stored = answers.get(url);
      return stored && stored.freshUntil > now() ? stored.reply : null;
    },
    conditions(url) {
      const { etag, 'last-modified': modified } = answers.get(url)?.reply.headers ?? {};
      return { ...(etag && { 'If-None-Match': etag }), ...(modified && { 'If-Modified-Since': modified }) };
    },
    keep(url, reply) {
      const stored = answers.get(url)?.reply;
      const isStillRight = reply.status === 304 && stored !== undefined;
      const whole = isStillRight ? { ...stored, headers: { ...stored.headers, ...news(reply) } } : reply;
      store(url, whole);
      return whole;
    },
    forget: (url) => void answers.delete(url),
  };
}

function makeRoom(answers: Map<string, Stored>): void {
  let bytes = [...answers.values()].reduce((sum, { reply }) => sum + reply.body.length, 0);
  for (const [url, { reply }] of answers) {
    if (bytes <= mostBytes && answers.size <= mostAnswers) return;
    bytes -= reply.body.length;
    answers.delete(url);
  }
}

function mayBeKept(reply: Reply): boolean {
  if (reply.status !== 200 || 'no-store' in directives(reply)) return false;
  const { vary = '', etag, 'last-modified': modified } = reply.headers;
  const isAlike = vary.split(',').every((name) => name.trim() === '' || alwaysAlike.test(name.trim().toLowerCase()));
  return isAlike && (etag !== undefined || modified !== undefined || freshFor(reply, 0) > 0);
}

/** For how many milliseconds an answer may be used unasked; without a word of the server for none. */
function freshFor(reply: Reply, now: number): number {
  const { 'max-age': maxAge, 'no-cache': noCache } = directives(reply);
  if (noCache !== undefined) return 0;
  const { age = '0', date, expires } = reply.headers;
  const elsewhere = /^\d+$/.test(age) ? Number(age) * 1_000 : 0;
  if (maxAge !== undefined) return /^\d+$/.test(maxAge) ? Math.max(0, Number(maxAge) * 1_000 - elsewhere) : 0;
  const until = httpDate(expires) - (httpDate(date) || now) - elsewhere;
  return until > 0 ? until : 0;
}

/** A date as HTTP writes it; JavaScript would take almost anything for one. */
function httpDate(text = ''): number {
  return text.endsWith(' GMT') ? Date.parse(text) : Number.NaN;
}

function directives({ headers }: Reply): Record<string, string | undefined> {
  const byPragma = /no-cache/i.test(headers.pragma ?? '') ? 'no-cache' : '';
  const written = headers['cache-control'] ?? byPragma;
  const pairs = written.split(',').map((one) => {
    const [name = '', value = ''] = one.trim().toLowerCase().split('=', 2);
    return [name, value.replaceAll('"', '')] as const;
  });
  return Object.fromEntries(pairs);
}

/** What "not modified" may tell anew; the headers about the body stay those of the body (RFC 9111, 3.2). */
function news({ headers }: Reply): Reply['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('content-')));
}

/** A cookie is set by an answer that came, not by one remembered. */
function withoutCookies(reply: Reply): Reply {
  const { 'set-cookie': _, ...headers } = reply.headers;
  return { ...reply, headers };
}
