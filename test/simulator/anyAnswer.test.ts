import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAnswer } from '../../src/simulator/courier/answer.ts';
import { cache } from '../../src/simulator/courier/cache.ts';
import { patienceFor, usualPatience } from '../../src/simulator/courier/connection.ts';
import { cookies } from '../../src/simulator/courier/cookies.ts';
import { reach, waysOf } from '../../src/simulator/courier/rewrite.ts';

/** Text as headers carry it: made of what means something there, or of any byte. */
const textOf = (...pieces: string[]) =>
  fc.oneof(
    fc.array(fc.constantFrom(...pieces)).map((all) => all.join('')),
    fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  );

test('whatever stands in a fragment, the patience it asks for can be granted', () => {
  const fragment = textOf('ct=', 'rt=', 'tt=', 'rc=', 'rp=', 'all', 'ct,rt', '&', '=', '100', '5', '-', '99999', '%2C');
  fc.assert(
    fc.property(fragment, (text) => {
      const url = new URL('http://x/');
      url.hash = text;
      const { patience } = patienceFor(url, usualPatience);
      expect(patience.connectMs).toSatisfy((ms: number) => ms >= 100 && ms <= 10_000);
      expect(patience.readMs).toSatisfy((ms: number) => ms >= 100 && ms <= 15_000);
      expect(patience.totalMs).toSatisfy((ms: number) => ms >= 100 && ms <= 15_000);
      expect(patience.retries).toSatisfy((times: number) => Number.isInteger(times) && times >= 0 && times <= 5);
    }),
    { numRuns: 1_000 },
  );
});

test('whatever cookies are set, what is given back can stand in a header', () => {
  const line = textOf(
    'a',
    'b=1',
    '=',
    ';',
    ' ',
    'Path=/',
    'Domain=',
    'x.test',
    '.',
    'Max-Age=',
    '9',
    '-1',
    'Secure',
    'Expires=',
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 5 }), fc.array(fc.nat()), (lines, times) => {
      let now = 0;
      const jar = cookies(() => now);
      for (const time of times.concat(0)) {
        now = time;
        jar.take(new URL('http://ivr.x.test/a/b'), lines);
        expect(() => new Headers({ Cookie: jar.give(new URL('http://ivr.x.test/a/c')) })).not.toThrow();
      }
    }),
    { numRuns: 1_000 },
  );
});

test('whatever headers an answer has, it is kept or not, and never used again where it says no', () => {
  const value = textOf(
    'max-age=',
    '60',
    '-1',
    'no-store',
    'no-cache',
    ',',
    '"',
    '=',
    ' ',
    'Sat, 21 Nov 2026 12:00:00 GMT',
  );
  const headers = fc.dictionary(
    fc.constantFrom('cache-control', 'expires', 'date', 'age', 'vary', 'etag', 'last-modified', 'pragma'),
    value,
  );
  fc.assert(
    fc.property(headers, fc.constantFrom(200, 304, 404), (given, status) => {
      const store = cache(() => Date.UTC(2026, 10, 21, 12));
      const reply = { status, headers: given, body: Buffer.from('x') };
      expect(store.keep('http://x/', reply)).toEqual(reply);
      const mayBeFresh = status === 200 && !/(^|,) *no-(store|cache) *(,|$)/.test(given['cache-control'] ?? '');
      if (!mayBeFresh) expect(store.fresh('http://x/')).toBeNull();
      if (!/max-age="*\d/.test(given['cache-control'] ?? '') && !/GMT$/.test(given.expires ?? ''))
        expect(store.fresh('http://x/')).toBeNull();
    }),
    {
      numRuns: 1_000,
      // A date that is none was once taken for one, an hour ahead.
      examples: [[{ expires: 'Sat, 21 Nov 2026 12:00:00 GMT-1', 'cache-control': 'no-storemax-age=' }, 200]],
    },
  );
});

test('whatever bytes come under whatever name, they are a document, a sound, or an error with its code', () => {
  const type = textOf('text/', 'xml', 'html', 'plain', 'audio/', 'wav', ';', 'charset=', 'utf-16', 'utf-8', '"', ' ');
  const body = fc.oneof(textOf('<', 'Response', '>', '/', ' ', '<?xml version="1.0"?>', 'RIFF', '&'), fc.string());
  fc.assert(
    fc.property(type, body, (name, text) => {
      const reply = { status: 200, headers: { 'content-type': name }, body: Buffer.from(text) };
      const answer = readAnswer({ url: 'http://x/', reply });
      if ('code' in answer) expect([12100, 12102, 12300]).toContain(answer.code);
      else if ('soundMs' in answer) expect(answer.soundMs).toBeGreaterThanOrEqual(0);
      else expect(answer.document.name).toBe('Response');
    }),
    { numRuns: 1_000 },
  );
});

test('wherever an address is reached, its query stays as it is', () => {
  const ways = waysOf({
    'https://example.com/ivr': 'http://127.0.0.1:3000/app',
    'https://example.com': 'http://[::1]:1/',
  });
  fc.assert(
    fc.property(fc.webPath(), fc.webQueryParameters(), (path, query) => {
      const { target } = reach(new URL(`https://example.com${path}?${query}`), ways);
      expect(['http://127.0.0.1:3000', 'http://[::1]:1']).toContain(target.origin);
      expect(target.search).toBe(new URL(`https://example.com/?${query}`).search);
    }),
  );
});
