import { expect, test } from 'vitest';
import { consolePassword } from '../desk/atTheDoor.ts';
import { openWindow, withBrowser } from './browser.ts';
import { faultsInEveryLook } from './faults.ts';
import { hotlineOfThisFile, ownHotline } from './hotline.ts';
import { litOn, telephoneOn } from './telephone.ts';

withBrowser();
const hotline = hotlineOfThisFile();

test('a page without a call, and what is said in a state, has no fault that axe or a narrow window finds', async () => {
  const page = await openWindow(await hotline());
  await page.getByRole('navigation').getByRole('button', { name: 'Tagihan' }).click();
  expect(await faultsInEveryLook(page)).toEqual([]);
  await page
    .getByRole('region', { name: 'Peta' })
    .getByRole('button', { name: /pertanyaan/ })
    .first()
    .click();
  await page.getByRole('region', { name: 'Yang diucapkan di sini' }).waitFor();
  expect(await faultsInEveryLook(page)).toEqual([]);
}, 60_000);

test('a page in a call, while an officer rings, and when it is over has no such fault', async () => {
  const page = await openWindow(await hotline());
  const { callButton, type, hears, phone, hangUpButton, isOver } = telephoneOn(page);
  await callButton.click();
  await hears('Selamat datang');
  await type('2');
  await hears('Ketik 13');
  expect(await faultsInEveryLook(page)).toEqual([]);
  await type('0#');
  await phone.getByRole('group', { name: 'Telepon petugas berdering' }).waitFor();
  expect(await faultsInEveryLook(page)).toEqual([]);
  await hangUpButton.click();
  await isOver();
  await page.getByRole('tab', { name: 'Panggilan' }).click();
  await page.getByRole('list', { name: 'Panggilan terbaru' }).getByRole('button').first().waitFor();
  expect(await faultsInEveryLook(page)).toEqual([]);
  await page.getByRole('list', { name: 'Panggilan terbaru' }).getByRole('button').first().click();
  await page.getByRole('button', { name: 'Berikutnya' }).click();
  await expect.poll(() => litOn(page)).toContain('Nomor peserta');
  expect(await faultsInEveryLook(page)).toEqual([]);
}, 60_000);

test('the page that asks for the password has no such fault, and whoever knows it comes in and out again', async () => {
  const { url } = await ownHotline({ CONSOLE_PASSWORD: consolePassword });
  const page = await openWindow(url);
  expect(await faultsInEveryLook(page)).toEqual([]);
  await page.getByLabel('Kata sandi konsol').fill('not this one');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  expect(await faultsInEveryLook(page)).toEqual([]);
  await page.getByLabel('Kata sandi konsol').fill(consolePassword);
  await page.keyboard.press('Enter');
  const { callButton, hears } = telephoneOn(page);
  await callButton.click();
  await hears('Selamat datang');
  await page.getByRole('button', { name: 'Keluar' }).click();
  await page.getByLabel('Kata sandi konsol').waitFor();
  await page.goto(url);
  await page.getByLabel('Kata sandi konsol').waitFor();
}, 60_000);
