import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { ownFolder } from '../rim/folder.ts';
import { searchFor } from './leaks.ts';
import { bhaskara, secretsOf, zulaikha } from './people.ts';

const search = searchFor(secretsOf(zulaikha));
const spelledIn = (content: string | Uint8Array) =>
  search('here', content).map(({ what, spelled }) => `${what} ${spelled}`);
const sha256 = (text: string, as: 'hex' | 'base64' | 'base64url') => createHash('sha256').update(text).digest(as);
const base64 = (text: string) => Buffer.from(text).toString('base64');
const { card, nik, phone, name } = zulaikha;

describe('a search finds', () => {
  test.each<[string, string, string]>([
    ['a card', 'card', `{"typed":"${card}"}`],
    ['a card without its zeros', 'card', '{"card":9998371946,"x":1}'],
    ['a card of which zeros and the end are gone', 'card', 'card 99983719…'],
    ['a card in groups', 'card', '0009-9983 71946'],
    ['a card digit by digit', 'card', JSON.stringify([...card])],
    ['a card in wide letters', 'card', Buffer.from(card, 'utf16le').toString('latin1')],
    [
      'a card in Indonesian',
      'card',
      'nol nol nol sembilan, sembilan sembilan delapan tiga, tujuh satu sembilan empat enam.',
    ],
    ['a card in English', 'card', 'nine nine nine eight, three seven one nine, four six'],
    ['a card in base64', 'card', base64(`x${card}`)],
    ['a card in base64 further on', 'card', base64(`xx${card}yy`)],
    ['a card in base64url, in a sealed-looking text', 'card', Buffer.from(`{"n":"${card}"}`).toString('base64url')],
    ['a card in hex', 'card', Buffer.from(`n=${card}`).toString('hex')],
    ['a card in an address', 'card', [...card].map((digit) => `%3${digit}`).join('')],
    ['a card in JSON escapes', 'card', [...card].map((digit) => `\\u003${digit}`).join('')],
    ['a card in XML', 'card', [...card].map((digit) => `&#x3${digit};`).join('')],
    ['a NIK', 'NIK', `nik=${nik}&`],
    ['a NIK hashed', 'NIK', sha256(nik, 'hex')],
    ['a NIK hashed in large letters', 'NIK', sha256(nik, 'hex').toUpperCase()],
    ['a NIK hashed and cut off', 'NIK', sha256(nik, 'hex').slice(0, 40)],
    ['a NIK hashed as a subject of the limits', 'NIK', sha256(`number:${nik}`, 'base64')],
    ['a telephone', 'telephone', `From=${encodeURIComponent(phone)}`],
    ['a telephone as it is dialled at home', 'telephone', '0812-0093-7264'],
    ['a telephone with the code in front', 'telephone', '0062 812 0093 7264'],
    ['a telephone hashed', 'telephone', sha256(phone, 'base64url')],
    ['a telephone hashed as a caller of the limits', 'telephone', sha256(`caller:${phone}`, 'hex')],
    [
      'a telephone hashed as it is dialled at home',
      'telephone',
      createHash('md5').update('081200937264').digest('hex'),
    ],
    ['a name', 'name', 'Dear Zulaikha,'],
    ['a name in small letters', 'name', 'sip:prawirodirdjo@example.org'],
    ['a name in base64', 'name', base64(`caller ${name}`)],
    ['a name in hex', 'name', Buffer.from(name.toUpperCase()).toString('hex')],
    ['a name hashed', 'name', sha256(name.toLowerCase(), 'hex')],
  ])('%s', (_, whose, content) => {
    expect(spelledIn(content).filter((found) => found.startsWith(`the ${whose} of`))).not.toEqual([]);
    expect(spelledIn(Buffer.from(`\0\xff${content}\0`))).not.toEqual([]);
  });

  test('a number that a database keeps as text, as a number, or as the bytes of a hash', () => {
    const file = join(ownFolder(), 'kept.db');
    for (const kept of [card, BigInt(card), Number(nik), createHash('sha1').update(phone).digest()]) {
      const db = new DatabaseSync(file);
      db.exec('DROP TABLE IF EXISTS kept; CREATE TABLE kept (what ANY) STRICT; VACUUM');
      expect(spelledIn(readFileSync(file)), 'nothing yet').toEqual([]);
      db.prepare('INSERT INTO kept VALUES (?)').run(kept);
      db.close();
      expect(spelledIn(readFileSync(file)), String(kept)).toHaveLength(1);
    }
  });
});

describe('a search finds what is planted', () => {
  const step = { at: 1, did: 'number', place: 'identify.confirming.asking', said: ['readBackCard'] };
  const planted: Record<string, (secret: string) => string | Uint8Array> = {
    'in a line of the log': (secret) => JSON.stringify({ level: 50, error: { message: `no member ${secret}` } }),
    'in a record of a call': (secret) => JSON.stringify({ steps: [{ ...step, typed: secret }] }),
    'in a trace': (secret) => JSON.stringify({ attributes: [{ key: 'url.query', value: { stringValue: secret } }] }),
    'in a trace of bytes': (secret) => Buffer.concat([Buffer.of(10, secret.length), Buffer.from(secret)]),
    'in a metric': (secret) => `hotline_turns_total{caller="${secret}"} 1`,
    'in a comment of TwiML': (secret) => `<Response><!-- ${secret} --><Hangup/></Response>`,
    'in an address in TwiML': (secret) => `<Gather action="/voice/turns/1?of=${encodeURIComponent(secret)}"/>`,
    'in an event of the console': (secret) => `event: call\ndata: {"id":"CA1","from":"${secret}"}\n\n`,
    'in a message to another page': (secret) => JSON.stringify({ inside: { form: { From: secret } } }),
  };

  test.each(Object.entries(planted))('%s', (_, plant) => {
    for (const secret of Object.values(zulaikha)) {
      expect(spelledIn(plant(secret)), secret).not.toEqual([]);
      expect(spelledIn(plant('nothing'))).toEqual([]);
    }
  });
});

describe('a search does not find', () => {
  test.each([
    ['numbers of others', `${bhaskara.card} ${bhaskara.nik} ${bhaskara.phone} ${bhaskara.name}`],
    ['a few digits of a number', '9998371 and then 4'],
    ['times', `${new Date(0).toISOString()} ${Date.UTC(2026, 10, 21)}`],
    ['hashes under a key', createHmac('sha256', 'a key').update(`number:${nik}`).digest('hex')],
    ['digits in the words of other sentences', 'satu September dua ribu dua puluh enam, lima orang, tiga bulan'],
  ])('%s', (_, content) => {
    expect(spelledIn(content)).toEqual([]);
  });
});
