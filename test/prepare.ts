import chromium from '@sparticuz/chromium';
import { buildWherePageIsOld } from '../src/desk/page.ts';

/** What many tests want at the same time is made once, before them: the console's page, and a browser to look at it. */
export async function setup(): Promise<void> {
  await Promise.all([buildWherePageIsOld(), chromium.executablePath()]);
}
