import { describe, expect, test } from 'vitest';
import { cache } from '../../src/simulator/courier/cache.ts';
import { dial } from '../../src/simulator/phone.ts';
import { application, desk, type Received } from './application.ts';

type Headers = Record<string, string>;
const noon = Date.UTC(2026, 10, 21, 12);
const date = (seconds: number) => new Date(noon + seconds * 1_000).toUTCString();
const reply = (headers: Headers, body = 'sound', status = 200) => ({ status, headers, body: Buffer.from(body) });

/** What becomes of an answer with these headers: for how many seconds it is used unasked, and how it is asked after. */
function kept(headers: Headers) {
  const clock = { now: noon };
  const store = cache(() => clock.now);
  store.keep('http://x/', reply(headers));
  const isFreshAfter = (seconds: number) => {
    clock.now = noon + seconds * 1_000;
    return store.fresh('http://x/') !== null;
  };
  return { freshFor: [59, 61, 121].filter(isFreshAfter).at(-1) ?? 0, conditions: store.conditions('http://x/') };
}

describe('an answer to a GET', () => {
  test.each<[string, Headers, number, Headers]>([
    ['is used again for as long as it says', { 'cache-control': 'public, max-age=60' }, 59, {}],
    ['is as old as its age', { 'cache-control': 'max-age=120', age: '60' }, 59, {}],
    ['is used until it expires', { expires: date(60), date: date(0) }, 59, {}],
    ['is used until it expires by the clock of its server', { expires: date(3_660), date: date(3_600) }, 59, {}],
    ['is asked after by its tag', { etag: '"v1"' }, 0, { 'If-None-Match': '"v1"' }],
    ['is asked after by its date', { 'last-modified': date(-9) }, 0, { 'If-Modified-Since': date(-9) }],
    ['is asked after at once', { 'cache-control': 'no-cache, max-age=60', etag: 'a' }, 0, { 'If-None-Match': 'a' }],
    ['is not kept where it may not be', { 'cache-control': 'no-store, max-age=60', etag: 'a' }, 0, {}],
    ['is not kept where others get another', { 'cache-control': 'max-age=60', vary: 'Cookie' }, 0, {}],
    ['is kept where all get the same', { 'cache-control': 'max-age=60', vary: 'Accept-Encoding' }, 59, {}],
    ['is not kept without a word about it', {}, 0, {}],
    ['is not kept for a time that is none', { 'cache-control': 'max-age=soon' }, 0, {}],
  ])('%s', (_what, headers, freshFor, conditions) => {
    expect(kept(headers)).toEqual({ freshFor, conditions });
  });

  test('is forgotten when there are too many or too large ones', () => {
    const store = cache(() => noon);
    const large = { ...reply({ 'cache-control': 'max-age=60' }), body: Buffer.alloc(16 * 1024 * 1024) };
    for (const name of ['a', 'b', 'c']) store.keep(name, large);
    expect(['a', 'b', 'c'].map((name) => store.fresh(name) !== null)).toEqual([false, true, true]);
    for (let n = 0; n < 1_100; n++) store.keep(`n${n}`, reply({ 'cache-control': 'max-age=60' }));
    expect([store.fresh('c'), store.fresh('n50'), store.fresh('n1099')?.status]).toEqual([null, null, 200]);
  });
});

const sound = (seconds: number) => Buffer.alloc(seconds * 8_000);
const twice = '<Response><Play>/sound</Play><Pause length="60"/><Play>/sound</Play></Response>';

describe('a sound that is played again', () => {
  test('is not fetched again while it is fresh, and by no second call', async () => {
    const headers = { 'cache-control': 'max-age=90' };
    const app = await application({ '/voice': twice, '/sound': { type: 'audio/ulaw', body: sound(2), headers } });
    for (let calls = 0; calls < 2; calls++) {
      const phone = await dial(`${app.url}/voice`, desk);
      await phone.waitUntilSilence();
      expect(phone.duration).toBe(64_000);
    }
    expect(app.requests.map(({ url }) => url)).toEqual(['/voice', '/sound', '/voice', '/sound']);
  });

  test('is asked after when it has grown old, and played as it was when nothing has changed', async () => {
    const asked: (string | undefined)[] = [];
    const answer = ({ headers }: Received) => {
      asked.push(headers['if-none-match']);
      const fresh = { type: 'audio/ulaw', body: sound(2), headers: { etag: '"v1"', 'cache-control': 'max-age=30' } };
      return headers['if-none-match'] ? { status: 304, headers: { etag: '"v1"' } } : fresh;
    };
    const app = await application({ '/voice': twice, '/sound': answer });
    const phone = await dial(`${app.url}/voice`, desk);
    await phone.waitUntilSilence();
    expect(asked).toEqual([undefined, '"v1"']);
    expect(phone.duration).toBe(64_000);
    expect(phone.warnings).toEqual([]);
  });
});

test.each([
  ['GET', 3],
  ['POST', 5],
])('a document by %s that stays fresh for 20 s is fetched so often in 40 s: %i', async (method, times) => {
  const body = `<Response><Pause length="9"/><Redirect method="${method}">/again</Redirect></Response>`;
  const app = await application({ '/voice': body, '/again': { body, headers: { 'cache-control': 'max-age=20' } } });
  const phone = await dial(`${app.url}/voice`, desk);
  await phone.hangUp({ afterMs: 40_000 });
  expect(app.requests).toHaveLength(times);
});
