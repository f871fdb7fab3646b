import { expect, test } from 'vitest';
import { prompts } from '../../prompts/prompts.ts';
import { dial } from '../../src/simulator/phone.ts';
import { asked, between } from './between.ts';
import { authToken, copyHere, digitsIn, places, recordsIn, settingsFor, troublesIn } from './copies.ts';
import { otherwise, someCalls } from './recordedCalls.ts';

const HOUR_MS = 3_600_000;
const kinds = ['SQLite', 'PostgreSQL'] as const;

test.each(kinds)(
  'a clock that is set back an hour at every turn, and forward again, loses no call on %s',
  async (kind) => {
    const line = await between();
    const place = await places[kind]();
    let now = Date.UTC(2026, 10, 21, 5);
    let turns = 0;
    const settings = settingsFor(line.url, place);
    const { url, lines, close } = await copyHere(settings, { now: () => new Date(now) });
    line.deliverBy((sent) => {
      now += (turns++ % 3 === 2 ? 2.5 : -1) * HOUR_MS;
      return asked(url, sent);
    });
    expect(await otherwise(someCalls, line.url)).toEqual([]);
    await close();
    for (const { record } of (await recordsIn(place)) as { record: { outcome: string } }[])
      expect(record.outcome).not.toBe('failed');
    expect(digitsIn(lines)).toEqual([]);
  },
);

/** Asks for a member of that number and proves it wrongly; tells whether that was still heard. */
async function guesses(line: string, from: string, proof = '1111') {
  const phone = await dial(`${line}/voice`, { authToken, from });
  for (const keys of ['2', '0009999000020#', '1']) await phone.press(keys);
  const mayGuess = !(await phone.waitUntilSilence()).includes(prompts.id.tooManyTries);
  if (mayGuess) await phone.press(proof);
  const heard = mayGuess ? await phone.waitUntilSilence() : [];
  await phone.hangUp('at once');
  return { mayGuess, heard: heard.join('\n') };
}

test.each(kinds)(
  'a clock that is set back on %s stops nobody for hours who guessed before, and guesses count all the same',
  async (kind) => {
    const line = await between();
    let now = Date.UTC(2026, 10, 21, 5);
    const limits = { LOOKUP_FAILURES_IN_15_MINUTES: '3', LOOKUP_FAILURES_A_DAY: '10' };
    const settings = { ...settingsFor(line.url, await places[kind]()), ...limits };
    const { url, lines } = await copyHere(settings, { now: () => new Date(now) });
    line.deliverBy((sent) => asked(url, sent));
    const from = '+6281100000001';
    for (let guess = 0; guess < 3; guess++) expect((await guesses(line.url, from)).mayGuess).toBe(true);
    expect((await guesses(line.url, from)).mayGuess).toBe(false);
    now -= 5 * HOUR_MS;
    expect((await guesses(line.url, from, '0000')).heard).toMatch(/Ada tunggakan tiga bulan/);
    for (let guess = 0; guess < 3; guess++) expect((await guesses(line.url, from)).mayGuess).toBe(true);
    expect(troublesIn(lines)).toEqual([]);
    expect((await guesses(line.url, from)).mayGuess).toBe(false);
    expect(digitsIn(lines)).toEqual([]);
  },
);
