import type { Socket } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dial } from '../../src/simulator/phone.ts';
import { type Answer, application, desk, type Received } from './application.ts';
import { rawServer } from './rawServer.ts';

/** What a broken server sends for one connection, in how many pieces, and what it does with the connection then. */
type Fault = { bytes: Buffer; pieces: number; then: 'close' | 'reset' | 'silence' };

const soon = { connectMs: 40, readMs: 20, totalMs: 40 };
const usual = fc.constantFrom(
  ...[
    'content-type: text/xml',
    'content-type: text/html; charset=utf-16',
    'content-type: audio/wav',
    'content-type: ;',
  ],
  ...[
    'content-type: text/plain; charset=nonsense',
    'connection: close',
    'location: /next',
    'location: //',
    'location: ?x',
  ],
  ...['location: http://[', 'location: /voice#rt=1', 'location: http://127.0.0.1:1/', 'set-cookie: a=1; Domain=.'],
  ...['set-cookie: \u00e9=\u00ff; Path=', 'set-cookie: =; Max-Age=9e9', 'etag: "a"', 'cache-control: max-age=1e9, "'],
  ...['cache-control: max-age=60', 'expires: 0', 'vary: *', 'age: x', 'content-encoding: gzip'],
);
const broken = fc.constantFrom(
  ...['content-length: 12', 'content-length: 99999', 'content-length: -1', 'content-length: 0', 'x\u0000y: z'],
  ...['transfer-encoding: chunked', 'connection: upgrade', 'upgrade: tea', 'set-cookie: b=\u0001', ': x', 'no colon'],
);
const headers = fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: broken });
const documents = fc.constantFrom(
  ...[
    '<Response/>',
    '<Response><Redirect method="GET">/next</Redirect></Response>',
    '<Response><Redirect/></Response>',
  ],
  ...['<Response><Play>/sound</Play><Gather action="/typed#ct=1&rp=x"/></Response>', '<Response><Say>Hi', '', 'Hello.'],
  ...[
    '<Response><Redirect>http://[</Redirect></Response>',
    '5\r\n<Resp\r\n0\r\n\r\n',
    'zz\r\n',
    'RIFF\0\0\0\0WAVEdata',
  ],
);
const body = fc.oneof({ weight: 5, arbitrary: documents }, fc.string({ unit: 'binary', maxLength: 40 }));
const statuses = fc.constantFrom(
  100,
  101,
  103,
  200,
  200,
  200,
  200,
  204,
  206,
  301,
  302,
  303,
  304,
  307,
  308,
  404,
  500,
  999,
);
const answer = fc
  .tuple(statuses, fc.array(headers, { maxLength: 5 }), body)
  .map(([status, lines, text]) => [`HTTP/1.1 ${status} Odd`, ...lines, '', text].join('\r\n'));
const fine = documents.map((text) => wellFormed('x: y', text).bytes);
const bytes = fc.oneof(
  { weight: 6, arbitrary: fine },
  { weight: 6, arbitrary: answer.map((text) => Buffer.from(text, 'latin1')) },
  { weight: 1, arbitrary: fc.tuple(answer, fc.nat(80)).map(([text, at]) => Buffer.from(text.slice(0, at), 'latin1')) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }).map((array) => Buffer.from(array)) },
);
const fault: fc.Arbitrary<Fault> = fc.record({
  bytes,
  pieces: fc.integer({ min: 1, max: 4 }),
  then: fc.constantFrom('close', 'close', 'close', 'reset', 'silence'),
});

function wellFormed(header: string, body: string): Fault {
  const head = `HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\n${header}\r\n\r\n`;
  return { bytes: Buffer.from(head + body, 'latin1'), pieces: 1, then: 'close' };
}

