import chromium from '@sparticuz/chromium';
import { type Browser, type BrowserContextOptions, type Page, chromium as playwright } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';

/** A browser in one process dies with its first page; one that does not keep the web's rules proves nothing. */
const unwanted = /single-process|no-zygote|web-security|insecure-content|site-isolation|gpu|angle|swiftshader/;

let browser: Browser;

/** One browser for all tests of a file. */
export function withBrowser(): void {
  beforeAll(async () => {
    const args = chromium.args.filter((one) => !unwanted.test(one));
    args.push('--disable-gpu');
    browser = await playwright.launch({ executablePath: await chromium.executablePath(), args });
  });
  afterAll(() => browser.close());
}

/** A window of its own onto an address, in which nothing may go wrong and nothing be asked of anybody else. */
export async function openWindow(
  url: string,
  { before, ...options }: BrowserContextOptions & { before?: string } = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(8_000);
  if (before) await page.addInitScript(before);
  const wrong: string[] = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && wrong.push(message.text()));
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('request', (request) => new URL(request.url()).host !== new URL(url).host && wrong.push(request.url()));
  onTestFinished(async () => {
    await context.close();
    // That a server is away, or has refused a password, the browser says by itself.
    expect(
      wrong.filter(
        (text) => !/status of 401|ERR_(CONNECTION|INTERNET|INCOMPLETE|NETWORK|EMPTY)|WebSocket connection/.test(text),
      ),
    ).toEqual([]);
  });
  await page.goto(url);
  return page;
}
