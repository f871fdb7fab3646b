import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, inject, test } from 'vitest';
import { pageFolder } from '../../src/desk/page.ts';
import { openWindow, withBrowser } from './browser.ts';
import { hotlineOfThisFile } from './hotline.ts';
import { litOn, telephoneOn } from './telephone.ts';

withBrowser();
const hotline = hotlineOfThisFile();

const KILOBYTE = 1_000;
const picture = join(import.meta.dirname, 'console.png');

test('the page is painted within a second', async () => {
  const url = await hotline();
  await openWindow(url); // a server that has just been started is slower once
  const page = await openWindow(url);
  const paint = 'performance.getEntriesByName("first-contentful-paint").map(({ startTime }) => startTime)[0] ?? null';
  await expect.poll(() => page.evaluate(paint)).not.toBeNull();
  const ms = Number(await page.evaluate(paint));
  console.log(`first contentful paint after ${Math.round(ms)} ms`);
  expect(ms).toBeLessThan(1_000);
});

test('the whole page is under 400 kB when it is compressed', () => {
  const files = readdirSync(pageFolder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(pageFolder, name))
    .filter((file) => statSync(file).isFile() && !file.endsWith('built-from'));
  const bytes = files.map((file) => gzipSync(readFileSync(file)).length).reduce((sum, one) => sum + one, 0);
  console.log(`the page is ${Math.round(bytes / KILOBYTE)} kB, compressed, in ${files.length} files`);
  expect(bytes).toBeLessThan(400 * KILOBYTE);
});

test('the picture of the README is made in a call', async () => {
  const page = await openWindow(await hotline(), { colorScheme: 'light', reducedMotion: 'reduce' });
  const { callButton, hears, type, hangUp } = telephoneOn(page);
  const inside = page.getByRole('tabpanel', { name: 'Di dalam' });
  await callButton.click();
  await hears('Selamat datang');
  await type('2');
  await hears('Ketik 13');
  await type('0009999000020#');
  await hears('Nomor kartu: nol nol nol sembilan');
  await type('1');
  await hears('Untuk mendengar rinciannya');
  await type('0000');
  await hears('Kartu tidak aktif sejak');
  await expect.poll(() => litOn(page)).toBe('Tagihan: choosing');
  await inside.getByText('POST /voice/turns/4').waitFor();
  await page.mouse.move(0, 0);
  const png = await page.screenshot({ animations: 'disabled' });
  expect(png.length).toBeLessThan(300 * KILOBYTE);
  if (inject('updates') || !existsSync(picture)) writeFileSync(picture, png);
  await hangUp();
});
