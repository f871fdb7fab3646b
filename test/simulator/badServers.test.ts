import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { dial } from '../../src/simulator/phone.ts';
import { type Answer, application, desk } from './application.ts';

const apology = "< We're sorry, an application error has occurred. Goodbye.";
const bomb = `<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><Response><Say>&c;</Say></Response>`;

describe('an application that', () => {
  test.each<[string, Answer, number]>([
    ['answers 500', { status: 500, body: '<Response/>' }, 11200],
    ['answers 404', { status: 404, body: '<Response/>' }, 11200],
    ['answers a page for people', { type: 'text/html', body: '<!doctype html><html><p>Hi<br></html>' }, 12100],
    ['answers a page that is XML', { type: 'text/html', body: '<html><body/></html>' }, 12102],
    ['answers 70 kB', `<Response><Say>${'a '.repeat(35_000)}</Say></Response>`, 11750],
    ['answers broken XML', '<Response><Say>Hi</Response>', 12100],
    ['answers with a bomb of entities', bomb, 12100],
    ['answers a document nested without end', '<Response>'.repeat(5_000), 12100],
    ['answers nothing', '', 12100],
    ['begins before <?xml', ' <?xml version="1.0"?><Response/>', 12100],
    ['answers another root', '<Reply><Say>Hi</Say></Reply>', 12102],
    ['answers JSON', { type: 'application/json', body: '{}' }, 12300],
    ['redirects in a circle', { status: 302, headers: { location: '/voice' } }, 11215],
    ['redirects to nowhere', { status: 302 }, 11216],
    ['redirects to another protocol', { status: 302, headers: { location: 'ftp://127.0.0.1/' } }, 11100],
    ['closes the connection', 'reset', 11200],
    ['does not answer in time', 'hang', 11205],
  ])('%s is excused and the call ends', async (_what, answer, code) => {
    const app = await application({ '/voice': answer });
    const phone = await dial(`${app.url}/voice`, { ...desk, patience: { totalMs: 150 } });
    await phone.waitUntilSilence();
    expect(phone.warnings).toHaveLength(1);
    expect(phone.warnings[0]).toMatch(new RegExp(`^${code} `));
    expect(phone.transcript).toContain(apology);
    expect(phone.transcript.at(-1)).toBe('  (the carrier ends the call after 0:03)');
  });

  test('is not there at all is reported as 11205', async () => {
    const phone = await dial(`http://127.0.0.1:${await closedPort()}/voice`, desk);
    await phone.waitUntilSilence();
    expect(phone.warnings[0]).toMatch(/^11205 .*ECONNREFUSED/);
    expect(phone.isOver).toBe(true);
  });

  test('has a name that nobody knows is reported as 11210', async () => {
    const phone = await dial('http://no-such-host.invalid/voice', desk);
    await phone.waitUntilSilence();
    expect(phone.warnings[0]).toMatch(/^11210 /);
  });

  test('speaks no TLS where https was dialled is reported as 11220, and asked once', async () => {
    const app = await application({ '/voice': '<Response/>' });
    const phone = await dial(`${app.url.replace('http:', 'https:')}/voice`, desk);
    await phone.waitUntilSilence();
    expect(phone.warnings).toEqual([expect.stringMatching(/^11220 .*no TLS there: wrong version number$/)]);
  });

  test('has no address on the web is reported as 11100', async () => {
    const phone = await dial('not an address', desk);
    await phone.waitUntilSilence();
    expect(phone.warnings[0]).toMatch(/^11100 /);
  });

  test('redirects to itself for ever is given up after 100 documents', async () => {
    const app = await application({ '/voice': '<Response><Redirect/></Response>' });
    const phone = await dial(`${app.url}/voice`, desk);
    await phone.waitUntilSilence();
    expect(app.requests).toHaveLength(100);
    expect(phone.warnings).toEqual([expect.stringMatching(/^11215 100 documents in a row/)]);
    expect(phone.transcript.at(-1)).toBe('  (the carrier ends the call after 0:00)');
  });

  test('talks for ever is cut off after four hours', async () => {
    const app = await application({ '/voice': '<Response><Pause length="600"/><Redirect/></Response>' });
    const phone = await dial(`${app.url}/voice`, desk);
    await phone.waitUntilSilence();
    expect(phone.duration).toBe(4 * 60 * 60 * 1_000);
    expect(phone.telephone.events.at(-1)).toMatchObject({ type: 'ended', by: 'carrier' });
  });
});

describe('where there is a fallback address', () => {
  test('it is told what went wrong and goes on with the call', async () => {
    const app = await application({
      '/voice': { status: 503 },
      '/fallback': '<Response><Gather action="/typed"><Say>One moment.</Say></Gather></Response>',
      '/typed': '<Response><Say>Thank you.</Say></Response>',
    });
    const phone = await dial(`${app.url}/voice`, { ...desk, fallbackUrl: `${app.url}/fallback` });
    await phone.press('1#');
    await phone.hear(/Thank you/);
    const { form } = app.requests[1]!;
    expect([form.get('ErrorCode'), form.get('ErrorUrl')]).toEqual(['11200', `${app.url}/voice`]);
    expect(form.get('CallStatus')).toBe('ringing');
    expect(phone.transcript).not.toContain(apology);
  });

  test('and it fails too, the call ends with the excuse', async () => {
    const app = await application({ '/voice': { status: 503 }, '/fallback': 'no XML' });
    const phone = await dial(`${app.url}/voice`, { ...desk, fallbackUrl: `${app.url}/fallback` });
    await phone.waitUntilSilence();
    expect(phone.warnings.map((warning) => warning.slice(0, 5))).toEqual(['11200', '12100']);
    expect(phone.transcript).toContain(apology);
  });
});

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
