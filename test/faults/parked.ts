import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { expect, test } from 'vitest';
import { childServer } from '../../src/load/childServer.ts';
import { dial, type Phone } from '../../src/simulator/phone.ts';
import { ownFolder } from '../rim/folder.ts';
import { authToken, digitsIn, type Place, places, settingsFor } from './copies.ts';
import { eachOf } from './eachOf.ts';
import type { Order, Report } from './timedServer.ts';
import { whenOver } from './whenOver.ts';

const HOUR_MS = 3_600_000;
const program = join(import.meta.dirname, 'timedServer.ts');

/** Seven who pay themselves, and of whom something else is true each. */
const cards = [17, 18, 19, 20, 21, 22, 23].map((end) => `00099990000${end}`);

/** So many callers act at the same moment. */
const AT_ONCE = 16;

/** A server in a process and on a clock of its own, which may be killed and started again at the same address. */
async function timedServer(place: Place, now: number) {
  const { PUBLIC_BASE_URL: _, ...settings } = settingsFor('', place);
  const start = (port: string) => childServer<Order, Report>(program, ownFolder(), { ...settings, PORT: port });
  let child = start('0');
  whenOver(() => child.kill());
  const { url } = await child.ask({ now });
  return {
    url: `${url}/voice`,
    use: () => child.ask('use'),
    setNow: (to: number) => child.ask({ now: to }),
    async killAndStartAgain(to: number) {
      await child.kill();
      child = start(new URL(url).port);
      await child.ask({ now: to });
    },
  };
}

/** How many bytes the calls of a place take. */
async function bytesIn(place: Place): Promise<number> {
  if ('DATA_DIR' in place) {
    const files = readdirSync(place.DATA_DIR).filter((name) => name.startsWith('calls.db') && !name.endsWith('-shm'));
    return files.reduce((sum, name) => sum + statSync(join(place.DATA_DIR, name)).size, 0);
  }
  const client = new pg.Client(place.DATABASE_URL);
  await client.connect();
  const { rows } = await client.query("SELECT pg_total_relation_size('calls') AS bytes");
  await client.end();
  return Number(rows[0].bytes);
}

/** What callers hear whose call cannot be written down in time, or whose members nobody can tell in time: then an officer rings. */
const sorry = /^Maaf, sistem kami sedang terganggu/;
const nobodyCanTell = /^Maaf, data peserta belum bisa dibuka/;

/**
 * Callers who press on, also where a busy machine has them hear an apology: nobody picks up, and who is asked the same
 * again presses again. Who is not was heard after all, only the answer came too late.
 */
function steadfastCallers(url: string) {
  let apologies = 0;
  async function goesOn(phone: Phone, keys: string): Promise<void> {
    const before = await phone.waitUntilSilence();
    if (before.some((sentence) => nobodyCanTell.test(sentence))) return; // an officer rings already
    await phone.press(keys);
    if (!(await isExcused(phone))) return;
    if ((await phone.waitUntilSilence()).at(-1) === before.at(-1)) await goesOn(phone, keys);
  }
  async function isExcused(phone: Phone): Promise<boolean> {
    if (!(await phone.waitUntilSilence()).some((sentence) => sorry.test(sentence))) return false;
    apologies += 1;
    await phone.officer('does not answer');
    await isExcused(phone);
    return true;
  }
  async function parks(card: string): Promise<Phone> {
    const phone = await dial(url, { authToken });
    await isExcused(phone);
    for (const keys of ['2', `${card}#`]) await goesOn(phone, keys);
    return phone;
  }
  return { parks, goesOn, apologies: () => apologies };
}

/** Tells that so many calls go on after an hour in which nobody did anything, and after a restart; and what they take. */
export function goOnAfterAnHour(calls: number, tell: (figures: string) => void = () => {}): void {
  test.each(Object.keys(places) as (keyof typeof places)[])(
    `${calls} calls on %s in which nothing happens for an hour go on, also when the server is killed meanwhile`,
    { timeout: 300_000 },
    async (kind) => {
      const place = await places[kind]();
      const began = Date.UTC(2026, 10, 21, 5);
      const server = await timedServer(place, began);
      const { parks, goesOn, apologies } = steadfastCallers(server.url);
      const factsOf = async (phone: Phone) => `${await phone.waitUntilSilence()}`;
      const alone = await Promise.all(cards.map(parks));
      for (const keys of ['1', '0000']) for (const phone of alone) await goesOn(phone, keys);
      const expected = await Promise.all(alone.map(factsOf));
      expect(new Set(expected).size).toBe(cards.length);
      for (const facts of expected) expect(facts).toMatch(/bayar|tagihan|tunggakan/);

      const phones: Phone[] = Array(calls);
      await eachOf(phones, AT_ONCE, async (_, nth) => {
        phones[nth] = await parks(cards[nth % cards.length]!);
      });
      const { rssMB, troubles } = await server.use();
      const bytes = (await bytesIn(place)) / calls;
      await server.setNow(began + HOUR_MS);
      await eachOf(phones, AT_ONCE, (phone) => goesOn(phone, '1'));
      await server.killAndStartAgain(began + 2 * HOUR_MS);
      await eachOf(phones, AT_ONCE, (phone) => goesOn(phone, '0000'));

      const heard = await Promise.all(phones.map(factsOf));
      const untold = heard.filter((facts) => nobodyCanTell.test(facts)).length;
      const isWrong = (facts: string, nth: number) =>
        facts !== expected[nth % cards.length] && !nobodyCanTell.test(facts);
      expect(heard.filter(isWrong)).toEqual([]);
      const all = [...troubles, ...(await server.use()).troubles];
      expect(all.length).toBeLessThanOrEqual(apologies() + untold);
      expect(apologies() + untold).toBeLessThanOrEqual(calls / 50);
      expect(digitsIn(all)).toEqual([]);
      const reasons = new Set(all.map((line) => JSON.parse(line).error.message as string));
      tell(`${calls} calls parked on ${kind}: ${rssMB.toFixed()} MB of memory, ${bytes.toFixed()} bytes each`);
      tell(`${apologies() + untold} apologies: ${[...reasons].join('; ') || 'none'}.`);
    },
  );
}
