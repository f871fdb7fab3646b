import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { openWindow, withBrowser } from './browser.ts';
import { hotlineOfThisFile } from './hotline.ts';
import { telephoneOn } from './telephone.ts';

withBrowser();
const hotline = hotlineOfThisFile();
const laptop = { width: 1280, height: 800 };
const pocket = { width: 390, height: 844 };

/** Whether the telephone, whose sheet scrolls, shows the whole of this. */
async function isSeen(what: Locator, { phone }: { phone: Locator }): Promise<boolean> {
  const [box, sheet] = [(await what.boundingBox())!, (await phone.boundingBox())!];
  return box.y >= sheet.y && box.y + box.height <= sheet.y + sheet.height;
}

test('while the officer’s telephone rings, a laptop shows all that can be pressed, hanging up too', async () => {
  const page = await openWindow(await hotline(), { viewport: laptop });
  const telephone = telephoneOn(page);
  const { callButton, hears, type, officer, keypad, hangUpButton, hangUp } = telephone;
  await callButton.click();
  await hears('Selamat datang');
  await type('0');
  await officer.waitFor();
  for (const what of [officer, keypad, hangUpButton]) expect(await isSeen(what, telephone)).toBe(true);
  await hangUp();
});

test('what is wrong with the number to call from is brought into view', async () => {
  const page = await openWindow(await hotline(), { viewport: laptop });
  const { phone } = telephoneOn(page);
  await phone.getByLabel('Menelepon dari').fill('rumah');
  expect(await isSeen(phone.getByText('Tulis nomor telepon'), { phone })).toBe(true);
});

test('the map is widened, and narrowed again', async () => {
  const page = await openWindow(await hotline(), { viewport: laptop });
  const sheet = page.getByRole('tabpanel', { name: 'Di dalam' });
  await page.getByRole('button', { name: 'Lebarkan peta' }).click();
  expect(await sheet.isVisible()).toBe(false);
  await page.getByRole('button', { name: 'Sempitkan peta' }).click();
  expect(await sheet.isVisible()).toBe(true);
});

test('nothing on the map of a narrow window is written smaller than 10 px', async () => {
  const page = await openWindow(await hotline(), { viewport: pocket });
  await page.getByRole('navigation').getByRole('button', { name: 'Nomor peserta' }).click();
  await page.locator('.drawing text').first().waitFor();
  const sizes = (await page.evaluate(`[...document.querySelectorAll('.drawing text')]
    .map((text) => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)`)) as number[];
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(10);
});

test('who leaves the page in a call is asked first, since that hangs up', async () => {
  const page = await openWindow(await hotline());
  const { callButton, hears, type, hangUp } = telephoneOn(page);
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.dismiss();
  });
  await callButton.click();
  await hears('Selamat datang');
  await page.evaluate('setTimeout(() => location.reload())');
  await expect.poll(() => asked).toEqual(['beforeunload']);
  await type('2');
  await hears('Ketik 13');
  await hangUp();
  await page.reload();
  expect(asked).toHaveLength(1);
});