async function misbehave(socket: Socket, { bytes, pieces, then }: Fault): Promise<void> {
  const size = Math.max(1, Math.ceil(bytes.length / pieces));
  for (let at = 0; at < bytes.length; at += size) {
    socket.write(bytes.subarray(at, at + size));
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (then === 'close') socket.end();
  if (then === 'reset') socket.resetAndDestroy();
}

/** Calls a server that answers its connections so, one after the other, and then hangs up; presses where it may. */
async function callThrough(faults: Fault[], keys: string[]) {
  const left = [...faults];
  const goodbye = Buffer.from('HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\n\r\n<Response><Hangup/></Response>');
  const server = await rawServer((socket) => {
    socket.once('data', () => void misbehave(socket, left.shift() ?? { bytes: goodbye, pieces: 1, then: 'close' }));
  });
  const at = (path: string) => `http://${server.address}${path}`;
  const doors = { fallbackUrl: at('/fallback'), statusUrl: at('/status') };
  const phone = await dial(at('/voice'), {
    ...desk,
    ...doors,
    patience: soon,
    otherEnd: { answers: true, talksForMs: 1 },
  });
  await phone.waitUntilSilence();
  while (!phone.isOver) {
    const typed = keys.shift();
    if (typed) await phone.press(typed);
    else await phone.stayQuiet();
    await phone.waitUntilSilence();
  }
  await phone.telephone.ended;
  return phone;
}

test('whatever a server does to its answers, the call ends, and every trouble has its code', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fault, { minLength: 1, maxLength: 6 }),
      fc.array(fc.constantFrom('1', '#')),
      async (faults, keys) => {
        const phone = await callThrough(faults, [...keys]);
        const { events } = phone.telephone;
        expect(events.filter(({ type }) => type === 'ended')).toHaveLength(1);
        expect(phone.transcript.join('\n')).toMatch(/ after \d+:\d\d\)/);
        for (const warning of phone.warnings) expect(warning).toMatch(/^1[1-5]\d{3} ./);
        expect(events.length).toBeLessThan(2_000);
      },
    ),
    { numRuns: 200 },
  );
});

test('wherever redirects lead, a call makes eleven requests for a document at the most, and ends', async () => {
  const pages = ['/a', '/b', '/c?x=1', '../d', '//127.0.0.1:1/', 'ftp://x/', 'http://[', '#rt=100'];
  const hop = fc.record({
    status: fc.constantFrom(301, 302, 303, 307, 308, 200),
    location: fc.option(fc.constantFrom(...pages), { nil: undefined }),
  });
  let hops: Record<string, { status: number; location: string | undefined }> = {};
  const answer = ({ url }: Received): Answer => {
    const { status, location } = hops[new URL(url, 'http://here').pathname] ?? { status: 404 };
    return { status, body: '<Response/>', headers: location === undefined ? {} : { location } };
  };
  const app = await application({ '/a': answer, '/b': answer, '/c': answer, '/d': answer });
  await fc.assert(
    fc.asyncProperty(fc.record({ '/a': hop, '/b': hop, '/c': hop, '/d': hop }), async (map) => {
      hops = map;
      app.requests.length = 0;
      const phone = await dial(`${app.url}/a`, desk);
      await phone.waitUntilSilence();
      expect(app.requests.length).toBeLessThanOrEqual(11);
      expect(phone.isOver).toBe(true);
      expect(phone.warnings.length).toBeLessThanOrEqual(1);
    }),
    { numRuns: 200 },
  );
});

describe('a server that never stops talking', () => {
  test.each<[string, string, number]>([
    ['in a document', 'HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\n\r\n', 11750],
    ['in the page of an error', 'HTTP/1.1 500 No\r\ncontent-type: text/html\r\n\r\n', 11200],
    ['in a chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nffffffff\r\n', 11750],
    ['in a header', 'HTTP/1.1 200 OK\r\nx: ', 11206],
    ['in the first line', 'HTTP/1.1 200 ', 11206],
    ['before it answers', '', 11206],
  ])('%s is cut off with little heard', async (_what, start, code) => {
    let written = 0;
    const server = await rawServer((socket) => {
      const talk = () => {
        while (!socket.destroyed && socket.write('y'.repeat(16_384))) written += 16_384;
      };
      socket.on('drain', talk);
      socket.once('data', () => {
        socket.write(start);
        talk();
      });
    });
    const phone = await dial(`http://${server.address}/voice`, { ...desk, patience: { totalMs: 2_000 } });
    await phone.waitUntilSilence();
    expect(phone.warnings).toEqual([expect.stringMatching(new RegExp(`^${code} `))]);
    expect(written).toBeLessThan(16 * 1024 * 1024);
  });
});
