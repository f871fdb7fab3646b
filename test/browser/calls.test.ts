import { expect, test } from 'vitest';
import { openWindow, withBrowser } from './browser.ts';
import { hotlineOfThisFile } from './hotline.ts';
import { callsOn, litOn, telephoneOn } from './telephone.ts';

withBrowser();
const hotline = hotlineOfThisFile();

test('a call is listed while it goes on and when it is over, is replayed on the map, and shows no digit of a number', async () => {
  const page = await openWindow(await hotline());
  const { callButton, hears, type, hangUp } = telephoneOn(page);
  const calls = await callsOn(page);
  await calls.getByText('Belum ada panggilan.').waitFor();
  const read: string[] = [];
  await callButton.click();
  await calls.getByRole('button', { name: /berlangsung/ }).waitFor();
  await hears('Selamat datang');
  await type('2');
  await hears('Ketik 13');
  await type('0009999000020#');
  await hears('Nomor kartu: nol nol nol sembilan');
  await calls.getByText('identify.confirming').waitFor();
  read.push(await calls.innerText());
  await type('1');
  await hears('Untuk mendengar rinciannya');
  await type('0000');
  await hears('Ada tunggakan');
  await hangUp();
  const line = calls.getByRole('button', { name: /terjawab/ });
  await line.waitFor();
  expect(await line.innerText()).toMatch(/\d:\d\d[\s\S]*bill/);
  read.push(await calls.innerText());

  await line.click();
  const places = ['Menu utama: choosing', 'Nomor peserta: number', 'Nomor peserta: confirming', 'Bukti: lastFour'];
  const next = calls.getByRole('button', { name: 'Berikutnya' });
  for (const place of [...places, 'Tagihan: choosing']) {
    if (place !== places[0]) await next.click();
    await expect.poll(() => litOn(page)).toBe(place);
    read.push(await calls.innerText());
  }
  expect(await next.isDisabled()).toBe(true);
  expect(read.join('\n')).toContain('Ada tunggakan {jumlah} bulan.');
  expect(read.join('\n')).toContain('mengetik nomor •••');
  expect(read.join('\n')).not.toMatch(/\d{4}/);
  await calls.getByRole('button', { name: 'Kembali ke daftar' }).click();
  await line.waitFor();
});
