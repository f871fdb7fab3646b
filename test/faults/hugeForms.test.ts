import { parse } from 'node:querystring';
import { beforeAll, expect, test } from 'vitest';
import { dial } from '../../src/simulator/phone.ts';
import { signatureOf } from '../rim/carrier.ts';
import { asked, between } from './between.ts';
import { authToken, copyHere, digitsIn, places, settingsFor } from './copies.ts';

const most = 64 * 1024;
const call = `CallSid=CA${'0b'.repeat(16)}`;
const pairs = (pair: string) => `${pair}&`.repeat(most / (pair.length + 1) - 1);

/** Forms of 64 kB, and what the carrier would be told of each, if it sent one. */
const forms: [string, string, number][] = [
  ['one key, held down', `${call}&Digits=`.padEnd(most, '7'), 400],
  ['one field, again and again', `${pairs('a=')}${call}`.slice(-most), 200],
  ['the id of the call, again and again', pairs(call), 400],
  ['the name of a field', `${call}&`.padEnd(most, 'a'), 200],
  ['nothing but ampersands', `${call}&`.padEnd(most, '&'), 200],
  ['nothing but percent signs', `${call}&From=`.padEnd(most, '%'), 200],
];

let line: Awaited<ReturnType<typeof between>>;
let server: Awaited<ReturnType<typeof copyHere>>;
beforeAll(async () => {
  line = await between();
  server = await copyHere(settingsFor(line.url, await places.SQLite()));
  line.deliverBy((sent) => asked(server.url, sent));
});

/** Signed as the carrier signs, who counts equal values of a field once. */
const signed = (body: string) => {
  const form = { ...parse(body, '&', '=', { maxKeys: 0 }) } as Record<string, string | string[]>;
  return signatureOf('/voice', form, line.url, authToken);
};

test.each(forms)('64 kB of %s, twenty times at once: a caller is answered meanwhile', async (_, body, status) => {
  const { url, lines } = server;
  const post = (signature: string) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature };
    return asked(url, { path: '/voice', headers, body });
  };
  const [strangers, carriers] = ['forged', signed(body)].map((one) => Array.from({ length: 10 }, () => post(one)));
  const took: number[] = [];
  const phone = await dial(`${line.url}/voice`, { authToken, onExchange: ({ ms }) => took.push(ms) });
  await phone.press('4');
  await phone.hear(/Untuk cara membayar dan saldo, tekan 1/);
  expect(Math.max(...took)).toBeLessThan(2_000);
  expect(new Set((await Promise.all(strangers!)).map((each) => each.status))).toEqual(new Set([403]));
  expect(new Set((await Promise.all(carriers!)).map((each) => each.status))).toEqual(new Set([status]));
  expect(digitsIn(lines)).toEqual([]);
});
