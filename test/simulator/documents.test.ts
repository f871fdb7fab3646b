import { describe, expect, test } from 'vitest';
import { dial, type Phone } from '../../src/simulator/phone.ts';
import { type Answer, application, desk } from './application.ts';
import { answering, rawServer } from './rawServer.ts';

const hello = '<Response><Say>Hello.</Say></Response>';
const gather = (action: string) => `<Gather numDigits="1" ${action}/>`;
const apology = "< We're sorry, an application error has occurred. Goodbye.";
const latin1 = (text: string) => Buffer.from(text, 'latin1');

/** What a caller hears when the voice URL answers so. */
async function heard(answer: Answer) {
  const app = await application({ '/voice': answer });
  const phone = await dial(`${app.url}/voice`, desk);
  await phone.waitUntilSilence();
  return { lines: linesOf(phone), warnings: phone.warnings };
}

/** The transcript without the dialling and without the warnings. */
function linesOf(phone: Phone): string[] {
  return phone.transcript.slice(1).filter((line) => !line.startsWith('  ! '));
}

describe('an answer is performed', () => {
  test.each<[string, Answer]>([
    ['as text/xml', { type: 'text/xml', body: hello }],
    ['as application/xml', { type: 'application/xml; charset=utf-8', body: hello }],
    ['as text/html', { type: 'text/html', body: hello }],
    ['as TEXT/XML', { type: 'TEXT/XML;charset="UTF-8"', body: hello }],
    ['as text/plain that is TwiML', { type: 'text/plain', body: `\n ${hello}` }],
    ['as text/plain that is spoken', { type: 'text/plain', body: 'Hello.' }],
    ['with a declaration', `<?xml version="1.0" encoding="UTF-8"?>\n<!-- hi -->\n${hello}`],
    ['with a byte order mark', `\ufeff<?xml version="1.0"?>${hello}`],
    ['of a version', '<Response version="2010-04-01"><Say>Hello.</Say></Response>'],
    ['with a status of 201', { status: 201, body: hello }],
    ['of 64 kB exactly', hello.padEnd(64 * 1024)],
  ])('%s', async (_what, answer) => {
    expect(await heard(answer)).toEqual({ lines: ['< Hello.', '  (hangs up after 0:00)'], warnings: [] });
  });

  test.each<[string, Answer]>([
    ['its header names', { type: 'text/xml; charset=ISO-8859-1', body: latin1('<Response><Say>Olé</Say></Response>') }],
    [
      'its first line names',
      { body: latin1('<?xml version="1.0" encoding="ISO-8859-1"?><Response><Say>Olé</Say></Response>') },
    ],
    ['everybody uses', '<Response><Say>Olé</Say></Response>'],
  ])('in the encoding that %s', async (_what, answer) => {
    expect((await heard(answer)).lines[0]).toBe('< Olé');
  });

  test('when it is empty inside: the call ends without a word of blame', async () => {
    expect(await heard('<Response/>')).toEqual({ lines: ['  (hangs up after 0:00)'], warnings: [] });
  });

  test('when it is a sound: that is played, and then the line hangs up', async () => {
    const { lines } = await heard({ type: 'audio/basic', body: Buffer.alloc(16_000) });
    expect(lines).toEqual([expect.stringMatching(/^< \[plays http:.*\/voice\]$/), '  (hangs up after 0:02)']);
    const long = await heard({ type: 'audio/basic', body: Buffer.alloc(800_000) });
    expect(long.lines.at(-1), 'larger than a document may be').toBe('  (hangs up after 1:40)');
  });
});

