import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { rehearsals } from '../../src/commands/rehearsal.ts';
import { playRecordedCall } from '../../src/simulator/recorded/playRecordedCall.ts';
import { parseRecordedCall } from '../../src/simulator/recorded/recordedCall.ts';
import { openWindow, withBrowser } from './browser.ts';
import { hotlineOfThisFile } from './hotline.ts';
import { litOn, telephoneOn } from './telephone.ts';

withBrowser();
const hotline = hotlineOfThisFile();

/** How a call goes that was copied as a test, when the house plays it. */
async function played(recorded: string) {
  const { settings } = parseRecordedCall(recorded);
  await using ours = rehearsals();
  const { url, authToken, close } = await ours.hotlineFor(settings);
  const { difference } = await playRecordedCall(recorded, { url, authToken, statusUrl: `${url}/status` });
  await close();
  return { settings, difference };
}

test('a whole call by mouse is heard and read, the map follows it, and its copy plays green', async () => {
  const page = await openWindow(await hotline());
  const { phone, callButton, hangUp, press, hears, transcript } = telephoneOn(page);
  const isLit = (place: string) => expect.poll(() => litOn(page)).toBe(place);
  await phone.getByLabel('Menelepon dari').fill('+6281200000077');
  await callButton.click();
  await hears('Selamat datang di layanan BPJS Kesehatan.');
  await isLit('Menu utama: choosing');
  await press('2');
  await hears('Ketik 13 angka nomor kartu');
  await isLit('Nomor peserta: number');
  await press('0009999000020#');
  await hears('Nomor kartu: nol nol nol sembilan');
  await isLit('Nomor peserta: confirming');
  await press('1');
  await hears('Untuk mendengar rinciannya');
  await isLit('Bukti: lastFour');
  await press('0000');
  await hears('Kartu tidak aktif sejak');
  await isLit('Tagihan: choosing');
  await hangUp();
  expect((await transcript.innerText()).split('\n').filter(Boolean)).toEqual(
    expect.arrayContaining(['0009999000020#', '0000', 'Ada tunggakan tiga bulan.']),
  );
  await phone.getByRole('button', { name: 'Salin sebagai tes' }).click();
  const copied = await phone.getByRole('textbox', { name: 'Salin sebagai tes' }).inputValue();
  expect(await played(copied)).toEqual({
    settings: { today: '2026-11-21', from: '+6281200000077' },
    difference: '',
  });
});

/** Leafs through the page by Tab until what is named is in focus. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let times = 0; times < 60; times++) {
    await page.keyboard.press('Tab');
    if (name.test(String(await page.evaluate('document.activeElement.textContent')))) return;
  }
  expect.fail(`Tab leads to nothing that is named ${name}`);
}

test('a whole call by the keyboard alone: called, typed, heard and hung up', async () => {
  const page = await openWindow(await hotline());
  const { hears, isOver, transcript } = telephoneOn(page);
  await tabTo(page, /^Langsung ke telepon$/);
  await page.keyboard.press('Enter');
  await tabTo(page, /^Telepon 1500 400$/);
  await page.keyboard.press('Enter');
  await hears('Selamat datang');
  await page.keyboard.press('8');
  await hears('To check whether the card is active');
  await page.keyboard.press('1');
  await hears('Type the 13 digits');
  await page.keyboard.type('0009999000017#');
  await hears('Card number');
  await tabTo(page, /^1$/);
  await page.keyboard.press('Enter');
  await hears('This BPJS Kesehatan card is active.');
  await tabTo(page, /^Tutup$/);
  await page.keyboard.press(' ');
  await isOver();
  expect(await transcript.innerText()).toContain('0009999000017#');
  await page.keyboard.press('Enter');
  await hears('Selamat datang');
});

test('an officer is dialled: one is busy, one answers, and one lets it ring', async () => {
  const url = await hotline();
  const decided = async (button: string, then: (telephone: ReturnType<typeof telephoneOn>) => Promise<void>) => {
    const telephone = telephoneOn(await openWindow(url));
    await telephone.callButton.click();
    await telephone.hears('Selamat datang');
    await telephone.press('0');
    await telephone.officer.getByRole('button', { name: button }).click();
    await then(telephone);
    await telephone.hangUp();
  };
  await Promise.all([
    decided('Petugas sibuk', ({ hears }) => hears('Maaf, belum ada petugas')),
    decided('Petugas menjawab', ({ phone }) => phone.getByText('Berbicara dengan petugas').waitFor()),
    decided('Biarkan berdering', ({ phone }) => phone.getByText('Petugas dipanggil').waitFor()),
  ]);
});

test('fifty keys a second: each is heard once, or said not to have been heard', async () => {
  const page = await openWindow(await hotline());
  const { callButton, hears, press, transcript, typed, hangUp } = telephoneOn(page);
  await callButton.click();
  await hears('Selamat datang');
  await press('2');
  await hears('Ketik 13');
  const keys = '1234567890'.repeat(5);
  await page.evaluate(`(async () => {
    for (const key of '${keys}') {
      dispatchEvent(new KeyboardEvent('keydown', { key }));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })()`);
  await hangUp();
  const lines = (await transcript.innerText()).split('\n');
  const heard = lines.flatMap((line) => /^key (\d) not heard|^(\d+)#?$/.exec(line)?.slice(1).join('') ?? []);
  const all = [...heard.slice(1).join(''), ...(await typed.innerText()).trim()];
  expect(all.toSorted().join('')).toBe([...keys].toSorted().join(''));
});

test('a browser that has neither voice nor sound works in silence, and says so', async () => {
  const before =
    'for (const name of ["speechSynthesis", "SpeechSynthesisUtterance", "AudioContext"]) delete window[name]';
  const page = await openWindow(await hotline(), { before });
  expect(await page.evaluate('"speechSynthesis" in window || "AudioContext" in window')).toBe(false);
  const { phone, callButton, hears, press, hangUp } = telephoneOn(page);
  await phone.getByText('Peramban ini tidak punya suara bahasa Indonesia').waitFor();
  await callButton.click();
  await hears('Selamat datang');
  await press('4');
  await hears('Untuk cara membayar');
  await hangUp();
});
