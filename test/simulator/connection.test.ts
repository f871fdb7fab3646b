import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { patienceFor, usualPatience } from '../../src/simulator/courier/connection.ts';
import { dial } from '../../src/simulator/phone.ts';
import { type Answer, application, desk } from './application.ts';
import { answering, rawServer } from './rawServer.ts';

const bye = '<Response><Say>Goodbye.</Say></Response>';
const fails = (status: number): Answer => ({ status, type: 'text/html', body: 'no' });

/** Calls an application that answers this at first, then well; the address carries the fragment. */
async function callWith(fragment: string, answers: Answer[]) {
  const left = [...answers];
  const app = await application({ '/voice': () => left.shift() ?? bye });
  const phone = await dial(`${app.url}/voice#${fragment}`, desk);
  await phone.waitUntilSilence();
  return { app, phone };
}

describe('the patience of the line', () => {
  test.each([
    ['', {}],
    ['section-2', {}],
    ['ct=100&rt=15000', { connectMs: 100, readMs: 15_000 }],
    ['tt=100', { totalMs: 100 }],
    ['ct=10000&rc=0', { connectMs: 10_000, retries: 0 }],
    ['rc=5&rp=4xx,rt', { retries: 5, retryOn: ['4xx', 'rt'] }],
    ['rp=5xx%2Cct', { retryOn: ['5xx', 'ct'] }],
    ['rp=all', { retryOn: ['4xx', '5xx', 'ct', 'rt'] }],
    ['e=singapore&rt=3000', { readMs: 3_000 }],
  ])('is what the fragment "%s" asks for', (fragment, asked) => {
    const { patience, refused } = patienceFor(new URL(`http://x/#${fragment}`), usualPatience);
    expect(patience).toEqual({ ...usualPatience, ...asked });
    expect(refused).toEqual([]);
  });

  test.each([
    'ct=99',
    'ct=10001',
    'rt=99',
    'rt=15001',
    'tt=99',
    'tt=15001',
    'rc=6',
    'rc=-1',
    'rt=1e3',
    'rc=',
    'rp=6xx',
  ])('is the usual one where "#%s" asks for what cannot be granted', (fragment) => {
    const { patience, refused } = patienceFor(new URL(`http://x/#${fragment}`), usualPatience);
    expect(patience).toEqual(usualPatience);
    expect(refused).toEqual([expect.stringContaining(`#${fragment} is`)]);
  });

  test('is five seconds to connect, twice, and fifteen in all, where nothing else is said', () => {
    expect(usualPatience).toEqual({
      connectMs: 5_000,
      readMs: 15_000,
      totalMs: 15_000,
      retries: 1,
      retryOn: ['ct'],
    });
  });

  test('that is refused is warned about, and the call goes on', async () => {
    const { phone, app } = await callWith('rt=5&rp=5xx,sometimes', []);
    expect(phone.warnings).toEqual([
      `11100 ${app.url}/voice#rt=5&rp=5xx,sometimes: #rt=5 is no number from 100 to 15000: the default, 15000, is taken`,
      expect.stringMatching(/^11100 .*#rp=5xx,sometimes is none of/),
    ]);
    expect(phone.transcript).toContain('< Goodbye.');
  });
});

describe('a connection that does not come about', () => {
  test.each([
    ['is tried twice', '', 2],
    ['is tried once where no retry is wanted', '&rc=0', 1],
    ['is tried six times at the most', '&rc=5', 6],
    ['is tried once where the policy names other troubles', '&rc=5&rp=rt,5xx', 1],
  ])('%s', async (_what, fragment, attempts) => {
    const server = await rawServer(() => {});
    const phone = await dial(`https://${server.address}/voice#ct=100${fragment}`, desk);
    await phone.waitUntilSilence();
    expect(server.connections).toBe(attempts);
    expect(phone.warnings).toEqual([expect.stringMatching(/^11205 .*no connection was made within 0.1 s/)]);
  });

  test('is given up when the time for everything is over', async () => {
    const server = await rawServer(() => {});
    const phone = await dial(`https://${server.address}/voice#ct=100&rc=5&tt=250`, desk);
    await phone.waitUntilSilence();
    expect(server.connections).toBeLessThanOrEqual(3);
    expect(phone.warnings).toEqual([expect.stringMatching(/^11205 /)]);
  });

  test('is closed by the server before a word was said and tried again', async () => {
    const server = await rawServer((socket) => socket.destroy());
    const phone = await dial(`https://${server.address}/voice`, desk);
    await phone.waitUntilSilence();
    expect(server.connections).toBe(2);
    expect(phone.warnings).toEqual([expect.stringMatching(/^11205 /)]);
  });
});

test('a connection that was kept and that the server has given up costs no attempt', async () => {
  const redirect = '<Response><Redirect/></Response>';
  const answer = (body: string) =>
    `HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
  const server = await rawServer((socket) => {
    socket.once('data', () => {
      socket.write(answer(server.connections === 1 ? redirect : bye));
      socket.once('data', () => socket.resetAndDestroy());
    });
  });
  const phone = await dial(`http://${server.address}/voice#rc=0`, desk);
  await phone.hear(/Goodbye/);
  expect(server.connections).toBe(2);
  expect(phone.warnings).toEqual([]);
});

describe('an answer that does not come', () => {
  test.each([
    ['rt=100', 1],
    ['rt=100&rp=rt', 2],
    ['rt=100&rp=ct,rt&rc=3', 4],
    ['rt=100&rp=all', 2],
    ['tt=100&rp=rt&rc=5', 1],
  ])('is waited for as "#%s" says, in %i requests', async (fragment, requests) => {
    const { app, phone } = await callWith(fragment, ['hang', 'hang', 'hang', 'hang']);
    expect(app.requests).toHaveLength(requests);
    expect(phone.warnings).toEqual([expect.stringMatching(/^11205 .*the whole answer did not come within 0.1 s/)]);
  });

  test('is not waited for when it stops in the middle', async () => {
    const server = await rawServer(answering('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n<Response>', 'silence'));
    const phone = await dial(`http://${server.address}/voice#rt=100`, desk);
    await phone.waitUntilSilence();
    expect(phone.warnings).toEqual([expect.stringMatching(/^11205 .*within 0.1 s/)]);
  });
});

describe('an answer that is an error', () => {
  test.each([
    ['', 503, 1],
    ['rp=5xx', 503, 2],
    ['rp=4xx', 503, 1],
    ['rp=4xx', 404, 2],
    ['rp=5xx', 404, 1],
    ['rp=all&rc=4', 500, 5],
  ])('is asked for again as "#%s" says: %i makes %i requests', async (fragment, status, requests) => {
    const { app, phone } = await callWith(fragment, new Array(6).fill(fails(status)));
    expect(app.requests).toHaveLength(requests);
    expect(phone.warnings).toEqual([expect.stringMatching(new RegExp(`^11200 .*answered ${status}`))]);
  });

  test('is forgotten when the next attempt succeeds, which is the same request by the same token', async () => {
    const { app, phone } = await callWith('rp=5xx,rt&rc=3', [fails(500), 'reset', fails(502)]);
    expect(phone.warnings).toEqual([]);
    expect(phone.transcript).toContain('< Goodbye.');
    const sent = app.requests.map(({ headers, body }) => [headers['i-twilio-idempotency-token'], body]);
    expect(sent).toHaveLength(4);
    expect(new Set(sent.map(String)).size).toBe(1);
  });
});

describe('the time that an application is given', () => {
  const drips = (socket: Socket) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\ncontent-length: 9999\r\n\r\n');
    const drop = setInterval(() => socket.write(' '), 20);
    socket.on('close', () => clearInterval(drop));
  };
  const hangs = () => {};

  test.each([
    { what: 'to connect', at: 'https', treat: hangs, fragment: 'ct=100&rc=0', ms: 100, says: '0.1 s' },
    { what: 'to connect, twice', at: 'https', treat: hangs, fragment: 'ct=100', ms: 200, says: '0.1 s' },
    { what: 'to answer', at: 'http', treat: hangs, fragment: 'rt=100', ms: 100, says: '0.1 s' },
    {
      what: 'for each piece and all of them',
      at: 'http',
      treat: drips,
      fragment: 'rt=300&tt=600',
      ms: 600,
      says: '0.6 s',
    },
  ])('$what is waited out, and then the fallback is asked', async ({ at, treat, fragment, ms, says }) => {
    const server = await rawServer(treat);
    const app = await application({ '/fallback': bye });
    const from = performance.now();
    const phone = await dial(`${at}://${server.address}/voice#${fragment}`, {
      ...desk,
      fallbackUrl: `${app.url}/fallback`,
    });
    await phone.hear(/Goodbye/);
    const waitedMs = performance.now() - from;
    expect(waitedMs).toBeGreaterThan(ms - 5);
    expect(waitedMs).toBeLessThan(ms + 3_000);
    expect(phone.warnings).toEqual([expect.stringMatching(new RegExp(`^11205 .*within ${says}$`))]);
    expect(app.requests[0]!.form.get('ErrorCode')).toBe('11205');
  });
});

test('every address may say how long it is waited for: voice, action, fallback, status and sound', async () => {
  const app = await application({
    '/voice': '<Response><Play>/sound#rt=100</Play><Redirect>/next#rt=101</Redirect></Response>',
    '/sound': 'hang',
    '/next': 'hang',
    '/fallback': 'hang',
    '/status': 'hang',
  });
  const [fallbackUrl, statusUrl] = [`${app.url}/fallback#rt=102`, `${app.url}/status#rt=103`];
  const phone = await dial(`${app.url}/voice#rt=14000`, { ...desk, fallbackUrl, statusUrl });
  await phone.waitUntilSilence();
  expect(phone.warnings.map((warning) => warning.slice(0, 5))).toEqual(['11205', '11205', '11205', '11205']);
  expect(phone.warnings.map((warning) => /within ([\d.]+) s/.exec(warning)?.[1])).toEqual([
    '0.1',
    '0.101',
    '0.102',
    '0.103',
  ]);
  expect(app.requests.map(({ url }) => url)).toEqual(['/voice', '/sound', '/next', '/fallback', '/status']);
});
