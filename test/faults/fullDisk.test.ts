import { expect, test } from 'vitest';
import { dial } from '../../src/simulator/phone.ts';
import { asked, between } from './between.ts';
import { authToken, digitsIn } from './copies.ts';
import { fullDisks } from './fullDisks.ts';

const sorry = /sistem kami sedang terganggu. Mohon tunggu, Anda kami sambungkan ke petugas/;

test.each(fullDisks)('callers meet %s, wait for an officer in vain, and go on where they were', async (_, newDisk) => {
  const line = await between();
  const { copy, fill, makeRoom } = await newDisk(line.url);
  const url = await copy.url();
  line.deliverBy((sent) => asked(url, sent));
  const health = async () => (await fetch(`${url}/health`)).status;

  const phone = await dial(`${line.url}/voice`, { authToken });
  for (const keys of ['2', '0009999000020#', '1', '0000']) {
    await phone.waitUntilSilence();
    await fill();
    await phone.press(keys);
    await phone.hear(sorry);
    const other = await dial(`${line.url}/voice`, { authToken });
    await other.hear(sorry);
    await makeRoom();
    await other.officer('does not answer');
    await other.hear(/Untuk tagihan dan tunggakan, tekan 2/);
    await phone.officer('does not answer');
    await phone.press(keys);
  }
  await phone.hear(/Ada tunggakan tiga bulan/);

  await fill();
  expect(await health()).toBe(503);
  const stranger = await dial(`${line.url}/voice`, { authToken });
  await stranger.hear(sorry);
  await stranger.officer('answers');
  await stranger.waitUntilSilence();
  expect(stranger.isOver).toBe(true);
  await makeRoom();
  expect(await health()).toBe(200);
  expect(copy.lines.join('')).toMatch(/database or disk is full|disk I\/O error/);
  expect(digitsIn(copy.lines)).toEqual([]);
});
