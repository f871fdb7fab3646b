import { expect, test } from 'vitest';
import { openWindow, withBrowser } from './browser.ts';
import { ownHotline } from './hotline.ts';
import { callsOn, telephoneOn } from './telephone.ts';
import { wireTo } from './wire.ts';

withBrowser();

test('a wire that is cut is shown, the keys rest meanwhile, and when it is mended the call goes on where it was', async () => {
  const { url: far } = await ownHotline();
  const { url, cut, mend } = await wireTo(far);
  const page = await openWindow(url);
  const { callButton, hears, type, lost, typed, transcript, keypad, hangUp } = telephoneOn(page);
  const resting = keypad.locator('[aria-disabled=true]');
  await callButton.click();
  await hears('Selamat datang');
  await type('2');
  await hears('Ketik 13');
  await type('0009999');
  cut();
  await lost.waitFor();
  expect(await resting.count()).toBe(12);
  await type('5');
  mend();
  await lost.waitFor({ state: 'hidden' });
  expect(await resting.count()).toBe(0);
  await type('000020#');
  await hears('Nomor kartu: nol nol nol sembilan');
  expect(await transcript.innerText()).not.toMatch('not heard');
  expect(await typed.innerText()).toBe('\u00a0');
  await hangUp();
});

test('a server that is started anew in the middle of a call goes on with it: the question is asked again, and who was found is known', async () => {
  const { url, stop, startAgain } = await ownHotline();
  const page = await openWindow(url);
  const { callButton, hears, type, lost, transcript, hangUp } = telephoneOn(page);
  await callButton.click();
  await hears('Selamat datang');
  await type('2');
  await hears('Ketik 13');
  await type('0009999000020#');
  await hears('Nomor kartu: nol nol nol sembilan');
  await type('1');
  await hears('Untuk mendengar rinciannya');
  const began = performance.now();
  await stop();
  expect(performance.now() - began).toBeLessThan(2_000);
  await lost.waitFor();
  await startAgain();
  await lost.waitFor({ state: 'hidden' });
  await hears('Untuk mendengar rinciannya');
  await type('0000');
  await hears('Kartu tidak aktif sejak');
  expect(await transcript.innerText()).toMatch(/0009999000020#[\s\S]*Ada tunggakan tiga bulan\./);
  await hangUp();
  const calls = await callsOn(page);
  await expect
    .poll(() => calls.getByRole('listitem').allInnerTexts(), { timeout: 8_000 })
    .toEqual([expect.stringContaining('terjawab')]);
});

test('two tabs are two callers, and one that is closed has hung up', async () => {
  const { url } = await ownHotline();
  const page = await openWindow(url);
  const other = await page.context().newPage();
  await other.goto(url);
  const [one, two] = [telephoneOn(page), telephoneOn(other)];
  for (const { callButton } of [one, two]) await callButton.click();
  for (const { hears } of [one, two]) await hears('Selamat datang');
  await one.type('4');
  await one.hears('Untuk cara membayar');
  await two.type('2');
  await two.hears('Ketik 13');
  const calls = await callsOn(page);
  const texts = () => calls.getByRole('listitem').allInnerTexts();
  await expect.poll(texts).toEqual([expect.stringContaining('identify'), expect.stringContaining('information')]);
  await other.close();
  await expect.poll(texts).toEqual([expect.stringContaining('berlangsung'), expect.stringContaining('ditinggalkan')]);
  await one.hangUp();
  await expect.poll(texts).toEqual([expect.stringContaining('terjawab'), expect.stringContaining('ditinggalkan')]);
});
