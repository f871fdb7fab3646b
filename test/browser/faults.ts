import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const run = `axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations.flatMap(({ id, nodes }) =>
  nodes.map(({ target, any }) => id + ': ' + target.join(' ') + ' ' + any.map(({ message }) => message).join(' '))))`;

/** What keeps somebody from using the page as it stands: what axe finds, and a page that is wider than its window. */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(`globalThis.axe || (() => { ${axe} })()`);
  const found = (await page.evaluate(run)) as string[];
  const wider = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  return Number(wider) > 0 ? [...found, `wider than the window by ${wider} px`] : found;
}

const looks = (['light', 'dark'] as const).flatMap((colorScheme) =>
  [360, 1440].map((width) => ({ colorScheme, width })),
);

/** The faults of a page in light and dark, narrow and wide; each with where it was found. */
export async function faultsInEveryLook(page: Page): Promise<string[]> {
  const all: string[] = [];
  for (const { colorScheme, width } of looks) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 900 });
    all.push(...(await faultsOf(page)).map((fault) => `${colorScheme}, ${width} px: ${fault}`));
  }
  return all;
}

/** The same in both languages of the page. */
export async function faultsInEveryLanguage(page: Page): Promise<string[]> {
  const all: string[] = [];
  for (const language of ['EN', 'ID']) {
    await page.getByRole('radio', { name: language }).check({ force: true });
    all.push(...(await faultsInEveryLook(page)).map((fault) => `${language}, ${fault}`));
  }
  return all;
}
