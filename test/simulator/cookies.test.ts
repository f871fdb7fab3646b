import { describe, expect, test } from 'vitest';
import { cookies } from '../../src/simulator/courier/cookies.ts';
import { dial } from '../../src/simulator/phone.ts';
import { application, desk } from './application.ts';

const noon = Date.UTC(2026, 10, 21, 12);

/** A jar that took these cookies from an address at noon; tells what it gives to another so many seconds later. */
function jarAfter(from: string, ...lines: string[]) {
  const clock = { now: noon };
  const jar = cookies(() => clock.now);
  jar.take(new URL(from), lines);
  return (to: string, afterSeconds = 0) => {
    clock.now = noon + afterSeconds * 1_000;
    return jar.give(new URL(to));
  };
}

describe('a cookie is given back', () => {
  test('to the folder that it came from and those below', () => {
    const give = jarAfter('http://ivr.test/calls/voice', 'a=1', 'b=2; Path=/', 'c=3; Path=/calls/deep');
    expect(give('http://ivr.test/calls/typed')).toBe('a=1; b=2');
    expect(give('http://ivr.test/calls/deep/x')).toBe('c=3; a=1; b=2');
    expect(give('http://ivr.test/other')).toBe('b=2');
  });

  test('to its own host, or to the whole domain that it names and that it may name', () => {
    const give = jarAfter(
      'http://ivr.example.com/voice',
      'own=1',
      'all=2; Domain=example.com',
      'suffix=3; Domain=com',
      'foreign=4; Domain=example.org',
    );
    expect(give('http://ivr.example.com/')).toBe('own=1; all=2');
    expect(give('http://www.example.com/')).toBe('all=2');
    expect(give('http://www.example.org/')).toBe('');
  });

  test('over https only when it is secure', () => {
    const give = jarAfter('https://ivr.example.com/voice', 'safe=1; Secure', 'open=2');
    expect(give('https://ivr.example.com/')).toBe('safe=1; open=2');
    expect(give('http://ivr.example.com/')).toBe('open=2');
  });

  test('until it expires, in the time of the line and counted from when it was set', () => {
    const expires = new Date(noon + 90_000).toUTCString();
    const give = jarAfter('http://ivr.test/voice', 'age=1; Max-Age=60', `date=2; Expires=${expires}`, 'session=3');
    expect(give('http://ivr.test/', 59)).toBe('age=1; date=2; session=3');
    expect(give('http://ivr.test/', 61)).toBe('date=2; session=3');
    expect(give('http://ivr.test/', 91)).toBe('session=3');
  });

  test('no more when it is taken back', () => {
    const give = jarAfter(
      'http://ivr.test/voice',
      'a=1',
      'b=2',
      'a=; Max-Age=0',
      'b=; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
    );
    expect(give('http://ivr.test/')).toBe('');
  });

  test('unless there are too many of one site: then the oldest is forgotten', () => {
    const give = jarAfter('http://ivr.test/voice', ...Array.from({ length: 200 }, (_, n) => `c${n}=${n}`));
    const given = give('http://ivr.test/').split('; ');
    expect(given).toHaveLength(180);
    expect(given).not.toContain('c0=0');
    expect(given).toContain('c199=199');
  });

  test.each([
    '',
    '=',
    ';',
    'a',
    '__Host-a=1; Path=/x',
    'a=1; Domain=..',
    'a=1; Max-Age=99999999999999999999',
    '\u00e9=\u00ff',
  ])('or not, but "%s" disturbs nobody', (line) => {
    const give = jarAfter('http://ivr.test/voice', line, 'good=1');
    expect(give('http://ivr.test/')).toContain('good=1');
  });
});

test('a cookie that a call was given expires while the call lasts', async () => {
  const headers = { 'set-cookie': 'place=menu; Max-Age=45' };
  const later = ['<Redirect/>', '<Redirect/>', '<Hangup/>'];
  const app = await application({
    '/voice': { body: '<Response><Pause length="30"/><Redirect>/later</Redirect></Response>', headers },
    '/later': () => `<Response><Pause length="30"/>${later.shift()}</Response>`,
  });
  const phone = await dial(`${app.url}/voice`, desk);
  await phone.waitUntilSilence();
  expect(app.requests.map(({ headers }) => headers.cookie)).toEqual([undefined, 'place=menu', undefined, undefined]);
});

test('a cookie set by a redirect goes to where it leads', async () => {
  const headers = { location: '/there', 'set-cookie': 'hop=1' };
  const app = await application({ '/voice': { status: 302, headers }, '/there': '<Response/>' });
  await dial(`${app.url}/voice`, desk);
  expect(app.requests.map(({ headers }) => headers.cookie)).toEqual([undefined, 'hop=1']);
});
