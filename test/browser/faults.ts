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

/** So that every two of light, width and language meet once. */
const looks = [
  { colorScheme: 'light', width: 360, language: 'EN' },
  { colorScheme: 'dark', width: 1440, language: 'EN' },
  { colorScheme: 'light', width: 1440, language: 'ID' },
  { colorScheme: 'dark', width: 360, language: 'ID' },
] as const;

/** The faults of a page in light and dark, narrow and wide, in each language it has; each with where it was found. */
export async function faultsInEveryLook(page: Page): Promise<string[]> {
  const all: string[] = [];
  for (const { colorScheme, width, language } of looks) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 900 });
    const choice = page.getByRole('radio', { name: language });
    if (await choice.isVisible()) await choice.check({ force: true });
    all.push(...(await faultsOf(page)).map((fault) => `${colorScheme}, ${width} px, ${language}: ${fault}`));
  }
  return all;
}