describe('an answer is refused', () => {
  test.each<[string, number, Answer]>([
    ['that is of another content type', 12300, { type: 'application/json', body: hello }],
    ['that is of no known content type', 12300, { type: 'text/xml2', body: hello }],
    ['that is over 64 kB', 11750, hello.padEnd(64 * 1024 + 1)],
    ['that is empty', 12100, ''],
    ['that is only white space', 12100, ' \n'],
    ['that begins with white space before its declaration', 12100, `\n<?xml version="1.0"?>${hello}`],
    ['that is not XML', 12100, '<Response><Say>Hello.</Response>'],
    ['that is two documents', 12100, hello + hello],
    ['that is not in its encoding', 12100, { body: latin1('<Response><Say>Olé</Say></Response>') }],
    ['that is of an unknown version', 12101, '<Response version="9"><Say>Hello.</Say></Response>'],
    ['that has another root', 12102, '<html><body>Hello.</body></html>'],
    ['that has the root in small letters', 12102, '<response/>'],
    ['that is a 404', 11200, { status: 404, body: hello }],
    ['that is a 500, however long', 11200, { status: 500, body: hello.padEnd(99_000) }],
    ['that is not modified, though nobody asked', 11200, { status: 304 }],
  ])('%s: %i', async (_what, code, answer) => {
    const { lines, warnings } = await heard(answer);
    expect(warnings).toEqual([expect.stringMatching(new RegExp(`^${code} `))]);
    expect(lines).toEqual([apology, '  (the carrier ends the call after 0:03)']);
  });

  test.each([
    ['of no content type', 12300, 'HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n<Response/>'],
    ['that is not HTTP', 11206, 'hello\r\n\r\n'],
    ['with headers without end', 11206, `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(99_000)}\r\n\r\n`],
    ['that is shorter than it says', 11200, 'HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n<Response/>'],
    ['that stops in a chunk', 11200, 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n9\r\n<Resp'],
    [
      'that speaks another protocol',
      11200,
      'HTTP/1.1 101 Switching Protocols\r\nupgrade: tea\r\nconnection: upgrade\r\n\r\n',
    ],
  ])('%s: %i, from a server that knows no better', async (_what, code, bytes) => {
    const server = await rawServer(answering(bytes, 'close'));
    const phone = await dial(`http://${server.address}/voice`, desk);
    await phone.waitUntilSilence();
    expect(phone.warnings).toEqual([expect.stringMatching(new RegExp(`^${code} `))]);
    expect(phone.transcript).toContain(apology);
  });

  test.each([
    ['<Response>\n  <Say>Tom & Jerry</Say>\n</Response>', 2, 12],
    ['<Response><Redirect>/next?a=1&b=2</Redirect></Response>', 1, 30],
    ['<Response>\r\n<!-- a & b --><Gather action="/x?a=1&amp;b=2&c=3"/></Response>', 2, 45],
  ])('%j with the place of the & that must be written otherwise', async (document, line, column) => {
    const app = await application({ '/voice': document });
    const phone = await dial(`${app.url}/voice`, desk);
    await phone.waitUntilSilence();
    const message = `${app.url}/voice is not XML: an & must be written &amp;`;
    expect(phone.telephone.events).toContainEqual(
      expect.objectContaining({ type: 'warning', code: 12100, message, line, column }),
    );
  });

  test('with the place where the parser noticed', async () => {
    const app = await application({ '/voice': '<Response>\n  <Say>Hello.</Sya>\n</Response>' });
    const phone = await dial(`${app.url}/voice`, desk);
    await phone.waitUntilSilence();
    expect(phone.telephone.events).toContainEqual(
      expect.objectContaining({ type: 'warning', code: 12100, line: 2, column: expect.any(Number) }),
    );
  });
});

describe('an address in a document', () => {
  test.each([
    ['without white space around it', '<Redirect>\n  /there?a=1\n</Redirect>', '/there?a=1'],
    ['relative to the document', '<Redirect>../there</Redirect>', '/there'],
    ['as the document itself when Redirect is empty', '<Redirect/>', '/deep/voice?x=1'],
    ['as the document itself when Redirect is blank', '<Redirect> </Redirect>', '/deep/voice?x=1'],
    ['as the document itself without an action', gather(''), '/deep/voice?x=1'],
    ['as the document itself with an empty action', gather('action=""'), '/deep/voice?x=1'],
  ])('is taken %s', async (_what, verb, asked) => {
    const answers = [`<Response>${verb}</Response>`];
    const app = await application({ '/deep/voice': () => answers.shift() ?? hello, '/there': hello });
    const phone = await dial(`${app.url}/deep/voice?x=1`, desk);
    if (verb.startsWith('<Gather')) await phone.press('1');
    await phone.hear(/Hello/);
    expect(app.requests[1]!.url).toBe(asked);
  });
});

describe('the fallback address', () => {
  const answers = {
    '/voice': '<Response><Gather action="/typed" numDigits="1"/><Say>Nothing.</Say></Response>',
    '/typed': { type: 'application/json', body: '{}' },
    '/fallback': '<Response><Redirect>/voice</Redirect></Response>',
  };

  test('is told which address failed and how, and may go on with the call as often as it takes', async () => {
    const app = await application(answers);
    const phone = await dial(`${app.url}/voice`, { ...desk, fallbackUrl: `${app.url}/fallback` });
    await phone.press('1');
    await phone.press('2');
    await phone.stayQuiet();
    await phone.waitUntilSilence();
    const told = app.requests.filter(({ url }) => url === '/fallback').map(({ form }) => Object.fromEntries(form));
    expect(told).toHaveLength(2);
    const expected = { ErrorCode: '12300', ErrorUrl: `${app.url}/typed`, CallStatus: 'in-progress' };
    for (const form of told) expect(form).toMatchObject(expected);
    expect(phone.transcript).toContain('< Nothing.');
  });

  test('is asked when the time for an answer is over', async () => {
    const app = await application({ ...answers, '/voice': 'hang', '/fallback': hello });
    const patience = { totalMs: 100 };
    const phone = await dial(`${app.url}/voice`, { ...desk, patience, fallbackUrl: `${app.url}/fallback` });
    await phone.hear(/Hello/);
    const told = { ErrorCode: '11205', ErrorUrl: `${app.url}/voice` };
    expect(Object.fromEntries(app.requests[1]!.form)).toMatchObject(told);
  });

  test.each(['told://me', 'http://', 'https://x y/'])(
    'is asked where an action is no address: "%s"',
    async (action) => {
      const voice = `<Response><Gather action="${action}" numDigits="1"/></Response>`;
      const app = await application({ ...answers, '/voice': voice, '/fallback': hello });
      const phone = await dial(`${app.url}/voice`, { ...desk, fallbackUrl: `${app.url}/fallback` });
      await phone.press('1');
      await phone.hear(/Hello/);
      expect(app.requests[1]!.form.get('ErrorCode')).toBe('11100');
      const alone = await dial(`${app.url}/voice`, desk);
      await alone.press('1');
      await alone.hear(/an application error has occurred/);
    },
  );

  test('that leads back to what failed is followed for so long, and then the call ends', async () => {
    const app = await application({ ...answers, '/voice': { status: 503 } });
    const phone = await dial(`${app.url}/voice`, { ...desk, fallbackUrl: `${app.url}/fallback` });
    await phone.waitUntilSilence();
    expect(app.requests).toHaveLength(100);
    expect(phone.warnings.at(-1)).toMatch(/^11215 100 documents in a row/);
  });

  test.each<[string, Answer, string]>([
    ['answers with an error', { status: 500 }, '11200'],
    ['redirects in a circle', { status: 302, headers: { location: '/fallback' } }, '11215'],
    ['answers with what is no TwiML', 'sorry', '12100'],
  ])('that itself %s is not asked again: the caller hears the excuse', async (_what, fallback, code) => {
    const app = await application({ ...answers, '/voice': { status: 503 }, '/fallback': fallback });
    const phone = await dial(`${app.url}/voice`, { ...desk, fallbackUrl: `${app.url}/fallback` });
    await phone.waitUntilSilence();
    expect(phone.warnings.map((warning) => warning.slice(0, 5))).toEqual(['11200', code]);
    expect(linesOf(phone)).toEqual([apology, '  (the carrier ends the call after 0:03)']);
  });
});
